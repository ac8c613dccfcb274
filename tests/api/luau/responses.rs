//! The bodies that the service has been seen to return.

use std::time::Duration;

use super::{PATH, complete, peer, place, start, started, task};
use crate::support::{MockServer, json, ok, with_headers};
use rblx_open_cloud::models::{self, LuauErrorCode, LuauLogLine, LuauScript, LuauState, RawJson};
use rblx_open_cloud::{ErrorKind, RetryPolicy};

const LONG: Duration = Duration::from_secs(60);

#[test]
fn a_script_that_was_just_started_has_no_times_and_empty_texts() {
    let peer = MockServer::replying([started()]);
    let started = start(&peer.client()).unwrap();
    assert_eq!(started.path(), PATH);
    assert_eq!(started.state(), Some(&LuauState::Processing));
    let known = peer.client().luau_task(PATH).get().unwrap();
    assert_eq!(known.user_id, Some(1_910_140.into()), "a bare id");
    assert_eq!(known.timeout, Some(Duration::from_secs(60)));
    assert_eq!(known.script.as_deref(), Some("return 1"));
    assert_eq!(
        (known.create_time, known.binary_input, known.error),
        (None, None, None)
    );
    assert_eq!(known.enable_binary_output, Some(false));
}

#[test]
fn results_keep_every_digit() {
    let peer = peer(vec![task("QUEUED", ""), complete()], |_| ok("{}"));
    let result = start(&peer.client()).unwrap().wait(LONG).unwrap();
    let texts: Vec<&str> = result.results.iter().map(RawJson::as_str).collect();
    assert_eq!(texts, ["1.10", "\"x\"", "null"]);
    assert_eq!(result.first::<f64>().unwrap().to_string(), "1.1");
    let error = result.first::<bool>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(result.binary_output, None);
    assert!(result.is_log_complete);
    assert_eq!(peer.requests().len(), 3, "no log without a callback");
}

#[test]
fn nothing_returned_is_an_empty_list() {
    for more in [
        "",
        r#","output":null"#,
        r#","output":{}"#,
        r#","output":{"results":null}"#,
    ] {
        let peer = peer(vec![task("COMPLETE", more)], |_| ok("{}"));
        let result = start(&peer.client()).unwrap().wait(LONG).unwrap();
        assert_eq!(result.results, []);
        let error = result.first::<bool>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "response not understood: the script returned no value; end it with `return …`. The sandbox does not run Luau: \
             `Sandbox::script_result` sets what it returns"
        );
    }
}

#[test]
fn a_task_that_was_picked_up_elsewhere() {
    let peer = peer(vec![task("PROCESSING", ""), complete()], |_| ok("{}"));
    let mut task = peer.client().luau_task(PATH);
    assert_eq!(task.state(), None);
    assert_eq!(task.poll().unwrap(), None);
    let result = task.poll().unwrap().unwrap();
    assert_eq!(task.poll().unwrap(), Some(result.clone()));
    assert_eq!(task.wait(Duration::ZERO).unwrap(), result);
    assert_eq!(
        peer.requests().len(),
        2,
        "a script that has ended is not polled again"
    );
}

#[test]
fn other_states_and_spellings() {
    for (json, state, script) in [
        (
            r#"{"path":"p","state":"COMPLETE","script":"x"}"#,
            Some(LuauState::Complete),
            Some("x"),
        ),
        (r#"{"path":"p","state":null,"script":""}"#, None, None),
        (
            r#"{"path":"p","user":"users/7","state":"PAUSED"}"#,
            Some(LuauState::from("PAUSED")),
            None,
        ),
        (
            r#"{"path":"p","createTime":"","timeout":null,"error":{},"output":null}"#,
            None,
            None,
        ),
    ] {
        let task: models::LuauTask = serde_json::from_str(json).unwrap();
        assert_eq!(
            (task.state, task.script.as_deref(), task.error),
            (state, script, None),
            "{json}"
        );
    }
    assert!(serde_json::from_str::<models::LuauTask>(r#"{"path":""}"#).is_err());
    let line: LuauLogLine = serde_json::from_str(r#""a line""#).unwrap();
    assert_eq!(
        (line.to_string().as_str(), line.create_time),
        ("a line", None)
    );
}

#[test]
fn an_unknown_state_is_not_the_end() {
    let peer = peer(
        vec![
            task("PAUSED", ""),
            task("STATE_UNSPECIFIED", ""),
            complete(),
        ],
        |_| ok("{}"),
    );
    assert!(start(&peer.client()).unwrap().wait(LONG).is_ok());
}

#[test]
fn a_script_that_failed_is_an_error_with_its_own_message_and_its_log() {
    for (state, error, code, message, advice) in [
        (
            "FAILED",
            r#","error":{"code":"SCRIPT_ERROR","message":"TaskScript:3: attempt to index nil with 'Name'"}"#,
            Some("SCRIPT_ERROR"),
            "TaskScript:3: attempt to index nil with 'Name'",
            "`list_logs` of the task",
        ),
        (
            "FAILED",
            r#","error":{"code":"DEADLINE_EXCEEDED","message":"too slow"}"#,
            Some("DEADLINE_EXCEEDED"),
            "too slow",
            "with the setting `timeout`",
        ),
        (
            "FAILED",
            r#","error":{"code":"OUTPUT_SIZE_LIMIT_EXCEEDED","message":"too large"}"#,
            Some("OUTPUT_SIZE_LIMIT_EXCEEDED"),
            "too large",
            "binary output",
        ),
        (
            "FAILED",
            r#","error":{"code":"INTERNAL_ERROR","message":"oops"}"#,
            Some("INTERNAL_ERROR"),
            "oops",
            "side of the service",
        ),
        (
            "FAILED",
            r#","error":{"code":"NEW_ERROR"}"#,
            Some("NEW_ERROR"),
            "the service gave no reason",
            "",
        ),
        ("FAILED", "", None, "the service gave no reason", ""),
        (
            "CANCELLED",
            "",
            Some("CANCELLED"),
            "the script was cancelled",
            "",
        ),
    ] {
        let peer = peer(vec![task(state, error)], |_| super::log(&["one", "two"]));
        let mut task = start(&peer.client()).unwrap();
        for _ in 0..2 {
            let error = task.wait(LONG).unwrap_err();
            assert_eq!(
                (error.kind(), error.code(), error.message()),
                (ErrorKind::OperationFailed, code, message)
            );
            assert_eq!(error.operation(), Some(PATH));
            assert!(error.to_string().contains(advice), "{error}");
            let log = &error.details().unwrap()["log"];
            assert_eq!(
                (&log[0]["message"], &log[1]["message"]),
                (&"one".into(), &"two".into())
            );
        }
        assert_eq!(peer.requests().len(), 3, "start, poll and log");
    }
    let code = LuauErrorCode::parse_known("SCRIPT_EROR").unwrap_err();
    assert!(code.to_string().contains("did you mean \"SCRIPT_ERROR\"?"));
}

#[test]
fn a_failure_is_reported_even_without_its_log() {
    let failed = task(
        "FAILED",
        r#","error":{"code":"SCRIPT_ERROR","message":"boom"}"#,
    );
    for log in [json(404, "{}"), json(500, "{}"), ok("[]"), Vec::new()] {
        let peer = peer(vec![failed.clone()], move |_| log.clone());
        let error = start(&peer.client()).unwrap().wait(LONG).unwrap_err();
        assert_eq!((error.message(), error.details()), ("boom", None));
    }
}

#[test]
fn a_cut_response_is_read_again() {
    // As it was seen live: 1.57 MB of results that end within a text.
    let large = "a".repeat(1_570_000);
    let whole = task(
        "COMPLETE",
        &format!(r#","output":{{"results":["{large}"]}}"#),
    );
    let text = String::from_utf8(whole.clone()).unwrap();
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    let cut = ok(&body[..body.len() - 100_000]);
    let peer = MockServer::new(
        move |number, request| match (number, request.method.as_str()) {
            (_, "POST") => started(),
            (1, _) => cut.clone(),
            _ => whole.clone(),
        },
    );
    let retry = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client = peer.builder().retry(retry).build().unwrap();
    let result = start(&client).unwrap().wait(LONG).unwrap();
    assert_eq!(result.first::<String>().unwrap().len(), 1_570_000);
    assert_eq!(peer.requests().len(), 3);
}

#[test]
fn a_start_that_cannot_be_decoded_names_the_task() {
    let malformed = ok(format!(r#"{{"path":"{PATH}","state":7}}"#));
    let peer = MockServer::replying([malformed]);
    let error = start(&peer.client()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.outcome_unknown());
    assert_eq!(error.operation(), Some(PATH));
    assert_eq!(peer.requests().len(), 1);
    let cut = ok(format!(r#"{{"path":"{PATH}","sta"#));
    let error = start(&MockServer::replying([cut]).client()).unwrap_err();
    assert_eq!(
        (error.operation(), error.outcome_unknown()),
        (Some(PATH), true)
    );
}

#[test]
fn the_eleventh_unfinished_script_is_not_a_rate_limit() {
    let body = r#"{"code":"RESOURCE_EXHAUSTED","message":"At most ten incomplete tasks are allowed per place."}"#;
    let untold = r#"{"code":"RESOURCE_EXHAUSTED","message":"Resource exhausted."}"#;
    let requests_left =
        "x-ratelimit-limit: 40;w=60\r\nx-ratelimit-remaining: 29\r\nx-ratelimit-reset: 31\r\n";
    for response in [
        with_headers(429, "retry-after: 5\r\n", body),
        with_headers(429, requests_left, untold),
    ] {
        for script in [
            LuauScript::source("return 1"),
            LuauScript::source("return 1").version(3),
        ] {
            let peer = MockServer::replying([response.clone()]);
            let client = peer
                .builder()
                .retry(RetryPolicy::default())
                .build()
                .unwrap();
            let error = place(&client).run(script).start().unwrap_err();
            assert_eq!(
                (error.kind(), error.status()),
                (ErrorKind::Conflict, Some(429))
            );
            let text = error.to_string();
            assert!(text.contains("not a rate limit"), "{text}");
            assert!(
                text.contains("up to ten scripts that have not ended"),
                "{text}"
            );
            assert_eq!(
                (error.retry_after(), error.outcome_unknown()),
                (None, false)
            );
            assert_eq!(
                peer.requests().len(),
                1,
                "waiting for the window does not help"
            );
        }
    }
    // A rate limit is waited for; if that does not help, both reasons are named.
    let spent = "x-ratelimit-limit: 40;w=60\r\nx-ratelimit-remaining: 0\r\n";
    let peer = MockServer::replying([with_headers(429, spent, untold)]);
    let client = peer.retrying_client();
    let error = start(&client).unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 4)
    );
    assert!(error.to_string().contains("up to ten scripts"), "{error}");
}

#[test]
fn access_needs_one_of_two_scopes() {
    let peer = MockServer::replying([json(403, r#"{"code":"PERMISSION_DENIED","message":"no"}"#)]);
    let error = peer.client().luau_task(PATH).poll().unwrap_err();
    assert_eq!(error.operation(), Some(PATH));
    assert!(
        error.to_string().contains(
            "needs one of the scopes: universe.place.luau-execution-session:read, \
             universe.place.luau-execution-session:write"
        ),
        "{error}"
    );
}
