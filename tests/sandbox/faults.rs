//! Every fault that a test can set.

use crate::common::{FORM_TYPE, PNG, Raw, decal, form, upload};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::Value;

const USER: &str = "/cloud/v2/users/156";

fn once(fault: Fault) -> (Sandbox, Raw) {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(fault);
    let raw = Raw::connect(&sandbox);
    (sandbox, raw)
}

#[test]
fn statuses_come_once_and_in_order() {
    let (sandbox, mut raw) = once(Fault::status(409, "ABORTED", "again"));
    sandbox.fail_next_times(Fault::unavailable(), 2);
    let first = raw.get(USER);
    assert_eq!(
        (first.status, first.text().as_str()),
        (409, r#"{"code":"ABORTED","message":"again"}"#)
    );
    assert_eq!(
        (
            raw.get(USER).status,
            raw.get(USER).status,
            raw.get(USER).status
        ),
        (503, 503, 200)
    );
    assert_eq!(sandbox.requests().len(), 4);
    sandbox.fail_next_times(Fault::close_connection(), 3);
    assert_eq!(sandbox.faults_left(), 3);
    sandbox.clear_faults();
    assert_eq!(raw.get(USER).status, 200);
}

#[test]
fn faults_for_one_call() {
    let (sandbox, mut raw) = once(Fault::status(500, "INTERNAL", "queue"));
    let user = "/cloud/v2/users/{id}";
    sandbox.fail_on(user, Fault::status(501, "A", "template"));
    sandbox.fail_on("post /assets/v1/assets", Fault::unavailable());
    sandbox.fail_on_times("GET /cloud/v2/groups/7/roles", Fault::unavailable(), 2);
    assert_eq!(sandbox.faults_left(), 5);
    // The fault of the call first; the queue waits.
    assert_eq!((raw.get(USER).status, raw.get(USER).status), (501, 500));
    assert_eq!(raw.get(USER).status, 200);
    for status in [503, 503, 200] {
        assert_eq!(raw.get("/cloud/v2/groups/7").status, 200);
        assert_eq!(raw.get("/cloud/v2/groups/9/roles").status, 200);
        assert_eq!(raw.get("/cloud/v2/groups/7/roles?a=b").status, status);
    }
    assert_eq!(raw.get("/assets/v1/assets/1").status, 404);
    let failed = upload(&mut raw, &decal("x"), ("a.png", "image/png", PNG));
    assert_eq!((failed.status, sandbox.faults_left()), (503, 0));

    sandbox.fail_on_times(user, Fault::unavailable(), usize::MAX);
    sandbox.fail_next_times(Fault::unavailable(), usize::MAX);
    assert_eq!(sandbox.faults_left(), usize::MAX);
    sandbox.clear_faults();
    sandbox.fail_on_times(user, Fault::unavailable(), 0);
    assert_eq!((raw.get(USER).status, sandbox.faults_left()), (200, 0));
    // A call that the sandbox does not support can fail like any other.
    sandbox.fail_on("/cloud/v2/universes/{universe_id}", Fault::unavailable());
    assert_eq!(raw.get("/cloud/v2/universes/5").status, 503);
}

#[test]
fn rate_limited() {
    let (sandbox, mut raw) = once(Fault::rate_limited(7));
    let limited = raw.get(USER);
    assert_eq!(
        (limited.status, limited.header("retry-after")),
        (429, Some("7"))
    );
    assert_eq!(
        (
            limited.header("x-ratelimit-remaining"),
            limited.header("x-ratelimit-reset")
        ),
        (Some("0"), Some("7"))
    );
    assert_eq!(limited.json()["code"], "RESOURCE_EXHAUSTED");
    sandbox.fail_next(Fault::rate_limited(0));
    let limited = upload(&mut raw, &decal("x"), ("a.png", "image/png", PNG));
    assert_eq!(
        (limited.status, limited.json().pointer("/errors/0/code")),
        (429, Some(&Value::from(0)))
    );
    assert!(sandbox.uploads().is_empty());
    assert_eq!(raw.get(USER).status, 200, "the upload's body was read");
}

#[test]
fn gateway_page_and_raw() {
    let (sandbox, mut raw) = once(Fault::gateway_html(502).header("x-extra", "a\r\nb: c"));
    let page = raw.get(USER);
    assert_eq!(
        (
            page.status,
            page.header("content-type"),
            page.header("server")
        ),
        (502, Some("text/html"), Some("haproxy"))
    );
    assert!(page.text().contains("<html>"));
    assert_eq!(
        (page.header("x-extra"), page.header("b")),
        (Some("a  b: c"), None)
    );
    sandbox.fail_next(Fault::raw(200, "text/plain", "{\"a\":1}"));
    let raw_response = raw.get(USER);
    assert_eq!(
        (
            raw_response.header("content-type"),
            raw_response.text().as_str()
        ),
        (Some("text/plain"), "{\"a\":1}")
    );
    sandbox.fail_next(Fault::raw(204, "text/plain", "not sent"));
    assert_eq!(raw.get(USER).status, 204);
    assert_eq!(raw.get(USER).status, 200);
}

#[test]
fn closed_connections_and_missing_responses() {
    for fault in [Fault::close_connection(), Fault::lost_answer()] {
        let (_sandbox, mut raw) = once(fault);
        raw.send(raw.head("GET", USER, &[]));
        assert!(raw.rest().is_empty());
    }
    let (_sandbox, mut raw) = once(Fault::never_respond());
    raw.stream
        .set_read_timeout(Some(std::time::Duration::from_millis(50)))
        .unwrap();
    raw.send(raw.head("GET", USER, &[]));
    let silence = raw.try_reply().unwrap_err().kind();
    assert!(matches!(
        silence,
        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
    ));
}

#[test]
fn faults_with_and_without_an_effect() {
    for (fault, uploads) in [
        (Fault::close_connection(), 0),
        (Fault::unavailable(), 0),
        (Fault::lost_answer(), 1),
        (Fault::cut_body(), 1),
        (Fault::truncated_json(), 1),
    ] {
        let (sandbox, mut raw) = once(fault.clone());
        let body = form(&decal("n"), Some(("a.png", "image/png", PNG)));
        raw.send(raw.head(
            "POST",
            "/assets/v1/assets",
            &[FORM_TYPE, &format!("content-length: {}", body.len())],
        ));
        raw.send(body);
        let _ = raw.try_reply();
        assert_eq!(sandbox.uploads().len(), uploads, "{fault:?}");
    }
}

#[test]
fn half_a_body_and_half_of_the_json() {
    let (_sandbox, mut raw) = once(Fault::cut_body());
    raw.send(raw.head("GET", USER, &["accept-encoding: gzip"]));
    let all = String::from_utf8(raw.rest()).unwrap();
    let (head, half) = all.split_once("\r\n\r\n").unwrap();
    let declared = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    assert_eq!(declared.parse::<usize>().unwrap() / 2, half.len());
    assert!(head.starts_with("HTTP/1.1 200"));
    let (sandbox, mut raw) = once(Fault::truncated_json());
    let truncated = raw.get(USER);
    assert_eq!(truncated.status, 200);
    assert!(serde_json::from_slice::<Value>(&truncated.body).is_err());
    assert_eq!(raw.get(USER).status, 200);
    assert_eq!(sandbox.requests().len(), 2);
}

#[test]
fn empty_pages_continue_at_the_same_position() {
    let (sandbox, mut raw) = once(Fault::empty_page());
    let target = "/cloud/v2/users/156/inventory-items?maxPageSize=100";
    let empty = raw.get(target).json();
    assert_eq!(empty["inventoryItems"].as_array().unwrap().len(), 0);
    let token = empty["nextPageToken"].as_str().unwrap();
    let first = raw.get(&format!("{target}&pageToken={token}")).json();
    assert_eq!(
        first["inventoryItems"][0]["assetDetails"]["assetId"],
        "1028595"
    );
    let token = first["nextPageToken"].as_str().unwrap();
    sandbox.fail_next_times(Fault::empty_page(), 2);
    let again = raw.get(&format!("{target}&pageToken={token}")).json();
    let second = again["nextPageToken"].as_str().unwrap();
    assert_ne!(second, token);
    let third = raw.get(&format!("{target}&pageToken={second}")).json();
    let third = third["nextPageToken"].as_str().unwrap();
    assert_ne!(third, second);
    let last = raw.get(&format!("{target}&pageToken={third}")).json();
    assert_eq!(
        (
            last["inventoryItems"].as_array().unwrap().len(),
            &last["nextPageToken"]
        ),
        (50, &Value::from(""))
    );
    sandbox.fail_next(Fault::empty_page());
    assert_eq!(raw.get(USER).status, 200, "not a list");
}

#[test]
fn faults_of_an_unread_large_upload_reach_the_client() {
    let (_sandbox, mut raw) = once(Fault::rate_limited(1));
    raw.send(raw.head(
        "POST",
        "/assets/v1/assets",
        &[
            "content-length: 20000000",
            "content-type: multipart/form-data; boundary=b",
        ],
    ));
    for _ in 0..200 {
        assert!(raw.send(vec![b'x'; 100_000]));
    }
    assert_eq!(raw.reply().status, 429);
}
