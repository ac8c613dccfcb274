//! The part of an operation that does not depend on the type of its result: path, polls and errors. Compiled once for
//! all types.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;
use serde_json::value::RawValue;

use super::poll_target::PollTarget;
use super::wire::{OperationWire, Reported};
use crate::endpoint::UserContent;
use crate::error::{Error, ErrorKind, Result};
use crate::http::{
    HttpClient, OTHER_TYPE_ADVICE, Request, error_in_object, kind_of_message, unquoted,
};
use crate::json;

/// The part of an operation that does not depend on the type of its result.
pub(super) struct Core {
    pub(super) http: HttpClient,
    pub(super) target: PollTarget,
    /// Whether the service has reported its state at least once.
    pub(super) is_known: bool,
    /// A field of the result that the service may omit, since the request named it.
    pub(super) known_field: Option<(&'static str, String)>,
}

/// A report of the service about an operation.
pub(super) enum Report {
    Running,
    Failed(Value),
    Done(Option<Box<RawValue>>),
}

impl Core {
    /// Reads the response to the request that started it. An operation that is done at once may be its result itself.
    pub(super) fn start(
        http: &HttpClient,
        request: &Request,
        response: &Reported,
        known_field: Option<(&'static str, String)>,
    ) -> (Self, Result<Report>) {
        let fields = &response.fields;
        let is_there = |name: &str| fields.get(name).is_some_and(|value| !value.is_null());
        let path = fields
            .get("path")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_operation = request.endpoint.operation.is_some()
            || is_there("done")
            || is_there("operationId")
            || path.split('/').any(|segment| segment == "operations");
        // The path of a resource is not that of an operation.
        let path = if is_operation {
            path.to_owned()
        } else {
            String::new()
        };
        let mut core = Self {
            http: http.clone(),
            target: PollTarget::started(path, request),
            is_known: true,
            known_field,
        };
        let report = if is_operation {
            core.report_start(&response.text)
        } else if let Some(error) = error_in_object(fields) {
            Err(error)
        } else {
            Ok(Report::Done(Some(response.text.clone())))
        };
        (core, report)
    }

    fn report_start(&mut self, text: &RawValue) -> Result<Report> {
        let report = self.report(text)?;
        let is_running = matches!(report, Report::Running);
        if is_running && self.target.path.is_empty() && !self.target.polls_repeat_request() {
            return Err(Error::new(
                ErrorKind::Decode,
                "missing field `path` of the operation",
            ));
        }
        Ok(report)
    }

    /// Returns the error of a response that cannot be read. The operation was started all the same.
    pub(super) fn start_error(&self, error: Error, request: &Request, text: &RawValue) -> Error {
        let error = attach_operation(error.map(|inner| {
            inner.body = Some(text.get().to_owned());
            inner.outcome_unknown = !request.is_read();
            inner.endpoint = Some(request.endpoint.clone());
            inner.path = Some(request.path().to_owned());
            inner.is_idempotent = request.is_idempotent();
            inner.attempts = 1;
        }));
        self.http.redact(error)
    }

    /// Polls once.
    pub(super) fn poll(&mut self, time: Option<Duration>) -> Result<(Report, Request)> {
        let request = self.target.request()?;
        let request = match time {
            Some(time) => request.time_budget(time),
            None => request,
        };
        let response = self.http.send::<Reported>(&request);
        match response.and_then(|response| self.report(&response.text)) {
            Ok(report) => Ok((report, request)),
            Err(error) => Err(self.poll_error(error, &request)),
        }
    }

    /// Reads the state of the operation.
    fn report(&mut self, text: &RawValue) -> Result<Report> {
        let wire = OperationWire::decode(text.get(), self.target.wrapper());
        let wire = wire.map_err(|error| self.decode_error(text.get(), &error))?;
        self.is_known = true;
        self.target
            .complete(wire.path, wire.operation_id.as_deref());
        // Only a finished operation has a result or an error.
        Ok(match wire.error {
            _ if wire.done != Some(true) => Report::Running,
            Some(error) => Report::Failed(error),
            None => Report::Done(wire.response),
        })
    }

    /// Returns the text of a result, with the field that the service may omit.
    pub(super) fn with_known_field<'a>(&self, text: &'a RawValue) -> Cow<'a, str> {
        let text = text.get();
        let completed = self
            .known_field
            .as_ref()
            .map(|(name, value)| json::with_field(text, name, value));
        // Text that is not an object is reported by the decoder of the result.
        completed
            .and_then(Result::ok)
            .unwrap_or(Cow::Borrowed(text))
    }

    pub(super) fn still_running(&self, limit: Duration, elapsed: Duration) -> Error {
        let message =
            format!("the service accepted the request and is still working on it after {limit:?}");
        Error::new(ErrorKind::StillRunning, message).map(|inner| {
            inner.operation = Some(self.target.path.clone());
            if let Ok(request) = self.target.request() {
                inner.path = Some(request.path().to_owned());
                inner.endpoint = Some(request.endpoint);
            }
            inner.elapsed = elapsed;
        })
    }

    /// Adds the operation to the error of a poll.
    pub(super) fn poll_error(&self, error: Error, request: &Request) -> Error {
        error.map(|inner| {
            inner.operation = Some(self.target.path.clone());
            if inner.kind == ErrorKind::Decode {
                inner.endpoint = Some(request.endpoint.clone());
                inner.path = Some(request.path().to_owned());
                inner.attempts = inner.attempts.max(1);
            }
        })
    }

    /// Returns the error for a result of another type. A caller who resumes an operation by its path chooses the type.
    pub(super) fn result_error(&self, text: &str, error: &serde_json::Error) -> Error {
        let error = self.decode_error(text, error);
        if self.target.is_resumed() {
            error.with_advice(OTHER_TYPE_ADVICE)
        } else {
            error
        }
    }

    fn decode_error(&self, text: &str, error: &serde_json::Error) -> Error {
        let error = Error::new(ErrorKind::Decode, error.to_string());
        self.http
            .redact(error.map(|inner| inner.body = Some(text.to_owned())))
    }

    /// Returns the error of an operation that failed.
    pub(super) fn failure(&self, error: &Value) -> Error {
        let field = |name: &str| match error.get(name)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Null => None,
            other => Some(other.to_string()),
        };
        let message = field("message")
            .or_else(|| field("errorMessage"))
            .or_else(|| error.as_str().map(str::to_owned))
            .unwrap_or_default();
        let message = if message.is_empty() {
            "the service gave no reason".to_owned()
        } else {
            unquoted(&message)
        };
        let kind =
            kind_of_message(&message, UserContent::File).unwrap_or(ErrorKind::OperationFailed);
        let error = Error::new(kind, message).map(|inner| {
            inner.code = ["code", "errorType", "errorCode"]
                .into_iter()
                .find_map(field);
            let advice = self.target.advice(inner.code.as_deref());
            inner.advice = advice.map(Into::into);
            let details = error.get("details").or_else(|| error.get("errorContext"));
            inner.details = details.cloned();
            inner.body = Some(error.to_string());
            inner.operation = Some(self.target.path.clone()).filter(|path| !path.is_empty());
        });
        self.http.redact(error)
    }
}

/// Finds the operation in a response that was cut off or could not be decoded, and adds its path to the error.
pub(super) fn attach_operation(error: Error) -> Error {
    error.map(|inner| {
        // An error response started no operation.
        let body = inner
            .body
            .as_deref()
            .filter(|_| inner.status.is_none())
            .unwrap_or_default();
        let named = body.split_once("operations/").and_then(|(before, rest)| {
            let (id, _) = rest.split_once('"')?;
            // The path may begin with the owner of the operation.
            let (_, owner) = before.rsplit_once('"')?;
            Some(format!("{owner}operations/{id}"))
        });
        inner.operation = named;
    })
}
