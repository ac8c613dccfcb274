//! Sends one request and reads one response. The only folder that names ureq.

mod agent;
mod auth_header;
mod connect_error;
mod connection;
mod connector;
pub(in crate::http) mod download;
mod download_agents;
mod early_response;
mod error_body_limit;
#[cfg(feature = "sandbox")]
mod forward;
mod input;
mod io_error;
mod message;
mod response_body;
mod response_head;
#[cfg(feature = "rustls")]
mod root_certificates;
mod secret_exchange;
mod signed_exchange;
mod transport_error;
pub(in crate::http) mod uri;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::header::CONTENT_TYPE;
use ureq::{Agent, AsSendBody};

use crate::error::Result;
use crate::http::base_url::BaseUrl;
use crate::http::buffer_pool::{Body, BufferPool, ReadError};
use crate::http::config::{MAX_TIMEOUT, MIN_TIMEOUT, Settings, Timeouts};
use crate::http::redact::lossy_prefix;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::stop::StopSignal;
use crate::http::upload_body::UploadBody;

#[cfg(feature = "sandbox")]
pub(crate) use forward::Forwarder;

use agent::{MAX_IDLE_CONNECTIONS, agent, config, end_on_stop};
pub(in crate::http) use auth_header::Secret;
use auth_header::Secrets;
use download_agents::DownloadAgents;
use early_response::early_response;
use io_error::SCHEME_ADVICE;
use message::{
    MAX_ERROR_BODY_SIZE, combined_header, has_header, invalid_request, read_head, request_builder,
    with_headers,
};

/// The header with the run of a sandbox.
const SANDBOX_RUN: &str = "x-sandbox-run";

/// The connection pool. Clones share it.
#[derive(Debug, Clone)]
pub(in crate::http) struct Transport {
    shared: Arc<Shared>,
    agents: Arc<Agents>,
    stop: StopSignal,
}

/// The agents whose connections end with one signal, created when they are first needed.
#[derive(Debug, Default)]
struct Agents {
    pooled: OnceLock<Agent>,
    /// Opens a connection for each request: a request that cannot be repeated must not use one that may be dead.
    fresh: OnceLock<Agent>,
    /// Opens connections for secret bodies.
    connecting: OnceLock<Agent>,
}

#[derive(Debug)]
struct Shared {
    pooled_config: Config,
    fresh_config: Config,
    user_agent: String,
    secrets: Arc<Secrets>,
    timeouts: Timeouts,
    is_loopback: bool,
    buffers: BufferPool,
    downloads: DownloadAgents,
    /// The base URL is http, not https.
    is_plain: bool,
    /// The caller's root certificates replace the built-in ones.
    has_own_roots: bool,
}

impl Transport {
    pub(in crate::http) fn new(
        origin: &BaseUrl,
        settings: &Settings,
        stop: &StopSignal,
    ) -> Result<Self> {
        let secrets = Arc::new(Secrets::default());
        let timeouts = settings.timeouts.clamped();
        let calls = config(origin, settings, &timeouts)?
            .max_idle_connections(MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
            .timeout_send_request(Some(timeouts.request))
            // Costs a thread for each request, so an IP address has only the timeouts of the phases.
            .timeout_per_call((!origin.is_address).then_some(timeouts.request))
            .timeout_recv_response(Some(timeouts.response.min(timeouts.request)))
            .timeout_per_read(Some(timeouts.idle.min(timeouts.request)));
        let shared = Shared {
            pooled_config: calls.build(),
            fresh_config: config(origin, settings, &timeouts)?
                .max_idle_connections(0)
                .timeout_per_write(Some(timeouts.idle))
                .timeout_recv_response(Some(timeouts.response))
                .timeout_recv_body(Some(timeouts.request))
                .build(),
            user_agent: settings.user_agent.clone(),
            secrets,
            timeouts,
            is_loopback: origin.is_loopback,
            buffers: BufferPool::default(),
            downloads: DownloadAgents::new(settings, stop),
            is_plain: origin.base().starts_with("http://"),
            has_own_roots: settings.root_certificates.is_some(),
        };
        Ok(Self {
            shared: Arc::new(shared),
            agents: Arc::default(),
            stop: stop.clone(),
        })
    }

    /// Returns a clone whose connections end with this signal.
    pub(in crate::http) fn with_stop(&self, stop: &StopSignal) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            agents: Arc::default(),
            stop: stop.clone(),
        }
    }

    /// Registers a secret: requests can carry it until it is dropped.
    pub(in crate::http) fn register(&self, secret: &Arc<Secret>) {
        self.shared.secrets.register(secret);
    }

    /// Returns the secrets that requests carry now, to redact them in texts.
    pub(in crate::http) fn secrets(&self) -> Vec<Arc<Secret>> {
        self.shared.secrets.live()
    }

    /// Sends a request with its JSON, if it has any. `left` is the time left for the call, if it is limited.
    pub(in crate::http) fn call(
        &self,
        request: &Request,
        url: &str,
        secret: Option<&Secret>,
        left: Option<Duration>,
    ) -> Result<Response> {
        let deadline = Instant::now().checked_add(
            left.unwrap_or(MAX_TIMEOUT)
                .min(self.shared.timeouts.request),
        );
        let builder = with_headers(request_builder(&request.endpoint, url, secret)?, request);
        let response = match &request.json {
            None if !request.endpoint.method.has_body() => self.run(
                request,
                builder.body(()).map_err(|error| invalid_request(&error))?,
                left,
            ),
            // Without a length an empty body would be sent in chunks.
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
        match response {
            Ok(response) => self.read_response(request, response, deadline, left),
            Err(error) => early_response(error).map_err(|error| self.call_error(error, left)),
        }
    }

    fn run(
        &self,
        request: &Request,
        message: ureq::http::Request<impl AsSendBody>,
        left: Option<Duration>,
    ) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        if request.is_idempotent() && left.is_none() {
            return self.pooled_agent().run(message);
        }
        let limit = left
            .unwrap_or(MAX_TIMEOUT)
            .clamp(MIN_TIMEOUT, self.shared.timeouts.request);
        // A request that cannot be repeated must not use a connection that may be dead.
        let agent = if request.is_idempotent() {
            self.pooled_agent()
        } else {
            self.fresh_agent()
        };
        agent.run(
            agent
                .configure_request(message)
                .timeout_connect(Some(limit.min(self.shared.timeouts.connect)))
                .timeout_send_request(Some(limit))
                .timeout_recv_response(Some(limit))
                .timeout_per_read(Some(limit))
                .build(),
        )
    }

    fn pooled_agent(&self) -> &Agent {
        let config = &self.shared.pooled_config;
        self.agents.pooled.get_or_init(|| self.new_agent(config))
    }

    fn fresh_agent(&self) -> &Agent {
        let config = &self.shared.fresh_config;
        self.agents.fresh.get_or_init(|| self.new_agent(config))
    }

    fn new_agent(&self, config: &Config) -> Agent {
        let agent = agent(config.clone(), &self.shared.timeouts, &self.shared.secrets);
        end_on_stop(&self.stop, &agent);
        agent
    }

    /// Sends a streamed body over a connection of its own.
    pub(in crate::http) fn upload(
        &self,
        request: &Request,
        url: &str,
        secret: Option<&Secret>,
        left: Option<Duration>,
        body: &mut UploadBody,
    ) -> Result<Response> {
        use ureq::SendBody;
        use ureq::http::header::{CONNECTION, CONTENT_LENGTH};

        let mut body = body.stream(&self.stop)?;
        let builder = request_builder(&request.endpoint, url, secret)?
            .header(CONTENT_TYPE, body.content_type.as_str())
            .header(CONTENT_LENGTH, body.length.to_string().as_str())
            .header(CONNECTION, "close");
        let message = with_headers(builder, request)
            .body(SendBody::from_reader(body.reader()))
            .map_err(|error| invalid_request(&error))?;
        let agent = self.fresh_agent();
        let sent = match left {
            Some(left) => {
                let message = agent.configure_request(message);
                let left = left.clamp(MIN_TIMEOUT, MAX_TIMEOUT);
                agent.run(message.timeout_global(Some(left)).build())
            }
            None => agent.run(message),
        };
        let (is_complete, fault) = body.outcome();
        match (sent, fault) {
            (_, Some(fault)) => Err(fault),
            (Ok(response), None) => self.read_response(request, response, None, left),
            (Err(error), None) => {
                early_response(error).map_err(|error| self.upload_error(error, is_complete, left))
            }
        }
    }

    /// Reads the body of a response.
    fn read_response(
        &self,
        request: &Request,
        mut response: ureq::http::Response<ureq::Body>,
        deadline: Option<Instant>,
        left: Option<Duration>,
    ) -> Result<Response> {
        let (mut read, content_length) = read_head(&response, request.endpoint.response_headers);
        if self.shared.is_loopback && has_header(response.headers(), SANDBOX_RUN) {
            read.sandbox_run =
                combined_header(response.headers(), SANDBOX_RUN).map(Cow::into_owned);
        }
        let is_success = read.headers.is_none();
        let limit = if is_success {
            self.shared.timeouts.max_response_size
        } else {
            MAX_ERROR_BODY_SIZE
        };
        let mut reader = response.body_mut().with_config().limit(limit).reader();
        read.body = match self
            .shared
            .buffers
            .read(&mut reader, content_length, deadline)
        {
            // The end of a stopped connection is not the end of the body.
            Ok(_) if content_length == 0 && self.stop.is_stopped() => {
                let error = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
                return Err(self.call_error(error.into(), left));
            }
            Ok(body) => body,
            // The status is what counts; part of an error's body is enough.
            Err(ReadError { body, .. }) if !is_success => body,
            Err(ReadError { error, body }) => {
                // The part that arrived may name the operation that was started.
                let arrived = lossy_prefix(body.bytes());
                return Err(self.call_error(error.into(), left).map(|inner| {
                    inner.body = Some(arrived);
                    // Scheme and port are right if there is a head.
                    inner.advice = inner.advice.take().filter(|advice| advice != SCHEME_ADVICE);
                }));
            }
        };
        Ok(read)
    }

    /// Takes back the buffer of a decoded response.
    pub(in crate::http) fn recycle(&self, body: Body) {
        self.shared.buffers.recycle(body);
    }
}
