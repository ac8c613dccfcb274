//! Scripts that run or ran, and their logs.

use serde_json::{Value, json};

use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, not_found};
use crate::sandbox::api::universes::lookup::ids;
use crate::sandbox::state::State;
use crate::sandbox::state::luau::task::Task;

/// The number of lines in a chunk of a log.
const CHUNK_SIZE: usize = 100;
const MAX_PAGE_SIZE: u64 = 10_000;

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let is_full = call.has_view("FULL", "BASIC")?;
    let mut state = call.state();
    let now = state.now();
    state.luau.update(now);
    let id = find(call, &state)?.id.clone();
    state.luau.poll(&id, now);
    Ok(find(call, &state)?.to_json(is_full))
}

pub(crate) fn list_logs(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let is_structured = call.has_view("STRUCTURED", "FLAT")?;
    let sizes = Sizes::Clamped {
        default: MAX_PAGE_SIZE,
        max: MAX_PAGE_SIZE,
    };
    let page = call.page(&Paging::TOKENS.sizes(sizes))?;
    let mut state = call.state();
    let now = state.now();
    state.luau.update(now);
    let task = find(call, &state)?;
    let (path, lines) = (task.path(), task.log());
    let chunks = lines.chunks(CHUNK_SIZE).zip(1..).map(|(lines, number)| {
        let path = format!("{path}/logs/{number}");
        if is_structured {
            return json!({ "path": path, "structuredMessages": lines });
        }
        let messages: Vec<&Value> = lines
            .iter()
            .filter_map(|line| line.get("message"))
            .collect();
        json!({ "path": path, "messages": messages })
    });
    Ok(page.respond("luauExecutionSessionTaskLogs", chunks))
}

/// Finds the task of a path, which may lack version or session.
fn find<'s>(call: &Call<'_>, state: &'s State) -> Result<&'s Task, Rejection> {
    let (universe, place) = ids(call)?;
    let task = state.luau.tasks.get(&call.param("task_id")?);
    let is_absent_or =
        |name: &str, value: &str| call.param(name).map_or(true, |given| given == value);
    let task = task.filter(|task| {
        let version = task.version.to_string();
        task.universe == universe
            && task.place == place
            && is_absent_or("version_id", &version)
            && is_absent_or("luau_execution_session_id", &task.session)
    });
    task.ok_or_else(|| not_found("The task"))
}
