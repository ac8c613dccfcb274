//! Permissions of assets. Grants are checked, but not stored.

use serde_json::{Value, json};

use super::call::Call;
use super::json::JsonObject;
use super::rejection::{Rejection, invalid};
use super::values::{json_number, number};
use crate::sandbox::state::store::Store;

const ACTIONS: [&str; 5] = ["Use", "Edit", "Download", "CopyFromRcc", "UpdateFromRcc"];

pub(crate) fn grant(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let request = call.json()?;
    let action = request.get("action").and_then(Value::as_str);
    if !action.is_some_and(|action| ACTIONS.contains(&action)) {
        return Err(invalid("action is not one that can be granted."));
    }
    let state = call.state();
    let subject_error = subject_error(&state.store, &request)?;
    let (mut granted, mut errors) = (Vec::new(), Vec::new());
    for asset in assets(&request)? {
        let is_known = state.store.assets.contains_key(&asset);
        match subject_error.or((!is_known).then_some("AssetNotFound")) {
            Some(code) => errors.push(json!({ "assetId": asset, "code": code })),
            None => granted.push(asset),
        }
    }
    Ok(json!({ "successAssetIds": granted, "errors": errors }))
}

/// Returns an error code if the subject does not exist. The sandbox accepts every universe and every role.
fn subject_error(store: &Store, request: &JsonObject) -> Result<Option<&'static str>, Rejection> {
    let text = |name: &str| {
        request
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let id = text("subjectId");
    let is_known = match (text("subjectType"), number(id)) {
        ("All", _) if id.is_empty() => true,
        ("User", Some(user)) => store.users.contains_key(&user),
        ("Group", Some(group)) => store.groups.contains_key(&group),
        ("Universe" | "GroupRoleset", Some(_)) => true,
        _ => return Err(invalid("subjectType and subjectId name no subject.")),
    };
    Ok((!is_known).then_some("SubjectNotFound"))
}

fn assets(request: &JsonObject) -> Result<Vec<u64>, Rejection> {
    let requests = request.get("requests").and_then(Value::as_array);
    let requests = requests.filter(|requests| !requests.is_empty());
    let requests = requests.ok_or_else(|| invalid("requests is empty."))?;
    let asset = |request: &Value| request.get("assetId").and_then(json_number);
    let assets: Option<Vec<u64>> = requests.iter().map(asset).collect();
    assets.ok_or_else(|| invalid("assetId is missing, or not a number."))
}
