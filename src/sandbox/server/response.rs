//! A response and its form on the wire.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

/// Bodies up to this size are not compressed.
const MIN_GZIP_SIZE: usize = 1024;
const JSON: &str = "application/json";

#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    /// The value of the header `server`.
    pub(crate) server: &'static str,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// How to send a response. The request and the connection decide.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "four independent facts")]
pub(super) struct SendOptions {
    pub(super) gzip: bool,
    pub(super) close: bool,
    /// Sends no body, as for the method `HEAD`.
    pub(super) head_only: bool,
    /// Sends half of the body, but declares the whole length.
    pub(super) half: bool,
}

impl Response {
    pub(crate) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self {
            content_type: Some(content_type.to_owned()),
            body,
            ..Self::empty(status)
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, JSON, body.to_string().into_bytes())
    }

    /// Returns a response that another server sent. The connection writes its own framing, and names itself.
    pub(crate) fn from_parts(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        let mut response = Self {
            body,
            ..Self::empty(status)
        };
        for (name, value) in headers {
            match name.as_str() {
                "content-type" => response.content_type = Some(value),
                "server" => {}
                _ => response.headers.push((name, value)),
            }
        }
        response
    }

    /// Returns a response without a body, and so without a content type.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            content_type: None,
            server: "public-gateway",
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Returns the bytes to send.
    pub(super) fn encode(self, options: SendOptions) -> io::Result<Vec<u8>> {
        let mut body = self.body;
        let mut head = format!("HTTP/1.1 {:03} {}\r\n", self.status, reason(self.status));
        let mut add = |name: &str, value: &str| {
            let _ = write!(head, "{}: {}\r\n", one_line(name), one_line(value));
        };
        add("server", self.server);
        if options.gzip && !options.half && body.len() > MIN_GZIP_SIZE {
            body = gzip(&body)?;
            add("content-encoding", "gzip");
            add("vary", "accept-encoding");
        }
        self.headers
            .iter()
            .for_each(|(name, value)| add(name, value));
        let bodiless = matches!(self.status, 100..200 | 204 | 304);
        if !bodiless {
            self.content_type
                .iter()
                .for_each(|kind| add("content-type", kind));
            add("content-length", &body.len().to_string());
        }
        if options.close {
            add("connection", "close");
        }
        if bodiless || options.head_only {
            body.clear();
        } else if options.half {
            body.truncate(body.len() / 2);
        }
        head.push_str("\r\n");
        Ok([head.as_bytes(), &body].concat())
    }
}

/// A JSON value with the status 200.
impl From<Value> for Response {
    fn from(body: Value) -> Self {
        Self::json(200, &body)
    }
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

/// Removes line breaks: a header that a test sets must not end the head.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n', '\0'], " ")
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Status",
    }
}
