//! Thumbnails of users' avatars.

use serde_json::{Value, json};

use super::call::Call;
use super::rejection::{Rejection, invalid, not_found};
use super::users;
use super::values::number;
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::operation::Outcome;
use crate::sandbox::state::schedule::Schedule;

/// The widths and heights, in pixels, that the service supports.
const SIZES: [u64; 11] = [48, 50, 60, 75, 100, 110, 150, 180, 352, 420, 720];
const DEFAULT_SIZE: u64 = 420;
const TYPE_URL: &str = "apis.roblox.com/roblox.open_cloud.cloud.v2.GenerateUserThumbnailResponse";

pub(crate) fn generate(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let user = call.id("user_id")?;
    let size = match call.query("size").map(number) {
        None => DEFAULT_SIZE,
        Some(Some(size)) if SIZES.contains(&size) => size,
        Some(_) => return Err(invalid("size is not one of the supported sizes.")),
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
    let mut state = call.state();
    users::find(&state.store, user)?;
    let uri = format!(
        "https://tr.rbxcdn.com/sandbox-{user}-{shape}/{size}/{size}/AvatarHeadshot/{format}"
    );
    let path = format!("users/{user}/operations/{}", random_uuid());
    let schedule = Schedule {
        polls: Some(state.settings.thumbnail_polls),
        due: None,
    };
    let outcome = Outcome::Done(json!({ "@type": TYPE_URL, "imageUri": uri }));
    Ok(state.start_operation_with(&path, schedule, outcome))
}

pub(crate) fn get_operation(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (user, id) = (call.id("user_id")?, call.param("operation_id")?);
    let operation = call
        .state()
        .poll_operation(&format!("users/{user}/operations/{id}"));
    operation.ok_or_else(|| not_found("The operation"))
}
