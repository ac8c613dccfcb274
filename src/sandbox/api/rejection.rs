//! The rejection of a request.

use std::io;

use crate::sandbox::error_body;
use crate::sandbox::server::Response;

#[derive(Debug)]
pub(crate) enum Rejection {
    Response(Response),
    /// The body of the request cannot be read.
    Io(io::Error),
}

impl From<Response> for Rejection {
    fn from(response: Response) -> Self {
        Self::Response(response)
    }
}

impl From<io::Error> for Rejection {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Rejects a value of the request, in the shape of `cloud/v2`.
pub(crate) fn invalid(message: &str) -> Rejection {
    v2(400, "INVALID_ARGUMENT", message)
}

/// Rejects a request for something that does not exist, in the shape of `cloud/v2`.
pub(crate) fn not_found(what: &str) -> Rejection {
    v2(404, "NOT_FOUND", &format!("{what} was not found."))
}

/// Rejects a request in the shape of services that follow RFC 7807.
pub(crate) fn problem(status: u16, detail: &str) -> Rejection {
    error_body::problem(status, detail).into()
}

pub(crate) fn v2(status: u16, code: &str, message: &str) -> Rejection {
    error_body::v2(status, code, message).into()
}

pub(crate) fn gateway(status: u16, message: &str) -> Rejection {
    error_body::gateway(status, message).into()
}
