//! One request out, one answer back. The only file that names ureq.

use std::io;
#[cfg(feature = "upload")]
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use ureq::config::ConfigBuilder;
use ureq::http::{HeaderName, HeaderValue, Response};
use ureq::typestate::AgentScope;
use ureq::{Agent, Proxy, Timeout};

use super::answer::{Answer, Headers};
use super::body::{Bodies, Body, Broken};
use super::endpoint::Endpoint;
#[cfg(feature = "upload")]
use super::multipart::Form;
use super::origin::Origin;
use super::rate_limit::RateLimit;
use super::retry::Fate;
use super::settings::{LONGEST, Limits, ProxyChoice, SHORTEST, Settings};
use crate::auth::Credential;
use crate::error::{Error, ErrorKind, Result};

pub(super) use ureq::http::Uri;

/// Of an error's body no more than this is read.
const ERROR_BODY_LIMIT: u64 = 64 * 1024;

/// Connections kept for later. With ureq's own 3, more threads than that over one client would connect again and again.
const IDLE_CONNECTIONS: usize = 32;

/// Whether this build can speak https.
pub(super) const fn has_tls() -> bool {
    cfg!(feature = "rustls")
}

/// The pool of connections, and what every request carries.
#[derive(Debug)]
pub(super) struct Transport {
    agent: Agent,
    #[cfg(feature = "upload")]
    upload_agent: OnceLock<Agent>,
    #[cfg(feature = "upload")]
    upload_config: ureq::config::Config,
    secret: (HeaderName, HeaderValue),
    limits: Limits,
    bodies: Bodies,
}

impl Transport {
    pub(super) fn new(
        origin: &Origin,
        credential: &Credential,
        settings: &Settings,
    ) -> Result<Self> {
        let (name, value) = credential.header()?;
        // `credential.header` has checked the characters, and this error holds nothing of the value either.
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| Error::invalid_input("the credential cannot stand in a header"))?;
        value.set_sensitive(true);
        let limits = settings.limits.within_reason();
        let calls = config(origin, settings, &limits)?
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            .timeout_send_request(Some(limits.attempt))
            .timeout_recv_response(Some(limits.first_byte.min(limits.attempt)))
            .timeout_per_read(Some(limits.stall.min(limits.attempt)));
        Ok(Self {
            agent: calls.build().new_agent(),
            // A connection that idled may be dead on the far side, and an upload cannot be repeated blindly.
            #[cfg(feature = "upload")]
            upload_config: config(origin, settings, &limits)?
                .max_idle_connections(0)
                .timeout_per_write(Some(limits.stall))
                .timeout_recv_response(Some(limits.first_byte))
                .timeout_recv_body(Some(limits.attempt))
                .build(),
            #[cfg(feature = "upload")]
            upload_agent: OnceLock::new(),
            secret: (HeaderName::from_static(name), value),
            limits,
            bodies: Bodies::default(),
        })
    }

    /// Sends a request that has no body. `left` is the time that the caller has, if less than usual.
    pub(super) fn call(
        &self,
        endpoint: &Endpoint,
        url: &str,
        left: Option<Duration>,
    ) -> Result<Answer> {
        let deadline = Instant::now().checked_add(left.unwrap_or(LONGEST).min(self.limits.attempt));
        let request = self
            .request(endpoint, url)?
            .body(())
            .map_err(|error| refused(&error))?;
        let response = match left {
            None => self.agent.run(request),
            Some(left) => self.agent.run(
                self.agent
                    .configure_request(request)
                    .timeout_recv_response(Some(left.clamp(SHORTEST, self.limits.attempt)))
                    .timeout_per_read(Some(left.clamp(SHORTEST, self.limits.attempt)))
                    .build(),
            ),
        };
        self.answer(response.map_err(|error| self.broken(error))?, deadline)
    }

    /// Sends a form over a connection of its own.
    #[cfg(feature = "upload")]
    pub(super) fn upload(&self, endpoint: &Endpoint, url: &str, form: &mut Form) -> Result<Answer> {
        use ureq::SendBody;
        use ureq::http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE};

        let mut body = form.body()?;
        let request = self
            .request(endpoint, url)?
            .header(CONTENT_TYPE, body.content_type())
            .header(CONTENT_LENGTH, body.length())
            .header(CONNECTION, "close")
            .body(SendBody::from_reader(&mut body))
            .map_err(|error| refused(&error))?;
        let agent = self
            .upload_agent
            .get_or_init(|| Agent::new_with_config(self.upload_config.clone()));
        let sent = agent.run(request);
        let (is_complete, fault) = body.outcome();
        match (sent, fault) {
            (_, Some(fault)) => Err(fault),
            (Ok(response), None) => self.answer(response, None),
            (Err(error), None) => Err(self.broken_upload(error, is_complete)),
        }
    }

    fn request(&self, endpoint: &Endpoint, url: &str) -> Result<ureq::http::request::Builder> {
        let uri = Uri::try_from(url).map_err(|error| refused(&error.into()))?;
        let (name, value) = &self.secret;
        Ok(ureq::http::Request::builder()
            .method(endpoint.method.as_str())
            .uri(uri)
            .header(name, value))
    }

    fn answer(
        &self,
        mut response: Response<ureq::Body>,
        deadline: Option<Instant>,
    ) -> Result<Answer> {
        let status = response.status().as_u16();
        let is_success = response.status().is_success();
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let rate_limit = RateLimit::parse(header);
        let headers = (!is_success).then(|| Headers::of(header));
        let announced = response.body().content_length().unwrap_or_default();
        let limit = if is_success {
            self.limits.response
        } else {
            ERROR_BODY_LIMIT
        };
        let mut reader = response.body_mut().with_config().limit(limit).reader();
        let body = match self.bodies.read(&mut reader, announced, deadline) {
            Ok(body) => body,
            // The status is what counts: of an error's body, whatever arrived.
            Err(Broken { body, .. }) if !is_success => body,
            Err(Broken { error, .. }) => return Err(self.broken(error.into())),
        };
        Ok(Answer {
            status,
            body,
            rate_limit,
            headers,
        })
    }

    /// Takes back the buffer of an answer that was decoded.
    pub(super) fn recycle(&self, body: Body) {
        self.bodies.recycle(body);
    }

    /// What it means when there is no answer.
    fn broken(&self, error: ureq::Error) -> Error {
        let transport = |fate: Fate, message: &str| failed(ErrorKind::Transport, fate, message);
        match error {
            ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => failed(
                ErrorKind::Timeout,
                Fate::NeverSent,
                &format!("no connection within {:?}", self.limits.connect),
            ),
            ureq::Error::Timeout(reason) => self.timed_out(reason),
            ureq::Error::Io(error) => match error.kind() {
                io::ErrorKind::TimedOut => self.timed_out(Timeout::RecvBody),
                io::ErrorKind::ConnectionRefused => {
                    transport(Fate::NeverSent, "nothing listens there")
                }
                io::ErrorKind::InvalidData => {
                    transport(Fate::Final, "the server's TLS certificate is not valid")
                }
                _ if is_closed(&error) => transport(
                    Fate::Unclear,
                    "the server closed the connection before its answer was complete",
                ),
                _ => transport(Fate::Unclear, "the connection failed"),
            }
            .caused_by(error),
            ureq::Error::HostNotFound => {
                transport(Fate::NeverSent, "the host name could not be resolved")
            }
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => {
                transport(Fate::Final, "the proxy refused the connection")
            }
            ureq::Error::Protocol(error) => transport(
                Fate::Unclear,
                &format!("the server's answer is broken HTTP ({error})"),
            ),
            ureq::Error::LargeResponseHeader(..) => transport(
                Fate::Final,
                "the headers of the server's answer are too large",
            ),
            ureq::Error::BodyExceedsLimit(limit) => failed(
                ErrorKind::Unexpected,
                Fate::Final,
                &format!(
                    "the answer is larger than {limit} bytes; `ClientBuilder::response_limit` allows more"
                ),
            ),
            #[cfg(feature = "gzip")]
            ureq::Error::Decompress(_, error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                transport(Fate::Unclear, "the compressed answer was cut off").caused_by(error)
            }
            #[cfg(feature = "gzip")]
            ureq::Error::Decompress(_, error) => failed(
                ErrorKind::Decode,
                Fate::Unclear,
                "the compressed answer is broken",
            )
            .caused_by(error),
            #[cfg(feature = "rustls")]
            ureq::Error::Rustls(error) => transport(Fate::Final, "TLS failed").caused_by(error),
            other => transport(Fate::Final, &other.to_string()),
        }
    }

    fn timed_out(&self, reason: Timeout) -> Error {
        let message = match reason {
            Timeout::PerRead | Timeout::PerWrite => format!(
                "nothing moved for {:?}",
                self.limits.stall.min(self.limits.attempt)
            ),
            Timeout::RecvResponse => {
                format!(
                    "no answer within {:?}",
                    self.limits.first_byte.min(self.limits.attempt)
                )
            }
            _ => format!("no complete answer within {:?}", self.limits.attempt),
        };
        failed(ErrorKind::Timeout, Fate::Unclear, &message)
    }

    #[cfg(feature = "upload")]
    fn broken_upload(&self, error: ureq::Error, is_complete: bool) -> Error {
        match error {
            ureq::Error::Io(error) if !is_complete && is_closed(&error) => failed(
                ErrorKind::Transport,
                Fate::Unclear,
                "the server closed the connection during the upload and may have refused it",
            )
            .caused_by(error),
            ureq::Error::Timeout(Timeout::PerWrite) => failed(
                ErrorKind::Timeout,
                Fate::Unclear,
                &format!("the upload moved no byte for {:?}", self.limits.stall),
            ),
            ureq::Error::Timeout(Timeout::RecvResponse) => failed(
                ErrorKind::Timeout,
                Fate::Unclear,
                &format!(
                    "everything was sent, but no answer came within {:?}",
                    self.limits.first_byte
                ),
            ),
            other => self.broken(other),
        }
    }
}

fn failed(kind: ErrorKind, fate: Fate, message: &str) -> Error {
    Error::new(kind, message).with(|facts| facts.fate = fate)
}

/// What calls and uploads have in common.
fn config(
    origin: &Origin,
    settings: &Settings,
    limits: &Limits,
) -> Result<ConfigBuilder<AgentScope>> {
    let user_agent = settings.user_agent.as_str();
    if user_agent.is_empty() || !user_agent.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(Error::invalid_input(
            "the user agent must be printable ASCII text",
        ));
    }
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent(user_agent)
        .accept("application/json")
        .timeout_connect(Some(limits.connect))
        // A limit on resolving costs a thread for each request, so it is left out where nothing is resolved.
        .timeout_resolve((!origin.is_address).then_some(limits.connect));
    #[cfg(feature = "platform-verifier")]
    let config = config.tls_config(
        ureq::tls::TlsConfig::builder()
            .root_certs(ureq::tls::RootCerts::PlatformVerifier)
            .build(),
    );
    match &settings.proxy {
        ProxyChoice::Environment if !origin.is_loopback => Ok(config),
        ProxyChoice::Environment | ProxyChoice::None => Ok(config.proxy(None)),
        // The URL may hold a password, so it is not repeated.
        ProxyChoice::Url(url) => Proxy::new(url)
            .map(|proxy| config.proxy(Some(proxy)))
            .map_err(|_| {
                Error::invalid_input(
                    "the proxy is refused: it must be a URL such as http://user:password@host:3128",
                )
            }),
    }
}

/// The request could not even be made.
fn refused(error: &ureq::http::Error) -> Error {
    Error::invalid_input(format!("no request can be made of this ({error})"))
}

fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    )
}
