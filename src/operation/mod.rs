//! Long-running operations: work that the service continues after it has responded.

mod cadence;
mod path;
mod wait_until;
mod wire;

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::endpoint::{UserContent, WrappedOperation};
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "upload")]
use crate::http::UploadBody;
use crate::http::{HttpClient, Request, error_in_object, kind_of_message, unquoted};
use crate::json;
use crate::models::Nothing;

pub(crate) use cadence::Cadence;
#[cfg(feature = "analytics")]
pub(crate) use path::ANALYTICS_CODES;
#[cfg(feature = "configs")]
pub(crate) use path::EXPERIMENT_STATS;
pub(crate) use path::{ENDPOINTS, ids};
pub(crate) use wait_until::{Poll, wait_until};
use wire::{OperationWire, Reported};

/// A long-running operation, such as an upload that is being processed.
///
/// [`poll`](Self::poll) it, [`wait`](Self::wait) for it, or keep its [`path`](Self::path) and resume it in another process
/// with [`Client::operation`](crate::Client::operation).
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// use std::time::Duration;
/// use rblx_open_cloud::AssetFile;
/// use rblx_open_cloud::models::{Asset, AssetType, AssetUpload};
///
/// let file = AssetFile::bytes("model.fbx", vec![1, 2, 3]);
/// let mut operation = client.user(156).upload_asset(AssetUpload::new(AssetType::Model, "Tree", "", file))?;
/// let asset = operation.wait(Duration::from_secs(60))?;
///
/// // The same operation, resumed by its path.
/// let again = client.operation::<Asset>(operation.path()).wait(Duration::from_secs(60))?;
/// assert_eq!(asset, again);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[must_use = "the operation continues without it, but its result is known only by polling"]
pub struct Operation<T> {
    http: HttpClient,
    path: String,
    /// The request that started it, whose query some polls repeat.
    started_by: Option<Request>,
    state: State<T>,
    /// Whether the service has reported its state at least once.
    is_known: bool,
    /// A field of the result that the service may omit, since the request named it.
    given: Option<(&'static str, String)>,
}

/// The failure of an operation that is done without any result.
const NEITHER: &str = "the service returned neither a result nor an error";

enum State<T> {
    Running,
    Done(T),
    Failed(Value),
}

impl<T: DeserializeOwned + Clone> Operation<T> {
    /// Resumes an operation by its path.
    pub(crate) fn resume(http: HttpClient, path: String) -> Self {
        Self {
            http,
            path,
            started_by: None,
            state: State::Running,
            is_known: false,
            given: None,
        }
    }

    /// Sends a request with a streamed body that starts an operation. `given` is a field of the result that the request
    /// already names.
    #[cfg(feature = "upload")]
    pub(crate) fn start_upload(
        http: &HttpClient,
        request: &Request,
        body: &mut UploadBody,
        given: Option<(&'static str, String)>,
    ) -> Result<Self> {
        let response = http.upload(request, body).map_err(attach_operation)?;
        Self::from_response(http, request, response, given)
    }

    /// Sends a request that starts an operation.
    pub(crate) fn start(http: &HttpClient, request: &Request) -> Result<Self> {
        let response = http.send(request).map_err(attach_operation)?;
        Self::from_response(http, request, response, None)
    }

    /// Parses the response to a request that starts an operation: an operation or, if it was quick, the resource itself.
    fn from_response(
        http: &HttpClient,
        request: &Request,
        response: Reported,
        given: Option<(&'static str, String)>,
    ) -> Result<Self> {
        let fields = &response.fields;
        let is_there = |name: &str| fields.get(name).is_some_and(|value| !value.is_null());
        let path = fields
            .get("path")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_operation = request.endpoint.operation.is_some()
            || is_there("done")
            || is_there("operationId")
            || path.split('/').rev().nth(1) == Some("operations");
        // The path of a resource is not that of an operation.
        let path = if is_operation {
            path.to_owned()
        } else {
            String::new()
        };
        let text = response.text.get().to_owned();
        let mut operation = Self {
            http: http.clone(),
            path,
            started_by: Some(request.clone()),
            state: State::Running,
            is_known: true,
            given,
        };
        operation.add_query();
        match operation.parse_start(&response, is_operation) {
            Ok(()) => Ok(operation),
            // An operation was started, even if the response could not be decoded.
            Err(error) => {
                let error = attach_operation(error.map(|inner| {
                    inner.body = Some(text);
                    inner.outcome_unknown = !request.is_read();
                    inner.endpoint = Some(request.endpoint.clone());
                    inner.path = Some(request.path().to_owned());
                    inner.is_idempotent = request.is_idempotent();
                    inner.attempts = 1;
                }));
                Err(http.redact(error))
            }
        }
    }

    fn parse_start(&mut self, response: &Reported, is_operation: bool) -> Result<()> {
        if !is_operation {
            if let Some(error) = error_in_object(&response.fields) {
                return Err(error);
            }
            self.state = State::Done(self.result(&response.text)?);
            return Ok(());
        }
        self.update(&response.text)?;
        if self.path.is_empty() && !self.is_done() && !self.is_repeated() {
            return Err(Error::new(
                ErrorKind::Decode,
                "missing field `path` of the operation",
            ));
        }
        Ok(())
    }

    /// Returns the path of the operation, such as `operations/1ac3…`.
    ///
    /// It is empty if the service finished at once and created no operation, and of an operation that only the request
    /// that started it can poll.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns whether the operation is known to have ended, successfully or not. Sends no request.
    #[must_use]
    pub fn is_done(&self) -> bool {
        !matches!(self.state, State::Running)
    }

    /// Polls once. Returns the result, or `None` while the service is still working.
    ///
    /// After the operation has ended, it sends no request and returns the same result or error again.
    ///
    /// # Errors
    /// `ModeratedText`, `InvalidAsset` or `OperationFailed` if the operation failed. After any other error of a request,
    /// the operation continues and can be polled again.
    pub fn poll(&mut self) -> Result<Option<T>> {
        self.poll_once(None)
    }

    fn poll_once(&mut self, time: Option<Duration>) -> Result<Option<T>> {
        if !self.is_done() {
            let request = self.poll_request()?;
            let request = match time {
                Some(time) => request.time_budget(time),
                None => request,
            };
            let response = self.http.send::<Reported>(&request);
            let updated = response.and_then(|response| self.update(&response.text));
            updated.map_err(|error| self.poll_error(error, &request))?;
        }
        match &self.state {
            State::Running => Ok(None),
            State::Done(result) => Ok(Some(result.clone())),
            State::Failed(error) => Err(self.failure(error)),
        }
    }

    /// Adds the operation to the error of a poll.
    fn poll_error(&self, error: Error, request: &Request) -> Error {
        error.map(|inner| {
            inner.operation = Some(self.path.clone());
            if inner.kind == ErrorKind::Decode {
                inner.endpoint = Some(request.endpoint.clone());
                inner.path = Some(request.path().to_owned());
                inner.attempts = inner.attempts.max(1);
            }
        })
    }

    /// Waits until the operation has ended or `limit` is over. Polls with growing delays.
    ///
    /// The last poll may take up to 2 seconds beyond the limit. Transient errors (429, 5xx, a lost connection) do not
    /// end the wait, since the service continues. [`ClientBuilder::poll_interval`](crate::ClientBuilder::poll_interval)
    /// sets the delays.
    ///
    /// # Errors
    /// Those of [`poll`](Self::poll) that are not transient, and `StillRunning` when the limit is over. The operation can
    /// then be waited for again.
    pub fn wait(&mut self, limit: Duration) -> Result<T> {
        let http = self.http.clone();
        let cadence = path::cadence(&self.path, self.started_by.as_ref());
        wait_until(&http, cadence, limit, self)
    }

    /// How the service wraps the operation.
    fn wrapper(&self) -> Option<WrappedOperation> {
        let started_by = self.started_by.as_ref();
        started_by.map_or_else(
            || path::wrapper(&self.path),
            |request| request.endpoint.operation,
        )
    }

    /// Whether polls repeat the request that started it.
    fn is_repeated(&self) -> bool {
        self.wrapper().is_some_and(|wrapper| wrapper.is_repeated)
    }

    /// Updates the state with a report of the service.
    fn update(&mut self, text: &RawValue) -> Result<()> {
        let wire = OperationWire::decode(text.get(), self.wrapper());
        let wire = wire.map_err(|error| self.decode_error(text.get(), &error))?;
        self.is_known = true;
        if self.path.is_empty() {
            let path = wire.path.filter(|path| !path.is_empty());
            self.path = path
                .or_else(|| path::of_id(wire.operation_id.as_deref(), self.started_by.as_ref()))
                .unwrap_or_default();
            self.add_query();
        }
        // Only a finished operation has a result or an error.
        if wire.done != Some(true) {
            return Ok(());
        }
        self.state = match (wire.error, wire.response) {
            (Some(error), _) => State::Failed(error),
            (None, Some(response)) => State::Done(self.result(&response)?),
            // Only `Finished` needs no result.
            (None, None) => T::deserialize(Nothing).map_or_else(
                |_| State::Failed(Value::String(NEITHER.to_owned())),
                State::Done,
            ),
        };
        Ok(())
    }

    fn add_query(&mut self) {
        if let Some(request) = &self.started_by {
            self.path = path::with_query(std::mem::take(&mut self.path), request);
        }
    }

    fn result(&self, text: &RawValue) -> Result<T> {
        let completed = self.given.as_ref().and_then(|given| complete(text, given));
        let text = completed.as_deref().unwrap_or(text.get());
        json::from_str(text).map_err(|error| self.decode_error(text, &error))
    }

    fn decode_error(&self, text: &str, error: &serde_json::Error) -> Error {
        let error = Error::new(ErrorKind::Decode, error.to_string());
        self.http
            .redact(error.map(|inner| inner.body = Some(text.to_owned())))
    }

    /// Returns the request that polls the operation.
    fn poll_request(&self) -> Result<Request> {
        path::poll_request(&self.path, self.started_by.as_ref())
    }

    fn failure(&self, error: &Value) -> Error {
        let field = |name: &str| match error.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Null) | None => None,
            Some(other) => Some(other.to_string()),
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
            inner.advice = path::advice(&self.path, inner.code.as_deref()).map(Into::into);
            let details = ["details", "errorContext"].map(|name| error.get(name));
            inner.details = details.into_iter().flatten().next().cloned();
            inner.body = Some(error.to_string());
            inner.operation = Some(self.path.clone()).filter(|path| !path.is_empty());
        });
        self.http.redact(error)
    }
}

impl<T: DeserializeOwned + Clone> Poll<T> for Operation<T> {
    fn poll_within(&mut self, time: Duration) -> Result<Option<T>> {
        self.poll_once(Some(time))
    }

    fn is_fresh(&self) -> bool {
        self.is_known && !self.is_done()
    }

    fn still_running(&self, limit: Duration, elapsed: Duration) -> Error {
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
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Running => "running",
            State::Done(_) => "done",
            State::Failed(_) => "failed",
        };
        formatter
            .debug_struct("Operation")
            .field("path", &self.path)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}

/// Adds a field to a result that lacks it.
fn complete(text: &RawValue, (name, value): &(&'static str, String)) -> Option<String> {
    let mut fields: Map<String, Value> = serde_json::from_str(text.get()).ok()?;
    let field = fields.entry(*name).or_insert(Value::Null);
    if !field.is_null() {
        return None;
    }
    *field = Value::String(value.clone());
    Some(Value::Object(fields).to_string())
}

/// Finds the operation in a response that was cut off or could not be decoded, and adds its path to the error.
fn attach_operation(error: Error) -> Error {
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
