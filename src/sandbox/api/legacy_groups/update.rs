//! Updates of a group.

use serde_json::{Value, json};

use super::lookup::{legacy_state, rejected, shout_json};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::state::legacy_group::{FLAGS, LEVELS, Shout};
use crate::sandbox::state::user::KEY_OWNER;

/// The highest number of a notification type.
const MAX_NOTIFICATION_TYPE: u64 = 4;

/// Changes all settings in the request, or none.
pub(crate) fn settings(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (group, request) = (call.param("groupId")?, call.json()?);
    let mut state = call.state();
    let legacy = legacy_state(&mut state.store, &group)?;
    for (name, value) in &request.fields {
        let level = LEVELS.iter().find(|(known, _)| known == name);
        let is_valid = match level {
            Some((_, max)) => value.as_u64().is_some_and(|level| level <= *max),
            None => FLAGS.contains(&name.as_str()) && value.is_boolean(),
        };
        if !is_valid {
            let message = format!("{name} cannot be set to this value.");
            return Err(rejected(0, &message));
        }
    }
    legacy.settings.extend(request.fields);
    Ok(json!({}))
}

pub(crate) fn description(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (group, request) = (call.param("groupId")?, call.json()?);
    let text = text(&request, "description")
        .ok_or_else(|| rejected(29, "Your group description was empty."))?;
    let mut state = call.state();
    let now = state.now();
    let legacy = legacy_state(&mut state.store, &group)?;
    legacy.description = Some(text.to_owned());
    let what = json!({ "NewDescription": text });
    legacy.record("Change Description", what, now);
    Ok(json!({ "newDescription": text }))
}

pub(crate) fn status(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (group, request) = (call.param("groupId")?, call.json()?);
    let text =
        text(&request, "message").ok_or_else(|| rejected(7, "Missing group status content."))?;
    let mut state = call.state();
    let now = state.now();
    let legacy = legacy_state(&mut state.store, &group)?;
    let first = legacy.shout.as_ref().map(|shout| shout.created);
    let shout = Shout {
        body: text.to_owned(),
        poster: KEY_OWNER,
        created: first.unwrap_or(now),
        updated: now,
    };
    legacy.shout = Some(shout.clone());
    legacy.record("Post Status", json!({ "Text": text }), now);
    Ok(shout_json(&state.store, &shout))
}

/// Sets a preference. The number in the response says whether one was created, updated, or left as it was.
pub(crate) fn notification_preference(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (group, request) = (call.param("groupId")?, call.json()?);
    let mut state = call.state();
    let legacy = legacy_state(&mut state.store, &group)?;
    let kind = request.get("type").and_then(Value::as_u64);
    let kind = kind.filter(|kind| *kind <= MAX_NOTIFICATION_TYPE);
    let enabled = request.get("notificationsEnabled");
    let enabled = enabled.and_then(Value::as_bool);
    let (kind, enabled) = kind
        .zip(enabled)
        .ok_or_else(|| rejected(0, "The preference is not valid."))?;
    Ok(json!(match legacy.preferences.insert(kind, enabled) {
        None => 1,
        Some(before) if before == enabled => 0,
        Some(_) => 3,
    }))
}

/// Returns the text in a field, unless it is empty.
fn text<'r>(request: &'r JsonObject, name: &str) -> Option<&'r str> {
    let text = request.get(name).and_then(Value::as_str);
    text.filter(|text| !text.is_empty())
}
