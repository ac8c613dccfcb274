//! Luau scripts and instances: requests and responses.

mod content;
mod instances;
mod logs;
mod repetition;
mod requests;
mod responses;
mod waiting;

use crate::support::{MockServer, Received, ok};
use rblx_open_cloud::models::LuauScript;
use rblx_open_cloud::resource::{LuauTask, Place};
use rblx_open_cloud::{Client, Result};

/// The path of a task as the service writes it, also for a script that runs in the newest version.
const PATH: &str = "universes/5/places/6/versions/26/luau-execution-sessions/5e55-10/tasks/7a5c";
const TASK: &str =
    "/cloud/v2/universes/5/places/6/versions/26/luau-execution-sessions/5e55-10/tasks/7a5c";

/// The response to a script that was just started: without times, with a bare id and empty texts.
fn started() -> Vec<u8> {
    ok(format!(
        r#"{{"path":"{PATH}","user":"1910140","state":"PROCESSING","script":"return 1","timeout":"60s",
            "binaryInput":"","enableBinaryOutput":false,"binaryOutputUri":""}}"#
    ))
}

/// A later response, with the state and further fields.
fn task(state: &str, more: &str) -> Vec<u8> {
    ok(format!(
        r#"{{"path":"{PATH}","createTime":"2026-05-03T10:00:00.123Z","updateTime":"2026-05-03T10:00:01.5Z","user":"1910140",
            "state":"{state}","script":"","timeout":"60s","binaryInput":"","enableBinaryOutput":false,"binaryOutputUri":""{more}}}"#
    ))
}

fn complete() -> Vec<u8> {
    task("COMPLETE", r#","output":{"results":[1.10,"x",null]}"#)
}

fn place(client: &Client) -> Place {
    client.universe(5).place(6)
}

fn start(client: &Client) -> Result<LuauTask> {
    place(client).run(LuauScript::source("return 1")).start()
}

/// A page of a log with these lines.
fn log(lines: &[&str]) -> Vec<u8> {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            format!(
                r#"{{"message":"{line}","createTime":"2026-05-03T10:00:00Z","messageType":"OUTPUT"}}"#
            )
        })
        .collect();
    ok(format!(
        r#"{{"luauExecutionSessionTaskLogs":[{{"path":"{PATH}/logs/1","messages":[],"structuredMessages":[{}]}}],"nextPageToken":""}}"#,
        lines.join(",")
    ))
}

/// Responds to calls about a script: to its start, to polls in turn (repeating the last one), and to its log.
fn peer(
    polls: Vec<Vec<u8>>,
    logs: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static,
) -> MockServer {
    use std::sync::atomic::{AtomicUsize, Ordering};

    let (polled, listed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    MockServer::new(move |_, request: &Received| {
        if request.method == "POST" {
            started()
        } else if request.path().ends_with("/logs") {
            logs(listed.fetch_add(1, Ordering::Relaxed))
        } else {
            let number = polled.fetch_add(1, Ordering::Relaxed);
            polls[number.min(polls.len() - 1)].clone()
        }
    })
}

fn count(peer: &MockServer, is_it: impl Fn(&Received) -> bool) -> usize {
    peer.requests()
        .iter()
        .filter(|request| is_it(request))
        .count()
}

fn is_log(request: &Received) -> bool {
    request.path().ends_with("/logs")
}
