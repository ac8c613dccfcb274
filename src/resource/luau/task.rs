//! Scripts that were started.

use std::fmt;
use std::time::Duration;

use serde_json::json;

use super::log_follower::{LogFollower, OnLog};
use super::task_path::{self, GET, LIST_LOGS};
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Request;
use crate::models::{
    self, LuauErrorCode, LuauLogLine, LuauResult, LuauState, SignedUrl, TaskResponse,
};
use crate::operation::{Cadence, Poll, wait_until};
use crate::paging::Items;

impl Client {
    /// Returns a handle for a script that was started elsewhere, by the path of its task. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::models::LuauScript;
    /// # let path = client.universe(13_058).place(90).run(LuauScript::source("return 1")).start()?.path().to_owned();
    /// use std::time::Duration;
    ///
    /// let result = client.luau_task(path).wait(Duration::from_secs(60))?;
    /// println!("{} values", result.results.len());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// All four shapes of the path are accepted. The service keeps a task and its log for 24 hours after its end.
    pub fn luau_task(&self, path: impl Into<String>) -> LuauTask {
        LuauTask::new(self.clone(), path.into())
    }
}

/// A script that was started, and may have ended. Created by [`LuauRun::start`](super::LuauRun::start) and
/// [`Client::luau_task`].
///
/// [`poll`](Self::poll) it, [`wait`](Self::wait) for it, or keep its [`path`](Self::path): the script continues without it.
#[must_use = "the script continues without it, but its result is known only by polling"]
pub struct LuauTask {
    client: Client,
    path: String,
    /// The last response of the service.
    known: Option<models::LuauTask>,
    binary_output: Option<SignedUrl>,
    /// Whether the log was listed after the end.
    is_log_listed: bool,
    is_log_complete: bool,
    log: LogFollower,
}

impl LuauTask {
    fn new(client: Client, path: String) -> Self {
        Self {
            client,
            path,
            known: None,
            binary_output: None,
            is_log_listed: false,
            is_log_complete: true,
            log: LogFollower::default(),
        }
    }

    pub(super) fn started(client: Client, started: TaskResponse, on_log: Option<OnLog>) -> Self {
        let mut task = Self::new(client, started.task.path.clone());
        task.log = LogFollower::new(on_log);
        task.update(started);
        task
    }

    /// Returns the path of the task, for [`Client::luau_task`].
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the state that the service reported last; `None` before the first poll. Sends no request.
    #[must_use]
    pub fn state(&self) -> Option<&LuauState> {
        self.known.as_ref()?.state.as_ref()
    }

    /// Calls `report` with each line of the script's log, once, while the task is polled or waited for.
    ///
    /// While the script runs, the log is listed every 2 seconds at most; the service may show nothing of it before the end.
    /// After the end the rest is reported. The service keeps the last 450 KB of a log.
    pub fn on_log(mut self, report: impl FnMut(&LuauLogLine) + Send + 'static) -> Self {
        self.log.set(Box::new(report));
        self
    }

    /// Returns the task as the service describes it, with the script.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::LuauScript;
    /// let task = client.universe(13_058).place(90).run(LuauScript::source("return 1")).start()?;
    /// println!("{:?}", task.get()?.state);
    /// # assert_eq!(task.get()?.script.as_deref(), Some("return 1"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the task does not exist any more; `InvalidInput` if the path is not that of a task.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_GetLuauExecutionSessionTask) ·
    /// scope `universe.place.luau-execution-session:read` or `universe.place.luau-execution-session:write` · API key only · 200 requests per minute · stable
    pub fn get(&self) -> Result<models::LuauTask> {
        let request = self.request()?.query("view", "FULL");
        let response: TaskResponse = self.client.http().send(&request)?;
        Ok(response.task)
    }

    /// Lists the lines of the script's log. The service may show nothing of it before the script has ended.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::models::LuauScript;
    /// # let task = client.universe(13_058).place(90).run(LuauScript::source("print('hello')")).start()?;
    /// for line in task.list_logs() {
    ///     println!("{}", line?);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Pages count chunks of lines.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_ListLuauExecutionSessionTaskLogs) ·
    /// scope `universe.place.luau-execution-session:read` or `universe.place.luau-execution-session:write` · API key only · 45 requests per minute · up to 10000 items per page · stable
    pub fn list_logs(&self) -> Items<LuauLogLine> {
        let request = task_path::logs(&LIST_LOGS, &self.path);
        Items::new(self.client.http().clone(), request)
    }

    /// Polls once. Returns the result of the script, or `None` while it runs.
    ///
    /// After the end no request is sent any more, and the same result or error is returned again. If the log is
    /// [followed](Self::on_log) or the script failed, further requests list the log.
    ///
    /// # Errors
    /// `OperationFailed` if the script failed or was cancelled: [`Error::code`] returns `SCRIPT_ERROR`, `DEADLINE_EXCEEDED`,
    /// `OUTPUT_SIZE_LIMIT_EXCEEDED`, `INTERNAL_ERROR` or `CANCELLED`, [`Error::message`] the script's own message, and
    /// [`Error::details`] the last 50 lines of its log, under `log`. Also every error that a request can end with; the task
    /// continues after those and can be polled again.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_GetLuauExecutionSessionTask) ·
    /// scope `universe.place.luau-execution-session:read` or `universe.place.luau-execution-session:write` · API key only · 200 requests per minute · stable
    pub fn poll(&mut self) -> Result<Option<LuauResult>> {
        self.poll_once(None)
    }

    /// Polls until the script has ended or `limit` is over: every half second at first, every 5 seconds later.
    ///
    /// Transient errors do not end the wait, since the script continues. The last poll, and the rest of the
    /// log, may take longer than the limit.
    ///
    /// # Errors
    /// Those of [`poll`](Self::poll) that are not transient, and `StillRunning` when the time is over; the task can
    /// then be waited for again.
    pub fn wait(&mut self, limit: Duration) -> Result<LuauResult> {
        let http = self.client.http().clone();
        wait_until(&http, Cadence::LUAU, limit, self)
    }

    fn poll_once(&mut self, time: Option<Duration>) -> Result<Option<LuauResult>> {
        if !self.is_done() {
            let mut request = self.request()?;
            if let Some(time) = time {
                request = request.time_budget(time);
            }
            let response = self.client.http().send(&request);
            let response = response
                .map_err(|error| error.map(|inner| inner.operation = Some(self.path.clone())))?;
            self.update(response);
        }
        if !self.is_done() {
            let http = self.client.http().clone();
            self.log.follow(&http, &self.path, time);
            return Ok(None);
        }
        self.finish_log(time);
        self.outcome().map(Some)
    }

    /// Returns the request for the task. A response that may contain the URL of binary output is kept out of all logs.
    fn request(&self) -> Result<Request> {
        let request = task_path::request(&GET, &self.path)?;
        let known = self
            .known
            .as_ref()
            .and_then(|task| task.enable_binary_output);
        let is_without_output = known == Some(false);
        Ok(if is_without_output {
            request
        } else {
            request.private()
        })
    }

    fn update(&mut self, mut response: TaskResponse) {
        // A later response of the service may lack fields that an earlier one contained.
        if let Some(before) = &self.known {
            let enabled = response.task.enable_binary_output;
            response.task.enable_binary_output = enabled.or(before.enable_binary_output);
        }
        self.known = Some(response.task);
        self.binary_output = response.binary_output;
    }

    fn is_done(&self) -> bool {
        self.state().is_some_and(LuauState::is_final)
    }

    /// Lists the rest of the log, for the callback or for an error.
    fn finish_log(&mut self, time: Option<Duration>) {
        let is_needed = self.log.is_followed() || self.state() != Some(&LuauState::Complete);
        if std::mem::replace(&mut self.is_log_listed, true) || !is_needed {
            return;
        }
        let http = self.client.http().clone();
        self.is_log_complete = self.log.list(&http, &self.path, time).is_ok();
    }

    /// Returns the result of the script, or its error.
    fn outcome(&self) -> Result<LuauResult> {
        match &self.known {
            Some(task) if task.state == Some(LuauState::Complete) => Ok(LuauResult {
                results: task.results.clone().unwrap_or_default(),
                binary_output: self.binary_output.clone(),
                is_log_complete: self.is_log_complete,
            }),
            task => Err(self.failure(task.as_ref())),
        }
    }

    fn failure(&self, task: Option<&models::LuauTask>) -> Error {
        let is_cancelled = self.state() == Some(&LuauState::Cancelled);
        let error = task.and_then(|task| task.error.as_ref());
        let code = error.and_then(|error| error.code.clone());
        let message = error
            .map(|error| error.message.as_str())
            .unwrap_or_default();
        let message = match message {
            "" if is_cancelled => "the script was cancelled",
            "" => "the service gave no reason",
            message => message,
        };
        let log: Vec<&LuauLogLine> = self.log.tail().collect();
        let error = Error::new(ErrorKind::OperationFailed, message).map(|inner| {
            inner.advice = advice(code.as_ref()).map(Into::into);
            let cancelled = is_cancelled.then(|| LuauState::Cancelled.as_str().to_owned());
            inner.code = code.map(|code| code.as_str().to_owned()).or(cancelled);
            inner.operation = Some(self.path.clone());
            inner.details = (!log.is_empty()).then(|| json!({ "log": log }));
        });
        self.client.http().redact(error)
    }
}

/// Returns the advice for a script that failed.
fn advice(code: Option<&LuauErrorCode>) -> Option<&'static str> {
    Some(match code? {
        LuauErrorCode::DeadlineExceeded => {
            "Let the script do less at once, or run longer with the setting `timeout`: the maximum is 5 minutes"
        }
        LuauErrorCode::OutputSizeLimitExceeded => {
            "A script returns up to 4 MB of values; return larger data as binary output"
        }
        LuauErrorCode::InternalError => {
            "The fault is on the side of the service; run the script again"
        }
        _ => "`list_logs` of the task lists the script's log",
    })
}

impl Poll<LuauResult> for LuauTask {
    fn poll_within(&mut self, time: Duration) -> Result<Option<LuauResult>> {
        self.poll_once(Some(time))
    }

    fn is_fresh(&self) -> bool {
        self.known.is_some() && !self.is_done()
    }

    fn still_running(&self, limit: Duration, elapsed: Duration) -> Error {
        let state = self.state().map_or("unknown", LuauState::as_str);
        let message = format!("the script has not ended after {limit:?}; its state is {state}");
        Error::new(ErrorKind::StillRunning, message).map(|inner| {
            inner.operation = Some(self.path.clone());
            inner.elapsed = elapsed;
        })
    }
}

impl fmt::Debug for LuauTask {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LuauTask")
            .field("path", &self.path)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
