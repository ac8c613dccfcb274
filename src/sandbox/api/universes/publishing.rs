//! Publishing of places.

use std::hash::{DefaultHasher, Hasher as _};

use serde_json::{Value, json};

use super::lookup::{find_mut, legacy_ids};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, gateway};
use crate::sandbox::state::universe::place::{Lock, Version};

/// The start of a place in the binary format.
const BINARY_SIGNATURE: &[u8] = b"<roblox!\x89\xff\r\n\x1a\n";

pub(crate) fn publish(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, place) = legacy_ids(call)?;
    let is_published = match call.query("versionType") {
        Some("Published") => true,
        Some("Saved") => false,
        _ => return Err(gateway(400, "versionType must be Saved or Published.")),
    };
    let hash = content_hash(call)?;
    let mut state = call.state();
    let now = state.now();
    let universe = find_mut(&mut state.store, universe)
        .map_err(|_| gateway(404, "The universe does not exist."))?;
    let place = universe.places.get_mut(&place);
    let place = place.ok_or_else(|| gateway(409, "Place not part of the universe."))?;
    match place.lock {
        Some(Lock::Studio) => {
            return Err(gateway(409, "Server is busy: the place is open in Studio."));
        }
        Some(Lock::TeamCreate) => return Err(gateway(409, "The place has a Team Create session.")),
        None => {}
    }
    let number = place.add_version(Version {
        hash,
        user: call.acting_user(),
        time: now,
        is_published,
        title: None,
        description: None,
    });
    place.updated = now;
    Ok(json!({ "versionNumber": number }))
}

/// Reads the content, however long it is, and checks how it begins.
fn content_hash(call: &mut Call<'_>) -> Result<u64, Rejection> {
    let mut hasher = DefaultHasher::new();
    let mut start = Vec::new();
    call.read_body(|chunk| {
        if start.len() < 16 {
            start.extend(chunk.iter().take(16));
        }
        hasher.write(chunk);
    })?;
    let is_place = if start.starts_with(b"<roblox!") {
        start.starts_with(BINARY_SIGNATURE)
    } else {
        start.starts_with(b"<")
    };
    if !is_place {
        return Err(gateway(400, "Invalid file content."));
    }
    Ok(hasher.finish())
}
