//! Notifications to users.

use serde_json::{Map, Value, json};

use super::{Call, Rejection, invalid, json_body, not_found, number, operations, path_number};
use crate::sandbox::notification::ReceivedNotification;
use crate::sandbox::server::{Body, Response};
use crate::sandbox::state::Shared;

/// The most bytes of launch data.
const LAUNCH_DATA_BYTES: usize = 200;

pub(super) fn send(
    shared: &Shared,
    call: &Call<'_>,
    user: &str,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    let user = path_number(user, "user")?;
    let request = json_body::read(call, body)?;
    let notification = parse(user, &request)?;
    let mut state = shared.state();
    if !state.store.users.contains_key(&user) {
        return Err(not_found("The user").into());
    }
    let id = notification.id.clone();
    state.notifications.push(notification);
    Ok(json!({ "path": format!("users/{user}/notifications/{id}"), "id": id }))
}

fn parse(user: u64, request: &Map<String, Value>) -> Result<ReceivedNotification, Response> {
    let source = part(request, "source")?;
    let universe = text(&source, "universe")?.unwrap_or_default();
    let universe = universe.strip_prefix("universes/").and_then(number);
    let payload = part(request, "payload")?;
    if text(&payload, "type")?.as_deref() != Some("MOMENT") {
        return Err(invalid("payload.type is not MOMENT."));
    }
    let launch_data = text(&part(&payload, "joinExperience")?, "launchData")?;
    if launch_data.as_deref().map_or(0, str::len) > LAUNCH_DATA_BYTES {
        return Err(invalid("launchData has more than 200 bytes."));
    }
    Ok(ReceivedNotification {
        id: operations::new_id(),
        user,
        universe: universe
            .ok_or_else(|| invalid("source.universe is not the path of a universe."))?,
        message_id: text(&payload, "messageId")?
            .ok_or_else(|| invalid("payload.messageId is missing."))?,
        parameters: parameters(&part(&payload, "parameters")?)?,
        launch_data,
        category: text(&part(&payload, "analyticsData")?, "category")?,
    })
}

/// The object in a field; an empty one if there is none.
fn part(of: &Map<String, Value>, name: &str) -> Result<Map<String, Value>, Response> {
    match of.get(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(part)) => Ok(part.clone()),
        Some(_) => Err(invalid(&format!("{name} is not an object."))),
    }
}

/// The text in a field; an empty one counts as absent.
fn text(of: &Map<String, Value>, name: &str) -> Result<Option<String>, Response> {
    match of.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(_) => Err(invalid(&format!("{name} is not a text."))),
    }
}

/// The bare values: each parameter is either a text or a number.
fn parameters(of: &Map<String, Value>) -> Result<Map<String, Value>, Response> {
    of.iter()
        .map(|(name, wrapped)| {
            let odd = || invalid(&format!("The parameter {name} is no value."));
            Ok((name.clone(), bare(wrapped).ok_or_else(odd)?))
        })
        .collect()
}

/// The value in `{"stringValue": …}` or `{"int64Value": …}`.
fn bare(wrapped: &Value) -> Option<Value> {
    let one = wrapped.as_object().filter(|one| one.len() == 1)?;
    let (kind, bare) = one.iter().next()?;
    let fits = match (kind.as_str(), bare) {
        ("stringValue", bare) => bare.is_string(),
        ("int64Value", Value::String(digits)) => digits.parse::<i64>().is_ok(),
        ("int64Value", bare) => bare.is_i64(),
        _ => false,
    };
    fits.then(|| bare.clone())
}
