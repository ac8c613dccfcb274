//! Limits of messages to game servers.

use crate::error::{Error, Result};

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
    for (what, text, max) in [
        ("topic of a message", topic, MAX_TOPIC_LENGTH),
        ("message", message, MAX_MESSAGE_LENGTH),
    ] {
        let length = text.chars().count();
        if length > max {
            return Err(Error::invalid_input(format!(
                "the {what} has {length} characters; the maximum is {max}"
            )));
        }
    }
    Ok(())
}
