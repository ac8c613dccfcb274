//! Requests that are sent again and requests that are not, and their errors.

use std::time::{Duration, Instant};

use crate::support::{KEY, MockServer, json, ok, with_headers};
use rblx_open_cloud::models::Asset;
use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};
use serde_json::json;

fn retrying(peer: &MockServer) -> Client {
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    peer.builder().retry(policy).build().unwrap()
}

const NOTHING: &[u8] = b"";

#[test]
fn a_404_after_a_lost_deletion_is_success() {
    for first in [NOTHING.to_vec(), json(503, "{}"), json(504, "")] {
        let peer = MockServer::replying([first, json(404, "{}")]);
        retrying(&peer).user(1).unfollow_universe(5).unwrap();
        assert_eq!(peer.requests().len(), 2);
    }
    // But not if the first attempt did nothing.
    for first in [
        with_headers(429, "retry-after: 0\r\n", "{}"),
        json(404, "{}"),
    ] {
        let peer = MockServer::replying([first, json(404, "{}")]);
        let error = retrying(&peer).user(1).unfollow_universe(5).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(!error.outcome_unknown(), "{error}");
    }
}

#[test]
fn an_unknown_outcome_is_reported_for_whatever_changes_something() {
    let lost = || MockServer::replying([NOTHING.to_vec()]);
    assert!(!lost().client().user(1).get().unwrap_err().outcome_unknown());
    let group = lost().client().group(7);
    let error = group.accept_join_request(5).unwrap_err();
    assert!(error.outcome_unknown());
    assert!(
        error.to_string().contains("may have been carried out"),
        "{error}"
    );
    // Doing this twice does no harm, so nobody has to look.
    let error = lost().client().group(7).set_role(5, 6).unwrap_err();
    assert!(error.outcome_unknown());
    assert!(!error.to_string().contains("check before"), "{error}");
    // A rejection did nothing.
    let rejected = MockServer::replying([json(403, "{}")]);
    let error = rejected
        .client()
        .group(7)
        .accept_join_request(5)
        .unwrap_err();
    assert!(!error.outcome_unknown());
}

#[test]
fn permanent_rejections_are_not_retried() {
    for (status, attempts) in [(501, 1), (505, 1), (499, 4), (503, 4)] {
        let peer = MockServer::replying([json(status, "{}")]);
        let error = retrying(&peer).user(1).get().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
        assert_eq!(peer.requests().len(), attempts, "{status}");
    }
}

#[test]
fn a_condition_that_fails_is_a_conflict_whatever_its_status() {
    for (status, body) in [
        (409, json!({})),
        (412, json!({})),
        (400, json!({"code": "ALREADY_EXISTS", "message": "m"})),
        (412, json!({"code": "FAILED_PRECONDITION", "message": "m"})),
        (409, json!({"code": "ABORTED", "message": "m"})),
    ] {
        let peer = MockServer::replying([json(status, body.to_string())]);
        let error = peer.client().group(7).accept_join_request(5).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict, "{status} {body}");
    }
    let peer = MockServer::replying([json(400, r#"{"code":"FAILED_PRECONDITION","message":"m"}"#)]);
    let error = peer.client().group(7).accept_join_request(5).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
}

#[test]
fn a_wait_outlasts_errors_that_pass() {
    let running = || ok(r#"{"path":"operations/1","done":false}"#);
    let peer = MockServer::replying([
        running(),
        with_headers(429, "retry-after: 0\r\n", "{}"),
        json(503, "{}"),
        NOTHING.to_vec(),
        json(502, "<html>"),
        running(),
        ok(r#"{"path":"operations/1","done":true,"response":{"assetId":"5"}}"#),
    ]);
    let mut operation = peer.client().operation::<Asset>("operations/1");
    let asset = operation.wait(Duration::from_secs(60)).unwrap();
    assert_eq!(asset.asset_id.get(), 5);
    assert_eq!(peer.requests().len(), 7);
}

#[test]
fn a_wait_that_runs_out_says_that_the_request_was_accepted() {
    let started = Instant::now();
    let peer = MockServer::replying([
        ok(r#"{"path":"operations/1","done":false}"#),
        json(503, "{}"),
    ]);
    let mut operation = peer.client().operation::<Asset>("operations/1");
    let error = operation.wait(Duration::from_millis(30)).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!(error.kind(), ErrorKind::StillRunning);
    assert_eq!(error.operation(), Some("operations/1"));
    let text = error.to_string();
    assert!(
        text.contains("accepted") && text.contains("operations/1"),
        "{text}"
    );
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("503"), "{source}");
    // What does not pass ends the wait at once.
    let peer = MockServer::replying([json(403, "{}")]);
    let mut operation = peer.client().operation::<Asset>("operations/1");
    let error = operation.wait(Duration::from_secs(60)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(!format!("{error:?}").contains(KEY));
}

#[test]
fn a_used_up_window_is_waited_for_only_on_request() {
    let used_up =
        "x-ratelimit-limit: 1;w=60\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 60\r\n";
    let body = r#"{"path":"users/1","id":"1","name":"n","displayName":"d","createTime":"2006-03-08T14:01:02Z"}"#;
    let peer = MockServer::new(move |_, _| with_headers(200, used_up, body));
    let client = peer.client();
    let started = Instant::now();
    for _ in 0..3 {
        client.user(1).get().unwrap();
    }
    assert!(
        started.elapsed() < Duration::from_secs(30),
        "the client did not enable waiting"
    );
}
