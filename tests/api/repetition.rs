//! Checks whether calls are sent again after their first attempt failed.

use crate::support::{MockServer, Received, ok};
use rblx_open_cloud::{Client, Error, Result};

/// The attempts of a call whose first attempt failed.
pub(crate) struct Repetition {
    pub(crate) requests: Vec<Received>,
    pub(crate) error: Option<Error>,
}

impl Repetition {
    /// Makes a call to a peer that fails once and then returns `success`.
    ///
    /// Asserts that the request is sent once and the call fails, or that an equal request is sent again and the call
    /// succeeds.
    pub(crate) fn after(
        failure: &[u8],
        success: &str,
        name: &str,
        call: impl FnOnce(&Client) -> Result<()>,
    ) -> Self {
        let peer = MockServer::replying([failure.to_vec(), ok(success)]);
        let error = call(&peer.retrying_client()).err();
        let requests = peer.requests();
        match &error {
            None => assert_eq!(requests.len(), 2, "{name}"),
            Some(error) => assert_eq!(
                (requests.len(), error.attempts()),
                (1, 1),
                "{name}: {error}"
            ),
        }
        for request in &requests {
            assert_eq!(request.target, requests[0].target, "{name}");
            let content_type = request.header("content-type").unwrap_or_default();
            if content_type.starts_with("multipart/") {
                // Each attempt has another boundary.
                assert_eq!(request.body.len(), requests[0].body.len(), "{name}");
            } else {
                assert_eq!(request.body, requests[0].body, "{name}");
            }
        }
        Self { requests, error }
    }

    /// Asserts that an error says that the outcome is unknown, or, for calls that change nothing, does not.
    pub(crate) fn assert_outcome(self, is_unknown: bool, name: &str) -> Self {
        if let Some(error) = &self.error {
            assert_eq!(error.outcome_unknown(), is_unknown, "{name}: {error}");
        }
        self
    }

    pub(crate) fn is_repeated(&self) -> bool {
        self.error.is_none()
    }
}
