//! Responses that arrive while the request is still being sent, such as a 413 or a 429 to an upload.
//!
//! A server that rejects a request early may close the connection at once. Then writing fails, although the response has
//! arrived. Below TLS a transport ignores further writes, since TLS would not read before it has written; above TLS
//! another one reads the response and ends the request with it.

use std::fmt;
use std::io::{self, BufReader};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};
use ureq::{Error, Timeout};

use super::connection::read_input;
use super::response_reader::{Head, read_body, read_head};

/// The time to wait for the response after writing failed.
const MAX_WAIT: Duration = Duration::from_secs(5);
/// The time to wait if the server stopped reading, but did not close the connection.
const MAX_WAIT_STALLED: Duration = Duration::from_millis(100);

/// An early response, as the error that ends the request.
#[derive(Debug)]
pub(super) struct EarlyResponse {
    pub(super) head: Head,
    /// As much of the body as arrived.
    pub(super) body: Vec<u8>,
}

impl fmt::Display for EarlyResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a response arrived before the request was sent")
    }
}

impl std::error::Error for EarlyResponse {}

/// Ignores writes after one that failed. Belongs below TLS.
#[derive(Debug)]
pub(super) struct BrokenWriteConnector;

impl<In: Transport> Connector<In> for BrokenWriteConnector {
    type Out = BrokenWriteTransport<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| BrokenWriteTransport {
            inner,
            is_broken: false,
        }))
    }
}

#[derive(Debug)]
pub(super) struct BrokenWriteTransport<In> {
    inner: In,
    is_broken: bool,
}

impl<In: Transport> Transport for BrokenWriteTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.is_broken {
            return Ok(());
        }
        let sent = self.inner.transmit_output(amount, timeout);
        self.is_broken = sent.is_err();
        sent
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        !self.is_broken && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// Ends a request whose body cannot be sent with the response that says why. Belongs above TLS.
#[derive(Debug)]
pub(super) struct EarlyResponseConnector;

impl<In: Transport> Connector<In> for EarlyResponseConnector {
    type Out = EarlyResponseTransport<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| EarlyResponseTransport {
            inner,
            is_head_sent: false,
        }))
    }
}

#[derive(Debug)]
pub(super) struct EarlyResponseTransport<In> {
    inner: In,
    is_head_sent: bool,
}

impl<In: Transport> Transport for EarlyResponseTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let Err(error) = self.inner.transmit_output(amount, timeout) else {
            self.is_head_sent = true;
            return Ok(());
        };
        // What arrives before the head is sent belongs to no request.
        let response = max_wait(&error)
            .filter(|_| self.is_head_sent)
            .and_then(|limit| self.read_response(limit));
        Err(response.map_or(error, |response| Error::Other(Box::new(response))))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.is_head_sent = false;
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl<In: Transport> EarlyResponseTransport<In> {
    /// Reads a response that is not a success: a request that was cut off cannot have succeeded.
    fn read_response(&mut self, limit: Duration) -> Option<EarlyResponse> {
        let now = Instant::now();
        let input = Input {
            transport: &mut self.inner,
            deadline: now.checked_add(limit).unwrap_or(now),
        };
        let mut reader = BufReader::new(input);
        let head = read_head(&mut reader).ok()?;
        let mut body = Vec::new();
        if !head.headers.contains_key("content-encoding") {
            // What arrived counts.
            let _ = read_body(&mut reader, &head, super::ERROR_BODY_LIMIT, &mut body);
        }
        (head.status >= 300).then_some(EarlyResponse { head, body })
    }
}

/// The time that a response has after this error; `None` if it cannot be one's fault.
fn max_wait(error: &Error) -> Option<Duration> {
    match error {
        Error::Io(error) if super::io_error::is_closed(error) => Some(MAX_WAIT),
        Error::Timeout(Timeout::PerWrite) => Some(MAX_WAIT_STALLED),
        _ => None,
    }
}

/// What arrives on a transport, up to a deadline.
struct Input<'a, T> {
    transport: &'a mut T,
    deadline: Instant,
}

impl<T: Transport> io::Read for Input<'_, T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_input(self.transport, self.deadline, buffer)
    }
}
