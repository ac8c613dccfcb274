//! Places, and the universe of a place.

use serde_json::{Value, json};

use super::lookup::{find, find_mut, ids, place, place_mut};
use super::mask;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::moderation::is_moderated_name;
use crate::sandbox::api::rejection::{Rejection, invalid, v2};
use crate::sandbox::api::values::json_number;
use crate::sandbox::state::universe::place::{Lock, Place};

const FIELDS: [&str; 3] = ["description", "displayName", "serverSize"];

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, id) = ids(call)?;
    let state = call.state();
    let universe = find(&state.store, universe)?;
    Ok(place(universe, id)?.to_json(universe.id, universe.root))
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, id) = ids(call)?;
    let changes = mask::changes(call, &FIELDS)?;
    let mut state = call.state();
    let now = state.now();
    let universe = find_mut(&mut state.store, universe)?;
    let (universe_id, root) = (universe.id, universe.root);
    let place = place_mut(universe, id)?;
    if place.lock == Some(Lock::TeamCreate) {
        return Err(v2(
            409,
            "ABORTED",
            "The place is open in a Team Create session.",
        ));
    }
    let mut updated = place.clone();
    for (field, value) in changes {
        set(&mut updated, &field, &value.unwrap_or_default())?;
    }
    updated.updated = now;
    *place = updated;
    Ok(place.to_json(universe_id, root))
}

fn set(place: &mut Place, field: &str, value: &Value) -> Result<(), Rejection> {
    if field == "serverSize" {
        let size = json_number(value).filter(|size| (1..=700).contains(size));
        place.server_size =
            size.ok_or_else(|| invalid("serverSize is not a number from 1 to 700."))?;
        return Ok(());
    }
    let text = value.as_str().unwrap_or_default();
    if field == "description" {
        text.clone_into(&mut place.description);
    } else if text.is_empty() {
        return Err(invalid("displayName is empty."));
    } else if is_moderated_name(text) {
        return Err(invalid("The display name is moderated."));
    } else {
        text.clone_into(&mut place.display_name);
    }
    Ok(())
}

/// Returns the universe of a place, or null. Not an operation of the official document.
pub(crate) fn find_universe(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let place = call.legacy_id("placeId")?;
    let state = call.state();
    let mut universes = state.store.universes.values();
    let universe = universes.find(|universe| universe.places.contains_key(&place));
    Ok(json!({ "universeId": universe.map(|universe| universe.id) }))
}
