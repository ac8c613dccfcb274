//! Tasks: scripts that run or ran.

use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{
    duration, is_none, non_empty, null_to_default, optional_id, optional_text, timestamp,
};
use crate::models::{RawJson, SignedUrl, UserId};

/// A script that runs or ran, as the service describes it. Its binary output is only in a [`LuauResult`](super::LuauResult).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LuauTask {
    /// Path, for [`Client::luau_task`](crate::Client::luau_task).
    pub path: String,
    /// State.
    #[serde(skip_serializing_if = "is_none")]
    pub state: Option<LuauState>,
    /// User who created the API key that started the script.
    #[serde(skip_serializing_if = "is_none")]
    pub user_id: Option<UserId>,
    /// Time of the start.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time at which the state changed.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
    /// Time that the script may take.
    #[serde(with = "duration::option", skip_serializing_if = "is_none")]
    pub timeout: Option<Duration>,
    /// Script.
    #[serde(skip_serializing_if = "is_none")]
    pub script: Option<String>,
    /// Path of the binary input.
    #[serde(skip_serializing_if = "is_none")]
    pub binary_input: Option<String>,
    /// Whether the script may return binary output.
    #[serde(skip_serializing_if = "is_none")]
    pub enable_binary_output: Option<bool>,
    /// Values that the script returned.
    #[serde(skip_serializing_if = "is_none")]
    pub results: Option<Vec<RawJson>>,
    /// Error that ended the script.
    #[serde(skip_serializing_if = "is_none")]
    pub error: Option<LuauError>,
}

open_enum! {
    /// The state of a script.
    LuauState,
    /// Not specified by the service.
    Unspecified = "STATE_UNSPECIFIED",
    /// The script waits to be run.
    Queued = "QUEUED",
    /// The script is running.
    Processing = "PROCESSING",
    /// The script was stopped.
    Cancelled = "CANCELLED",
    /// The script has ended.
    Complete = "COMPLETE",
    /// The script has failed.
    Failed = "FAILED",
}

impl LuauState {
    /// Returns whether the script has ended, successfully or not.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Complete | Self::Failed | Self::Cancelled)
    }
}

/// The error that ended a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LuauError {
    /// Kind of the error.
    #[serde(skip_serializing_if = "is_none")]
    pub code: Option<LuauErrorCode>,
    /// Message, such as that of the script.
    #[serde(default, deserialize_with = "null_to_default")]
    pub message: String,
}

open_enum! {
    /// The kind of an error that ended a script.
    LuauErrorCode,
    /// Not specified by the service.
    Unspecified = "ERROR_CODE_UNSPECIFIED",
    /// The script raised an error.
    ScriptError = "SCRIPT_ERROR",
    /// The script took more time than it may.
    DeadlineExceeded = "DEADLINE_EXCEEDED",
    /// The script returned too much.
    OutputSizeLimitExceeded = "OUTPUT_SIZE_LIMIT_EXCEEDED",
    /// The service failed.
    InternalError = "INTERNAL_ERROR",
}

/// A task as the service writes it. An empty text means that there is nothing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a Luau task")]
struct TaskWire {
    path: Option<String>,
    state: Option<LuauState>,
    #[serde(default, alias = "userId", deserialize_with = "optional_id")]
    user: Option<UserId>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    update_time: Option<OffsetDateTime>,
    #[serde(default, with = "duration::option")]
    timeout: Option<Duration>,
    script: Option<String>,
    binary_input: Option<String>,
    enable_binary_output: Option<bool>,
    #[serde(default, deserialize_with = "optional_text")]
    binary_output_uri: Option<String>,
    output: Option<OutputWire>,
    results: Option<Vec<RawJson>>,
    error: Option<LuauError>,
}

#[derive(Deserialize)]
#[serde(expecting = "the output of a script")]
struct OutputWire {
    #[serde(default, deserialize_with = "null_to_default")]
    results: Vec<RawJson>,
}

/// A task with the URL of its binary output.
pub(crate) struct TaskResponse {
    pub(crate) task: LuauTask,
    pub(crate) binary_output: Option<SignedUrl>,
}

impl<'de> Deserialize<'de> for TaskResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = TaskWire::deserialize(deserializer)?;
        let path = non_empty(wire.path).ok_or_else(|| D::Error::missing_field("path"))?;
        // The service writes an error without a code and a message if there was no error.
        let is_reported = |error: &LuauError| error.code.is_some() || !error.message.is_empty();
        let task = LuauTask {
            path,
            state: wire.state,
            user_id: wire.user,
            create_time: wire.create_time,
            update_time: wire.update_time,
            timeout: wire.timeout,
            script: non_empty(wire.script),
            binary_input: non_empty(wire.binary_input),
            enable_binary_output: wire.enable_binary_output,
            results: wire.output.map(|output| output.results).or(wire.results),
            error: wire.error.filter(is_reported),
        };
        Ok(Self {
            task,
            binary_output: non_empty(wire.binary_output_uri).map(SignedUrl::from),
        })
    }
}

impl<'de> Deserialize<'de> for LuauTask {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TaskResponse::deserialize(deserializer).map(|response| response.task)
    }
}
