//! Lines of a script's log.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{is_none, null_to_default, timestamp};

/// A line of a script's log: the text of one call of `print`, `warn` or `error`, which may have line breaks. `Display`
/// shows the text alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LuauLogLine {
    /// Text.
    pub message: String,
    /// Time at which it was written.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Kind of the line.
    #[serde(skip_serializing_if = "is_none")]
    pub message_type: Option<LuauMessageType>,
}

open_enum! {
    /// The kind of a line in a script's log.
    LuauMessageType,
    /// Not specified by the service.
    Unspecified = "MESSAGE_TYPE_UNSPECIFIED",
    /// Written by `print`.
    Output = "OUTPUT",
    /// Information of the engine.
    Info = "INFO",
    /// Written by `warn`.
    Warning = "WARNING",
    /// An error.
    Error = "ERROR",
}

/// A line as the service writes it: an object, or the text alone.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a line of a log")]
enum LineWire {
    Text(String),
    #[serde(rename_all = "camelCase")]
    Line {
        #[serde(default, deserialize_with = "null_to_default")]
        message: String,
        #[serde(default, with = "timestamp::option")]
        create_time: Option<OffsetDateTime>,
        message_type: Option<LuauMessageType>,
    },
}

impl<'de> Deserialize<'de> for LuauLogLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match LineWire::deserialize(deserializer)? {
            LineWire::Text(message) => Self {
                message,
                create_time: None,
                message_type: None,
            },
            LineWire::Line {
                message,
                create_time,
                message_type,
            } => Self {
                message,
                create_time,
                message_type,
            },
        })
    }
}

impl fmt::Display for LuauLogLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.message)
    }
}
