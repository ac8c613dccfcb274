//! Lines of the log of a game server.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{
    by_name_or_number, count, is_none, optional_id, optional_text, timestamp,
};
use crate::models::{JobId, PlaceId, UniverseId};

/// A line of the log of a game server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct GameServerLog {
    /// Time at which the line was received.
    #[serde(
        alias = "messageTimestampMs",
        with = "timestamp::or_milliseconds",
        skip_serializing_if = "is_none"
    )]
    pub message_time: Option<OffsetDateTime>,
    /// Severity.
    #[serde(
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub severity: Option<LogSeverity>,
    /// Text of the line.
    #[serde(skip_serializing_if = "is_none")]
    pub message: Option<String>,
    /// Stack trace of an error.
    #[serde(skip_serializing_if = "is_none")]
    pub stack_trace: Option<String>,
    /// Template of a structured message.
    #[serde(deserialize_with = "optional_text", skip_serializing_if = "is_none")]
    pub message_template: Option<String>,
    /// Context of a structured message.
    #[serde(deserialize_with = "optional_text", skip_serializing_if = "is_none")]
    pub context: Option<String>,
    /// Number of equal lines in the same time window, which are not listed.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub skipped_count: Option<u64>,
    /// Number of lines in the same time window beyond the service's limit, which are not listed.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub rate_limited_count: Option<u64>,
    /// Server id.
    #[serde(skip_serializing_if = "is_none")]
    pub job_id: Option<JobId>,
    /// Universe.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Place.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub place_id: Option<PlaceId>,
    /// Version of the place.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub place_version: Option<u64>,
}

open_enum! {
    /// The severity of a log line.
    LogSeverity,
    /// Output of `print`.
    Output = "Output" | "0",
    /// Information.
    Info = "Info" | "1",
    /// A warning.
    Warning = "Warning" | "2",
    /// An error.
    Error = "Error" | "3",
}

impl LogSeverity {
    /// Returns the number by which filters name the severity.
    pub(super) fn number(self) -> Option<u32> {
        match self {
            Self::Output => Some(0),
            Self::Info => Some(1),
            Self::Warning => Some(2),
            Self::Error => Some(3),
            Self::Unknown(_) => None,
        }
    }
}
