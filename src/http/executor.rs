//! Sends requests: the loop of attempts, and the one place where a response becomes a value or an error.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::{DeserializeOwned, Error as _};

use super::authenticator::{AuthHeader, Authenticator};
use super::base_url::Hosts;
use super::buffer_pool::Body;
use super::config::Settings;
use super::error_body::ErrorBody;
#[cfg(feature = "upload")]
use super::multipart::Form;
use super::rate_limit::{RateLimit, RateLimits};
use super::request::Request;
use super::response::Response;
use super::retry::{self, Attempt, RetryPolicy};
use super::secret_body::{self, SecretBody};
use super::transport::Transport;
use super::{api_error, redact};
use crate::auth::Credential;
use crate::error::{Error, ErrorKind, Result, Retryability};

/// What a [`Client`](crate::Client) content its calls through.
#[derive(Debug)]
pub(crate) struct HttpClient {
    pub(super) transport: Transport,
    pub(super) hosts: Hosts,
    authenticator: Authenticator,
    has_token: bool,
    retry: RetryPolicy,
    /// How many want to wait for the next window of a limit rather than be refused.
    rate_limit_waiters: AtomicUsize,
    rate_limits: RateLimits,
}

impl HttpClient {
    pub(crate) fn new(
        hosts: Hosts,
        credential: Option<&Credential>,
        settings: Settings,
    ) -> Result<Self> {
        let transport = Transport::new(&hosts.api, &settings)?;
        Ok(Self {
            authenticator: Authenticator::new(credential, &transport)?,
            has_token: credential.is_some_and(Credential::is_token),
            transport,
            hosts,
            retry: settings.retry,
            rate_limit_waiters: AtomicUsize::new(usize::from(settings.waits_on_rate_limit)),
            rate_limits: RateLimits::default(),
        })
    }

    /// Where requests go, for people.
    pub(crate) fn base_url(&self) -> &str {
        self.hosts.api.base()
    }

    /// Keeps pace for one more.
    #[cfg(feature = "sync")]
    pub(crate) fn add_rate_limit_waiter(&self) {
        self.rate_limit_waiters.fetch_add(1, Ordering::Relaxed);
    }

    #[cfg(feature = "sync")]
    pub(crate) fn remove_rate_limit_waiter(&self) {
        self.rate_limit_waiters.fetch_sub(1, Ordering::Relaxed);
    }

    /// The API key, if the client has one.
    pub(crate) fn api_key(&self) -> Option<String> {
        match &self.authenticator {
            Authenticator::Static(secret) if !self.has_token => Some(secret.text().to_owned()),
            _ => None,
        }
    }

    /// What the last answer of the call with this documented path said about its limit.
    pub(crate) fn rate_limit(&self, path: &str) -> Option<RateLimit> {
        self.rate_limits.of(path)
    }

    /// UserContent a call and decodes its answer.
    pub(crate) fn send<T: DeserializeOwned>(&self, request: &Request) -> Result<T> {
        self.send_with(request, |body| serde_json::from_str(body))
    }

    /// UserContent a call whose answer says nothing beyond its status.
    pub(crate) fn send_no_content(&self, request: &Request) -> Result<()> {
        self.send_with(request, |body| {
            if body.trim_ascii_start().starts_with('<') {
                return Err(serde_json::Error::custom(
                    "a page came in place of an answer",
                ));
            }
            Ok(())
        })
    }

    /// The same as `send`, decoded by `decode`.
    pub(crate) fn send_with<T>(
        &self,
        request: &Request,
        decode: impl Fn(&str) -> serde_json::Result<T>,
    ) -> Result<T> {
        let url = self.url(request);
        self.with_retries(request, |auth, left| {
            let answer = self.send_once(request, &url, auth, left)?;
            let value = self.handle_response(request, answer, &decode);
            value.map_err(|error| match request.secret_body {
                Some(_) => secret_body::redact_body(error),
                None => error,
            })
        })
    }

    /// UserContent a call once.
    pub(super) fn send_once(
        &self,
        request: &Request,
        url: &str,
        auth: Option<&AuthHeader>,
        left: Option<Duration>,
    ) -> Result<Response> {
        let secret = auth.map(|auth| &*auth.secret);
        match &request.secret_body {
            Some(body) => self.transport.confide(request, body, url, left),
            None => self.transport.call(request, url, secret, left),
        }
    }

    /// UserContent a form and decodes the answer.
    #[cfg(feature = "upload")]
    pub(crate) fn upload<T: DeserializeOwned>(
        &self,
        request: &Request,
        form: &mut Form,
    ) -> Result<T> {
        let url = self.url(request);
        self.with_retries(request, |auth, _| {
            let secret = auth.map(|auth| &*auth.secret);
            let answer = self.transport.upload(&request.endpoint, &url, secret, form);
            let value = answer.and_then(|answer| {
                self.handle_response(request, answer, &|body| serde_json::from_str(body))
            });
            value.map_err(|error| {
                // What was read from a stream is gone.
                if form.rewind() {
                    error
                } else {
                    error.map(|inner| inner.body_consumed = true)
                }
            })
        })
    }

    /// Where it goes.
    pub(crate) fn url(&self, request: &Request) -> String {
        self.hosts
            .of(request.endpoint.host)
            .url(request.path_and_query())
    }

    /// Waits for the next window if this one is used up, unless the caller has not so much time. Tells how long.
    fn pace(&self, request: &Request, started: Instant) -> Duration {
        let begun = Instant::now();
        while let Some(wait) = self.rate_limits.acquire(&request.endpoint, Instant::now()) {
            if remaining_time(request, started).is_some_and(|left| left < wait) {
                break;
            }
            thread::sleep(wait);
        }
        begun.elapsed()
    }

    /// Tries until it succeeds or the policy says that it is enough. The last error survives.
    pub(super) fn with_retries<T>(
        &self,
        request: &Request,
        mut attempt: impl FnMut(Option<&AuthHeader>, Option<Duration>) -> Result<T>,
    ) -> Result<T> {
        let started = Instant::now();
        let mut number = 0_u32;
        let mut replaced = 0_u32;
        let mut paced = Duration::ZERO;
        loop {
            number = number.saturating_add(1);
            if self.rate_limit_waiters.load(Ordering::Relaxed) > 0 {
                paced = paced.saturating_add(self.pace(request, started));
            }
            // What goes wrong here is no fault of this call, and tells of itself.
            let auth = self.authorize(request)?;
            let left = remaining_time(request, started);
            let error = match attempt(auth.as_ref(), left) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            // The service did nothing, so it is no failed attempt: once more with another token, whatever it is.
            if replaced == 0 && self.is_replaced(&error, auth.as_ref())? {
                replaced = 1;
                number = number.saturating_sub(1);
                continue;
            }
            let elapsed = started.elapsed();
            let failed = Attempt {
                number,
                retryability: if error.body_consumed() {
                    Retryability::Permanent
                } else {
                    error.retryability()
                },
                is_idempotent: request.is_idempotent,
                retry_after: error.retry_after(),
                // Waiting for one's turn is no failing.
                elapsed: elapsed.saturating_sub(paced),
            };
            let policy = request.time_budget.map(|time| self.retry.limited_to(time));
            let policy = policy.as_ref().unwrap_or(&self.retry);
            let Some(pause) = retry::next_delay(policy, failed, retry::random_unit()) else {
                let sent = number.saturating_add(replaced);
                return Err(self.finish_error(error, request, sent, elapsed));
            };
            thread::sleep(pause);
        }
    }

    /// What the next attempt carries. A body that is secret itself goes out without the credential.
    fn authorize(&self, request: &Request) -> Result<Option<AuthHeader>> {
        if request.is_anonymous || request.secret_body.is_some() {
            return Ok(None);
        }
        self.authenticator.authorize(&self.transport)
    }

    /// Whether the token was refused, another one is there, and everything can be sent again.
    fn is_replaced(&self, error: &Error, auth: Option<&AuthHeader>) -> Result<bool> {
        match auth.filter(|_| error.status() == Some(401) && !error.body_consumed()) {
            Some(auth) => self.authenticator.replace(auth),
            None => Ok(false),
        }
    }

    /// The error that comes back, with everything that is known about the attempts.
    fn finish_error(
        &self,
        error: Error,
        request: &Request,
        attempts: u32,
        elapsed: Duration,
    ) -> Error {
        self.redact_for(error, request).map(|inner| {
            inner.has_token = self.has_token;
            let is_sent = inner.kind != ErrorKind::InvalidInput;
            inner.endpoint = is_sent.then(|| request.endpoint.clone());
            inner.attempts = if is_sent { attempts } else { 0 };
            let is_unclear =
                inner.retryability == Retryability::Ambiguous || inner.kind == ErrorKind::Decode;
            inner.outcome_unknown = is_unclear && !request.is_idempotent;
            if matches!(inner.kind, ErrorKind::Transport | ErrorKind::Timeout) {
                let origin = self.hosts.of(request.endpoint.host);
                inner
                    .base_url
                    .get_or_insert_with(|| origin.base().to_owned());
            }
            inner.elapsed = elapsed;
        })
    }

    /// The choke point: turns an answer into a value or an error.
    pub(super) fn handle_response<T>(
        &self,
        request: &Request,
        answer: Response,
        decode: &impl Fn(&str) -> serde_json::Result<T>,
    ) -> Result<T> {
        if let Some(rate_limit) = answer.rate_limit {
            self.rate_limits
                .record(&request.endpoint, rate_limit, Instant::now());
        }
        if let Some(headers) = &answer.headers {
            return Err(ErrorBody::of(
                &answer,
                headers,
                request.endpoint.user_content,
            ));
        }
        match api_error::detect_error(&request.endpoint, answer.body.bytes()) {
            Some(error) => Err(error),
            None => self.decode(answer.body, decode),
        }
    }

    fn decode<T>(&self, body: Body, decode: &impl Fn(&str) -> serde_json::Result<T>) -> Result<T> {
        let bytes = body.bytes();
        let failed = |message: String, retryability: Retryability| {
            Error::new(ErrorKind::Decode, message).map(|inner| {
                inner.body = Some(redact::lossy_prefix(bytes));
                inner.retryability = retryability;
            })
        };
        // Checked once as a whole, since the decoder would check each text of each item.
        let value = match std::str::from_utf8(bytes) {
            Ok(text) => {
                let json = text.trim_start_matches('\u{feff}');
                let is_empty = json.trim_ascii().is_empty();
                decode(if is_empty { "null" } else { json }).map_err(|error| match is_empty {
                    true => failed("the answer is empty".to_owned(), Retryability::Permanent),
                    // The service has been seen to cut answers short.
                    false if error.is_eof() => failed(error.to_string(), Retryability::Ambiguous),
                    false => failed(error.to_string(), Retryability::Permanent),
                })
            }
            Err(error) if error.error_len().is_none() => Err(failed(
                "the answer was cut off within a character".to_owned(),
                Retryability::Ambiguous,
            )),
            Err(_) => Err(failed(
                "the answer is not UTF-8 text".to_owned(),
                Retryability::Permanent,
            )),
        };
        self.transport.recycle(body);
        value
    }

    /// Makes sure that an error holds neither the credential nor too much text, whatever the service sent.
    pub(crate) fn clean(&self, error: Error) -> Error {
        self.without(error, &[])
    }

    /// The same for what the request said in confidence as well.
    fn redact_for(&self, error: Error, request: &Request) -> Error {
        let confided = request.secret_body.as_ref().map(SecretBody::secrets);
        self.without(error, confided.unwrap_or_default())
    }

    fn without(&self, error: Error, secrets: &[String]) -> Error {
        let held = self.transport.secrets();
        let held = held.iter().map(|secret| secret.text());
        let all: Vec<&str> = held.chain(secrets.iter().map(String::as_str)).collect();
        error.map(|inner| redact::redact(inner, &all))
    }
}

/// The rest of the time that the caller has for all attempts.
fn remaining_time(request: &Request, started: Instant) -> Option<Duration> {
    let time = request.time_budget?;
    Some(time.saturating_sub(started.elapsed()))
}
