//! Limits of messages to game servers.

use crate::error::{Error, Result};
use crate::models::limits::validate_length;

/// Maximum length of a topic, in characters.
const MAX_TOPIC_LENGTH: usize = 80;
/// Maximum length of a message, in characters.
const MAX_MESSAGE_LENGTH: usize = 1024;

/// Validates the lengths of a message and its topic.
pub(crate) fn validate_message(topic: &str, message: &str) -> Result<()> {
    if topic.is_empty() {
        return Err(Error::invalid_input(
            "the topic of a message cannot be empty",
        ));
    }
    validate_length("the topic of a message", topic, MAX_TOPIC_LENGTH)?;
    validate_length("the message", message, MAX_MESSAGE_LENGTH)
}
