//! Game servers and their logs.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::condition::{Conditions, sort};
use super::lookup::{find_or_problem, legacy_ids, place};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, problem};
use crate::sandbox::clock::{later, timestamp};
use crate::sandbox::object::set_field;
use crate::sandbox::state::State;
use crate::sandbox::state::universe::place::{Place, Server};

const PAGING: Paging = Paging {
    size: "MaxPageSize",
    token: "PageToken",
    next: "nextPageToken",
    sizes: Sizes::Clamped {
        default: 25,
        max: 100,
    },
    ends_with_empty_page: false,
};

/// The lines that every server logs, one of each severity from 0 on.
const LOG_TEXTS: [&str; 4] = [
    "Loaded",
    "Player joined",
    "Low memory",
    "attempt to index nil",
];

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = legacy_ids(call)?;
    let version = call.legacy_id("versionNumber")?;
    let mut state = call.state();
    let now = state.now();
    let place = find_place(&mut state, ids)?;
    let servers = place
        .servers
        .iter()
        .filter(|server| server.version == version);
    let servers = servers.map(|server| server.to_json(place, now)).collect();
    let servers = select(call, servers)?;
    let total = servers.len();
    // A page of size 0 contains the total.
    let mut response = match call.query("MaxPageSize") {
        Some("0") => json!({ "gameServers": [] }),
        _ => call
            .page(&PAGING)?
            .respond("gameServers", servers.into_iter()),
    };
    set_field(&mut response, "totalCount", total);
    Ok(response)
}

pub(crate) fn list_logs(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = legacy_ids(call)?;
    let job = call.param("jobId")?;
    if call.query("MaxPageSize") == Some("0") {
        return Err(problem(400, "MaxPageSize must be from 1 to 100."));
    }
    let page = call.page(&PAGING)?;
    let mut state = call.state();
    let place = find_place(&mut state, ids)?;
    let mut servers = place.servers.iter();
    let server = servers.find(|server| server.job == job);
    let server = server.ok_or_else(|| problem(404, "The server was not found."))?;
    let lines = LOG_TEXTS.into_iter().zip(0..);
    let lines = lines
        .map(|(text, severity)| log_line(ids, server, text, severity))
        .collect();
    let lines = select(call, lines)?;
    Ok(page.respond("gameServerLogs", lines.into_iter()))
}

fn log_line((universe, place): (u64, u64), server: &Server, text: &str, severity: u64) -> Value {
    let time = later(server.started, Duration::from_secs(severity));
    json!({
        "messageTimestampMs": timestamp(time),
        "universeId": universe,
        "placeId": place.to_string(),
        "placeVersion": server.version.to_string(),
        "jobId": server.job,
        "severity": severity,
        "message": text,
        "stackTrace": (severity == 3).then_some("Script 'ServerScriptService.Main', Line 1"),
        "skippedCount": 0,
        "rateLimitedCount": 0,
    })
}

pub(crate) fn list_filters(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = legacy_ids(call)?;
    let mut state = call.state();
    let place = find_place(&mut state, ids)?;
    let versions: BTreeSet<u64> = place.servers.iter().map(|server| server.version).collect();
    let engine =
        json!({ "field": "EngineVersion", "type": "String", "values": ["0.700.0.7000700"] });
    let version = json!({ "field": "PlaceVersion", "type": "Number", "values": versions });
    Ok(json!({ "filters": { "EngineVersion": engine, "PlaceVersion": version } }))
}

/// Finds a place, after finishing all restarts that are due.
fn find_place(state: &mut State, (universe, id): (u64, u64)) -> Result<&Place, Rejection> {
    let now = state.now();
    let universe = find_or_problem(&mut state.store, universe)?;
    universe.finish_restarts(now);
    place(universe, id).map_err(|_| problem(404, "The place was not found."))
}

/// Applies the parameters `Filter` and `OrderBy`.
fn select(call: &Call<'_>, mut items: Vec<Value>) -> Result<Vec<Value>, Rejection> {
    let filter = call.query("Filter").unwrap_or_default();
    let conditions = Conditions::parse(filter);
    let conditions = conditions.ok_or_else(|| problem(400, "Filter is not valid."))?;
    items.retain(|item| conditions.match_item(item));
    if let Some(order) = call.query("OrderBy") {
        sort(&mut items, order);
    }
    Ok(items)
}
