//! Starts scripts.

use std::time::Duration;

use serde_json::Value;

use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::rejection::{Rejection, invalid, not_found, v2};
use crate::sandbox::api::universes::lookup::{find, ids, place};
use crate::sandbox::api::values::seconds;
use crate::sandbox::clock::later;
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::State;
use crate::sandbox::state::luau::script::{ReceivedScript, SandboxScript};
use crate::sandbox::state::luau::task::{Task, input_path};
use crate::sandbox::state::schedule::Schedule;

const MAX_SCRIPT_SIZE: usize = 4 << 20;
/// An escaped character in JSON takes up to six bytes.
const MAX_BODY_SIZE: usize = 6 * MAX_SCRIPT_SIZE + 4096;
const MAX_TIMEOUT: Duration = Duration::from_secs(300);
const MAX_UNFINISHED_TASKS: usize = 10;

pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    start(call, None)
}

pub(crate) fn create_in_version(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let version = call.id("version_id")?;
    start(call, Some(version))
}

fn start(call: &mut Call<'_>, version: Option<u64>) -> Result<Value, Rejection> {
    let (universe, place_id) = ids(call)?;
    let body = call.json_up_to(MAX_BODY_SIZE)?;
    let script = body
        .text("script")?
        .ok_or_else(|| invalid("script is empty."))?;
    if script.len() > MAX_SCRIPT_SIZE {
        return Err(invalid("script is too long."));
    }
    let timeout = timeout(&body)?;
    let has_output = body.get("enableBinaryOutput") == Some(&Value::Bool(true));
    let mut state = call.state();
    let now = state.now();
    state.luau.update(now);
    let found = place(find(&state.store, universe)?, place_id)?;
    let newest = found.versions.len() as u64;
    let published = found.published_version();
    let version_run = version.unwrap_or(published);
    if !(1..=newest).contains(&version_run) {
        return Err(not_found("The version of the place"));
    }
    if state.luau.unfinished(place_id) >= MAX_UNFINISHED_TASKS {
        let message = "At most ten incomplete tasks are allowed per place.";
        return Err(v2(429, "RESOURCE_EXHAUSTED", message));
    }
    let input = find_input(&state, universe, body.text("binaryInput")?)?;
    let behavior = state.luau.behavior(script);
    let limit = timeout.unwrap_or(MAX_TIMEOUT);
    let content = input.as_ref().and_then(|id| state.luau.inputs.get(id));
    let received = ReceivedScript {
        place: place_id,
        version,
        source: script.to_owned(),
        timeout,
        input: content.map(|input| input.content.to_vec()),
        has_binary_output: has_output,
    };
    let task = Task {
        id: random_uuid(),
        session: random_uuid(),
        universe,
        place: place_id,
        version: version_run,
        source: script.to_owned(),
        timeout: limit,
        input,
        has_output,
        created: now,
        schedule: schedule(&state, &behavior, limit),
        behavior,
        ended: None,
        output_uri: String::new(),
        base_url: format!("http://{}", call.shared.address),
    };
    let id = task.id.clone();
    let is_done = task.schedule.polls == Some(0);
    state.luau.received.push(received);
    state.luau.tasks.insert(id.clone(), task);
    if is_done {
        state.luau.finish(&id, now);
    }
    let task = state.luau.tasks.get(&id);
    let started = task.map(|task| task.started_json(true).into());
    started.ok_or_else(|| not_found("The task"))
}

/// Returns when the script ends.
fn schedule(state: &State, behavior: &SandboxScript, limit: Duration) -> Schedule {
    match behavior.takes {
        Some(time) => Schedule {
            polls: None,
            due: Some(later(state.now(), time.min(limit))),
        },
        None => state.settings.schedule(state.now()),
    }
}

fn timeout(body: &JsonObject) -> Result<Option<Duration>, Rejection> {
    let Some(text) = body.text("timeout")? else {
        return Ok(None);
    };
    let timeout = seconds(text).filter(|timeout| *timeout <= MAX_TIMEOUT);
    let wrong = || invalid("timeout is not a duration of up to 300s.");
    timeout.map(Some).ok_or_else(wrong)
}

/// Returns the id of an input that was uploaded and can still be used.
fn find_input(
    state: &State,
    universe: u64,
    path: Option<&str>,
) -> Result<Option<String>, Rejection> {
    let Some(path) = path else {
        return Ok(None);
    };
    let id = path.rsplit('/').next().unwrap_or_default();
    let input = state.luau.inputs.get(id);
    let input = input.filter(|_| path == input_path(universe, id));
    let input = input.filter(|input| input.universe == universe && input.is_valid(state.now()));
    let input = input.ok_or_else(|| not_found("The binary input"))?;
    if !input.is_uploaded {
        return Err(invalid("The content of the binary input was not uploaded."));
    }
    Ok(Some(id.to_owned()))
}
