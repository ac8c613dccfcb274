//! Notifications, followings, forums and the legacy service of groups: requests and responses.

mod audit_log;
mod followings;
mod forum;
mod large_group;
mod legacy_groups;
mod notifications;

use std::time::Duration;

use crate::support::{MockServer, Received, json, ok};
use rblx_open_cloud::{Client, Result, RetryPolicy};

/// Returns the request of a call, which gets an empty response.
fn sent<T>(call: impl FnOnce(Client) -> Result<T>) -> Received {
    let peer = MockServer::replying([ok("{}")]);
    let _ = call(peer.client());
    peer.requests().remove(0)
}

/// Returns the result of a call with this response.
fn with_response<T>(response: impl AsRef<[u8]>, call: impl FnOnce(Client) -> T) -> T {
    call(MockServer::replying([ok(response)]).client())
}

/// Returns the number of attempts of a call while the service is unavailable.
fn attempts<T>(call: impl FnOnce(Client) -> Result<T>) -> usize {
    let quick = RetryPolicy::default()
        .initial_backoff(Duration::from_millis(1))
        .max_backoff(Duration::from_millis(1));
    let peer = MockServer::replying([json(503, "{}")]);
    assert!(call(peer.builder().retry(quick).build().unwrap()).is_err());
    peer.requests().len()
}

fn assert_sent(request: &Received, method: &str, target: &str, body: &str) {
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        (method, target)
    );
    assert_eq!(String::from_utf8_lossy(&request.body), body, "{target}");
    let content_type = (!body.is_empty()).then_some("application/json");
    assert_eq!(request.header("content-type"), content_type, "{target}");
}
