//! Starts scripts.

use std::fmt;
use std::time::Duration;

use super::LuauTask;
use super::log_follower::OnLog;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, Result};
use crate::models::{LuauLogLine, LuauResult, LuauScript, TaskResponse};
use crate::resource::Place;

const RUN: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-session-tasks",
)
.scopes(&["universe.place.luau-execution-session:write"])
.error_fields_are_data()
.user_content(UserContent::None)
.unfinished_limit(UNFINISHED);
const RUN_IN_VERSION: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-session-tasks",
)
.scopes(&["universe.place.luau-execution-session:write"])
.error_fields_are_data()
.user_content(UserContent::None)
.unfinished_limit(UNFINISHED);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&RUN, &RUN_IN_VERSION];

/// The cause of a 429 that is not a rate limit.
const UNFINISHED: &str =
    "a place may have up to ten scripts that have not ended; wait until one of them has";

impl Place {
    /// Prepares to run a script in the place. Sends no request: [`LuauRun::start`] and [`LuauRun::wait`] do.
    ///
    /// The script can read and change the data model of the place, but changes are lost when it ends. Data stores and other
    /// services are the real ones. Scripts of the place do not run by themselves.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # sandbox.script_result("", serde_json::json!(true));
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::LuauScript;
    ///
    /// let script = LuauScript::source("return require(game.ServerStorage.Tests)()");   // or LuauScript::file("tests.luau")
    /// let result = client
    ///     .universe(13_058)
    ///     .place(90)
    ///     .run(script)
    ///     .on_log(|line| println!("{line}"))
    ///     .wait(Duration::from_secs(300))?;
    /// assert!(result.first::<bool>()?, "the tests passed");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[doc(alias("execute", "luau_execution"))]
    pub fn run(&self, script: LuauScript) -> LuauRun {
        LuauRun {
            place: self.clone(),
            script,
            on_log: None,
        }
    }
}

/// A script that is about to be run. Created by [`Place::run`].
#[must_use = "the script runs only when it is started"]
pub struct LuauRun {
    place: Place,
    script: LuauScript,
    on_log: Option<OnLog>,
}

impl LuauRun {
    /// Calls `report` with each line of the script's log, once. See [`LuauTask::on_log`].
    pub fn on_log(mut self, report: impl FnMut(&LuauLogLine) + Send + 'static) -> Self {
        self.on_log = Some(Box::new(report));
        self
    }

    /// Starts the script, and returns it as a task that can be waited for, here or in another process.
    ///
    /// The request is never repeated if its outcome is unknown, since running a script twice may do harm;
    /// [`Error::outcome_unknown`](crate::Error::outcome_unknown) then says that it may be running.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::LuauScript;
    ///
    /// let task = client.universe(13_058).place(90).run(LuauScript::source("return 1")).start()?;
    /// let path = task.path().to_owned();
    ///
    /// // The same script, in another process.
    /// client.luau_task(path).wait(Duration::from_secs(60))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the script cannot be read, is empty or too long, or a setting is out of range (before anything is
    /// sent); `Conflict` if the place has ten scripts that have not ended: this is a 429, but waiting for the next window of
    /// the rate limit does not help.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_CreateLuauExecutionSessionTask__Using_Universes) ·
    /// scope `universe.place.luau-execution-session:write` · API key only · 40 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_CreateLuauExecutionSessionTask__Using_Universes_Places) ·
    /// scope `universe.place.luau-execution-session:write` · API key only · 5 requests per minute · stable
    pub fn start(self) -> Result<LuauTask> {
        let (version, body) = self.script.request()?;
        // A script that has ended at once may have output.
        let is_private = self.script.has_binary_output();
        let call = run_call(&self.place, version).json(&body);
        let mut started = send(call.private_if(is_private))?;
        (started.task.enable_binary_output).get_or_insert(is_private);
        let client = self.place.universe.client.clone();
        Ok(LuauTask::started(client, started, self.on_log))
    }

    /// Starts the script, and waits until it has ended or `limit` is over.
    ///
    /// # Errors
    /// Those of [`start`](Self::start) and of [`LuauTask::wait`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_CreateLuauExecutionSessionTask__Using_Universes) ·
    /// scope `universe.place.luau-execution-session:write` · API key only · 40 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_CreateLuauExecutionSessionTask__Using_Universes_Places) ·
    /// scope `universe.place.luau-execution-session:write` · API key only · 5 requests per minute · stable
    pub fn wait(self, limit: Duration) -> Result<LuauResult> {
        self.start()?.wait(limit)
    }
}

/// Returns the call that starts a script, in a version of the place or in the newest one.
fn run_call(place: &Place, version: Option<u64>) -> Call {
    match version {
        None => place.call(&RUN),
        Some(version) => place.call(&RUN_IN_VERSION).path_param(version),
    }
}

/// Sends the call. If the response cannot be decoded, the error says that the script may be running.
fn send(call: Call) -> Result<TaskResponse> {
    let name = |error: Error, text: &str| {
        let path = path_in(text).map(str::to_owned);
        error.map(|inner| {
            if inner.status.is_none() && inner.operation.is_none() {
                inner.operation = path;
            }
        })
    };
    let sent = call.send_with(|received| {
        let decoded = received.json();
        decoded.map_err(|error| name(error, received.as_str()))
    });
    sent.map_err(|error| {
        let body = error.body().unwrap_or_default().to_owned();
        name(error, &body)
    })
}

/// Finds the path of a task in a response that was cut off or cannot be decoded.
fn path_in(body: &str) -> Option<&str> {
    let (_, rest) = body.split_once("\"path\"")?;
    let (_, rest) = rest.split_once('"')?;
    let (path, _) = rest.split_once('"')?;
    super::task_path::request(&super::task_path::GET, path)
        .is_ok()
        .then_some(path)
}

impl fmt::Debug for LuauRun {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LuauRun")
            .field("place", &self.place.id)
            .field("script", &self.script)
            .finish_non_exhaustive()
    }
}
