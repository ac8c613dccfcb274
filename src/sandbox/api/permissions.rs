//! Permissions on assets: granted, and not remembered.

use serde_json::{Map, Value, json};

use super::super::server::{Body, Response};
use super::super::state::Shared;
use super::super::store::Store;
use super::{Call, Rejection, invalid, json_body, json_number, number};

const ACTIONS: [&str; 5] = ["Use", "Edit", "Download", "CopyFromRcc", "UpdateFromRcc"];

/// Grants on every asset that there is.
pub(super) fn grant(
    shared: &Shared,
    call: &Call<'_>,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    let body = json_body::read(call, body)?;
    let action = body.get("action").and_then(Value::as_str);
    if !action.is_some_and(|action| ACTIONS.contains(&action)) {
        return Err(invalid("action is none that can be granted.").into());
    }
    let state = shared.state();
    let rejection = rejection(&state.store, &body)?;
    let (mut granted, mut errors) = (Vec::new(), Vec::new());
    for asset in assets(&body)? {
        let code =
            rejection.or((!state.store.assets.contains_key(&asset)).then_some("AssetNotFound"));
        match code {
            Some(code) => errors.push(json!({ "assetId": asset, "code": code })),
            None => granted.push(asset),
        }
    }
    Ok(json!({ "successAssetIds": granted, "errors": errors }))
}

/// Why nothing can be granted to the subject. Every experience and every role is there: the sandbox has no list of
/// them.
fn rejection(store: &Store, body: &Map<String, Value>) -> Result<Option<&'static str>, Response> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = text("subjectId");
    let is_there = match (text("subjectType"), number(id)) {
        ("All", _) if id.is_empty() => true,
        ("User", Some(user)) => store.users.contains_key(&user),
        ("Group", Some(group)) => store.groups.contains_key(&group),
        ("Universe" | "GroupRoleset", Some(_)) => true,
        _ => return Err(invalid("subjectType and subjectId name no subject.")),
    };
    Ok((!is_there).then_some("SubjectNotFound"))
}

fn assets(body: &Map<String, Value>) -> Result<Vec<u64>, Response> {
    let requests = body.get("requests").and_then(Value::as_array);
    let requests = requests.filter(|requests| !requests.is_empty());
    let requests = requests.ok_or_else(|| invalid("requests is empty."))?;
    let asset = |request: &Value| request.get("assetId").and_then(json_number);
    let assets: Option<Vec<u64>> = requests.iter().map(asset).collect();
    assets.ok_or_else(|| invalid("assetId is missing, or not a number."))
}
