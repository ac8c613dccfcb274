//! A connection that ureq opens and this crate reads and writes itself.
//!
//! At its most verbose level ureq logs the bytes of every request and response that it handles. For bodies that are
//! secrets it only resolves, connects, tunnels through the proxy and does TLS; the bytes never pass through it.

use std::fmt;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{ConnectionDetails, Connector, Transport};
use ureq::{Agent, AsSendBody, Error};

use super::connector::connector;
use super::input::{deadline, read_input, timeout};

/// Creates an agent that connects and sends nothing: see [`connect`].
pub(super) fn connecting_agent(config: Config) -> Agent {
    let has_proxy = config.proxy().is_some();
    let connector = connector(&config).chain(TransportConnector { has_proxy });
    Agent::with_parts(config, connector, DefaultResolver::default())
}

/// Opens a connection for this request, without sending it.
pub(super) fn connect(
    agent: &Agent,
    request: ureq::http::Request<impl AsSendBody>,
    deadline: Instant,
) -> Result<Connection, Error> {
    match agent.run(request) {
        Err(Error::Other(other)) => match other.downcast::<Connected>() {
            Ok(connected) => Ok(Connection {
                transport: connected.0,
                limit: Limit::Until(deadline),
            }),
            Err(other) => Err(Error::Other(other)),
        },
        Err(error) => Err(error),
        Ok(_) => Err(Error::ConnectionFailed),
    }
}

/// Ends each request with its connected transport, before anything is sent.
#[derive(Debug)]
struct TransportConnector {
    has_proxy: bool,
}

/// The connected transport, as the error that ends the request.
#[derive(Debug)]
struct Connected(Box<dyn Transport>);

impl<In: Transport> Connector<In> for TransportConnector {
    type Out = In;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<In>, Error> {
        let Some(transport) = chained else {
            return Ok(None);
        };
        // ureq connects to the proxy itself without a proxy, and then tunnels through that connection.
        if self.has_proxy && details.config.proxy().is_none() {
            return Ok(Some(transport));
        }
        if details.needs_tls() && !transport.is_tls() {
            return Err(Error::TlsRequired);
        }
        Err(Error::Other(Box::new(Connected(Box::new(transport)))))
    }
}

impl fmt::Display for Connected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("connected")
    }
}

impl std::error::Error for Connected {}

/// A connected transport that is used until a deadline, or as long as something moves.
pub(super) struct Connection {
    transport: Box<dyn Transport>,
    limit: Limit,
}

#[derive(Debug, Clone, Copy)]
enum Limit {
    Until(Instant),
    Idle(Duration),
}

impl Limit {
    fn deadline(self) -> Instant {
        match self {
            Self::Until(deadline) => deadline,
            Self::Idle(limit) => deadline(limit),
        }
    }
}

impl Connection {
    /// Limits each step from now on, in place of all of them together.
    pub(super) fn limit_idle(&mut self, limit: Duration) {
        self.limit = Limit::Idle(limit);
    }

    /// Limits all further steps together.
    pub(super) fn limit_total(&mut self, limit: Duration) {
        self.limit = Limit::Until(deadline(limit));
    }

    /// Sends all of these bytes.
    pub(super) fn send(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        while !bytes.is_empty() {
            let output = self.transport.buffers().output();
            let count = output.len().min(bytes.len());
            let (chunk, rest) = bytes.split_at_checked(count).unwrap_or_default();
            if let Some(output) = output.get_mut(..count) {
                output.copy_from_slice(chunk);
            }
            let timeout = timeout(self.limit.deadline())?;
            self.transport.transmit_output(count, timeout)?;
            bytes = rest;
        }
        Ok(())
    }
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_input(&mut self.transport, self.limit.deadline(), buffer)
    }
}
