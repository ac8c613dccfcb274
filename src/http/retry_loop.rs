//! The loop of attempts.

use std::time::{Duration, Instant};

use super::attempt::{AttemptContext, RetryState, not_sent, shutdown};
use super::authenticator::AuthHeader;
use super::event::ClientEvent;
use super::executor::HttpClient;
use super::request::Request;
use super::retry::{self, Attempt};
#[cfg(feature = "sync")]
use crate::endpoint::Method;
use crate::error::{Error, Result, Retryability};

impl HttpClient {
    /// Sends a request until it succeeds or the policy says that it is enough. The last error is returned.
    pub(super) fn with_retries<T>(
        &self,
        request: &Request,
        mut send: impl FnMut(&AttemptContext) -> Result<T>,
    ) -> Result<T> {
        let mut state = RetryState::new(self.time_budget(request));
        loop {
            state.attempts = state.attempts.saturating_add(1);
            self.wait_for_rate_limit(request, &mut state)?;
            // Authentication errors are returned as they are.
            let context = AttemptContext {
                auth: self.authorize(request)?,
                time_left: state.time_left(),
                was_ambiguous: state.was_ambiguous,
                number: state.attempts,
                started: Instant::now(),
            };
            self.shared().events.report(|| ClientEvent::Attempt {
                method: request.endpoint.method,
                endpoint: request.endpoint.path(),
                path: request.path(),
                attempt: context.number,
            });
            let error = match send(&context) {
                Ok(value) => {
                    self.shared().quota.give_back(state.quota_taken);
                    return Ok(value);
                }
                Err(error) => error,
            };
            if self.options.stop.is_stopped() {
                return Err(self.finish_error(shutdown(error), request, &state));
            }
            // A 401 does not count as an attempt if there is another token.
            if !state.token_replaced && self.replace_token(&error, context.auth.as_ref())? {
                state.token_replaced = true;
                state.attempts = state.attempts.saturating_sub(1);
                continue;
            }
            state.was_ambiguous |= error.retryability().is_ambiguous();
            let Some(delay) = self.next_delay(request, &error, &mut state) else {
                return Err(self.finish_error(error, request, &state));
            };
            if !self.options.stop.sleep(delay) {
                return Err(self.finish_error(shutdown(error), request, &state));
            }
        }
    }

    /// The time for all attempts of a request.
    fn time_budget(&self, request: &Request) -> Option<Duration> {
        match (request.time_budget, self.options.deadline) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        }
    }

    fn next_delay(
        &self,
        request: &Request,
        error: &Error,
        state: &mut RetryState,
    ) -> Option<Duration> {
        if !self.options.retries {
            return None;
        }
        let attempt = Attempt {
            number: state.attempts,
            retryability: if error.body_consumed() {
                Retryability::Permanent
            } else {
                error.retryability()
            },
            repeat: request.repeat,
            retry_after: error.retry_after(),
            // Rate-limit waits do not use up the retry budget.
            elapsed: state.started.elapsed().saturating_sub(state.waited),
        };
        let limited = state
            .budget
            .map(|budget| self.shared().retry.limited_to(budget));
        let policy = limited.as_ref().unwrap_or(&self.shared().retry);
        let delay = retry::next_delay(policy, attempt, retry::random_unit())?;
        if !self.shared().quota.take(attempt.cost()) {
            return None;
        }
        state.quota_taken = state.quota_taken.saturating_add(attempt.cost());
        self.shared().events.report(|| ClientEvent::Retry {
            method: request.endpoint.method,
            endpoint: request.endpoint.path(),
            path: request.path(),
            attempt: attempt.number,
            kind: error.kind(),
            status: error.status(),
            delay,
        });
        Some(delay)
    }

    /// Reports that a caller who decides about retries sends a request again after a delay.
    #[cfg(feature = "sync")]
    pub(crate) fn report_retry(
        &self,
        method: Method,
        error: &Error,
        attempt: u32,
        delay: Duration,
    ) {
        self.shared().events.report(|| ClientEvent::Retry {
            method,
            endpoint: error.endpoint().unwrap_or_default(),
            path: error.path().unwrap_or_default(),
            attempt,
            kind: error.kind(),
            status: error.status(),
            delay,
        });
    }

    /// Waits for the next window if the current one is used up, unless the caller does not have that much time.
    fn wait_for_rate_limit(&self, request: &Request, state: &mut RetryState) -> Result<()> {
        if self.options.stop.is_stopped() {
            state.attempts = state.attempts.saturating_sub(1);
            return Err(self.finish_error(not_sent(), request, state));
        }
        if !self.options.wait_on_rate_limit || request.is_anonymous {
            return Ok(());
        }
        let limiter = &self.shared().rate_limiter;
        let started = Instant::now();
        while let Some(wait) = limiter.acquire(&request.endpoint, Instant::now()) {
            if state.time_left().is_some_and(|left| left < wait) {
                break;
            }
            self.shared().events.report(|| ClientEvent::RateLimitWait {
                method: request.endpoint.method,
                endpoint: request.endpoint.path(),
                path: request.path(),
                delay: wait,
            });
            if !self.options.stop.sleep(wait) {
                state.attempts = state.attempts.saturating_sub(1);
                return Err(self.finish_error(not_sent(), request, state));
            }
        }
        state.waited = state.waited.saturating_add(started.elapsed());
        Ok(())
    }

    /// The credential of the next attempt. A body that holds a credential itself goes out without one.
    fn authorize(&self, request: &Request) -> Result<Option<AuthHeader>> {
        let secret_body = request.secret_body.as_ref();
        if request.is_anonymous || secret_body.is_some_and(|body| !body.has_credential()) {
            return Ok(None);
        }
        self.shared().authenticator.authorize(&self.transport)
    }

    /// Whether the token was rejected, there is another one, and the body can be sent again.
    fn replace_token(&self, error: &Error, auth: Option<&AuthHeader>) -> Result<bool> {
        match auth.filter(|_| error.status() == Some(401) && !error.body_consumed()) {
            Some(auth) => self.shared().authenticator.replace(auth),
            None => Ok(false),
        }
    }
}
