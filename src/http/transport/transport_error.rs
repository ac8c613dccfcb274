//! Helpers for the errors of the transport.

use std::fmt::Display;
use std::io;

use crate::error::{Error, ErrorKind, Retryability};

pub(super) fn failed(kind: ErrorKind, retryability: Retryability, message: &str) -> Error {
    Error::new(kind, message).map(|inner| inner.retryability = retryability)
}

/// Returns the error of a timeout after at least a part of the request was sent.
pub(super) fn ambiguous_timeout(message: &str, setting: &str) -> Error {
    failed(ErrorKind::Timeout, Retryability::Ambiguous, message).with_advice(more_time(setting))
}

/// Returns the error of a response that is not valid HTTP.
pub(super) fn invalid_http(why: &dyn Display) -> Error {
    let message = format!("the server's response is not valid HTTP ({why})");
    failed(ErrorKind::Transport, Retryability::Ambiguous, &message)
}

pub(super) fn more_time(setting: &str) -> String {
    format!("Try again, or allow more time with the setting `{setting}`")
}

/// Whether the other side closed the connection.
pub(super) fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    )
}
