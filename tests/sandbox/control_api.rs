//! The interface under `/sandbox/`, as a test in another language uses it.

use std::time::{Duration, Instant};

use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

use crate::common::{BOUNDARY, Raw, Reply, decal, form};

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
fn a_body_that_is_not_text_is_listed_with_its_size() {
    let sandbox = controlled();
    let body = form(&decal("x"), Some(("a.png", "image/png", &[0xff; 10_000])));
    Raw::connect(&sandbox).form("POST", "/assets/v1/assets", BOUNDARY, &body);
    let listed = get(&sandbox, "requests")["requests"][0].clone();
    assert_eq!(listed["size"], body.len());
    let text = format!("{} bytes that are not text", body.len());
    assert_eq!(listed["body"], text);
}

#[test]
fn ids_that_are_used_up_end_no_connection() {
    let last = u64::MAX;
    let queue = json!({ "items": { last.to_string(): { "id": "i", "data": 1, "priority": 0.0, "expires": "9999-12-31T00:00:00Z" } } });
    let seed = json!({
        "nextAsset": last,
        "universes": { "13058": { "memoryStore": { "queues": { "Q": queue } } } },
    });
    let sandbox = Sandbox::builder().seed(seed).start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let file = ("a.png", "image/png", crate::common::PNG);
    let uploaded = crate::common::finished(&mut raw, &decal("x"), file);
    assert_eq!(uploaded["assetId"], last.to_string());
    let items = "/cloud/v2/universes/13058/memory-store/queues/Q/items";
    let added = raw.json("POST", items, r#"{"data":2}"#);
    assert_eq!((added.status, &added.json()["data"]), (200, &json!(2)));
    sandbox.advance(Duration::from_secs(60 * 24 * 3600));
    assert_eq!(raw.json("POST", items, r#"{"data":3}"#).status, 200);
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
            "Unknown field `tims`, expected fault, call, times",
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
fn a_field_that_does_not_exist_is_named_with_its_place() {
    let sandbox = controlled();
    let before = sandbox.snapshot().unwrap();
    for (patch, message) in [
        (
            json!({ "users": { "5": { "nmae": "x" } } }),
            "users.5: unknown field `nmae`, expected ",
        ),
        (json!({ "grops": {} }), ": unknown field `grops`, expected "),
        (
            json!({ "groups": { "55": { "members": [{ "user": 5 }, { "usr": 6 }] } } }),
            "groups.55.members[1]: unknown field `usr`, expected changed, joined, roles, user",
        ),
        (
            json!({ "dataStores": { "13058": { "stores": { "A": { "scopes": { "global": { "k": { "revisons": [] } } } } } } } }),
            "dataStores.13058.stores.A.scopes.global.k: unknown field `revisons`, expected revisions, written",
        ),
        (
            json!({ "users": { "5": { "name": 7 } } }),
            "users.5.name: invalid type: integer `7`, expected a string",
        ),
        (
            json!({ "users": { "x": {} } }),
            "users: `x` is not an id: ids are numbers in plain digits",
        ),
        (
            json!({ "users": { "05": { "name": "x" } } }),
            "users: `05` is not an id: ids are numbers in plain digits, without leading zeros",
        ),
    ] {
        let reply = request(&sandbox, "PATCH", "/sandbox/state", Some(patch.clone()));
        assert_eq!(reply.status, 400, "{}", reply.text());
        let text = reply.json()["message"].as_str().unwrap().to_owned();
        assert!(text.contains(message), "{text}");
        let seeded = Sandbox::builder().seed(patch).start().unwrap_err();
        assert!(seeded.to_string().contains(message), "{seeded}");
    }
    assert!(sandbox.snapshot().unwrap() == before, "nothing was changed");
    let reply = request(&sandbox, "PUT", "/sandbox/state", Some(before.clone()));
    assert!(
        reply.json() == before,
        "{}",
        reply.text().get(..300).unwrap_or_default()
    );
}

#[test]
fn a_revision_needs_only_its_content() {
    let revisions =
        json!([{ "content": { "value": 1 } }, { "content": { "value": { "coins": 2 } } }]);
    let scopes = json!({ "global": { "k": { "revisions": revisions } } });
    let seed = json!({ "dataStores": { "13058": { "stores": { "A": { "scopes": scopes } } } } });
    let sandbox = Sandbox::builder().seed(seed).start().unwrap();
    let entry = sandbox.client().universe(13_058).data_store("A").entry("k");
    let read = entry.get::<Value>().unwrap();
    assert_eq!(read.value, json!({ "coins": 2 }));
    assert!(
        read.revision_id.as_str().contains(".0000000002."),
        "{read:?}"
    );
    let written = entry
        .set(rblx_open_cloud::models::SetEntry::new(3))
        .unwrap();
    assert!(
        written.revision_id.as_str().contains(".0000000003."),
        "{written:?}"
    );
}

#[test]
fn a_fault_of_a_call_that_does_not_exist_is_rejected() {
    let sandbox = controlled();
    let add = |call: &str| {
        request(
            &sandbox,
            "POST",
            "/sandbox/faults",
            Some(json!({ "call": call })),
        )
    };
    for (call, message) in [
        (
            "GET /cloud/v2/usrs/{id}",
            "There is no call `/cloud/v2/usrs/{id}`: a documented path",
        ),
        ("cloud/v2/users/5", "There is no call `cloud/v2/users/5`"),
        (
            "PUT /cloud/v2/users/5",
            "There is no call `PUT /cloud/v2/users/5`, only GET.",
        ),
    ] {
        let reply = add(call);
        assert_eq!(reply.status, 400, "{call}");
        assert!(reply.text().contains(message), "{}", reply.text());
    }
    for call in [
        "/cloud/v2/users/5",
        "get /cloud/v2/users/{anything}",
        "POST /cloud/v2/users/{user}/notifications",
        "/cloud/v2/users/156:generateThumbnail",
    ] {
        assert_eq!(add(call).status, 200, "{call}");
    }
    assert_eq!(get(&sandbox, "faults")["left"], 4);
}

#[test]
fn scripts_return_and_log_what_was_set() {
    use rblx_open_cloud::models::LuauScript;

    let sandbox = controlled();
    let say = |body| request(&sandbox, "POST", "/sandbox/scripts", Some(body));
    let place = sandbox.client().universe(13_058).place(90);
    let run = |source| {
        place
            .run(LuauScript::source(source))
            .wait(Duration::from_secs(60))
    };

    assert_eq!(
        say(json!({ "returns": [true, { "passed": 1 }] })).json()["scripts"],
        1
    );
    say(json!({ "contains": "broken", "error": "line 3: no", "log": ["loading"] }));
    let result = run("return tests()").unwrap();
    assert!(result.first::<bool>().unwrap());
    assert_eq!(result.results[1].as_str(), r#"{"passed":1}"#);
    let error = run("broken()").unwrap_err();
    assert_eq!(
        (error.code(), error.message()),
        (Some("SCRIPT_ERROR"), "line 3: no")
    );

    for (body, message) in [
        (
            json!({ "returns": [1], "error": "x" }),
            "either `returns` or `error`",
        ),
        (json!({ "returns": 1 }), "`returns` must be a list"),
        (json!({ "log": [1] }), "`log` must be a list of texts"),
        (
            json!({ "return": [1] }),
            "Unknown field `return`, expected contains, returns, error, log",
        ),
    ] {
        let reply = say(body);
        assert_eq!(reply.status, 400);
        assert!(reply.text().contains(message), "{}", reply.text());
    }
    request(&sandbox, "DELETE", "/sandbox/scripts", None);
    assert_eq!(run("return 1").unwrap().results, []);
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
fn missing_paths_are_named() {
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
    let length = get(&sandbox, "state").to_string().len();
    let expected = Duration::from_millis(50);
    sandbox.bandwidth(Some(20 * length as u64));
    let started = Instant::now();
    get(&sandbox, "state");
    assert!(
        started.elapsed() >= expected,
        "{:?} for {length} bytes",
        started.elapsed()
    );

    sandbox.bandwidth(None);
    sandbox.latency(Duration::from_secs(3600));
    let mut raw = Raw::connect(&sandbox);
    raw.send("GET /sandbox/info HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let started = Instant::now();
    drop(sandbox);
    assert!(started.elapsed() < Duration::from_secs(20), "not the hour");
}
