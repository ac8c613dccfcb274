//! The part of an operation that does not depend on the type of its result: path, polls and errors. Compiled once for
//! all types.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;
use serde_json::value::RawValue;

use super::path;
use super::wire::{OperationWire, Reported};
use crate::endpoint::{Cadence, UserContent, WrappedOperation};
use crate::error::{Error, ErrorKind, Result};
use crate::http::{
    HttpClient, OTHER_TYPE_ADVICE, Request, error_in_object, kind_of_message, unquoted,
};
use crate::json;

pub(super) struct Core {
    pub(super) http: HttpClient,
    pub(super) path: String,
    /// The request that started it, whose query some polls repeat.
    pub(super) started_by: Option<Request>,
    /// The forms of its path besides the common ones.
    pub(super) optional_paths: path::Paths,
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
            path,
            started_by: Some(request.clone()),
            optional_paths: request
                .endpoint
                .operation_paths
                .map_or(&[], |paths| paths()),
            is_known: true,
            known_field,
        };
        core.add_query();
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
        if self.path.is_empty() && is_running && !self.polls_repeat_request() {
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
        let request = self.poll_request()?;
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
        let wire = OperationWire::decode(text.get(), self.wrapper());
        let wire = wire.map_err(|error| self.decode_error(text.get(), &error))?;
        self.is_known = true;
        if self.path.is_empty() {
            let path = wire.path.filter(|path| !path.is_empty());
            self.path = path
                .or_else(|| {
                    path::from_id(
                        wire.operation_id.as_deref(),
                        self.optional_paths,
                        self.started_by.as_ref(),
                    )
                })
                .unwrap_or_default();
            self.add_query();
        }
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
            inner.operation = Some(self.path.clone());
            if let Ok(request) = self.poll_request() {
                inner.path = Some(request.path().to_owned());
                inner.endpoint = Some(request.endpoint);
            }
            inner.elapsed = elapsed;
        })
    }

    /// Adds the operation to the error of a poll.
    pub(super) fn poll_error(&self, error: Error, request: &Request) -> Error {
        error.map(|inner| {
            inner.operation = Some(self.path.clone());
            if inner.kind == ErrorKind::Decode {
                inner.endpoint = Some(request.endpoint.clone());
                inner.path = Some(request.path().to_owned());
                inner.attempts = inner.attempts.max(1);
            }
        })
    }

    /// Returns the delays between polls.
    pub(super) fn cadence(&self) -> Cadence {
        path::cadence(&self.path, self.optional_paths, self.started_by.as_ref())
    }

    /// Returns how the service wraps the operation.
    fn wrapper(&self) -> Option<WrappedOperation> {
        let started_by = self.started_by.as_ref();
        started_by.map_or_else(
            || path::wrapper(&self.path, self.optional_paths),
            |request| request.endpoint.operation,
        )
    }

    /// Whether polls repeat the request that started it.
    fn polls_repeat_request(&self) -> bool {
        self.wrapper()
            .is_some_and(|wrapper| wrapper.polls_repeat_request)
    }

    fn add_query(&mut self) {
        if let Some(request) = &self.started_by {
            self.path =
                path::with_query(std::mem::take(&mut self.path), self.optional_paths, request);
        }
    }

    /// Returns the error for a result of another type. A caller who resumes an operation by its path chooses the type.
    pub(super) fn result_error(&self, text: &str, error: &serde_json::Error) -> Error {
        let error = self.decode_error(text, error);
        match self.started_by {
            Some(_) => error,
            None => error.with_advice(OTHER_TYPE_ADVICE),
        }
    }

    fn decode_error(&self, text: &str, error: &serde_json::Error) -> Error {
        let error = Error::new(ErrorKind::Decode, error.to_string());
        self.http
            .redact(error.map(|inner| inner.body = Some(text.to_owned())))
    }

    /// Returns the request that polls the operation.
    fn poll_request(&self) -> Result<Request> {
        path::poll_request(&self.path, self.optional_paths, self.started_by.as_ref())
    }

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
            inner.advice = path::advice(&self.path, self.optional_paths, inner.code.as_deref())
                .map(Into::into);
            let details = error.get("details").or_else(|| error.get("errorContext"));
            inner.details = details.cloned();
            inner.body = Some(error.to_string());
            inner.operation = Some(self.path.clone()).filter(|path| !path.is_empty());
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
