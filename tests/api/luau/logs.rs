//! The log of a script, of which each line is reported once.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{PATH, complete, count, is_log, log, peer, place, task};
use crate::support::{MockServer, json, ok};
use rblx_open_cloud::models::{LuauLogLine, LuauMessageType, LuauScript};
use rblx_open_cloud::{Client, Result};

const LONG: Duration = Duration::from_secs(60);

/// Runs a script, and returns what it logged.
fn run(client: &Client) -> (Vec<String>, Result<bool>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&lines);
    let result = place(client)
        .run(LuauScript::source("return 1"))
        .on_log(move |line| log.lock().unwrap().push(line.to_string()))
        .wait(LONG);
    let lines = lines.lock().unwrap().clone();
    (lines, result.map(|result| result.is_log_complete))
}

fn running() -> Vec<u8> {
    task("PROCESSING", "")
}

#[test]
fn lines_are_reported_while_the_script_runs_and_completed_at_its_end() {
    let polls = vec![running(), running(), running(), complete()];
    let peer = peer(polls, |number| match number {
        0 => log(&["a", "b"]),
        _ => log(&["a", "b", "c"]),
    });
    let (lines, result) = run(&peer.client());
    assert_eq!(
        (lines.join(" "), result.unwrap()),
        ("a b c".to_owned(), true)
    );
    assert_eq!(
        count(&peer, is_log),
        2,
        "once in two seconds, and at the end"
    );
}

#[test]
fn the_log_of_a_failure_is_reported_and_is_in_the_error() {
    let failed = task(
        "FAILED",
        r#","error":{"code":"SCRIPT_ERROR","message":"boom"}"#,
    );
    let peer = peer(vec![running(), failed], |number| match number {
        0 => ok(r#"{"luauExecutionSessionTaskLogs":[],"nextPageToken":""}"#),
        _ => log(&["a", "b"]),
    });
    let (lines, result) = run(&peer.client());
    assert_eq!(lines.join(" "), "a b");
    let details = result.unwrap_err().details().unwrap().to_string();
    assert!(details.contains(r#""message":"b""#), "{details}");
}

#[test]
fn a_log_that_cannot_be_listed_does_not_change_the_result() {
    let peer = peer(vec![running(), complete()], |_| json(500, "{}"));
    let (lines, result) = run(&peer.client());
    assert_eq!((lines.len(), result.unwrap()), (0, false));
}

#[test]
fn a_long_log_comes_in_pages_of_chunks() {
    let peer = MockServer::new(|_, request| {
        ok(match request.query("pageToken").as_deref() {
            None => {
                r#"{"luauExecutionSessionTaskLogs":[{"structuredMessages":[{"message":"a","messageType":"WARNING"},{"message":"b\nc"}]},
                    {"structuredMessages":[]},{"messages":["d"]}],"nextPageToken":"2"}"#
            }
            // An empty page with a token goes on.
            Some("2") => r#"{"luauExecutionSessionTaskLogs":[],"nextPageToken":"3"}"#,
            Some("3") => r#"{"nextPageToken":"4"}"#,
            _ => {
                r#"{"luauExecutionSessionTaskLogs":[{"messages":null,"structuredMessages":[{"message":"e","messageType":"NEW"}]}],
                    "nextPageToken":null}"#
            }
        })
    });
    let task = peer.client().luau_task(PATH);
    let lines: Vec<LuauLogLine> = task.list_logs().collect::<Result<_>>().unwrap();
    let texts: Vec<&str> = lines.iter().map(|line| line.message.as_str()).collect();
    assert_eq!(texts, ["a", "b\nc", "d", "e"]);
    assert_eq!(lines[0].message_type, Some(LuauMessageType::Warning));
    assert_eq!(lines[3].message_type, Some(LuauMessageType::from("NEW")));
    assert_eq!(task.list_logs().limit(3).map(Result::unwrap).count(), 3);
    assert_eq!(peer.requests().len(), 5, "no page beyond the limit");
}

#[test]
fn a_malformed_line_costs_one_line() {
    let peer = MockServer::replying([ok(
        r#"{"luauExecutionSessionTaskLogs":[{"structuredMessages":[{"message":"a"},{"message":7},{"message":"c"}]}]}"#,
    )]);
    let lines: Vec<_> = peer.client().luau_task(PATH).list_logs().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[1]
            .as_ref()
            .is_err_and(rblx_open_cloud::Error::is_item)
    );
    assert_eq!(lines[2].as_ref().unwrap().message, "c");
}

#[test]
fn a_task_that_was_picked_up_can_be_followed() {
    let peer = peer(vec![complete()], |_| log(&["a"]));
    let lines = Arc::new(Mutex::new(0));
    let count = Arc::clone(&lines);
    let mut task = peer
        .client()
        .luau_task(PATH)
        .on_log(move |_| *count.lock().unwrap() += 1);
    task.wait(LONG).unwrap();
    task.wait(LONG).unwrap();
    assert_eq!((*lines.lock().unwrap(), peer.requests().len()), (1, 2));
}
