//! Luau scripts: their states, logs, content and limits, for this crate's client and for others.

use std::time::Duration;

use super::{SOON, UNIVERSE, file};
use crate::common::{Raw, Reply};
use rblx_open_cloud::models::{LuauMessageType, LuauScript, LuauState};
use rblx_open_cloud::resource::Place;
use rblx_open_cloud::sandbox::{Fault, Sandbox, SandboxScript};
use rblx_open_cloud::{AssetFile, ErrorKind, RetryPolicy};
use serde_json::{Value, json};

const TASKS: &str = "/cloud/v2/universes/13058/places/90/luau-execution-session-tasks";
const INPUTS: &str = "/cloud/v2/universes/13058/luau-execution-session-task-binary-inputs";

/// A sandbox whose clock is stopped.
fn stopped() -> Sandbox {
    Sandbox::builder().clock_speed(0.0).start().unwrap()
}

fn place(sandbox: &Sandbox) -> Place {
    sandbox.client().universe(13_058).place(90)
}

fn script() -> LuauScript {
    LuauScript::source("return 1")
}

/// Starts a script, and returns the path of its task.
fn start(raw: &mut Raw, target: &str, body: &str) -> Value {
    let started = raw.json("POST", target, body);
    assert_eq!(started.status, 200, "{}", started.text());
    started.json()
}

fn get(raw: &mut Raw, task: &Value) -> Value {
    raw.get(&format!("/cloud/v2/{}", task["path"].as_str().unwrap()))
        .json()
}

#[test]
fn a_task_looks_as_the_service_writes_it() {
    let sandbox = stopped();
    sandbox.script_result("", json!({"a": [1, null]}));
    let mut raw = Raw::connect(&sandbox);
    let started = start(&mut raw, TASKS, r#"{"script":"return 1","timeout":"60s"}"#);
    let path = started["path"].as_str().unwrap();
    let shape: Vec<&str> = path.split('/').step_by(2).collect();
    assert_eq!(
        shape,
        [
            "universes",
            "places",
            "versions",
            "luau-execution-sessions",
            "tasks"
        ]
    );
    assert_eq!(
        (&started["user"], &started["state"], &started["timeout"]),
        (&json!("156"), &json!("PROCESSING"), &json!("60s"))
    );
    assert_eq!(
        (&started["binaryInput"], &started["binaryOutputUri"]),
        (&json!(""), &json!(""))
    );
    assert_eq!(
        (started.get("createTime"), started.get("output")),
        (None, None)
    );

    assert_eq!(
        get(&mut raw, &started)["state"],
        "PROCESSING",
        "a poll finds it running"
    );
    sandbox.advance(Duration::from_secs(1));
    let done = get(&mut raw, &started);
    assert_eq!(
        (&done["state"], &done["script"]),
        (&json!("COMPLETE"), &json!(""))
    );
    assert_eq!(done["output"], json!({ "results": [{ "a": [1, null] }] }));
    assert!(done["createTime"].is_string() && done["updateTime"].is_string());
    let full = raw.get(&format!("/cloud/v2/{path}?view=FULL")).json();
    assert_eq!(full["script"], "return 1");
}

#[test]
fn a_task_is_found_under_all_shapes_of_its_path() {
    let sandbox = stopped();
    let mut raw = Raw::connect(&sandbox);
    let started = start(&mut raw, TASKS, r#"{"script":"x"}"#);
    let parts: Vec<&str> = started["path"].as_str().unwrap().split('/').collect();
    let (session, task) = (parts[7], parts[9]);
    let place = "/cloud/v2/universes/13058/places/90";
    for path in [
        format!("{place}/versions/1/luau-execution-sessions/{session}/tasks/{task}"),
        format!("{place}/luau-execution-sessions/{session}/tasks/{task}"),
        format!("{place}/versions/1/luau-execution-session-tasks/{task}"),
        format!("{place}/luau-execution-session-tasks/{task}"),
    ] {
        assert_eq!(raw.get(&path).json()["path"], started["path"], "{path}");
        assert_eq!(raw.get(&format!("{path}/logs")).status, 200, "{path}");
    }
    for path in [
        format!("{place}/versions/2/luau-execution-session-tasks/{task}"),
        format!("{place}/luau-execution-sessions/other/tasks/{task}"),
        format!("{place}/luau-execution-session-tasks/other"),
        format!("/cloud/v2/universes/13058/places/91/luau-execution-session-tasks/{task}"),
    ] {
        assert_eq!(raw.get(&path).status, 404, "{path}");
    }
}

#[test]
fn scripts_end_by_the_clock_or_by_polls() {
    let sandbox = stopped();
    sandbox.operations_take(Duration::from_secs(30));
    let mut task = place(&sandbox).run(script()).start().unwrap();
    for _ in 0..5 {
        assert_eq!(task.poll().unwrap(), None);
    }
    sandbox.advance(Duration::from_secs(30));
    assert!(task.poll().unwrap().is_some());

    sandbox.polls_until_done(2);
    let mut task = place(&sandbox).run(script()).start().unwrap();
    assert_eq!((task.poll().unwrap(), task.poll().unwrap()), (None, None));
    assert!(task.poll().unwrap().is_some());

    sandbox.polls_until_done(0);
    let task = place(&sandbox).run(script()).start().unwrap();
    assert_eq!(task.state(), Some(&LuauState::Complete));
}

#[test]
fn a_script_that_takes_too_long_fails_when_its_time_is_over() {
    let sandbox = stopped();
    sandbox.script_result(
        "",
        SandboxScript::returns([]).takes(Duration::from_secs(90)),
    );
    let minute = Duration::from_secs(60);
    let run = |limit: Option<Duration>| {
        let script = limit.map_or(script(), |limit| script().timeout(limit));
        let mut task = place(&sandbox).run(script).start().unwrap();
        sandbox.advance(minute);
        let after_a_minute = task.poll();
        sandbox.advance(minute);
        (after_a_minute, task.poll())
    };
    let (early, late) = run(Some(minute));
    assert_eq!(early.unwrap_err().code(), Some("DEADLINE_EXCEEDED"));
    assert!(late.is_err());
    let (early, late) = run(None);
    assert_eq!(early.unwrap(), None);
    assert!(late.unwrap().is_some());
}

#[test]
fn scripts_fail_are_stopped_and_are_told_apart_by_their_text() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script_result("", json!("any"));
    sandbox.script_result(
        "boom",
        SandboxScript::fails("TaskScript:1: boom").log("loading"),
    );
    sandbox.script_result("stop", SandboxScript::cancelled());
    sandbox.script_result("slow", SandboxScript::times_out());
    let run = |text: &str| place(&sandbox).run(LuauScript::source(text)).wait(SOON);
    assert_eq!(run("return 1").unwrap().first::<String>().unwrap(), "any");
    for (text, code, message) in [
        ("boom()", "SCRIPT_ERROR", "TaskScript:1: boom"),
        ("stop()", "CANCELLED", "the script was cancelled"),
        ("slow()", "DEADLINE_EXCEEDED", "maximum execution duration"),
    ] {
        let error = run(text).unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::OperationFailed, Some(code))
        );
        assert!(error.message().contains(message), "{error}");
    }
    let error = run("boom").unwrap_err();
    assert_eq!(error.details().unwrap()["log"][0]["message"], "loading");
    assert_eq!(sandbox.scripts().len(), 5);
    sandbox.clear_requests();
    assert!(sandbox.scripts().is_empty());
}

#[test]
fn logs_come_in_chunks_of_two_views() {
    let sandbox = stopped();
    let lines = (1..=250).fold(SandboxScript::returns([]), |script, number| {
        script.log(format!("line {number}"))
    });
    let warning = lines.log_as(LuauMessageType::Warning, "careful\nnow");
    sandbox.script_result("", warning);
    let mut raw = Raw::connect(&sandbox);
    let started = start(&mut raw, TASKS, r#"{"script":"x"}"#);
    let logs = format!("/cloud/v2/{}/logs", started["path"].as_str().unwrap());
    let chunks = |reply: &Reply| {
        reply.json()["luauExecutionSessionTaskLogs"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(chunks(&raw.get(&logs)), 2, "half of them while it runs");
    sandbox.advance(Duration::from_secs(1));
    let flat = raw.get(&format!("{logs}?maxPageSize=2")).json();
    assert_eq!(
        flat["luauExecutionSessionTaskLogs"][1]["messages"][0],
        "line 101"
    );
    assert_eq!(
        flat["luauExecutionSessionTaskLogs"][0].get("structuredMessages"),
        None
    );
    let token = flat["nextPageToken"].as_str().unwrap();
    let rest = raw
        .get(&format!("{logs}?maxPageSize=2&pageToken={token}"))
        .json();
    assert_eq!(
        (
            rest["luauExecutionSessionTaskLogs"]
                .as_array()
                .unwrap()
                .len(),
            &rest["nextPageToken"]
        ),
        (1, &json!(""))
    );
    let structured = raw.get(&format!("{logs}?view=STRUCTURED")).json();
    let last = &structured["luauExecutionSessionTaskLogs"][2]["structuredMessages"][50];
    assert_eq!(
        (&last["message"], &last["messageType"]),
        (&json!("careful\nnow"), &json!("WARNING"))
    );
    assert_eq!(raw.get(&format!("{logs}?view=ODD")).status, 400);

    let task = sandbox
        .client()
        .luau_task(started["path"].as_str().unwrap());
    assert_eq!(
        task.list_logs().page_size(1).map(Result::unwrap).count(),
        251
    );
}

#[test]
fn at_most_ten_scripts_of_a_place_run_at_once() {
    let sandbox = stopped();
    let _tasks: Vec<_> = (0..10)
        .map(|_| place(&sandbox).run(script()).start().unwrap())
        .collect();
    let error = place(&sandbox).run(script()).start().unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.attempts()),
        (ErrorKind::Conflict, Some(429), 1)
    );
    let lobby = sandbox.client().universe(13_058).place(91);
    assert!(lobby.run(script()).start().is_ok(), "another place");
    sandbox.advance(Duration::from_secs(1));
    assert!(place(&sandbox).run(script()).start().is_ok());
}

#[test]
fn limits_by_the_minute_differ_with_the_version() {
    let sandbox = Sandbox::builder()
        .clock_speed(0.0)
        .enforce_rate_limits(true)
        .start()
        .unwrap();
    sandbox.polls_until_done(0);
    let client = sandbox
        .client_builder()
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let place = client.universe(13_058).place(90);
    for _ in 0..5 {
        place.run(script().version(1)).start().map(drop).unwrap();
    }
    let error = place.run(script().version(1)).start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    for _ in 0..40 {
        place.run(script()).start().map(drop).unwrap();
    }
    assert_eq!(
        place.run(script()).start().unwrap_err().kind(),
        ErrorKind::RateLimited
    );
}

#[test]
fn scripts_run_in_a_version_that_exists() {
    let sandbox = stopped();
    let place = place(&sandbox);
    place.publish(file("2")).unwrap();
    place.save(file("3")).unwrap();
    let version = |script: LuauScript| {
        let task = place.run(script).start().unwrap();
        task.path().split('/').nth(5).unwrap().to_owned()
    };
    assert_eq!(version(script()), "2", "the newest that is published");
    assert_eq!(version(script().version(3)), "3");
    assert_eq!(
        place.run(script().version(4)).start().unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(
        (
            sandbox.scripts()[0].version(),
            sandbox.scripts()[1].version()
        ),
        (None, Some(3))
    );
}

#[test]
fn content_is_really_stored() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let universe = client.universe(13_058);
    let content: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let input = universe
        .luau_input(AssetFile::bytes("a.bin", content.clone()))
        .unwrap();
    let run = || {
        universe
            .place(90)
            .run(script().input(&input).binary_output())
            .wait(SOON)
            .unwrap()
    };
    let url = run().binary_output.unwrap();
    let mut fetched = Vec::new();
    client.download_url(&url, &mut fetched).unwrap();
    assert!(fetched == content, "what went in comes out");
    assert_eq!(sandbox.scripts()[0].input(), Some(&*content));
    assert!(sandbox.scripts()[0].has_binary_output());
    assert_eq!(sandbox.scripts()[0].timeout(), None);
    // The same input, once more.
    run();
    sandbox.advance(Duration::from_secs(15 * 60));
    let error = client.download_url(&url, Vec::new()).unwrap_err();
    assert!(error.to_string().contains("Request has expired"), "{error}");
    let error = universe
        .place(90)
        .run(script().input(&input))
        .start()
        .unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::NotFound,
        "it was valid for 15 minutes"
    );
    let shown = format!("{:?}", sandbox.requests());
    assert!(shown.contains("signature=[redacted]") && !shown.contains(url.as_str()));
}

#[test]
fn signed_urls_take_no_key_no_other_signature_and_no_other_length() {
    let sandbox = stopped();
    let mut raw = Raw::connect(&sandbox);
    let created = raw.json("POST", INPUTS, r#"{"size":"3"}"#).json();
    let uri = created["uploadUri"]
        .as_str()
        .unwrap()
        .replace(&sandbox.url(), "");
    let put = |target: &str, header: &str, body: &str| {
        let mut raw = Raw::connect(&sandbox);
        let length = body.len();
        raw.send(format!(
            "PUT {target} HTTP/1.1\r\nhost: x\r\n{header}content-length: {length}\r\n\r\n{body}"
        ));
        raw.reply()
    };
    let key = format!("x-api-key: {}\r\n", sandbox.api_key());
    assert!(
        put(&uri, &key, "abc")
            .text()
            .contains("A credential was sent")
    );
    assert_eq!(put(&format!("{uri}x"), "", "abc").status, 403);
    assert_eq!(put(&uri, "", "abcd").status, 400);
    let body = json!({ "script": "x", "binaryInput": created["path"] }).to_string();
    assert_eq!(
        raw.json("POST", TASKS, &body).status,
        400,
        "nothing was uploaded yet"
    );
    assert_eq!(put(&uri, "", "abc").status, 200);
    assert_eq!(raw.json("POST", TASKS, &body).status, 200);
    assert_eq!(
        raw.json("POST", INPUTS, r#"{"size":104857601}"#).status,
        400
    );
}

#[test]
fn what_the_service_rejects_is_rejected() {
    let sandbox = stopped();
    let mut raw = Raw::connect(&sandbox);
    for (body, status) in [
        (r#"{"script":""}"#, 400),
        ("{}", 400),
        (r#"{"script":"x","timeout":"301s"}"#, 400),
        (r#"{"script":"x","timeout":"PT5S"}"#, 400),
        (r#"{"script":"x","timeout":"0s"}"#, 400),
        (
            r#"{"script":"x","binaryInput":"universes/13058/other/1"}"#,
            404,
        ),
        (
            r#"{"script":"x","binaryInput":"","timeout":"3.5s","enable_binary_output":true}"#,
            200,
        ),
    ] {
        assert_eq!(raw.json("POST", TASKS, body).status, status, "{body}");
    }
    let long = json!({ "script": "\u{1}".repeat(4 << 20) }).to_string();
    assert_eq!(
        raw.json("POST", TASKS, &long).status,
        200,
        "as long as it may be"
    );
    for target in [
        "/cloud/v2/universes/13058/places/7/luau-execution-session-tasks",
        "/cloud/v2/universes/7/places/90/luau-execution-session-tasks",
    ] {
        assert_eq!(raw.json("POST", target, r#"{"script":"x"}"#).status, 404);
    }
    assert_eq!(raw.json("POST", &format!("{UNIVERSE}x"), "{}").status, 405);
}

#[test]
fn a_task_is_kept_for_a_day() {
    let sandbox = stopped();
    let mut task = place(&sandbox).run(script()).start().unwrap();
    sandbox.advance(Duration::from_secs(1));
    sandbox.advance(Duration::from_secs(24 * 60 * 60 - 1));
    assert!(task.poll().unwrap().is_some());
    sandbox.advance(Duration::from_secs(1));
    assert_eq!(task.get().unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn a_reset_forgets_scripts() {
    let sandbox = stopped();
    let mut raw = Raw::connect(&sandbox);
    let task = start(&mut raw, TASKS, r#"{"script":"return 1"}"#);
    sandbox.reset();
    assert!(sandbox.scripts().is_empty());
    assert_eq!(get(&mut raw, &task)["code"], "NOT_FOUND");
}

#[test]
fn a_lost_response_starts_one_script() {
    let sandbox = stopped();
    sandbox.fail_next(Fault::lost_answer());
    let error = place(&sandbox).run(script()).start().unwrap_err();
    assert!(error.outcome_unknown());
    assert_eq!(sandbox.scripts().len(), 1);
    sandbox.fail_next(Fault::close_connection());
    let error = place(&sandbox).run(script()).start().unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
    assert_eq!(sandbox.scripts().len(), 1);
}
