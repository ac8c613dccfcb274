//! Content, fetched from where the service says it is. Nothing here has the credential.

use std::io::{self, Read};
use std::sync::OnceLock;

use ureq::config::Config;
use ureq::http::{HeaderMap, Request};
use ureq::{Agent, Timeout};

use super::agent::{anonymous_agent, config};
use super::connection::connecting_agent;
use super::io_error::{ambiguous_timeout, failed, is_closed};
use super::{IDLE_CONNECTIONS, Transport, combined_header, end_on_stop, invalid_request};
use crate::error::Retryability;
use crate::error::{Error, ErrorKind, Result};
use crate::http::base_url::BaseUrl;
use crate::http::config::Settings;
use crate::http::download::signed_url::SignedUrl;
use crate::http::response::ErrorHeaders;
use crate::http::stop::StopSignal;

/// Of what a host says instead of content, so many bytes are looked at.
pub(super) const REASON_LIMIT: u64 = 16 * 1024;

/// The connections for content, made when they are first needed.
#[derive(Debug)]
pub(super) struct Downloads {
    settings: Settings,
    stop: StopSignal,
    /// A proxy of the environment does not count on this machine.
    local: OnceLock<Agent>,
    remote: OnceLock<Agent>,
    /// They only connect, for content behind URLs that no log may show.
    connecting_local: OnceLock<Agent>,
    connecting_remote: OnceLock<Agent>,
}

impl Downloads {
    pub(super) fn new(settings: &Settings, stop: &StopSignal) -> Self {
        Self {
            settings: settings.clone(),
            stop: stop.clone(),
            local: OnceLock::new(),
            remote: OnceLock::new(),
            connecting_local: OnceLock::new(),
            connecting_remote: OnceLock::new(),
        }
    }

    fn agent(&self, origin: &BaseUrl) -> Result<&Agent> {
        let agent = if origin.is_loopback {
            &self.local
        } else {
            &self.remote
        };
        if let Some(agent) = agent.get() {
            return Ok(agent);
        }
        let config = self.config(origin)?;
        Ok(agent.get_or_init(|| {
            let agent = anonymous_agent(config, &self.settings.timeouts.clamped());
            end_on_stop(&self.stop, &agent);
            agent
        }))
    }

    /// An agent that connects and sends nothing.
    pub(super) fn connecting_agent(&self, origin: &BaseUrl) -> Result<&Agent> {
        let agent = if origin.is_loopback {
            &self.connecting_local
        } else {
            &self.connecting_remote
        };
        if let Some(agent) = agent.get() {
            return Ok(agent);
        }
        let config = self.config(origin)?;
        Ok(agent.get_or_init(|| {
            let agent = connecting_agent(config);
            end_on_stop(&self.stop, &agent);
            agent
        }))
    }

    fn config(&self, origin: &BaseUrl) -> Result<Config> {
        let timeouts = self.settings.timeouts.clamped();
        // No total: a slow line is no fault, one that stands still is.
        Ok(config(origin, &self.settings, &timeouts)?
            .accept("*/*")
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            .timeout_resolve(Some(timeouts.connect))
            .timeout_recv_response(Some(timeouts.response))
            .timeout_per_write(Some(timeouts.idle))
            .timeout_per_read(Some(timeouts.idle))
            .build())
    }
}

/// What a host has for a location.
pub(in crate::http) enum Fetched<'a> {
    Content(Content<'a>),
    /// Where to look instead.
    Redirect(String),
}

/// Content on its way, decompressed.
pub(in crate::http) struct Content<'a> {
    transport: &'a Transport,
    reader: Box<dyn Read>,
    length: Option<u64>,
}

impl<'a> Content<'a> {
    pub(super) fn new(
        transport: &'a Transport,
        reader: Box<dyn Read>,
        length: Option<u64>,
    ) -> Self {
        Self {
            transport,
            reader,
            length,
        }
    }

    /// The number of bytes there will be, where it is known: not if they come compressed.
    pub(in crate::http) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Some of the bytes that come next; none at the end.
    pub(in crate::http) fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            match self.reader.read(buffer) {
                // The end of a stopped connection is not the end of the content.
                Ok(0) if self.transport.stop.is_stopped() => return Err(cut_off()),
                Ok(read) => return Ok(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.transport.broken_download(error.into())),
            }
        }
    }
}

impl Transport {
    /// Asks for the content at a location, without any credential.
    pub(in crate::http) fn fetch(&self, location: &SignedUrl) -> Result<Fetched<'_>> {
        let agent = self.shared.downloads.agent(&location.origin)?;
        let request = Request::get(location.uri().clone())
            .body(())
            .map_err(|error| invalid_request(&error))?;
        let response = agent
            .run(request)
            .map_err(|error| self.broken_download(error))?;
        match response.status().as_u16() {
            200 | 203 => self.content(response).map(Fetched::Content),
            301 | 302 | 303 | 307 | 308 => combined_header(response.headers(), "location")
                .map(|target| Fetched::Redirect(target.into_owned()))
                .ok_or_else(|| Error::new(ErrorKind::Unexpected, "the redirect leads nowhere")),
            _ => Err(denied(response, location)),
        }
    }

    fn content(&self, response: ureq::http::Response<ureq::Body>) -> Result<Content<'_>> {
        // What is decompressed on its way has lost this header.
        check_encoding(response.headers())?;
        let is_empty = combined_header(response.headers(), "content-length")
            .is_some_and(|length| length == "0");
        let body = response.into_body();
        // No body is not told as one without length.
        let length = body.content_length().or(is_empty.then_some(0));
        Ok(Content::new(self, Box::new(body.into_reader()), length))
    }

    /// For content that does not come, or breaks off. The text never holds the location.
    pub(super) fn broken_download(&self, error: ureq::Error) -> Error {
        let timeouts = &self.shared.timeouts;
        let stalled = || {
            ambiguous_timeout(
                &format!("nothing moved for {:?}", timeouts.idle),
                "idle_timeout",
            )
        };
        match error {
            // The limit of each step on a connection of our own is a total of ureq.
            ureq::Error::Timeout(Timeout::PerRead | Timeout::PerWrite | Timeout::Global) => {
                stalled()
            }
            ureq::Error::Timeout(Timeout::RecvResponse) => ambiguous_timeout(
                &format!("no response within {:?}", timeouts.response),
                "response_timeout",
            ),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => stalled(),
            ureq::Error::Io(error) if is_closed(&error) => cut_off().with_source(error),
            #[cfg(feature = "gzip")]
            ureq::Error::Decompress(_, error) if is_closed(&error) => cut_off().with_source(error),
            ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => {
                Error::new(ErrorKind::Unexpected, "the location is no URL")
            }
            other => self.broken(other, None),
        }
    }
}

/// Rejects content that comes compressed in a way that is not undone on its way.
pub(super) fn check_encoding(headers: &HeaderMap) -> Result<()> {
    let encoding = combined_header(headers, "content-encoding").unwrap_or_default();
    if encoding.is_empty() || encoding.eq_ignore_ascii_case("identity") {
        return Ok(());
    }
    Err(unreadable(&encoding))
}

fn unreadable(encoding: &str) -> Error {
    let why = if cfg!(feature = "gzip") {
        "in a way that is not known here"
    } else {
        "and this build cannot read that; enable the feature `gzip` of rblx-open-cloud"
    };
    let message = format!("the content is compressed ({encoding}), {why}");
    Error::new(ErrorKind::Unexpected, message)
}

fn cut_off() -> Error {
    failed(
        ErrorKind::Transport,
        Retryability::Ambiguous,
        "the connection was closed before the content was complete",
    )
}

/// The error of a host that has no content for us.
fn denied(mut response: ureq::http::Response<ureq::Body>, location: &SignedUrl) -> Error {
    let status = response.status().as_u16();
    let headers = ErrorHeaders::from_header(|name| combined_header(response.headers(), name));
    let mut body = Vec::new();
    let reader = response.body_mut().as_reader();
    // The status counts; of the reason, what arrives in time.
    let _ = reader.take(REASON_LIMIT).read_to_end(&mut body);
    let reason = location.reason(&body);
    crate::http::api_error::content_error("download", status, &headers, &reason)
}
