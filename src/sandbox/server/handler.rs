//! The interface between the server and what handles its requests.

use std::io;
use std::time::Duration;

use super::head::Head;
use super::response::Response;

pub(crate) trait Handler: Send + Sync + std::fmt::Debug + 'static {
    /// Handles a request. An error of the body is passed on; the server responds to it.
    fn handle(&self, head: &Head, body: &mut dyn RequestBody) -> io::Result<Reply>;

    /// Returns the current latency and bandwidth of connections.
    fn link(&self) -> Link {
        Link::default()
    }

    /// Returns the response to a request that cannot be read.
    fn reject(&self, status: u16, message: &str) -> Response;
}

/// The latency and the bandwidth of a connection.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Link {
    /// Added to every response.
    pub(crate) latency: Duration,
    /// Bytes per second in each direction; `None` for as many as possible.
    pub(crate) bandwidth: Option<u64>,
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

    pub(crate) fn response(&self) -> &Response {
        &self.response
    }

    /// Describes how much of the response is sent.
    pub(crate) fn delivery_text(&self) -> &'static str {
        match self.delivery {
            Delivery::Complete => "complete",
            Delivery::Half => "half of it",
            Delivery::Close => "none, the connection was closed",
            Delivery::Silence => "none",
        }
    }
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self::new(response, Delivery::Complete)
    }
}
