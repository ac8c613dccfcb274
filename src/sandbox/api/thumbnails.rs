//! Pictures of users' avatars.

use serde_json::{Value, json};

use super::{Call, invalid, not_found, number, operations, path_number};
use crate::sandbox::server::Response;
use crate::sandbox::state::{Shared, State};
use crate::sandbox::store::Picture;

/// Width and height in pixels that the service makes.
const SIZES: [u64; 11] = [48, 50, 60, 75, 100, 110, 150, 180, 352, 420, 720];
const DEFAULT_SIZE: u64 = 420;
const TYPE_URL: &str = "apis.roblox.com/roblox.open_cloud.cloud.v2.GenerateUserThumbnailResponse";

pub(super) fn generate(shared: &Shared, call: &Call<'_>, user: &str) -> Result<Value, Response> {
    let user = path_number(user, "user")?;
    let size = match call.query("size").map(number) {
        None => DEFAULT_SIZE,
        Some(Some(size)) if SIZES.contains(&size) => size,
        Some(_) => return Err(invalid("size is not one of those that are made.")),
    };
    let format = match call.query("format") {
        None | Some("FORMAT_UNSPECIFIED" | "PNG") => "Png",
        Some("JPEG") => "Jpeg",
        Some(_) => return Err(invalid("format is not PNG or JPEG.")),
    };
    let shape = match call.query("shape") {
        None | Some("SHAPE_UNSPECIFIED" | "ROUND") => "round",
        Some("SQUARE") => "square",
        Some(_) => return Err(invalid("shape is not ROUND or SQUARE.")),
    };
    let mut state = shared.state();
    if !state.store.users.contains_key(&user) {
        return Err(not_found("The user"));
    }
    let picture = Picture {
        user,
        polls_left: state.settings.thumbnail_polls,
        uri: format!(
            "https://tr.rbxcdn.com/sandbox-{user}-{shape}/{size}/{size}/AvatarHeadshot/{format}"
        ),
    };
    let id = operations::new_id();
    let response = to_json(&id, &picture);
    state.store.pictures.insert(id, picture);
    Ok(response)
}

/// Returns a poll: one of those that the picture still needs, or the picture.
pub(super) fn poll(state: &mut State, user: &str, id: &str) -> Result<Value, Response> {
    let user = path_number(user, "user")?;
    let picture = state.store.pictures.get_mut(id);
    let picture = picture
        .filter(|picture| picture.user == user)
        .ok_or_else(|| not_found("The operation"))?;
    let response = to_json(id, picture);
    picture.polls_left = picture.polls_left.saturating_sub(1);
    Ok(response)
}

fn to_json(id: &str, picture: &Picture) -> Value {
    let path = format!("users/{}/operations/{id}", picture.user);
    if picture.polls_left > 0 {
        return json!({ "path": path, "done": false });
    }
    json!({
        "path": path,
        "done": true,
        "response": { "@type": TYPE_URL, "imageUri": picture.uri },
    })
}
