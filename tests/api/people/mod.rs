//! Notifications, followings, forums and the legacy service of groups: requests and responses.

mod audit_log;
mod followings;
mod forum;
mod large_group;
mod legacy_groups;
mod notifications;

use crate::support::{MockServer, Received, attempts, ok, sent};
use rblx_open_cloud::Client;

/// Returns the result of a call with this response.
fn with_response<T>(response: impl AsRef<[u8]>, call: impl FnOnce(Client) -> T) -> T {
    call(MockServer::replying([ok(response)]).client())
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
