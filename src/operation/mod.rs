//! Long-running operations: work that the service continues after it has responded.

mod core;
mod path;
mod poll_target;
mod wait_until;
mod wire;

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};
#[cfg(feature = "upload")]
use crate::http::UploadBody;
use crate::http::{HttpClient, Request};
use crate::json;
use crate::models::NoResult;

use self::core::{Core, Report, attach_operation};
pub(crate) use crate::endpoint::Cadence;
#[cfg(feature = "analytics")]
pub(crate) use path::ANALYTICS_CODES;
#[cfg(feature = "configs")]
pub(crate) use path::EXPERIMENT_STATS;
#[cfg(any(feature = "analytics", feature = "configs"))]
pub(crate) use path::optional_paths;
pub(crate) use path::{ENDPOINTS, ids};
use poll_target::PollTarget;
pub(crate) use wait_until::{Poll, wait_until};
use wire::Reported;

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
    core: Core,
    state: State<T>,
}

/// The failure of an operation that is done without any result.
const NO_RESULT: &str = "the service returned neither a result nor an error";

enum State<T> {
    Running,
    Done(T),
    Failed(Value),
}

impl<T: DeserializeOwned + Clone> Operation<T> {
    /// Resumes an operation by its path.
    pub(crate) fn resume(http: HttpClient, path: String) -> Self {
        Self {
            core: Core {
                http,
                target: PollTarget::resumed(path),
                is_known: false,
                known_field: None,
            },
            state: State::Running,
        }
    }

    /// Sends a request with a streamed body that starts an operation. `known_field` is a field of the result that the request
    /// already names.
    #[cfg(feature = "upload")]
    pub(crate) fn start_upload(
        http: &HttpClient,
        request: &Request,
        body: &mut UploadBody,
        known_field: Option<(&'static str, String)>,
    ) -> Result<Self> {
        let response = http.upload(request, body).map_err(attach_operation)?;
        Self::from_response(http, request, &response, known_field)
    }

    /// Sends a request that starts an operation.
    pub(crate) fn start(http: &HttpClient, request: &Request) -> Result<Self> {
        let response = http.send(request).map_err(attach_operation)?;
        Self::from_response(http, request, &response, None)
    }

    /// Parses the response to a request that starts an operation: an operation or, if it was quick, the resource itself.
    fn from_response(
        http: &HttpClient,
        request: &Request,
        response: &Reported,
        known_field: Option<(&'static str, String)>,
    ) -> Result<Self> {
        let (core, report) = Core::start(http, request, response, known_field);
        let mut operation = Self {
            core,
            state: State::Running,
        };
        match report.and_then(|report| operation.update(report)) {
            Ok(()) => Ok(operation),
            // An operation was started, even if the response could not be decoded.
            Err(error) => Err(operation.core.start_error(error, request, &response.text)),
        }
    }

    /// Returns the path of the operation, such as `operations/1ac3…`.
    ///
    /// It is empty if the service finished at once and created no operation, or if only the request that started the
    /// operation can poll it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.core.target.path
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
            let (report, request) = self.core.poll(time)?;
            self.update(report)
                .map_err(|error| self.core.poll_error(error, &request))?;
        }
        match &self.state {
            State::Running => Ok(None),
            State::Done(result) => Ok(Some(result.clone())),
            State::Failed(error) => Err(self.core.failure(error)),
        }
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
        let http = self.core.http.clone();
        let cadence = self.core.target.cadence();
        wait_until(&http, cadence, limit, self)
    }

    /// Stores a report.
    fn update(&mut self, report: Report) -> Result<()> {
        self.state = match report {
            Report::Running => return Ok(()),
            Report::Failed(error) => State::Failed(error),
            Report::Done(Some(text)) => {
                let text = self.core.with_known_field(&text);
                let result = json::from_str(&text);
                State::Done(result.map_err(|error| self.core.result_error(&text, &error))?)
            }
            // Only `Finished` needs no result.
            Report::Done(None) => T::deserialize(NoResult).map_or_else(
                |_| State::Failed(Value::String(NO_RESULT.to_owned())),
                State::Done,
            ),
        };
        Ok(())
    }
}

impl<T: DeserializeOwned + Clone> Poll<T> for Operation<T> {
    fn poll_within(&mut self, time: Duration) -> Result<Option<T>> {
        self.poll_once(Some(time))
    }

    fn is_fresh(&self) -> bool {
        self.core.is_known && !self.is_done()
    }

    fn still_running(&self, limit: Duration, elapsed: Duration) -> Error {
        self.core.still_running(limit, elapsed)
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
            .field("path", &self.core.target.path)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}
