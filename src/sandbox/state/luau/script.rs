//! The behavior of scripts in the sandbox, which does not run Luau.

use std::time::Duration;

use serde_json::Value;

use crate::models::{LuauErrorCode, LuauMessageType, PlaceId};

/// The behavior of a script in the sandbox, which does not run Luau: its log, its duration and its end.
///
/// ```
/// use rblx_open_cloud::sandbox::SandboxScript;
/// use serde_json::json;
///
/// let passed = SandboxScript::returns([json!({"passed": 12, "failed": 0})]).log("12 tests passed");
/// let failed = SandboxScript::fails("TaskScript:3: attempt to index nil with 'Name'").log("loading");
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxScript {
    pub(crate) end: End,
    pub(crate) log: Vec<(LuauMessageType, String)>,
    pub(crate) takes: Option<Duration>,
    pub(crate) binary_output: Option<Vec<u8>>,
}

#[derive(Debug, Clone)]
pub(crate) enum End {
    Returns(Vec<Value>),
    Fails(LuauErrorCode, String),
    Cancelled,
}

impl SandboxScript {
    /// Describes a script that returns these values.
    pub fn returns(values: impl IntoIterator<Item = Value>) -> Self {
        Self::new(End::Returns(values.into_iter().collect()))
    }

    /// Describes a script that raises an error with this message.
    pub fn fails(message: impl Into<String>) -> Self {
        Self::fails_with(LuauErrorCode::ScriptError, message)
    }

    /// Describes a script that ends with another kind of error.
    pub fn fails_with(code: LuauErrorCode, message: impl Into<String>) -> Self {
        Self::new(End::Fails(code, message.into()))
    }

    /// Describes a script that exceeds its time limit.
    pub fn times_out() -> Self {
        let message = "The task exceeded its maximum execution duration.";
        Self::fails_with(LuauErrorCode::DeadlineExceeded, message)
    }

    /// Describes a script that is stopped.
    pub fn cancelled() -> Self {
        Self::new(End::Cancelled)
    }

    fn new(end: End) -> Self {
        Self {
            end,
            log: Vec::new(),
            takes: None,
            binary_output: None,
        }
    }

    /// Adds a line to the log, as `print` does. The first half of the lines can be listed while the script runs.
    pub fn log(self, message: impl Into<String>) -> Self {
        self.log_as(LuauMessageType::Output, message)
    }

    /// Adds a line of another kind to the log.
    pub fn log_as(mut self, message_type: LuauMessageType, message: impl Into<String>) -> Self {
        self.log.push((message_type, message.into()));
        self
    }

    /// Sets the duration of the script, on the sandbox's clock. A script that exceeds its time limit fails at that limit. By
    /// default a script takes as long as an operation.
    pub fn takes(mut self, time: Duration) -> Self {
        self.takes = Some(time);
        self
    }

    /// Sets the binary output. By default a script that may return binary output returns its binary input.
    pub fn binary_output(mut self, content: impl Into<Vec<u8>>) -> Self {
        self.binary_output = Some(content.into());
        self
    }
}

/// A script that returns this value.
impl From<Value> for SandboxScript {
    fn from(value: Value) -> Self {
        Self::returns([value])
    }
}

/// One accepted script.
#[derive(Debug, Clone)]
pub struct ReceivedScript {
    pub(crate) place: u64,
    pub(crate) version: Option<u64>,
    pub(crate) source: String,
    pub(crate) timeout: Option<Duration>,
    pub(crate) input: Option<Vec<u8>>,
    pub(crate) has_binary_output: bool,
}

impl ReceivedScript {
    /// Returns the place.
    #[must_use]
    pub fn place_id(&self) -> PlaceId {
        self.place.into()
    }

    /// Returns the version of the place, if the request named one.
    #[must_use]
    pub fn version(&self) -> Option<u64> {
        self.version
    }

    /// Returns the text of the script.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the time limit of the script, if the request set one.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the binary input. It is empty if it had more than 32 MiB.
    #[must_use]
    pub fn input(&self) -> Option<&[u8]> {
        self.input.as_deref()
    }

    /// Returns whether the script may return binary output.
    #[must_use]
    pub fn has_binary_output(&self) -> bool {
        self.has_binary_output
    }
}
