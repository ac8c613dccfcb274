//! The thin layer on ureq: every call of the crate becomes an HTTP exchange here, and every answer a value or an error.

mod answer;
mod body;
mod clean;
mod download;
mod endpoint;
mod failure;
mod identity;
mod location;
#[cfg(feature = "upload")]
mod multipart;
mod origin;
mod rate_limit;
mod refusal;
mod request;
mod retry;
mod secret_body;
mod send;
mod settings;
mod sink;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::{DeserializeOwned, Error as _};

use crate::auth::Credential;
use crate::error::{Error, ErrorKind, Result};
use answer::Answer;
use body::Body;
use failure::Failure;
use identity::{Identity, Pass};
use rate_limit::RateLimits;
use retry::Attempt;
use send::Transport;

pub use endpoint::Method;
pub(crate) use endpoint::{Dialect, Endpoint, EndpointRef, Host, Listing, Sends};
pub(crate) use failure::{kind_of_message, unquoted};
#[cfg(feature = "upload")]
pub(crate) use multipart::Form;
pub(crate) use origin::Origins;
pub use rate_limit::RateLimit;
pub(crate) use refusal::{refusal, told_by};
pub(crate) use request::Request;
#[cfg(feature = "oauth2")]
pub(crate) use request::query_pairs;
pub(crate) use retry::Fate;
pub use retry::RetryPolicy;
pub(crate) use secret_body::SecretBody;
pub(crate) use settings::{ProxyChoice, Settings};
pub(crate) use sink::{OnProgress, Sink};

/// What a [`Client`](crate::Client) sends its calls through.
#[derive(Debug)]
pub(crate) struct Http {
    transport: Transport,
    origins: Origins,
    identity: Identity,
    has_token: bool,
    retry: RetryPolicy,
    /// How many want to wait for the next window of a limit rather than be refused.
    pacers: AtomicUsize,
    rate_limits: RateLimits,
}

impl Http {
    pub(crate) fn new(
        origins: Origins,
        credential: Option<&Credential>,
        settings: Settings,
    ) -> Result<Self> {
        let transport = Transport::new(&origins.api, &settings)?;
        Ok(Self {
            identity: Identity::new(credential, &transport)?,
            has_token: credential.is_some_and(Credential::is_token),
            transport,
            origins,
            retry: settings.retry,
            pacers: AtomicUsize::new(usize::from(settings.is_paced)),
            rate_limits: RateLimits::default(),
        })
    }

    /// Where requests go, for people.
    pub(crate) fn base_url(&self) -> &str {
        self.origins.api.base()
    }

    /// Keeps pace for one more.
    #[cfg(feature = "sync")]
    pub(crate) fn add_pacer(&self) {
        self.pacers.fetch_add(1, Ordering::Relaxed);
    }

    #[cfg(feature = "sync")]
    pub(crate) fn remove_pacer(&self) {
        self.pacers.fetch_sub(1, Ordering::Relaxed);
    }

    /// The API key, if the client has one.
    pub(crate) fn api_key(&self) -> Option<String> {
        match &self.identity {
            Identity::Fixed(secret) if !self.has_token => Some(secret.text().to_owned()),
            _ => None,
        }
    }

    /// What the last answer of the call with this documented path said about its limit.
    pub(crate) fn rate_limit(&self, path: &str) -> Option<RateLimit> {
        self.rate_limits.of(path)
    }

    /// Sends a call and decodes its answer.
    pub(crate) fn send<T: DeserializeOwned>(&self, request: &Request) -> Result<T> {
        self.send_and(request, |body| serde_json::from_str(body))
    }

    /// Sends a call whose answer says nothing beyond its status.
    pub(crate) fn send_only(&self, request: &Request) -> Result<()> {
        self.send_and(request, |body| {
            if body.trim_ascii_start().starts_with('<') {
                return Err(serde_json::Error::custom(
                    "a page came in place of an answer",
                ));
            }
            Ok(())
        })
    }

    /// The same as `send`, decoded by `decode`.
    pub(crate) fn send_and<T>(
        &self,
        request: &Request,
        decode: impl Fn(&str) -> serde_json::Result<T>,
    ) -> Result<T> {
        let url = self.url(request);
        self.repeat(request, |pass, left| {
            let answer = self.exchange(request, &url, pass, left)?;
            let value = self.settle(request, answer, &decode);
            value.map_err(|error| match request.secret_body {
                Some(_) => secret_body::hushed(error),
                None => error,
            })
        })
    }

    /// Sends a call once.
    fn exchange(
        &self,
        request: &Request,
        url: &str,
        pass: Option<&Pass>,
        left: Option<Duration>,
    ) -> Result<Answer> {
        let secret = pass.map(|pass| &*pass.secret);
        match &request.secret_body {
            Some(body) => self.transport.secret_exchange(request, body, url, left),
            None => self.transport.call(request, url, secret, left),
        }
    }

    /// Sends a form and decodes the answer.
    #[cfg(feature = "upload")]
    pub(crate) fn upload<T: DeserializeOwned>(
        &self,
        request: &Request,
        form: &mut Form,
    ) -> Result<T> {
        let url = self.url(request);
        self.repeat(request, |pass, _| {
            let secret = pass.map(|pass| &*pass.secret);
            let answer = self.transport.upload(&request.endpoint, &url, secret, form);
            let value = answer.and_then(|answer| {
                self.settle(request, answer, &|body| serde_json::from_str(body))
            });
            value.map_err(|error| {
                // What was read from a stream is gone.
                if form.rewind() {
                    error
                } else {
                    error.with(|facts| facts.is_spent = true)
                }
            })
        })
    }

    /// Where it goes.
    pub(crate) fn url(&self, request: &Request) -> String {
        self.origins.of(request.endpoint.host).url(request.target())
    }

    /// Waits for the next window if this one is used up, unless the caller has not so much time. Tells how long.
    fn pace(&self, request: &Request, started: Instant) -> Duration {
        let begun = Instant::now();
        while let Some(wait) = self.rate_limits.take(&request.endpoint, Instant::now()) {
            if time_left(request, started).is_some_and(|left| left < wait) {
                break;
            }
            thread::sleep(wait);
        }
        begun.elapsed()
    }

    /// Tries until it succeeds or the policy says that it is enough. The last error survives.
    fn repeat<T>(
        &self,
        request: &Request,
        mut attempt: impl FnMut(Option<&Pass>, Option<Duration>) -> Result<T>,
    ) -> Result<T> {
        let started = Instant::now();
        let mut number = 0_u32;
        let mut replaced = 0_u32;
        let mut paced = Duration::ZERO;
        loop {
            number = number.saturating_add(1);
            if self.pacers.load(Ordering::Relaxed) > 0 {
                paced = paced.saturating_add(self.pace(request, started));
            }
            // What goes wrong here is no fault of this call, and tells of itself.
            let pass = self.pass(request)?;
            let left = time_left(request, started);
            let error = match attempt(pass.as_ref(), left) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            // The service did nothing, so it is no failed attempt: once more with another token, whatever it is.
            if replaced == 0 && self.is_replaced(&error, pass.as_ref())? {
                replaced = 1;
                number = number.saturating_sub(1);
                continue;
            }
            let elapsed = started.elapsed();
            let failed = Attempt {
                number,
                fate: if error.is_spent() {
                    Fate::Final
                } else {
                    error.fate()
                },
                is_repeatable: request.is_repeatable,
                retry_after: error.retry_after(),
                // Waiting for one's turn is no failing.
                elapsed: elapsed.saturating_sub(paced),
            };
            let policy = request.time_left.map(|time| self.retry.within(time));
            let policy = policy.as_ref().unwrap_or(&self.retry);
            let Some(pause) = retry::pause(policy, failed, retry::draw()) else {
                let sent = number.saturating_add(replaced);
                return Err(self.last(error, request, sent, elapsed));
            };
            thread::sleep(pause);
        }
    }

    /// What the next attempt carries. A body that is secret itself goes out without the credential.
    fn pass(&self, request: &Request) -> Result<Option<Pass>> {
        if request.is_anonymous || request.secret_body.is_some() {
            return Ok(None);
        }
        self.identity.pass(&self.transport)
    }

    /// Whether the token was refused, another one is there, and everything can be sent again.
    fn is_replaced(&self, error: &Error, pass: Option<&Pass>) -> Result<bool> {
        match pass.filter(|_| error.status() == Some(401) && !error.is_spent()) {
            Some(pass) => self.identity.replace(pass),
            None => Ok(false),
        }
    }

    /// The error that comes back, with everything that is known about the attempts.
    fn last(&self, error: Error, request: &Request, attempts: u32, elapsed: Duration) -> Error {
        self.clean_of(error, request).with(|facts| {
            facts.has_token = self.has_token;
            let is_sent = facts.kind != ErrorKind::InvalidInput;
            facts.endpoint = is_sent.then(|| request.endpoint.clone());
            facts.attempts = if is_sent { attempts } else { 0 };
            let is_unclear = facts.fate == Fate::Unclear || facts.kind == ErrorKind::Decode;
            facts.may_be_done = is_unclear && !request.is_repeatable;
            if matches!(facts.kind, ErrorKind::Transport | ErrorKind::Timeout) {
                let origin = self.origins.of(request.endpoint.host);
                facts
                    .base_url
                    .get_or_insert_with(|| origin.base().to_owned());
            }
            facts.elapsed = elapsed;
        })
    }

    /// The choke point: turns an answer into a value or an error.
    fn settle<T>(
        &self,
        request: &Request,
        answer: Answer,
        decode: &impl Fn(&str) -> serde_json::Result<T>,
    ) -> Result<T> {
        if let Some(rate_limit) = answer.rate_limit {
            self.rate_limits
                .note(&request.endpoint, rate_limit, Instant::now());
        }
        if let Some(headers) = &answer.headers {
            return Err(Failure::of(&answer, headers, request.endpoint.sends));
        }
        match refusal::in_success(&request.endpoint, answer.body.bytes()) {
            Some(error) => Err(error),
            None => self.decode(answer.body, decode),
        }
    }

    fn decode<T>(&self, body: Body, decode: &impl Fn(&str) -> serde_json::Result<T>) -> Result<T> {
        let bytes = body.bytes();
        let failed = |message: String, fate: Fate| {
            Error::new(ErrorKind::Decode, message).with(|facts| {
                facts.body = Some(clean::excerpt_of(bytes));
                facts.fate = fate;
            })
        };
        // Checked once as a whole, since the decoder would check each text of each item.
        let value = match std::str::from_utf8(bytes) {
            Ok(text) => {
                let json = text.trim_start_matches('\u{feff}');
                let is_empty = json.trim_ascii().is_empty();
                decode(if is_empty { "null" } else { json }).map_err(|error| match is_empty {
                    true => failed("the answer is empty".to_owned(), Fate::Final),
                    // The service has been seen to cut answers short.
                    false if error.is_eof() => failed(error.to_string(), Fate::Unclear),
                    false => failed(error.to_string(), Fate::Final),
                })
            }
            Err(error) if error.error_len().is_none() => Err(failed(
                "the answer was cut off within a character".to_owned(),
                Fate::Unclear,
            )),
            Err(_) => Err(failed(
                "the answer is not UTF-8 text".to_owned(),
                Fate::Final,
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
    fn clean_of(&self, error: Error, request: &Request) -> Error {
        let confided = request.secret_body.as_ref().map(SecretBody::secrets);
        self.without(error, confided.unwrap_or_default())
    }

    fn without(&self, error: Error, secrets: &[String]) -> Error {
        let held = self.transport.secrets();
        let held = held.iter().map(|secret| secret.text());
        let all: Vec<&str> = held.chain(secrets.iter().map(String::as_str)).collect();
        error.with(|facts| clean::clean(facts, &all))
    }
}

/// The rest of the time that the caller has for all attempts.
fn time_left(request: &Request, started: Instant) -> Option<Duration> {
    let time = request.time_left?;
    Some(time.saturating_sub(started.elapsed()))
}
