//! The interface under `/sandbox/`, as a test in another language uses it.

use std::time::{Duration, Instant};

use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

use crate::common::{Raw, Reply};

fn controlled() -> Sandbox {
    let sandbox = Sandbox::builder().api_key("planted-key").control_api(true);
    sandbox.start().unwrap()
}

fn request(sandbox: &Sandbox, method: &str, target: &str, body: Option<Value>) -> Reply {
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    send(sandbox, method, target, "127.0.0.1:80", "", &body)
}

fn send(
    sandbox: &Sandbox,
    method: &str,
    target: &str,
    host: &str,
    header: &str,
    body: &str,
) -> Reply {
    let mut raw = Raw::connect(sandbox);
    raw.send(format!(
        "{method} {target} HTTP/1.1\r\nhost: {host}\r\n{header}content-length: {}\r\n\r\n{body}",
        body.len()
    ));
    raw.reply()
}

fn get(sandbox: &Sandbox, name: &str) -> Value {
    request(sandbox, "GET", &format!("/sandbox/{name}"), None).json()
}

#[test]
fn requests_are_listed_with_their_responses_and_without_secrets() {
    let sandbox = controlled();
    sandbox.client().user(156).get().unwrap();
    sandbox.client().user(1).get().unwrap_err();

    let listed = request(&sandbox, "GET", "/sandbox/requests", None);
    assert!(!listed.text().contains("planted-key"), "{}", listed.text());
    let requests = listed.json()["requests"].clone();
    assert_eq!(requests[0]["target"], "/cloud/v2/users/156");
    assert_eq!(requests[0]["response"]["status"], 200);
    assert!(
        requests[0]["response"]["body"]
            .as_str()
            .unwrap()
            .contains("builderman")
    );
    assert_eq!(requests[1]["response"]["status"], 404);
    assert_eq!(
        get(&sandbox, "requests?after=1")["requests"][0]["number"],
        2
    );
    assert_eq!(get(&sandbox, "requests?after=2")["requests"], json!([]));

    request(&sandbox, "DELETE", "/sandbox/requests", None);
    assert_eq!(get(&sandbox, "requests")["requests"], json!([]));
    assert_eq!(sandbox.requests().len(), 0);
}

#[test]
fn faults_are_set_for_all_calls_and_for_one() {
    let sandbox = controlled();
    let add = |body| request(&sandbox, "POST", "/sandbox/faults", Some(body));
    assert_eq!(
        add(json!({ "fault": "unavailable", "times": 2 })).json()["left"],
        2
    );
    let one =
        json!({ "status": 403, "code": "PERMISSION_DENIED", "call": "GET /cloud/v2/groups/{id}" });
    assert_eq!(add(one).json()["left"], 3);

    let error = sandbox.client().group(7).get().unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(403), Some("PERMISSION_DENIED"))
    );
    assert_eq!(get(&sandbox, "faults")["left"], 2);
    sandbox.client().user(156).get().unwrap();
    assert_eq!(get(&sandbox, "faults")["left"], 0, "the client tried again");

    for (body, part) in [
        (
            json!({ "fault": "earthquake" }),
            "no fault `earthquake`, only status, raw",
        ),
        (
            json!({ "fault": "status", "status": 99 }),
            "between 200 and 599",
        ),
        (json!({ "times": "two" }), "`times` must be a whole number"),
        (
            json!({ "tims": 2 }),
            "no field `tims`, only fault, call, times",
        ),
        (json!([1]), "must be a JSON object"),
    ] {
        let reply = add(body);
        assert_eq!(reply.status, 400);
        assert!(reply.text().contains(part), "{}", reply.text());
    }
}

#[test]
fn the_clock_moves_and_settings_change() {
    let sandbox = controlled();
    let before = sandbox.now();
    let change = |name: &str, method, body| {
        request(&sandbox, method, &format!("/sandbox/{name}"), Some(body))
    };
    change(
        "clock",
        "POST",
        json!({ "advanceSeconds": 3600, "speed": 0 }),
    );
    assert!(sandbox.now() - before >= Duration::from_secs(3600));
    let clock = get(&sandbox, "clock");
    assert_eq!(get(&sandbox, "clock"), clock, "the clock stands still");

    let settings = change(
        "settings",
        "PATCH",
        json!({ "price": 5, "latencySeconds": 0.001, "enforceRateLimits": true }),
    );
    assert_eq!(settings.json()["price"], 5);
    assert_eq!(get(&sandbox, "settings"), settings.json());
    let reply = change("settings", "PATCH", json!({ "bandwidth": 0 }));
    assert_eq!(reply.status, 400, "{}", reply.text());
}

#[test]
fn the_state_is_saved_merged_replaced_and_reset() {
    let seed = json!({ "users": { "5": { "name": "somebody" } } });
    let sandbox = Sandbox::builder()
        .control_api(true)
        .seed(seed)
        .start()
        .unwrap();
    let start = get(&sandbox, "state");
    assert_eq!(start["users"]["5"]["displayName"], "somebody");
    assert!(start == sandbox.snapshot().unwrap());

    let patch = json!({ "users": { "5": { "displayName": "Some Body" }, "2": null } });
    request(&sandbox, "PATCH", "/sandbox/state", Some(patch));
    assert_eq!(
        sandbox.client().user(5).get().unwrap().display_name,
        "Some Body"
    );
    assert!(sandbox.client().user(2).get().is_err());
    let saved = get(&sandbox, "state");

    let other = controlled();
    let reply = request(&other, "PUT", "/sandbox/state", Some(saved.clone()));
    assert!(reply.json() == saved);
    assert_eq!(other.client().user(5).get().unwrap().name, "somebody");

    let reset = request(&sandbox, "POST", "/sandbox/reset", None).json();
    // Items that expire have other times.
    for part in ["users", "groups", "assets", "items", "dataStores"] {
        assert!(reset[part] == start[part], "{part}");
    }
    assert!(sandbox.client().user(2).get().is_ok());

    let reply = request(
        &other,
        "PUT",
        "/sandbox/state",
        Some(json!({ "users": [1] })),
    );
    assert_eq!(reply.status, 400);
    assert!(
        reply.text().contains("form of a snapshot"),
        "{}",
        reply.text()
    );
    assert!(other.snapshot().unwrap() == saved, "nothing was changed");
}

#[test]
fn a_seed_that_does_not_fit_is_an_error_at_the_start() {
    let error = Sandbox::builder()
        .seed(json!({ "users": { "x": {} } }))
        .start()
        .unwrap_err();
    assert_eq!(error.kind(), rblx_open_cloud::ErrorKind::InvalidInput);
    assert!(
        error.to_string().contains("the seed does not fit"),
        "{error}"
    );
}

#[test]
fn pages_of_other_origins_cannot_control_a_sandbox() {
    let sandbox = controlled();
    for (host, header) in [
        ("127.0.0.1:80", "origin: https://example.com\r\n"),
        ("127.0.0.1:80", "origin: null\r\n"),
        ("rebound.example:80", ""),
    ] {
        let reply = send(&sandbox, "POST", "/sandbox/reset", host, header, "");
        assert_eq!(reply.status, 403, "{host} {header}");
    }
    let own = send(
        &sandbox,
        "GET",
        "/sandbox/",
        "localhost:80",
        "origin: http://localhost:80\r\n",
        "",
    );
    assert_eq!(own.status, 200);
    assert!(own.text().starts_with("<!doctype html>"));
}

#[test]
fn what_is_not_there_is_named() {
    let sandbox = controlled();
    let wrong = request(&sandbox, "PUT", "/sandbox/faults", None);
    assert_eq!(
        (wrong.status, wrong.header("allow")),
        (405, Some("GET, POST, DELETE"))
    );
    let unknown = request(&sandbox, "GET", "/sandbox/anything", None);
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("info, state, reset"));
    let off = Sandbox::start().unwrap();
    assert_eq!(request(&off, "GET", "/sandbox/info", None).status, 404);
}

#[test]
fn a_slow_line_takes_its_time_and_can_be_dropped() {
    let sandbox = controlled();
    sandbox.bandwidth(Some(1_000_000));
    let started = Instant::now();
    let state = get(&sandbox, "state").to_string().len();
    let expected = Duration::from_micros(state as u64);
    assert!(
        started.elapsed() >= expected * 9 / 10,
        "{:?} for {state} bytes",
        started.elapsed()
    );

    sandbox.bandwidth(None);
    sandbox.latency(Duration::from_secs(3600));
    let mut raw = Raw::connect(&sandbox);
    raw.send("GET /sandbox/info HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let started = Instant::now();
    drop(sandbox);
    assert!(started.elapsed() < Duration::from_secs(5));
}
