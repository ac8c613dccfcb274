//! The state of a request between its attempts.

use std::time::{Duration, Instant};

use super::authenticator::AuthHeader;
use super::request::Request;
use super::transport::Secret;
use crate::auth::TokenWait;
use crate::error::{Error, ErrorKind};

/// The context of one attempt.
pub(super) struct AttemptContext {
    pub(super) auth: Option<AuthHeader>,
    /// The time left for the call, if it is limited.
    pub(super) time_left: Option<Duration>,
    /// An earlier attempt may have been carried out.
    pub(super) was_ambiguous: bool,
    /// Counted from 1.
    pub(super) number: u32,
    pub(super) started: Instant,
    /// The token that the rate limiter returned for the request; 0 if it was not called.
    pub(super) limit_token: u64,
}

impl AttemptContext {
    pub(super) fn secret(&self) -> Option<&Secret> {
        self.auth.as_ref().map(|auth| &*auth.secret)
    }

    /// Whether a 404 says that an earlier attempt deleted the resource.
    pub(super) fn earlier_attempt_deleted(&self, request: &Request, error: &Error) -> bool {
        self.was_ambiguous && request.endpoint.retried_404_is_success && error.status() == Some(404)
    }
}

/// The state of a request: its attempts so far.
pub(super) struct RetryState {
    pub(super) started: Instant,
    pub(super) budget: Option<Duration>,
    pub(super) attempts: u32,
    pub(super) token_replaced: bool,
    /// The tokens that its retries took from the quota.
    pub(super) quota_taken: u32,
    pub(super) was_ambiguous: bool,
    /// The time spent waiting for a rate limit.
    pub(super) waited: Duration,
}

impl RetryState {
    pub(super) fn new(budget: Option<Duration>) -> Self {
        Self {
            started: Instant::now(),
            budget,
            attempts: 0,
            token_replaced: false,
            quota_taken: 0,
            was_ambiguous: false,
            waited: Duration::ZERO,
        }
    }

    /// Returns the limits of the call's wait for a token.
    pub(super) fn token_wait<'a>(&self, is_stopped: &'a dyn Fn() -> bool) -> TokenWait<'a> {
        TokenWait {
            deadline: self
                .budget
                .and_then(|budget| self.started.checked_add(budget)),
            is_stopped,
        }
    }

    pub(super) fn time_left(&self) -> Option<Duration> {
        Some(self.budget?.saturating_sub(self.started.elapsed()))
    }
}

pub(super) fn not_sent() -> Error {
    Error::new(
        ErrorKind::Shutdown,
        "the client was shut down before the request was sent",
    )
}

/// Returns the error of a call that a stop signal ended.
pub(super) fn shutdown(error: Error) -> Error {
    if error.kind() == ErrorKind::InvalidInput {
        return error;
    }
    error.map(|inner| {
        inner.kind = ErrorKind::Shutdown;
        inner.message = format!(
            "the client was shut down during the call ({})",
            inner.message
        );
    })
}
