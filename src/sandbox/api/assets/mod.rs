//! Assets: get, archive, restore; uploads and updates are in separate modules.

pub(crate) mod asset_types;
pub(crate) mod create;
mod lookup;
pub(crate) mod operations;
pub(crate) mod update;
mod upload_form;
pub(crate) mod versions;

use serde_json::Value;

use super::call::Call;
use super::rejection::{Rejection, invalid};
use lookup::{find, find_mut};
use upload_form::UPDATE_FIELDS;

/// The fields that only `readMask` may contain.
const READ_FIELDS: [&str; 9] = [
    "assetId",
    "assetType",
    "creationContext",
    "moderationResult",
    "path",
    "revisionCreateTime",
    "revisionId",
    "socialLink",
    "state",
];

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("assetId")?;
    let mask = call.query("readMask").unwrap_or_default();
    let names: Vec<&str> = mask.split(',').map(str::trim).collect();
    let is_known = |name: &&&str| READ_FIELDS.contains(name) || UPDATE_FIELDS.contains(name);
    let unknown = names.iter().find(|name| !is_known(name));
    if let Some(unknown) = unknown.filter(|_| !mask.is_empty()) {
        return Err(invalid(&format!("readMask: {unknown} is not a field.")));
    }
    let state = call.state();
    let asset = find(&state.store, id)?;
    let mut fields = asset.to_json();
    // Icon, previews and links are returned on request.
    fields.retain(|name, _| !asset.extras.contains_key(name) || names.contains(&name.as_str()));
    Ok(Value::Object(fields))
}

pub(crate) fn archive(call: &mut Call<'_>) -> Result<Value, Rejection> {
    set_archived(call, true)
}

pub(crate) fn restore(call: &mut Call<'_>) -> Result<Value, Rejection> {
    set_archived(call, false)
}

fn set_archived(call: &mut Call<'_>, archived: bool) -> Result<Value, Rejection> {
    let id = call.id("assetId")?;
    let mut state = call.state();
    let asset = find_mut(&mut state.store, id)?;
    asset.archived = archived;
    Ok(Value::Object(asset.to_json()))
}
