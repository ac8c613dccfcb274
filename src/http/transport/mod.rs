//! One request out, one answer back. The only folder that names ureq.

mod agent;
mod confide;
mod download;
mod framing;
mod io_error;
mod mask;
mod secret;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::HeaderMap;
use ureq::http::header::CONTENT_TYPE;
use ureq::{Agent, AsSendBody};

use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::http::base_url::BaseUrl;
use crate::http::buffer_pool::{Body, BufferPool, ReadError};
use crate::http::config::{MAX_TIMEOUT, MIN_TIMEOUT, Settings, Timeouts};
#[cfg(feature = "upload")]
use crate::http::multipart::Form;
use crate::http::rate_limit::RateLimit;
use crate::http::redact::lossy_prefix;
use crate::http::request::Request;
use crate::http::response::{ErrorHeaders, Response};

pub(in crate::http) use ureq::http::Uri;

pub(in crate::http) use download::{Content, Fetched};

use agent::{agent, config};
use download::Downloads;
pub(in crate::http) use secret::Secret;
use secret::Secrets;

/// So many threads share one client without opening a connection for each request.
const IDLE_CONNECTIONS: usize = 32;

/// Of an error's body no more than this is read.
const ERROR_BODY_LIMIT: u64 = 256 * 1024;

/// Whether this build can speak https.
pub(in crate::http) const fn has_tls() -> bool {
    cfg!(feature = "rustls")
}

/// The pool of connections.
#[derive(Debug)]
pub(in crate::http) struct Transport {
    agent: Agent,
    /// Opens a connection for each request.
    fresh_agent: OnceLock<Agent>,
    fresh_config: Config,
    secrets: Arc<Secrets>,
    timeouts: Timeouts,
    bodies: BufferPool,
    downloads: Downloads,
}

impl Transport {
    pub(in crate::http) fn new(origin: &BaseUrl, settings: &Settings) -> Result<Self> {
        let secrets = Arc::new(Secrets::default());
        let timeouts = settings.timeouts.clamped();
        let calls = config(origin, settings, &timeouts)?
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            .timeout_send_request(Some(timeouts.request))
            // Costs a thread like the limit on resolving; an address has the limits of its phases alone.
            .timeout_per_call((!origin.is_address).then_some(timeouts.request))
            .timeout_recv_response(Some(timeouts.response.min(timeouts.request)))
            .timeout_per_read(Some(timeouts.idle.min(timeouts.request)));
        Ok(Self {
            agent: agent(calls.build(), &secrets),
            // A connection that idled may be dead on the far side, and not everything can be repeated.
            fresh_config: config(origin, settings, &timeouts)?
                .max_idle_connections(0)
                .timeout_per_write(Some(timeouts.idle))
                .timeout_recv_response(Some(timeouts.response))
                .timeout_recv_body(Some(timeouts.request))
                .build(),
            fresh_agent: OnceLock::new(),
            secrets,
            timeouts,
            bodies: BufferPool::default(),
            downloads: Downloads::new(settings),
        })
    }

    /// From now on requests can carry this secret, as long as somebody holds it.
    pub(in crate::http) fn admit(&self, secret: &Arc<Secret>) {
        self.secrets.add(secret);
    }

    /// The secrets that requests carry now, to keep them out of texts.
    pub(in crate::http) fn secrets(&self) -> Vec<Arc<Secret>> {
        self.secrets.held()
    }

    /// UserContent a request with its JSON, if it has any. `left` is the time that the caller has, if less than usual.
    pub(in crate::http) fn call(
        &self,
        request: &Request,
        url: &str,
        secret: Option<&Secret>,
        left: Option<Duration>,
    ) -> Result<Response> {
        let deadline =
            Instant::now().checked_add(left.unwrap_or(MAX_TIMEOUT).min(self.timeouts.request));
        let builder = request_builder(&request.endpoint, url, secret)?;
        let builder = request
            .headers
            .iter()
            .fold(builder, |builder, (name, value)| {
                builder.header(name, value)
            });
        let response = match &request.json {
            None if !request.endpoint.method.has_body() => self.run(
                request,
                builder.body(()).map_err(|error| invalid_request(&error))?,
                left,
            ),
            // An empty body has a length too, or it would go out in chunks.
            None => self.run(
                request,
                builder
                    .body(&[][..])
                    .map_err(|error| invalid_request(&error))?,
                left,
            ),
            Some(json) => {
                let builder = builder.header(CONTENT_TYPE, "application/json");
                self.run(
                    request,
                    builder
                        .body(json.as_bytes())
                        .map_err(|error| invalid_request(&error))?,
                    left,
                )
            }
        };
        self.answer(response.map_err(|error| self.broken(error))?, deadline)
    }

    fn run(
        &self,
        request: &Request,
        message: ureq::http::Request<impl AsSendBody>,
        left: Option<Duration>,
    ) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        if request.is_idempotent && left.is_none() {
            return self.agent.run(message);
        }
        let limit = left
            .unwrap_or(MAX_TIMEOUT)
            .clamp(MIN_TIMEOUT, self.timeouts.request);
        // What cannot be repeated does not go over a connection that may be dead on the far side.
        let agent = if request.is_idempotent {
            &self.agent
        } else {
            self.fresh_agent()
        };
        agent.run(
            agent
                .configure_request(message)
                .timeout_recv_response(Some(limit))
                .timeout_per_read(Some(limit))
                .build(),
        )
    }

    fn fresh_agent(&self) -> &Agent {
        self.fresh_agent
            .get_or_init(|| agent(self.fresh_config.clone(), &self.secrets))
    }

    /// UserContent a form over a connection of its own.
    #[cfg(feature = "upload")]
    pub(in crate::http) fn upload(
        &self,
        endpoint: &Endpoint,
        url: &str,
        secret: Option<&Secret>,
        form: &mut Form,
    ) -> Result<Response> {
        use ureq::SendBody;
        use ureq::http::header::{CONNECTION, CONTENT_LENGTH};

        let mut body = form.body()?;
        let request = request_builder(endpoint, url, secret)?
            .header(CONTENT_TYPE, body.content_type())
            .header(CONTENT_LENGTH, body.length())
            .header(CONNECTION, "close")
            .body(SendBody::from_reader(&mut body))
            .map_err(|error| invalid_request(&error))?;
        let sent = self.fresh_agent().run(request);
        let (is_complete, fault) = body.outcome();
        match (sent, fault) {
            (_, Some(fault)) => Err(fault),
            (Ok(response), None) => self.answer(response, None),
            (Err(error), None) => Err(self.broken_upload(error, is_complete)),
        }
    }

    fn answer(
        &self,
        mut response: ureq::http::Response<ureq::Body>,
        deadline: Option<Instant>,
    ) -> Result<Response> {
        let (mut answer, content_length) = read_head(&response);
        let is_success = answer.headers.is_none();
        let limit = if is_success {
            self.timeouts.max_response_size
        } else {
            ERROR_BODY_LIMIT
        };
        let mut reader = response.body_mut().with_config().limit(limit).reader();
        answer.body = match self.bodies.read(&mut reader, content_length, deadline) {
            Ok(body) => body,
            // The status is what counts: of an error's body, whatever arrived.
            Err(ReadError { body, .. }) if !is_success => body,
            Err(ReadError { error, body }) => {
                // What arrived of an answer may still name what was begun.
                let arrived = lossy_prefix(body.bytes());
                return Err(self
                    .broken(error.into())
                    .map(|inner| inner.body = Some(arrived)));
            }
        };
        Ok(answer)
    }

    /// Takes back the buffer of an answer that was decoded.
    pub(in crate::http) fn recycle(&self, body: Body) {
        self.bodies.recycle(body);
    }
}

/// The beginning of a request, with the credential's stand-in.
fn request_builder(
    endpoint: &Endpoint,
    url: &str,
    secret: Option<&Secret>,
) -> Result<ureq::http::request::Builder> {
    let uri = Uri::try_from(url).map_err(|error| invalid_request(&error.into()))?;
    let builder = ureq::http::Request::builder()
        .method(endpoint.method.as_str())
        .uri(uri);
    Ok(match secret.map(Secret::header) {
        Some((name, value)) => builder.header(name, value),
        None => builder,
    })
}

/// What the head of an answer says, and the length that it announces.
fn read_head(response: &ureq::http::Response<ureq::Body>) -> (Response, u64) {
    let header = |name: &str| combined_header(response.headers(), name);
    let answer = Response {
        status: response.status().as_u16(),
        body: Body::default(),
        rate_limit: RateLimit::parse(header),
        headers: (!response.status().is_success()).then(|| ErrorHeaders::of(header)),
    };
    let content_length = response.body().content_length().unwrap_or_default();
    (answer, content_length)
}

/// The values of a header; several lines of one name count like a list in one line.
fn combined_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cow<'a, str>> {
    let mut values = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let first = Cow::Borrowed(values.next()?);
    Some(values.fold(first, |all, value| Cow::Owned(format!("{all}, {value}"))))
}

/// The request could not even be made.
fn invalid_request(error: &ureq::http::Error) -> Error {
    Error::invalid_input(format!("no request can be made of this ({error})"))
}
