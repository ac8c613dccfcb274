//! Scripts that run or ran.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::content::Output;
use super::script::{End, SandboxScript};
use crate::models::LuauErrorCode;
use crate::models::serde_helpers::duration::to_text;
use crate::sandbox::clock::{later, timestamp};
use crate::sandbox::random::random_text;
use crate::sandbox::state::schedule::Schedule;
use crate::sandbox::state::user::KEY_OWNER;

/// The time for which a task is kept after its end.
const RETENTION: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) session: String,
    pub(crate) universe: u64,
    pub(crate) place: u64,
    pub(crate) version: u64,
    pub(crate) source: String,
    pub(crate) timeout: Duration,
    /// The id of the binary input.
    pub(crate) input: Option<String>,
    pub(crate) has_output: bool,
    pub(crate) created: OffsetDateTime,
    pub(crate) schedule: Schedule,
    pub(crate) behavior: SandboxScript,
    pub(crate) ended: Option<OffsetDateTime>,
    /// The URL of the binary output.
    pub(crate) output_uri: String,
    /// The start of the URL.
    pub(crate) base_url: String,
}

impl Task {
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.is_some()
    }

    pub(crate) fn is_due(&self, now: OffsetDateTime) -> bool {
        !self.has_ended() && self.schedule.due.is_some_and(|due| due <= now)
    }

    pub(crate) fn is_expired(&self, now: OffsetDateTime) -> bool {
        self.ended
            .is_some_and(|ended| later(ended, RETENTION) <= now)
    }

    /// Counts a poll, and returns whether it is the first one that finds the script ended.
    pub(super) fn count_poll(&mut self) -> bool {
        match &mut self.schedule.polls {
            Some(0) => !self.has_ended(),
            Some(polls) => {
                *polls -= 1;
                false
            }
            None => false,
        }
    }

    /// Ends the script, and returns its binary output with the name in its URL.
    pub(super) fn finish(
        &mut self,
        input: Arc<Vec<u8>>,
        now: OffsetDateTime,
    ) -> Option<(String, Output)> {
        let due = self.schedule.due.filter(|due| *due < now);
        let ended = due.unwrap_or(now);
        self.ended = Some(ended);
        if self.behavior.takes.is_some_and(|time| time > self.timeout) {
            self.behavior.end = SandboxScript::times_out().end;
        }
        if !self.has_output || !matches!(self.behavior.end, End::Returns(_)) {
            return None;
        }
        let (name, signature) = (random_text(), random_text());
        self.output_uri = format!(
            "{}/luau-outputs/{name}?signature={signature}",
            self.base_url
        );
        let content = self.behavior.binary_output.clone().map(Arc::new);
        let output = Output {
            signature,
            created: ended,
            content: content.unwrap_or(input),
        };
        Some((name, output))
    }

    pub(crate) fn path(&self) -> String {
        format!(
            "universes/{}/places/{}/versions/{}/luau-execution-sessions/{}/tasks/{}",
            self.universe, self.place, self.version, self.session, self.id
        )
    }

    /// Returns the task as the service returns it after its start: without times.
    pub(crate) fn started_json(&self, is_full: bool) -> Map<String, Value> {
        let input = self.input.as_ref().map(|id| input_path(self.universe, id));
        let fields = json!({
            "path": self.path(),
            "user": KEY_OWNER.to_string(),
            "state": self.state(),
            "script": if is_full { self.source.as_str() } else { "" },
            "timeout": to_text(self.timeout),
            "binaryInput": input.unwrap_or_default(),
            "enableBinaryOutput": self.has_output,
            "binaryOutputUri": self.output_uri,
        });
        let mut fields = match fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        if let Some((name, value)) = self.outcome() {
            fields.insert(name.to_owned(), value);
        }
        fields
    }

    pub(crate) fn to_json(&self, is_full: bool) -> Value {
        let mut fields = self.started_json(is_full);
        let updated = self.ended.unwrap_or(self.created);
        fields.insert("createTime".to_owned(), timestamp(self.created).into());
        fields.insert("updateTime".to_owned(), timestamp(updated).into());
        fields.into()
    }

    fn state(&self) -> &'static str {
        match &self.behavior.end {
            _ if !self.has_ended() => "PROCESSING",
            End::Returns(_) => "COMPLETE",
            End::Fails(..) => "FAILED",
            End::Cancelled => "CANCELLED",
        }
    }

    /// Returns the field that says how the script ended.
    fn outcome(&self) -> Option<(&'static str, Value)> {
        match &self.behavior.end {
            _ if !self.has_ended() => None,
            End::Returns(values) => Some(("output", json!({ "results": values }))),
            End::Fails(code, message) => Some(("error", error(code, message))),
            End::Cancelled => None,
        }
    }

    /// Returns the lines of the log that can be listed now: the first half while the script runs.
    pub(crate) fn log(&self) -> Vec<Value> {
        let all = self.behavior.log.len();
        let count = if self.has_ended() { all } else { all / 2 };
        let lines = self.behavior.log.iter().zip(1..).take(count);
        lines
            .map(|((message_type, message), milliseconds)| {
                let time = later(self.created, Duration::from_millis(milliseconds));
                json!({
                    "message": message,
                    "createTime": timestamp(time),
                    "messageType": message_type.as_str(),
                })
            })
            .collect()
    }
}

fn error(code: &LuauErrorCode, message: &str) -> Value {
    json!({ "code": code.as_str(), "message": message })
}

pub(crate) fn input_path(universe: u64, id: &str) -> String {
    format!("universes/{universe}/luau-execution-session-task-binary-inputs/{id}")
}
