//! What it means when there is no answer.

use std::io;

use ureq::Timeout;

use super::Transport;
use crate::error::{Error, ErrorKind};
use crate::http::retry::Fate;

const UNRESOLVED: &str = "the host name could not be resolved";

impl Transport {
    /// For a call, and for an answer that breaks off.
    pub(super) fn broken(&self, error: ureq::Error) -> Error {
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
                _ if is_unresolved(&error) => transport(Fate::NeverSent, UNRESOLVED),
                _ if is_closed(&error) => transport(
                    Fate::Unclear,
                    "the server closed the connection before its answer was complete",
                ),
                _ => transport(Fate::Unclear, "the connection failed"),
            }
            .caused_by(error),
            ureq::Error::HostNotFound => transport(Fate::NeverSent, UNRESOLVED),
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
                    "the answer is larger than {limit} bytes; `ClientBuilder::max_response_size` allows more"
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
    pub(super) fn broken_upload(&self, error: ureq::Error, is_complete: bool) -> Error {
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

pub(super) fn failed(kind: ErrorKind, fate: Fate, message: &str) -> Error {
    Error::new(kind, message).with(|facts| facts.fate = fate)
}

/// The standard library has no kind for this, only its text, and on Windows a number.
fn is_unresolved(error: &io::Error) -> bool {
    let windows = [11001, 11002, 11003, 11004];
    error
        .raw_os_error()
        .is_some_and(|code| cfg!(windows) && windows.contains(&code))
        || error.to_string().contains("lookup address information")
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
