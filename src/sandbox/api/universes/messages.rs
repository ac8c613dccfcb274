//! Messages to the running servers of a universe.

use super::lookup::find;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, gateway, invalid};
use crate::sandbox::server::Response;
use crate::sandbox::state::universe::message::ReceivedMessage;

/// Maximum length of a topic, in characters.
const MAX_TOPIC_LENGTH: usize = 80;
/// Maximum length of a message, in characters.
const MAX_MESSAGE_LENGTH: usize = 1024;

pub(crate) fn publish(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let universe = call.id("universe_id")?;
    let body = call.json()?;
    let text = |name: &str| Ok::<_, Rejection>(body.text(name)?.unwrap_or_default().to_owned());
    let (topic, message) = (text("topic")?, text("message")?);
    record(call, universe, topic, message, invalid)
}

pub(crate) fn publish_v1(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let universe = call.legacy_id("universeId")?;
    let topic = call.param("topic")?;
    let body = call.json()?;
    let message = body.text("message")?.unwrap_or_default().to_owned();
    record(call, universe, topic, message, |message| {
        gateway(400, message)
    })
}

fn record(
    call: &Call<'_>,
    universe: u64,
    topic: String,
    message: String,
    reject: impl Fn(&str) -> Rejection,
) -> Result<Response, Rejection> {
    if topic.is_empty() || topic.chars().count() > MAX_TOPIC_LENGTH {
        return Err(reject("The topic must have 1 to 80 characters."));
    }
    if message.is_empty() || message.chars().count() > MAX_MESSAGE_LENGTH {
        return Err(reject("The message must have 1 to 1024 characters."));
    }
    let mut state = call.state();
    find(&state.store, universe)?;
    state.messages.push(ReceivedMessage {
        universe,
        topic,
        message,
    });
    Ok(Response::empty(200))
}
