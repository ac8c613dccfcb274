//! Long-running operations: something the service works on after it has answered.

mod polling;

use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::client::Client;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "upload")]
use crate::http::Form;
use crate::http::{Request, error_in_object, kind_of_message, unquoted};

const GET_ASSET_OPERATION: Endpoint = Endpoint::get("/assets/v1/operations/{operationId}")
    .scopes(&["asset:read"])
    .error_fields_are_data();
const GET_USER_OPERATION: Endpoint =
    Endpoint::get("/cloud/v2/users/{user_id}/operations/{operation_id}").error_fields_are_data();

pub(crate) const ENDPOINTS: &[&Endpoint] = &[&GET_ASSET_OPERATION, &GET_USER_OPERATION];

pub(crate) use polling::Polling;

/// A question is given this much time even when the limit of a `wait` is over.
const MIN_POLL_TIMEOUT: Duration = Duration::from_secs(2);

/// Something the service is still working on, such as an upload being processed.
///
/// It is a value: ask with [`poll`](Self::poll), wait with [`wait`](Self::wait), or keep its [`path`](Self::path) and
/// pick it up in another process with [`Client::operation`].
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
/// // The same, from its path alone.
/// let again = client.operation::<Asset>(operation.path()).wait(Duration::from_secs(60))?;
/// assert_eq!(asset, again);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[must_use = "the operation goes on without it, but whether it succeeded is known only by asking"]
pub struct Operation<T> {
    client: Client,
    path: String,
    state: State<T>,
    /// Whether the service has said at least once how far it is.
    is_known: bool,
    /// A field of the result that the service may leave out, since the call named it.
    given: Option<(&'static str, String)>,
}

enum State<T> {
    Running,
    Done(T),
    Failed(Value),
}

/// How an operation comes over the wire.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an operation")]
struct OperationWire {
    path: Option<String>,
    operation_id: Option<String>,
    done: Option<bool>,
    error: Option<Value>,
    response: Option<Map<String, Value>>,
}

impl<T: DeserializeOwned + Clone> Operation<T> {
    /// An operation that was begun elsewhere.
    pub(crate) fn at(client: Client, path: String) -> Self {
        Self {
            client,
            path,
            state: State::Running,
            is_known: false,
            given: None,
        }
    }

    /// UserContent a form that begins an operation. `given` is a field of the result that the call names already.
    #[cfg(feature = "upload")]
    pub(crate) fn begin(
        client: &Client,
        request: &Request,
        form: &mut Form,
        given: Option<(&'static str, String)>,
    ) -> Result<Self> {
        let answer = client
            .http()
            .upload(request, form)
            .map_err(attach_operation)?;
        Self::from_response(client, request, answer, given)
    }

    /// UserContent a call without a form that begins an operation.
    pub(crate) fn start(client: &Client, request: &Request) -> Result<Self> {
        let answer = client.http().send(request).map_err(attach_operation)?;
        Self::from_response(client, request, answer, None)
    }

    /// The answer to such a call: an operation, or, if it was quick, the resource itself.
    fn from_response(
        client: &Client,
        request: &Request,
        answer: Map<String, Value>,
        given: Option<(&'static str, String)>,
    ) -> Result<Self> {
        let text = Value::Object(answer.clone()).to_string();
        let is_there = |name: &str| answer.get(name).is_some_and(|value| !value.is_null());
        let path = answer
            .get("path")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_operation = is_there("done")
            || is_there("operationId")
            || path.split('/').rev().nth(1) == Some("operations");
        // The path of a resource names no operation.
        let path = if is_operation {
            path.to_owned()
        } else {
            String::new()
        };
        let mut operation = Self {
            client: client.clone(),
            path,
            state: State::Running,
            is_known: true,
            given,
        };
        match operation.parse_start(answer, is_operation) {
            Ok(()) => Ok(operation),
            // Something was begun, even though what came back is not understood.
            Err(error) => {
                let error = attach_operation(error.map(|inner| {
                    inner.body = Some(text);
                    inner.outcome_unknown = !request.is_idempotent;
                    inner.endpoint = Some(request.endpoint.clone());
                    inner.attempts = 1;
                }));
                Err(client.http().clean(error))
            }
        }
    }

    fn parse_start(&mut self, answer: Map<String, Value>, is_operation: bool) -> Result<()> {
        if !is_operation {
            if let Some(error) = error_in_object(&answer) {
                return Err(error);
            }
            self.state = State::Done(self.result(answer)?);
            return Ok(());
        }
        let wire = self.decoded(&Value::Object(answer))?;
        self.update(wire)?;
        if self.path.is_empty() && !self.is_done() {
            return Err(Error::new(
                ErrorKind::Decode,
                "missing field `path` of the operation",
            ));
        }
        Ok(())
    }

    /// The path that names this operation, such as `operations/1ac3…`.
    ///
    /// It is empty if the service finished at once and gave no operation.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is known to have ended, well or badly. Asks nothing.
    #[must_use]
    pub fn is_done(&self) -> bool {
        !matches!(self.state, State::Running)
    }

    /// Asks once: the result, or `None` while the service is still working.
    ///
    /// After the end nothing is sent any more, and the same result or error is given again.
    ///
    /// # Errors
    /// `ModeratedText`, `InvalidAsset` or `OperationFailed` if the operation failed, and everything that a request
    /// can end with; then the operation lives on and can be asked again.
    pub fn poll(&mut self) -> Result<Option<T>> {
        self.ask(None)
    }

    fn ask(&mut self, left: Option<Duration>) -> Result<Option<T>> {
        if !self.is_done() {
            let request = self.poll_request()?;
            let request = match left {
                Some(left) => request.time_budget(left),
                None => request,
            };
            let endpoint = request.endpoint.clone();
            let path = self.path.clone();
            let answer = self.client.http().send::<OperationWire>(&request);
            answer
                .and_then(|answer| self.update(answer))
                .map_err(|error| {
                    error.map(|inner| {
                        inner.operation = Some(path);
                        if inner.kind == ErrorKind::Decode {
                            inner.endpoint = Some(endpoint);
                            inner.attempts = inner.attempts.max(1);
                        }
                    })
                })?;
        }
        match &self.state {
            State::Running => Ok(None),
            State::Done(result) => Ok(Some(result.clone())),
            State::Failed(error) => Err(self.failure(error)),
        }
    }

    /// Asks again and again, with growing pauses, until the operation has ended or `limit` is over.
    ///
    /// The last question may take up to 2 seconds beyond the limit. The pauses are those of [`ClientBuilder::poll_interval`](crate::ClientBuilder::poll_interval).
    ///
    /// # Errors
    /// Those of [`poll`](Self::poll), and `StillRunning` when the time is over; then the operation can be waited for
    /// again.
    pub fn wait(&mut self, limit: Duration) -> Result<T> {
        let started = Instant::now();
        let mut pauses = 0;
        loop {
            // What was just answered has not changed yet.
            if self.is_known && !self.is_done() {
                let left = limit.saturating_sub(started.elapsed());
                if left.is_zero() && pauses > 0 {
                    return Err(self.still_running(limit, started.elapsed()));
                }
                thread::sleep(self.client.polling().pause(pauses).min(left));
                pauses = pauses.saturating_add(1);
            }
            let left = limit.saturating_sub(started.elapsed());
            match self.ask(Some(left.max(MIN_POLL_TIMEOUT))) {
                Ok(Some(result)) => return Ok(result),
                Ok(None) => {}
                // The question ran out of time together with the limit.
                Err(error) if error.kind() == ErrorKind::Timeout && started.elapsed() >= limit => {
                    return Err(self
                        .still_running(limit, started.elapsed())
                        .with_source(error));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes in what the service says about the operation.
    fn update(&mut self, wire: OperationWire) -> Result<()> {
        self.is_known = true;
        if self.path.is_empty() {
            let by_id = wire.operation_id.map(|id| format!("operations/{id}"));
            self.path = wire
                .path
                .filter(|path| !path.is_empty())
                .or(by_id)
                .unwrap_or_default();
        }
        // An unfinished operation may carry anything; only the end counts.
        if wire.done != Some(true) {
            return Ok(());
        }
        self.state = match (wire.error, wire.response) {
            (Some(error), _) => State::Failed(error),
            (None, Some(response)) => State::Done(self.result(response)?),
            (None, None) => State::Failed(Value::String(
                "the service named neither a result nor an error".to_owned(),
            )),
        };
        Ok(())
    }

    fn result(&self, mut fields: Map<String, Value>) -> Result<T> {
        if let Some((name, value)) = &self.given {
            let field = fields.entry(*name).or_insert(Value::Null);
            if field.is_null() {
                *field = Value::String(value.clone());
            }
        }
        self.decoded(&Value::Object(fields))
    }

    fn decoded<V: DeserializeOwned>(&self, value: &Value) -> Result<V> {
        V::deserialize(value).map_err(|error| {
            let error = Error::new(ErrorKind::Decode, error.to_string());
            self.client
                .http()
                .clean(error.map(|inner| inner.body = Some(value.to_string())))
        })
    }

    /// The request that asks how far the operation is: its path tells which service works on it.
    fn poll_request(&self) -> Result<Request> {
        let path = self.path.trim_start_matches('/');
        let path = ["assets/v1/", "cloud/v2/"]
            .iter()
            .find_map(|prefix| path.strip_prefix(prefix))
            .unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        match segments.as_slice() {
            [id] | ["operations", id] if !id.is_empty() => {
                Ok(Request::new(&GET_ASSET_OPERATION).path_param(id))
            }
            ["users", user, "operations", id] if !user.is_empty() && !id.is_empty() => {
                Ok(Request::new(&GET_USER_OPERATION)
                    .path_param(user)
                    .path_param(id))
            }
            _ => Err(Error::invalid_input(format!(
                "{:?} is no path of an operation such as `operations/1ac3…`",
                self.path
            ))),
        }
    }

    fn failure(&self, error: &Value) -> Error {
        let field = |name: &str| match error.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Null) | None => None,
            Some(other) => Some(other.to_string()),
        };
        let message = field("message")
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
            inner.code = field("code");
            inner.details = error.get("details").cloned();
            inner.body = Some(error.to_string());
            inner.operation = Some(self.path.clone()).filter(|path| !path.is_empty());
        });
        self.client.http().clean(error)
    }

    fn still_running(&self, limit: Duration, elapsed: Duration) -> Error {
        Error::new(
            ErrorKind::StillRunning,
            format!("the operation did not end within {limit:?}"),
        )
        .map(|inner| {
            inner.operation = Some(self.path.clone());
            inner.endpoint = self.poll_request().ok().map(|question| question.endpoint);
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

/// An answer that was cut off, or is not understood, may still name what it began.
fn attach_operation(error: Error) -> Error {
    error.map(|inner| {
        // An answer with an error's status began nothing.
        let body = inner
            .body
            .as_deref()
            .filter(|_| inner.status.is_none())
            .unwrap_or_default();
        let named = body.split_once("operations/").and_then(|(before, rest)| {
            let (id, _) = rest.split_once('"')?;
            // The path may begin with whose operation it is.
            let (_, owner) = before.rsplit_once('"')?;
            Some(format!("{owner}operations/{id}"))
        });
        inner.operation = named;
    })
}
