//! What it means when there is no answer.

use std::io;

use ureq::Timeout;

use super::Transport;
use crate::error::Retryability;
use crate::error::{Error, ErrorKind};

const UNRESOLVED: &str = "the host name could not be resolved";

impl Transport {
    /// For a call, and for an answer that breaks off.
    pub(super) fn broken(&self, error: ureq::Error) -> Error {
        let transport = |retryability: Retryability, message: &str| {
            failed(ErrorKind::Transport, retryability, message)
        };
        match error {
            ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => failed(
                ErrorKind::Timeout,
                Retryability::NotSent,
                &format!("no connection within {:?}", self.shared.timeouts.connect),
            ),
            ureq::Error::Timeout(reason) => self.timed_out(reason),
            ureq::Error::Io(error) => match error.kind() {
                io::ErrorKind::TimedOut => self.timed_out(Timeout::RecvBody),
                io::ErrorKind::ConnectionRefused => {
                    transport(Retryability::NotSent, "nothing listens there")
                }
                io::ErrorKind::InvalidData => transport(
                    Retryability::Permanent,
                    "the server's TLS certificate is not valid",
                ),
                _ if is_out_of_descriptors(&error) => transport(
                    Retryability::NotSent,
                    "too many files and connections are open",
                ),
                _ if is_unresolved(&error) => transport(Retryability::NotSent, UNRESOLVED),
                _ if is_closed(&error) => transport(
                    Retryability::Ambiguous,
                    "the server closed the connection before its answer was complete",
                ),
                _ => transport(Retryability::Ambiguous, "the connection failed"),
            }
            .with_source(error),
            ureq::Error::HostNotFound => transport(Retryability::NotSent, UNRESOLVED),
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => {
                transport(Retryability::Permanent, "the proxy refused the connection")
            }
            ureq::Error::Protocol(error) => transport(
                Retryability::Ambiguous,
                &format!("the server's answer is broken HTTP ({error})"),
            ),
            ureq::Error::LargeResponseHeader(..) => transport(
                Retryability::Permanent,
                "the headers of the server's answer are too large",
            ),
            ureq::Error::BodyExceedsLimit(limit) => failed(
                ErrorKind::Unexpected,
                Retryability::Permanent,
                &format!(
                    "the answer is larger than {limit} bytes; `ClientBuilder::max_response_size` allows more"
                ),
            ),
            #[cfg(feature = "gzip")]
            ureq::Error::Decompress(_, error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                transport(Retryability::Ambiguous, "the compressed answer was cut off")
                    .with_source(error)
            }
            #[cfg(feature = "gzip")]
            ureq::Error::Decompress(_, error) => failed(
                ErrorKind::Decode,
                Retryability::Ambiguous,
                "the compressed answer is broken",
            )
            .with_source(error),
            #[cfg(feature = "rustls")]
            ureq::Error::Rustls(error) => {
                transport(Retryability::Permanent, "TLS failed").with_source(error)
            }
            other => transport(Retryability::Permanent, &other.to_string()),
        }
    }

    fn timed_out(&self, reason: Timeout) -> Error {
        let message = match reason {
            Timeout::PerRead | Timeout::PerWrite => format!(
                "nothing moved for {:?}",
                self.shared.timeouts.idle.min(self.shared.timeouts.request)
            ),
            Timeout::RecvResponse => {
                format!(
                    "no answer within {:?}",
                    self.shared
                        .timeouts
                        .response
                        .min(self.shared.timeouts.request)
                )
            }
            _ => format!(
                "no complete answer within {:?}",
                self.shared.timeouts.request
            ),
        };
        failed(ErrorKind::Timeout, Retryability::Ambiguous, &message)
    }

    pub(super) fn broken_upload(&self, error: ureq::Error, is_complete: bool) -> Error {
        match error {
            ureq::Error::Io(error) if !is_complete && is_closed(&error) => failed(
                ErrorKind::Transport,
                Retryability::Ambiguous,
                "the server closed the connection during the upload and may have refused it",
            )
            .with_source(error),
            ureq::Error::Timeout(Timeout::PerWrite) => failed(
                ErrorKind::Timeout,
                Retryability::Ambiguous,
                &format!(
                    "the upload moved no byte for {:?}",
                    self.shared.timeouts.idle
                ),
            ),
            ureq::Error::Timeout(Timeout::RecvResponse) => failed(
                ErrorKind::Timeout,
                Retryability::Ambiguous,
                &format!(
                    "everything was sent, but no answer came within {:?}",
                    self.shared.timeouts.response
                ),
            ),
            other => self.broken(other),
        }
    }
}

pub(super) fn failed(kind: ErrorKind, retryability: Retryability, message: &str) -> Error {
    Error::new(kind, message).map(|inner| inner.retryability = retryability)
}

/// The standard library has no kind for this, only its text, and on Windows a number.
fn is_unresolved(error: &io::Error) -> bool {
    let windows = [11001, 11002, 11003, 11004];
    error
        .raw_os_error()
        .is_some_and(|code| cfg!(windows) && windows.contains(&code))
        || error.to_string().contains("lookup address information")
}

/// Whether no connection could be opened, since this process or the system has too many open files.
fn is_out_of_descriptors(error: &io::Error) -> bool {
    let codes: &[i32] = if cfg!(windows) { &[10024] } else { &[23, 24] };
    error
        .raw_os_error()
        .is_some_and(|code| codes.contains(&code))
}

pub(super) fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    )
}
