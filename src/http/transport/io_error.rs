//! Maps the errors of a request that was sent: no response, or only a part of it.

use std::io;
use std::time::Duration;

use ureq::Error as UreqError;
use ureq::Timeout;

use super::Transport;
use super::connect_error::{ConnectLimit, connect_error, host_unresolved, is_unresolved};
use super::connector::ConnectError;
use super::transport_error::{ambiguous_timeout, failed, invalid_http, is_closed, more_time};
use crate::error::{Error, ErrorKind, Retryability};

/// The advice for a server that does not respond to plain HTTP.
pub(super) const SCHEME_ADVICE: &str =
    "Check scheme and port of the base URL: https may be expected there";

/// The time that was left for the call, if it was less than the timeout.
type TimeLeft = Option<Duration>;

impl Transport {
    /// Maps an error of a call, or of reading its response.
    pub(super) fn call_error(&self, error: UreqError, left: TimeLeft) -> Error {
        let transport = |retryability: Retryability, message: &str| {
            failed(ErrorKind::Transport, retryability, message)
        };
        match error {
            UreqError::Other(other) => match other.downcast::<ConnectError>() {
                Ok(error) => connect_error(
                    *error,
                    &self.connect_limit(left),
                    self.shared.has_own_roots,
                    self.shared.is_loopback,
                ),
                Err(other) => transport(Retryability::Permanent, &other.to_string()),
            },
            UreqError::Timeout(reason) => self.timed_out(reason, left),
            UreqError::Io(error) => self.io_error(&error, left).with_source(error),
            UreqError::HostNotFound => host_unresolved(),
            UreqError::Protocol(error) => self.with_scheme_advice(invalid_http(&error)),
            UreqError::LargeResponseHeader(..) => transport(
                Retryability::Permanent,
                "the headers of the server's response are too large",
            ),
            UreqError::BodyExceedsLimit(limit) => failed(
                ErrorKind::Unexpected,
                Retryability::Permanent,
                &format!("the response is larger than {limit} bytes"),
            )
            .with_advice("The setting `max_response_size` allows more"),
            #[cfg(feature = "gzip")]
            UreqError::Decompress(_, error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                transport(
                    Retryability::Ambiguous,
                    "the compressed response was cut off",
                )
                .with_source(error)
            }
            #[cfg(feature = "gzip")]
            UreqError::Decompress(_, error) => failed(
                ErrorKind::Decode,
                Retryability::Ambiguous,
                "the compressed response is corrupt",
            )
            .with_source(error),
            #[cfg(feature = "rustls")]
            UreqError::Rustls(error) => {
                transport(Retryability::Ambiguous, "TLS failed").with_source(error)
            }
            other => transport(Retryability::Permanent, &other.to_string()),
        }
    }

    /// Maps an error of a lost connection.
    fn io_error(&self, error: &io::Error, left: TimeLeft) -> Error {
        match error.kind() {
            io::ErrorKind::TimedOut => self.timed_out(Timeout::RecvBody, left),
            // TLS received unexpected data.
            io::ErrorKind::InvalidData => failed(
                ErrorKind::Transport,
                Retryability::Ambiguous,
                "the TLS connection failed",
            ),
            _ if is_unresolved(error) => host_unresolved(),
            _ if is_closed(error) && self.stop.is_stopped() => failed(
                ErrorKind::Transport,
                Retryability::Ambiguous,
                "its connection was closed",
            ),
            _ if is_closed(error) => self.with_scheme_advice(failed(
                ErrorKind::Transport,
                Retryability::Ambiguous,
                "the server closed the connection before its response was complete",
            )),
            _ => failed(
                ErrorKind::Transport,
                Retryability::Ambiguous,
                "the connection failed",
            ),
        }
    }

    /// Adds advice about the scheme: a server that expects TLS does not respond to plain HTTP.
    fn with_scheme_advice(&self, error: Error) -> Error {
        if self.shared.is_plain {
            error.with_advice(SCHEME_ADVICE)
        } else {
            error
        }
    }

    fn connect_limit(&self, left: TimeLeft) -> ConnectLimit {
        let timeout = self.shared.timeouts.connect;
        match left.filter(|left| *left < timeout) {
            Some(_) => ConnectLimit {
                time: rounded(left),
                setting: "with_deadline",
            },
            None => ConnectLimit {
                time: timeout,
                setting: "connect_timeout",
            },
        }
    }

    fn timed_out(&self, reason: Timeout, left: TimeLeft) -> Error {
        let timeouts = &self.shared.timeouts;
        let (message, setting) = match reason {
            Timeout::Resolve | Timeout::Connect => {
                let limit = self.connect_limit(left);
                let message = format!("no connection within {:?}", limit.time);
                return failed(ErrorKind::Timeout, Retryability::NotSent, &message)
                    .with_advice(more_time(limit.setting));
            }
            _ if left.is_some_and(|left| left < timeouts.request) => (
                format!(
                    "no complete response within {:?}, the time that was left for this call",
                    rounded(left)
                ),
                "with_deadline",
            ),
            Timeout::PerRead | Timeout::PerWrite if timeouts.idle < timeouts.request => (
                format!("no data was transferred for {:?}", timeouts.idle),
                "idle_timeout",
            ),
            Timeout::RecvResponse if timeouts.response < timeouts.request => (
                format!("no response within {:?}", timeouts.response),
                "response_timeout",
            ),
            _ => (
                format!("no complete response within {:?}", timeouts.request),
                "timeout",
            ),
        };
        ambiguous_timeout(&message, setting)
    }

    /// Maps an error of an upload. `is_complete` says that all of it was sent.
    pub(super) fn upload_error(
        &self,
        error: UreqError,
        is_complete: bool,
        left: TimeLeft,
    ) -> Error {
        let timeouts = &self.shared.timeouts;
        match error {
            UreqError::Io(error) if !is_complete && is_closed(&error) => failed(
                ErrorKind::Transport,
                Retryability::Ambiguous,
                if self.stop.is_stopped() {
                    "the upload was cut off"
                } else {
                    "the server closed the connection during the upload and may have rejected it"
                },
            )
            .with_source(error),
            UreqError::Timeout(Timeout::PerWrite) => ambiguous_timeout(
                &format!("the upload transferred no data for {:?}", timeouts.idle),
                "idle_timeout",
            ),
            UreqError::Timeout(Timeout::RecvResponse) => ambiguous_timeout(
                &format!(
                    "everything was sent, but no response came within {:?}",
                    timeouts.response
                ),
                "response_timeout",
            ),
            UreqError::Timeout(Timeout::Global) => ambiguous_timeout(
                &format!(
                    "the upload was not complete within {:?}, the time that was left for it",
                    rounded(left)
                ),
                "with_deadline",
            ),
            other => self.call_error(other, left),
        }
    }
}

/// Returns the time that was left, without fractions of a millisecond.
fn rounded(left: TimeLeft) -> Duration {
    let left = left.unwrap_or_default();
    let fraction = Duration::from_nanos(u64::from(left.subsec_nanos() % 1_000_000));
    match left.saturating_sub(fraction) {
        Duration::ZERO => left,
        rounded => rounded,
    }
}
