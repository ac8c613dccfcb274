//! Responses that arrive while the request is still being sent, such as a 413 or a 429 to an upload.
//!
//! A server that rejects a request early may close the connection at once. Then writing fails, although the response has
//! arrived. Below TLS a transport ignores further writes, since TLS would not read before it has written; above TLS
//! another one reads the response and ends the request with it.

use std::fmt;
use std::io::{self, BufReader};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};
use ureq::{Error, Timeout};

use super::input::{deadline, read_input};
use super::message::{MAX_ERROR_BODY_SIZE, response_head};
use super::response_body::read_body;
use super::response_head::{Head, read_head};
use super::transport_error::is_closed;
use crate::http::response::Response;

/// The time to wait for the response after writing failed.
const MAX_WAIT: Duration = Duration::from_secs(5);
/// The time to wait if the server stopped reading, but did not close the connection.
const MAX_WAIT_STALLED: Duration = Duration::from_millis(100);

/// An early response, as the error that ends the request.
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

impl fmt::Debug for EarlyResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for EarlyResponse {}

/// Returns the response that ended a request before it was sent, if the error is one.
pub(super) fn early_response(error: Error) -> Result<Response, Error> {
    let Error::Other(other) = error else {
        return Err(error);
    };
    let early = *other.downcast::<EarlyResponse>().map_err(Error::Other)?;
    Ok(Response {
        body: early.body.into(),
        ..response_head(early.head.status, &early.head.headers, &[])
    })
}

/// Ends a request whose body cannot be sent with the response that says why. Wraps the connector that does TLS.
#[derive(Debug)]
pub(super) struct EarlyResponseConnector<C>(pub(super) C);

impl<In, C> Connector<In> for EarlyResponseConnector<C>
where
    In: Transport,
    C: Connector<BelowTls<In>>,
{
    type Out = AboveTls<C::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let fault = Arc::new(WriteFault::default());
        let below = chained.map(|inner| BelowTls {
            inner,
            fault: Arc::clone(&fault),
        });
        let above = self.0.connect(details, below)?;
        Ok(above.map(|inner| AboveTls {
            inner,
            fault,
            is_head_sent: false,
        }))
    }
}

/// The reason why nothing more can be written. TLS does not report it.
#[derive(Debug, Default)]
struct WriteFault(AtomicU8);

impl WriteFault {
    const CLOSED: u8 = 1;
    const STALLED: u8 = 2;
    const OTHER: u8 = 3;

    fn set(&self, error: &Error) {
        let fault = match error {
            Error::Io(error) if is_closed(error) => Self::CLOSED,
            Error::Timeout(Timeout::PerWrite) => Self::STALLED,
            _ => Self::OTHER,
        };
        self.0.store(fault, Ordering::Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    /// Returns the error again.
    fn error(&self) -> Option<Error> {
        match self.0.load(Ordering::Relaxed) {
            Self::CLOSED => Some(io::Error::from(io::ErrorKind::BrokenPipe).into()),
            Self::STALLED => Some(Error::Timeout(Timeout::PerWrite)),
            _ => None,
        }
    }

    /// Returns how long to wait for a response after this fault; `None` if none can follow.
    fn max_wait(&self) -> Option<Duration> {
        match self.0.load(Ordering::Relaxed) {
            Self::CLOSED => Some(MAX_WAIT),
            Self::STALLED => Some(MAX_WAIT_STALLED),
            _ => None,
        }
    }
}

/// Ignores writes after one that failed.
#[derive(Debug)]
pub(super) struct BelowTls<In> {
    inner: In,
    fault: Arc<WriteFault>,
}

impl<In: Transport> Transport for BelowTls<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.fault.is_set() {
            return Ok(());
        }
        let sent = self.inner.transmit_output(amount, timeout);
        sent.inspect_err(|error| self.fault.set(error))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        !self.fault.is_set() && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// Reads the response when the request can no longer be written.
#[derive(Debug)]
pub(super) struct AboveTls<In> {
    inner: In,
    fault: Arc<WriteFault>,
    is_head_sent: bool,
}

impl<In: Transport> Transport for AboveTls<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let sent = self.inner.transmit_output(amount, timeout);
        let Some(error) = sent.err().or_else(|| self.fault.error()) else {
            self.is_head_sent = true;
            return Ok(());
        };
        // Bytes that arrive before the head is sent do not belong to this request.
        let wait = self.fault.max_wait().filter(|_| self.is_head_sent);
        let response = wait.and_then(|limit| self.read_response(limit));
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

impl<In: Transport> AboveTls<In> {
    /// Reads a response that is not a success: a request that was cut off cannot have succeeded.
    fn read_response(&mut self, limit: Duration) -> Option<EarlyResponse> {
        let input = Input {
            transport: &mut self.inner,
            deadline: deadline(limit),
        };
        let mut reader = BufReader::new(input);
        let head = read_head(&mut reader).ok()?;
        let mut body = Vec::new();
        if !head.headers.contains_key("content-encoding") {
            // Part of the body is enough.
            let _ = read_body(&mut reader, &head, MAX_ERROR_BODY_SIZE, &mut body);
        }
        (head.status >= 300).then_some(EarlyResponse { head, body })
    }
}

/// Reads from a transport until a deadline.
struct Input<'a, T> {
    transport: &'a mut T,
    deadline: Instant,
}

impl<T: Transport> io::Read for Input<'_, T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_input(self.transport, self.deadline, buffer)
    }
}
