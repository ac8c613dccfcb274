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
use crate::error::{Error, ErrorKind, Result, Retryability};

/// Shorter waits for a rate limit are not worth an event.
const MIN_REPORTED_WAIT: Duration = Duration::from_millis(5);

impl HttpClient {
    /// Sends a request until it succeeds or the policy ends the attempts. Returns the last error.
    pub(super) fn with_retries(
        &self,
        request: &Request,
        send: &mut dyn FnMut(&AttemptContext) -> Result<()>,
    ) -> Result<()> {
        let mut state = RetryState::new(self.time_budget(request));
        loop {
            state.attempts = state.attempts.saturating_add(1);
            let limit_token = self.wait_for_rate_limit(request, &mut state)?;
            let context = AttemptContext {
                auth: self.authorize(request, &mut state)?,
                time_left: state.time_left(),
                was_ambiguous: state.was_ambiguous,
                number: state.attempts,
                started: Instant::now(),
                limit_token,
            };
            self.shared().events.report(|| ClientEvent::Attempt {
                method: request.endpoint.method,
                endpoint: request.endpoint.path(),
                path: request.path(),
                attempt: context.number,
            });
            let error = match send(&context) {
                Ok(()) => {
                    self.shared().quota.give_back(state.quota_taken);
                    return Ok(());
                }
                Err(error) => error,
            };
            if self.options.stop.is_stopped() {
                return Err(self.finish_error(shutdown(error), request, &state));
            }
            // A 401 does not count as an attempt if there is another token.
            if !state.token_replaced && self.replace_token(&error, request, &context, &mut state)? {
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

    /// Waits before a change is tried again after its `number`th conflict with another writer.
    pub(crate) fn wait_after_conflict(&self, number: u32) -> Result<()> {
        let delay = retry::conflict_delay(&self.shared().retry, number, retry::random_unit());
        let slept = self.options.stop.sleep(delay);
        if slept { Ok(()) } else { Err(not_sent()) }
    }

    /// Returns the maximum time for all attempts of a request.
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

    /// Reports the retry of a caller that decides about retries itself.
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

    /// Waits until the rate limit allows the request, if the deadline allows it. Returns the token that the limiter gets
    /// with the response.
    fn wait_for_rate_limit(&self, request: &Request, state: &mut RetryState) -> Result<u64> {
        let stop = &self.options.stop;
        if stop.is_stopped() {
            return Err(self.stopped_before_sending(request, state));
        }
        if !self.options.wait_on_rate_limit || request.is_anonymous {
            return Ok(0);
        }
        let started = Instant::now();
        let mut token = 0;
        loop {
            let left = state.time_left();
            let turn = self
                .shared()
                .rate_limiter
                .acquire(request, token, left, stop);
            token = turn.token();
            // A limiter that blocks returns when the signal stops.
            if stop.is_stopped() {
                return Err(self.stopped_before_sending(request, state));
            }
            let Some(wait) = turn.wait() else {
                break;
            };
            if left.is_some_and(|left| left < wait) {
                token = 0;
                break;
            }
            if wait >= MIN_REPORTED_WAIT {
                self.shared().events.report(|| ClientEvent::RateLimitWait {
                    method: request.endpoint.method,
                    endpoint: request.endpoint.path(),
                    path: request.path(),
                    delay: wait,
                });
            }
            if !stop.sleep(wait) {
                return Err(self.stopped_before_sending(request, state));
            }
        }
        state.waited = state.waited.saturating_add(started.elapsed());
        Ok(token)
    }

    fn stopped_before_sending(&self, request: &Request, state: &mut RetryState) -> Error {
        state.attempts = state.attempts.saturating_sub(1);
        self.finish_error(not_sent(), request, state)
    }

    /// Returns the credential of the next attempt. A body that contains a credential itself is sent without one.
    fn authorize(&self, request: &Request, state: &mut RetryState) -> Result<Option<AuthHeader>> {
        let secret_body = request.secret_body.as_ref();
        if request.is_anonymous || secret_body.is_some_and(|body| !body.has_credential()) {
            return Ok(None);
        }
        let is_stopped = || self.options.stop.is_stopped();
        let authenticator = &self.shared().authenticator;
        let auth = authenticator.authorize(&self.transport, &state.token_wait(&is_stopped));
        auth.map_err(|error| {
            state.attempts = state.attempts.saturating_sub(1);
            self.auth_error(error, request, state)
        })
    }

    /// Whether the token was rejected, there is another one, and the body can be sent again.
    fn replace_token(
        &self,
        error: &Error,
        request: &Request,
        context: &AttemptContext,
        state: &mut RetryState,
    ) -> Result<bool> {
        let auth = context.auth.as_ref();
        let Some(auth) = auth.filter(|_| error.status() == Some(401) && !error.body_consumed())
        else {
            return Ok(false);
        };
        let is_stopped = || self.options.stop.is_stopped();
        let authenticator = &self.shared().authenticator;
        let replaced = authenticator.replace(auth, &state.token_wait(&is_stopped));
        replaced.map_err(|error| self.auth_error(error, request, state))
    }

    /// Authentication errors are returned as they are, since they are about the session. They only record whether an
    /// earlier attempt may have been carried out.
    fn auth_error(&self, error: Error, request: &Request, state: &RetryState) -> Error {
        if error.kind() == ErrorKind::Shutdown {
            return self.finish_error(error, request, state);
        }
        let is_unclear = state.was_ambiguous && !request.is_read();
        error.map(|inner| inner.outcome_unknown |= is_unclear)
    }
}
