//! A time limit for the bodies of errors. Downloads have no total timeout, so an error body that trickles in could block
//! one for days.

use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};
use ureq::{Error, Timeout};

/// Limits the time to read the body of an error. Belongs above TLS.
#[derive(Debug)]
pub(super) struct ErrorBodyLimitConnector(pub(super) Duration);

impl<In: Transport> Connector<In> for ErrorBodyLimitConnector {
    type Out = ErrorBodyLimitTransport<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| ErrorBodyLimitTransport {
            inner,
            limit: self.0,
            response: ResponseState::Awaited,
        }))
    }
}

#[derive(Debug)]
pub(super) struct ErrorBodyLimitTransport<In> {
    inner: In,
    limit: Duration,
    response: ResponseState,
}

/// The response that is being read.
#[derive(Debug, Clone, Copy)]
enum ResponseState {
    Awaited,
    Success,
    Error { deadline: Instant },
}

impl<In: Transport> ErrorBodyLimitTransport<In> {
    /// Reads the status of the response, once it has arrived.
    fn read_status(&mut self) {
        if !matches!(self.response, ResponseState::Awaited) {
            return;
        }
        self.response = match final_status(self.inner.buffers().input()) {
            None => ResponseState::Awaited,
            Some(b'2') => ResponseState::Success,
            Some(_) => Instant::now()
                .checked_add(self.limit)
                .map_or(ResponseState::Success, |deadline| ResponseState::Error {
                    deadline,
                }),
        };
    }
}

/// Returns the first digit of the status of the final response. Skips interim responses.
fn final_status(mut input: &[u8]) -> Option<u8> {
    loop {
        let status = input
            .strip_prefix(b"HTTP/1.")
            .and_then(|line| line.get(2))?;
        if *status != b'1' {
            return Some(*status);
        }
        let end = input.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
        input = input.get(end.saturating_add(4)..)?;
    }
}

impl<In: Transport> Transport for ErrorBodyLimitTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.response = ResponseState::Awaited;
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, mut timeout: NextTimeout) -> Result<bool, Error> {
        self.read_status();
        if let ResponseState::Error { deadline } = self.response {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::Timeout(Timeout::RecvBody));
            }
            if left < *timeout.after {
                timeout.after = left.into();
                timeout.reason = Timeout::RecvBody;
            }
        }
        let has_input = self.inner.await_input(timeout)?;
        self.read_status();
        Ok(has_input)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

#[cfg(test)]
mod tests {
    use super::final_status;

    #[test]
    fn interim_responses_are_skipped() {
        for (input, status) in [
            ("", None),
            ("HTTP/1.1", None),
            ("HTTP/1.1 ", None),
            ("HTTP/1.1 2", Some(b'2')),
            ("HTTP/1.0 404 Not Found\r\n", Some(b'4')),
            ("HTTP/1.1 100 Continue\r\n", None),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 X\r\n",
                Some(b'5'),
            ),
            (
                "HTTP/1.1 103 X\r\na: b\r\n\r\nHTTP/1.1 200 X\r\n",
                Some(b'2'),
            ),
            ("garbage", None),
        ] {
            assert_eq!(final_status(input.as_bytes()), status, "{input}");
        }
    }
}
