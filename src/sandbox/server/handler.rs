//! The interface between the server and what handles its requests.

use std::io;

use super::head::Head;
use super::response::Response;

pub(crate) trait Handler: Send + Sync + 'static {
    /// Handles a request. An error of the body is passed on; the server responds to it.
    fn handle(&self, head: &Head, body: &mut dyn RequestBody) -> io::Result<Reply>;

    /// Returns the response to a request that cannot be read.
    fn reject(&self, status: u16, message: &str) -> Response;
}

/// The body of a request, whatever its framing.
pub(crate) trait RequestBody: io::Read {
    /// Returns the declared length, or `None` if the body is chunked.
    fn declared_length(&self) -> Option<u64>;
}

/// A response, and how much of it is sent.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(super) response: Response,
    pub(super) delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Complete,
    /// The connection ends after half of the body.
    Half,
    /// The connection ends once the request has been read.
    Close,
    /// The connection stays open without a response.
    Silence,
}

impl Reply {
    pub(crate) fn new(response: Response, delivery: Delivery) -> Self {
        Self { response, delivery }
    }
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self::new(response, Delivery::Complete)
    }
}
