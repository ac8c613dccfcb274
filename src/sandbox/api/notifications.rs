//! Notifications to users.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::json::JsonObject;
use super::rejection::{Rejection, invalid};
use super::users;
use super::values::number;
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::notification::ReceivedNotification;

const MAX_LAUNCH_DATA_SIZE: usize = 200;

pub(crate) fn send(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let user = call.id("user_id")?;
    let notification = parse(user, &call.json()?)?;
    let mut state = call.state();
    users::find(&state.store, user)?;
    let id = notification.id.clone();
    state.notifications.push(notification);
    Ok(json!({ "path": format!("users/{user}/notifications/{id}"), "id": id }))
}

fn parse(user: u64, request: &JsonObject) -> Result<ReceivedNotification, Rejection> {
    let source = request.object("source")?;
    let universe = source.text("universe")?.unwrap_or_default();
    let universe = universe.strip_prefix("universes/").and_then(number);
    let payload = request.object("payload")?;
    if payload.text("type")? != Some("MOMENT") {
        return Err(invalid("payload.type is not MOMENT."));
    }
    let join_experience = payload.object("joinExperience")?;
    let launch_data = join_experience.text("launchData")?.map(str::to_owned);
    if launch_data.as_deref().map_or(0, str::len) > MAX_LAUNCH_DATA_SIZE {
        return Err(invalid("launchData has more than 200 bytes."));
    }
    let message_id = payload.text("messageId")?;
    let analytics = payload.object("analyticsData")?;
    Ok(ReceivedNotification {
        id: random_uuid(),
        user,
        universe: universe
            .ok_or_else(|| invalid("source.universe is not the path of a universe."))?,
        message_id: message_id
            .ok_or_else(|| invalid("payload.messageId is missing."))?
            .to_owned(),
        parameters: parameters(&payload.object("parameters")?)?,
        launch_data,
        category: analytics.text("category")?.map(str::to_owned),
    })
}

/// Returns the values without their types.
fn parameters(object: &JsonObject) -> Result<Map<String, Value>, Rejection> {
    let parameters = object.fields.iter().map(|(name, typed)| {
        let wrong = || invalid(&format!("The parameter {name} is not a value."));
        Ok((name.clone(), value(typed).ok_or_else(wrong)?))
    });
    parameters.collect()
}

/// Returns the value in `{"stringValue": …}` or `{"int64Value": …}`.
fn value(typed: &Value) -> Option<Value> {
    let fields = typed.as_object().filter(|fields| fields.len() == 1)?;
    let (kind, value) = fields.iter().next()?;
    let is_valid = match (kind.as_str(), value) {
        ("stringValue" | "string_value", value) => value.is_string(),
        ("int64Value" | "int64_value", Value::String(digits)) => digits.parse::<i64>().is_ok(),
        ("int64Value" | "int64_value", value) => value.is_i64(),
        _ => false,
    };
    is_valid.then(|| value.clone())
}
