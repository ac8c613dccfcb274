//! Sends requests: the loop of attempts, and the one place where a response becomes a value or an error.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::attempt::{AttemptContext, RetryState, not_sent, shutdown};
use super::authenticator::{AuthHeader, Authenticator};
use super::base_url::Hosts;
use super::config::Settings;
use super::error_body::ErrorBody;
use super::event::{ClientEvent, EventHook};
use super::rate_limit::{ProcessLimiter, RateLimit, RateLimiter};
use super::received::Received;
use super::request::Request;
use super::response::Response;
use super::retry::{self, Attempt, RetryPolicy};
use super::retry_quota::RetryQuota;
use super::secret_body::{self, SecretBody};
use super::stop::StopSignal;
use super::transport::Transport;
use super::upload_body::UploadBody;
use super::{api_error, redact};
use crate::auth::Credential;
use crate::endpoint::Method;
use crate::error::{Error, ErrorKind, Result, Retryability};

/// Sends the requests of a [`Client`](crate::Client). Clones share connections, credential and rate limits.
#[derive(Debug, Clone)]
pub(crate) struct HttpClient {
    shared: Arc<Shared>,
    pub(super) transport: Transport,
    options: CallOptions,
}

#[derive(Debug)]
struct Shared {
    hosts: Hosts,
    authenticator: Authenticator,
    has_token: bool,
    retry: RetryPolicy,
    quota: RetryQuota,
    events: EventHook,
    rate_limiter: Box<dyn RateLimiter>,
    poll_interval: Option<(Duration, Duration)>,
}

/// What one clone of a client does differently from another.
#[derive(Debug, Clone)]
struct CallOptions {
    /// Wait for the next window of a rate limit instead of being rejected.
    wait_on_rate_limit: bool,
    /// The time for each call with all its attempts.
    deadline: Option<Duration>,
    stop: StopSignal,
}

impl HttpClient {
    pub(crate) fn new(
        hosts: Hosts,
        credential: Option<&Credential>,
        settings: Settings,
    ) -> Result<Self> {
        let stop = StopSignal::default();
        let transport = Transport::new(&hosts.api, &settings, &stop)?;
        let shared = Shared {
            authenticator: Authenticator::new(credential, &transport)?,
            has_token: credential.is_some_and(Credential::is_token),
            hosts,
            quota: RetryQuota::new(settings.retry.quota_capacity()),
            retry: settings.retry,
            events: settings.events,
            rate_limiter: Box::new(ProcessLimiter::default()),
            poll_interval: settings.poll_interval,
        };
        Ok(Self {
            shared: Arc::new(shared),
            transport,
            options: CallOptions {
                wait_on_rate_limit: settings.waits_on_rate_limit,
                deadline: None,
                stop,
            },
        })
    }

    /// Returns a clone that waits for the next window of a rate limit, whatever the settings say.
    #[cfg(feature = "sync")]
    pub(crate) fn waiting_on_rate_limit(mut self) -> Self {
        self.options.wait_on_rate_limit = true;
        self
    }

    /// Returns a clone whose calls also end with a signal of their own.
    #[cfg(feature = "sync")]
    pub(crate) fn with_stop(mut self, stop: &StopSignal) -> Self {
        self.transport = self.transport.with_stop(stop);
        self.options.stop = stop.clone();
        self
    }

    /// Returns a clone whose calls take at most this time, with all attempts.
    pub(crate) fn with_deadline(mut self, limit: Duration) -> Self {
        self.options.deadline = Some(limit);
        self
    }

    /// The time that each call has, if it is limited.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.options.deadline
    }

    /// The signal that ends the calls of this clone.
    pub(crate) fn stop_signal(&self) -> &StopSignal {
        &self.options.stop
    }

    /// The base URL of the API, for texts.
    pub(crate) fn base_url(&self) -> &str {
        self.shared.hosts.api.base()
    }

    /// Whether the API is on this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.shared.hosts.api.is_loopback
    }

    /// The delays between polls, if they are set.
    pub(crate) fn poll_interval(&self) -> Option<(Duration, Duration)> {
        self.shared.poll_interval
    }

    /// The API key, if the client has one.
    pub(crate) fn api_key(&self) -> Option<String> {
        self.shared
            .authenticator
            .api_key()
            .filter(|_| !self.shared.has_token)
    }

    /// What the last response of a call with this documented path reported about its rate limit.
    pub(crate) fn rate_limit(&self, method: Option<Method>, path: &str) -> Option<RateLimit> {
        self.shared.rate_limiter.reported(method, path)
    }

    /// Sends a request and decodes the response.
    pub(crate) fn send<T: DeserializeOwned>(&self, request: &Request) -> Result<T> {
        self.send_with(request, |received| received.json())
    }

    /// Sends a request whose response says nothing beyond its status.
    pub(crate) fn send_no_content(&self, request: &Request) -> Result<()> {
        let url = self.url(request);
        self.with_retries(request, |attempt| {
            let sent = self.send_once(request, &url, attempt, &|received: &Received<'_>| {
                received.ignore()
            });
            match sent {
                Err(error) if attempt.is_gone(request, &error) => Ok(()),
                sent => sent,
            }
        })
    }

    /// Sends a request and turns the response into a value with `decode`.
    pub(crate) fn send_with<T>(
        &self,
        request: &Request,
        decode: impl Fn(&Received<'_>) -> Result<T>,
    ) -> Result<T> {
        let url = self.url(request);
        self.with_retries(request, |attempt| {
            self.send_once(request, &url, attempt, &decode)
        })
    }

    /// Sends a request with a streamed body and decodes the response.
    pub(crate) fn upload<T: DeserializeOwned>(
        &self,
        request: &Request,
        body: &mut UploadBody,
    ) -> Result<T> {
        self.upload_with(request, body, |received| received.json())
    }

    /// Sends a request with a streamed body and turns the response into a value with `decode`.
    pub(crate) fn upload_with<T>(
        &self,
        request: &Request,
        body: &mut UploadBody,
        decode: impl Fn(&Received<'_>) -> Result<T>,
    ) -> Result<T> {
        let url = self.url(request);
        self.with_retries(request, |attempt| {
            let sent =
                self.transport
                    .upload(request, &url, attempt.secret(), attempt.time_left, body);
            let value =
                sent.and_then(|response| self.handle_response(request, attempt, response, &decode));
            value.map_err(|error| {
                if body.rewind() {
                    error
                } else {
                    error.map(|inner| inner.body_consumed = true)
                }
            })
        })
    }

    fn send_once<T>(
        &self,
        request: &Request,
        url: &str,
        attempt: &AttemptContext,
        decode: &impl Fn(&Received<'_>) -> Result<T>,
    ) -> Result<T> {
        let Some(body) = &request.secret_body else {
            let response =
                self.transport
                    .call(request, url, attempt.secret(), attempt.time_left)?;
            return self.handle_response(request, attempt, response, decode);
        };
        let response = self
            .transport
            .secret_exchange(request, body, url, attempt.time_left)?;
        self.handle_response(request, attempt, response, decode)
            .map_err(secret_body::redact_body)
    }

    /// The URL that a request goes to.
    pub(crate) fn url(&self, request: &Request) -> String {
        self.shared
            .hosts
            .host(request.endpoint.host)
            .url(request.path_and_query())
    }

    /// The choke point: turns a response into a value or an error.
    fn handle_response<T>(
        &self,
        request: &Request,
        attempt: &AttemptContext,
        response: Response,
        decode: &impl Fn(&Received<'_>) -> Result<T>,
    ) -> Result<T> {
        self.shared.events.report(|| ClientEvent::Response {
            method: request.endpoint.method,
            endpoint: request.endpoint.path(),
            path: request.path(),
            attempt: attempt.number,
            status: response.status,
            bytes: response.body.bytes().len() as u64,
            elapsed: attempt.started.elapsed(),
        });
        if let Some(rate_limit) = response.rate_limit {
            self.shared
                .rate_limiter
                .record(&request.endpoint, rate_limit, Instant::now());
        }
        if let Some(headers) = &response.headers {
            return Err(ErrorBody::to_error(
                &response,
                headers,
                request.endpoint.user_content,
            ));
        }
        if let Some(error) = api_error::detect_error(&request.endpoint, &response) {
            return Err(error);
        }
        let value = Received::new(&response).and_then(|received| decode(&received));
        self.transport.recycle(response.body);
        value
    }

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
            self.shared.events.report(|| ClientEvent::Attempt {
                method: request.endpoint.method,
                endpoint: request.endpoint.path(),
                path: request.path(),
                attempt: context.number,
            });
            let error = match send(&context) {
                Ok(value) => {
                    self.shared.quota.give_back(state.quota_taken);
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
            .map(|budget| self.shared.retry.limited_to(budget));
        let policy = limited.as_ref().unwrap_or(&self.shared.retry);
        let delay = retry::next_delay(policy, attempt, retry::random_unit())?;
        if !self.shared.quota.take(attempt.cost()) {
            return None;
        }
        state.quota_taken = state.quota_taken.saturating_add(attempt.cost());
        self.shared.events.report(|| ClientEvent::Retry {
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

    /// Waits for the next window if the current one is used up, unless the caller does not have that much time.
    fn wait_for_rate_limit(&self, request: &Request, state: &mut RetryState) -> Result<()> {
        if self.options.stop.is_stopped() {
            state.attempts = state.attempts.saturating_sub(1);
            return Err(self.finish_error(not_sent(), request, state));
        }
        if !self.options.wait_on_rate_limit || request.is_anonymous {
            return Ok(());
        }
        let limiter = &self.shared.rate_limiter;
        let started = Instant::now();
        while let Some(wait) = limiter.acquire(&request.endpoint, Instant::now()) {
            if state.time_left().is_some_and(|left| left < wait) {
                break;
            }
            self.shared.events.report(|| ClientEvent::RateLimitWait {
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

    /// The credential of the next attempt. A body that is secret itself goes out without one.
    fn authorize(&self, request: &Request) -> Result<Option<AuthHeader>> {
        if request.is_anonymous || request.secret_body.is_some() {
            return Ok(None);
        }
        self.shared.authenticator.authorize(&self.transport)
    }

    /// Whether the token was rejected, there is another one, and the body can be sent again.
    fn replace_token(&self, error: &Error, auth: Option<&AuthHeader>) -> Result<bool> {
        match auth.filter(|_| error.status() == Some(401) && !error.body_consumed()) {
            Some(auth) => self.shared.authenticator.replace(auth),
            None => Ok(false),
        }
    }

    /// Adds what is known about the call to the error that is returned.
    fn finish_error(&self, error: Error, request: &Request, state: &RetryState) -> Error {
        let attempts = state
            .attempts
            .saturating_add(u32::from(state.token_replaced));
        self.redact_for(error, request).map(|inner| {
            inner.has_token = self.shared.has_token;
            let is_sent = inner.kind != ErrorKind::InvalidInput && attempts > 0;
            inner.endpoint =
                (inner.kind != ErrorKind::InvalidInput).then(|| request.endpoint.clone());
            inner.path = inner.endpoint.as_ref().map(|_| request.path().to_owned());
            inner.attempts = if is_sent { attempts } else { 0 };
            inner.is_idempotent = request.is_idempotent();
            let is_unclear = state.was_ambiguous
                || inner.retryability.is_ambiguous()
                || inner.kind == ErrorKind::Decode;
            inner.outcome_unknown = is_sent && is_unclear && !request.is_read();
            if matches!(inner.kind, ErrorKind::Transport | ErrorKind::Timeout) {
                let base_url = self.shared.hosts.host(request.endpoint.host);
                inner
                    .base_url
                    .get_or_insert_with(|| base_url.base().to_owned());
            }
            inner.elapsed = state.started.elapsed();
        })
    }

    /// Makes sure that an error holds neither the credential nor too much text, whatever the service sent.
    pub(crate) fn redact(&self, error: Error) -> Error {
        self.redact_with(error, &[])
    }

    /// The same for the secrets in the body of the request.
    fn redact_for(&self, error: Error, request: &Request) -> Error {
        let secrets = request.secret_body.as_ref().map(SecretBody::secrets);
        self.redact_with(error, secrets.unwrap_or_default())
    }

    fn redact_with(&self, error: Error, secrets: &[String]) -> Error {
        let held = self.transport.secrets();
        let held = held.iter().map(|secret| secret.text());
        let all: Vec<&str> = held.chain(secrets.iter().map(String::as_str)).collect();
        error.map(|inner| redact::redact(inner, &all))
    }
}
