//! Changes of a group.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::{legacy_state, rejected, timestamp, user_json};
use crate::sandbox::legacy_state::{FLAGS, LEVELS, Shout};
use crate::sandbox::server::Response;
use crate::sandbox::state::State;
use crate::sandbox::store::{KEY_OWNER, Store};

/// The highest number of a kind of notification.
const LAST_KIND: u64 = 4;

/// Sets the settings in the request, all of them or none.
pub(super) fn settings(
    state: &mut State,
    group: &str,
    request: &Map<String, Value>,
) -> Result<Value, Response> {
    let legacy = legacy_state(&mut state.store, group)?;
    for (name, value) in request {
        let level = LEVELS.iter().find(|(known, _)| known == name);
        let fits = match level {
            Some((_, highest)) => value.as_u64().is_some_and(|level| level <= *highest),
            None => FLAGS.contains(&name.as_str()) && value.is_boolean(),
        };
        if !fits {
            return Err(rejected(0, &format!("{name} cannot be set to that.")));
        }
    }
    legacy.settings.extend(request.clone());
    Ok(json!({}))
}

pub(super) fn description(
    state: &mut State,
    group: &str,
    request: &Map<String, Value>,
) -> Result<Value, Response> {
    let text = as_str(request, "description")
        .ok_or_else(|| rejected(29, "Your group description was empty."))?;
    let legacy = legacy_state(&mut state.store, group)?;
    legacy.description = Some(text.to_owned());
    let now = OffsetDateTime::now_utc();
    let what = json!({ "NewDescription": text });
    legacy.record("Change Description", what, now);
    Ok(json!({ "newDescription": text }))
}

pub(super) fn status(
    state: &mut State,
    group: &str,
    request: &Map<String, Value>,
) -> Result<Value, Response> {
    let text =
        as_str(request, "message").ok_or_else(|| rejected(7, "Missing group status content."))?;
    let legacy = legacy_state(&mut state.store, group)?;
    let now = OffsetDateTime::now_utc();
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

/// Sets a preference, and tells by a number whether that made one, changed one, or nothing.
pub(super) fn preference(
    state: &mut State,
    group: &str,
    request: &Map<String, Value>,
) -> Result<Value, Response> {
    let legacy = legacy_state(&mut state.store, group)?;
    let kind = request.get("type").and_then(Value::as_u64);
    let kind = kind.filter(|kind| *kind <= LAST_KIND);
    let wanted = request.get("notificationsEnabled").and_then(Value::as_bool);
    let (kind, wanted) = kind
        .zip(wanted)
        .ok_or_else(|| rejected(0, "The preference is not valid."))?;
    Ok(json!(match legacy.preferences.insert(kind, wanted) {
        None => 1,
        Some(before) if before == wanted => 0,
        Some(_) => 3,
    }))
}

pub(super) fn shout_json(store: &Store, shout: &Shout) -> Value {
    json!({
        "body": shout.body,
        "poster": user_json(store, shout.poster),
        "created": timestamp(shout.created),
        "updated": timestamp(shout.updated),
    })
}

/// The text in a field, unless it is empty.
fn as_str<'a>(request: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    let text = request.get(name).and_then(Value::as_str);
    text.filter(|text| !text.is_empty())
}
