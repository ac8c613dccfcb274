//! Sends requests. The only place where a response becomes a value or an error.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::api_error;
use super::attempt::AttemptContext;
use super::authenticator::Authenticator;
use super::base_url::Hosts;
use super::config::Settings;
use super::error_body::ErrorBody;
use super::event::{ClientEvent, EventHook};
use super::limiter::Limiter;
use super::received::{Received, filled, not_decoded};
use super::request::Request;
use super::response::Response;
use super::retry_policy::RetryPolicy;
use super::retry_quota::RetryQuota;
use super::secret_body;
use super::stop::StopSignal;
use super::transport::Transport;
use super::upload_body::UploadBody;
use crate::auth::Credential;
use crate::endpoint::Method;
use crate::error::Result;
use crate::json::Slot;
use crate::rate_limit::report::RateLimit;

/// Decodes a response into a value that it keeps.
type Decode<'a> = dyn FnMut(&Received<'_>) -> Result<()> + 'a;

/// Sends the requests of a [`Client`](crate::Client). Clones share connections, credential and rate limits.
#[derive(Debug, Clone)]
pub(crate) struct HttpClient {
    shared: Arc<Shared>,
    pub(super) transport: Transport,
    pub(super) options: CallOptions,
}

/// The state that all clones share.
#[derive(Debug)]
pub(super) struct Shared {
    hosts: Hosts,
    pub(super) authenticator: Authenticator,
    has_token: bool,
    pub(super) retry: RetryPolicy,
    pub(super) quota: RetryQuota,
    pub(super) events: EventHook,
    pub(super) rate_limiter: Limiter,
    poll_interval: Option<(Duration, Duration)>,
    /// The run of the sandbox that the client talks to, from the settings or from the first response.
    sandbox_run: OnceLock<String>,
}

/// The settings that can differ between clones of a client.
#[derive(Debug, Clone)]
pub(super) struct CallOptions {
    /// Whether to wait for the next window of a rate limit instead of failing with a 429.
    pub(super) wait_on_rate_limit: bool,
    /// Whether failed requests are retried.
    pub(super) retries: bool,
    /// The maximum time of each call with all its attempts.
    pub(super) deadline: Option<Duration>,
    pub(super) stop: StopSignal,
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
            rate_limiter: Limiter::new(settings.rate_limiter, settings.events.clone()),
            events: settings.events,
            poll_interval: settings.poll_interval,
            sandbox_run: settings
                .sandbox_run
                .map_or_else(OnceLock::new, OnceLock::from),
        };
        Ok(Self {
            shared: Arc::new(shared),
            transport,
            options: CallOptions {
                wait_on_rate_limit: settings.waits_on_rate_limit,
                retries: true,
                deadline: None,
                stop,
            },
        })
    }

    /// Returns a clone that waits for the next window of a rate limit.
    pub(crate) fn waiting_on_rate_limit(mut self) -> Self {
        self.options.wait_on_rate_limit = true;
        self
    }

    /// Returns a clone that does not retry, for a caller that decides about the next attempt.
    pub(crate) fn without_retries(mut self) -> Self {
        self.options.retries = false;
        self
    }

    /// Returns the retry policy.
    #[cfg(feature = "sync")]
    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        &self.shared.retry
    }

    /// Returns the run of the sandbox that this client talks to, if it is known.
    #[cfg(feature = "sync")]
    pub(crate) fn sandbox_run(&self) -> Option<&str> {
        self.shared.sandbox_run.get().map(String::as_str)
    }

    /// Returns a clone whose calls also end with this signal.
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

    /// Returns the maximum time of each call, if it is limited.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.options.deadline
    }

    /// Returns the signal that ends the calls of this clone.
    pub(crate) fn stop_signal(&self) -> &StopSignal {
        &self.options.stop
    }

    /// Returns the base URL of the API, for texts.
    pub(crate) fn base_url(&self) -> &str {
        self.shared.hosts.api.base()
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Whether the credential is an access token.
    pub(super) fn has_token(&self) -> bool {
        self.shared.has_token
    }

    pub(super) fn hosts(&self) -> &Hosts {
        &self.shared.hosts
    }

    /// Whether the API is on this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.shared.hosts.api.is_loopback
    }

    /// Returns the delays between polls, if they are set.
    pub(crate) fn poll_interval(&self) -> Option<(Duration, Duration)> {
        self.shared.poll_interval
    }

    /// Returns the API key, if the client has one.
    pub(crate) fn api_key(&self) -> Option<String> {
        self.shared
            .authenticator
            .api_key()
            .filter(|_| !self.shared.has_token)
    }

    /// Returns the rate limit that the last response of a call with this documented path reported.
    pub(crate) fn rate_limit(&self, method: Option<Method>, path: &str) -> Option<RateLimit> {
        self.shared.rate_limiter.reported(method, path)
    }

    /// Sends a request and decodes the response.
    pub(crate) fn send<T: DeserializeOwned>(&self, request: &Request) -> Result<T> {
        filled(|slot| self.fill(request, slot))
    }

    /// Sends a request and decodes the response into a slot.
    pub(crate) fn fill(&self, request: &Request, slot: &mut dyn Slot) -> Result<()> {
        self.send_decoded(request, &mut |received| received.fill(slot))
    }

    /// Sends a request and ignores the body of the response.
    pub(crate) fn send_no_content(&self, request: &Request) -> Result<()> {
        let url = self.url(request);
        self.with_retries(request, &mut |attempt| {
            let sent = self.send_once(request, &url, attempt, &mut |received| received.ignore());
            match sent {
                Err(error) if attempt.earlier_attempt_deleted(request, &error) => Ok(()),
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
        // Only decoding is generic, so that the loop of attempts is compiled once.
        let mut value = None;
        self.send_decoded(request, &mut |received| {
            value = Some(decode(received)?);
            Ok(())
        })?;
        value.ok_or_else(not_decoded)
    }

    /// Sends a request and passes the response to `decode`, which keeps what it needs of it.
    pub(crate) fn send_decoded(&self, request: &Request, decode: &mut Decode<'_>) -> Result<()> {
        let url = self.url(request);
        self.with_retries(request, &mut |attempt| {
            self.send_once(request, &url, attempt, decode)
        })
    }

    /// Sends a request with a streamed body and decodes the response.
    pub(crate) fn upload<T: DeserializeOwned>(
        &self,
        request: &Request,
        body: &mut UploadBody,
    ) -> Result<T> {
        filled(|slot| self.upload_decoded(request, body, &mut |received| received.fill(slot)))
    }

    /// Sends a request with a streamed body and passes the response to `decode`, which keeps what it needs of it.
    pub(crate) fn upload_decoded(
        &self,
        request: &Request,
        body: &mut UploadBody,
        decode: &mut Decode<'_>,
    ) -> Result<()> {
        let url = self.url(request);
        self.with_retries(request, &mut |attempt| {
            let sent =
                self.transport
                    .upload(request, &url, attempt.secret(), attempt.time_left, body);
            let handled =
                sent.and_then(|response| self.handle_response(request, attempt, response, decode));
            handled.map_err(|error| {
                if body.rewind() {
                    error
                } else {
                    error.map(|inner| inner.body_consumed = true)
                }
            })
        })
    }

    fn send_once(
        &self,
        request: &Request,
        url: &str,
        attempt: &AttemptContext,
        decode: &mut Decode<'_>,
    ) -> Result<()> {
        if request.secret_body.is_none() && !request.is_private {
            let response =
                self.transport
                    .call(request, url, attempt.secret(), attempt.time_left)?;
            return self.handle_response(request, attempt, response, decode);
        }
        let response =
            self.transport
                .secret_exchange(request, url, attempt.secret(), attempt.time_left)?;
        self.handle_response(request, attempt, response, decode)
            .map_err(secret_body::redact_body)
    }

    /// Returns the URL that a request goes to.
    pub(crate) fn url(&self, request: &Request) -> String {
        self.shared
            .hosts
            .host(request.endpoint.host)
            .url(request.path_and_query())
    }

    /// Turns a response into a value or an error. Every response passes this choke point.
    fn handle_response(
        &self,
        request: &Request,
        attempt: &AttemptContext,
        response: Response,
        decode: &mut Decode<'_>,
    ) -> Result<()> {
        self.shared.events.report(|| ClientEvent::Response {
            method: request.endpoint.method,
            endpoint: request.endpoint.path(),
            path: request.path(),
            attempt: attempt.number,
            status: response.status,
            bytes: response.body.bytes().len() as u64,
            elapsed: attempt.started.elapsed(),
        });
        self.shared.rate_limiter.record(
            request,
            attempt.limit_token,
            response.rate_limit,
            &self.options.stop,
        );
        if let Some(run) = &response.sandbox_run {
            let _ = self.shared.sandbox_run.set(run.clone());
        }
        if let Some(headers) = &response.headers {
            let error = ErrorBody::to_error(&response, headers, &request.endpoint);
            return Err(api_error::unfinished_limit(
                &request.endpoint,
                response.rate_limit,
                error,
            ));
        }
        if let Some(error) = api_error::detect_error(&request.endpoint, &response) {
            return Err(error);
        }
        let decoded = Received::new(&response).and_then(|received| decode(&received));
        self.transport.recycle(response.body);
        decoded
    }
}
