//! An response and how it goes on the wire.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

/// Bodies up to this size are not worth compressing.
const PLAIN_SIZE: usize = 1024;

#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Response {
    pub(in crate::sandbox) status: u16,
    pub(in crate::sandbox) content_type: String,
    pub(in crate::sandbox) server: &'static str,
    pub(in crate::sandbox) headers: Vec<(String, String)>,
    pub(in crate::sandbox) body: Vec<u8>,
}

/// What the request and the state of the connection decide about the response's form.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "four independent facts")]
pub(super) struct Form {
    pub(super) gzip: bool,
    pub(super) close: bool,
    /// Only the head, as for the method `HEAD`.
    pub(super) head_only: bool,
    /// Only half of the body, though the whole length is declared.
    pub(super) half: bool,
}

impl Response {
    pub(in crate::sandbox) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        let content_type = content_type.to_owned();
        Self {
            status,
            content_type,
            server: "public-gateway",
            headers: Vec::new(),
            body,
        }
    }

    pub(in crate::sandbox) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string().into_bytes())
    }

    /// An error in the shape of the v2 services and of the assets service.
    pub(in crate::sandbox) fn error(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, &json!({ "code": code, "message": message }))
    }

    /// An error in the shape of the gateway in front of the older services.
    pub(in crate::sandbox) fn gateway_error(status: u16, message: &str) -> Self {
        Self::legacy_error(status, 0, message)
    }

    /// An error in the same shape, with the code that one of the older services documents.
    pub(in crate::sandbox) fn legacy_error(status: u16, code: u16, message: &str) -> Self {
        Self::json(
            status,
            &json!({ "errors": [{ "code": code, "message": message }] }),
        )
    }

    pub(in crate::sandbox) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The bytes to send.
    pub(super) fn encode(self, form: Form) -> io::Result<Vec<u8>> {
        let mut body = self.body;
        let mut head = format!("HTTP/1.1 {:03} {}\r\n", self.status, reason(self.status));
        let mut add = |name: &str, value: &str| {
            let _ = write!(head, "{}: {}\r\n", one_line(name), one_line(value));
        };
        add("server", self.server);
        if form.gzip && !form.half && body.len() > PLAIN_SIZE {
            body = gzip(&body)?;
            add("content-encoding", "gzip");
            add("vary", "accept-encoding");
        }
        self.headers
            .iter()
            .for_each(|(name, value)| add(name, value));
        let bodiless = matches!(self.status, 100..200 | 204 | 304);
        if !bodiless {
            add("content-type", &self.content_type);
            add("content-length", &body.len().to_string());
        }
        if form.close {
            add("connection", "close");
        }
        if bodiless || form.head_only {
            body.clear();
        } else if form.half {
            body.truncate(body.len() / 2);
        }
        head.push_str("\r\n");
        Ok([head.as_bytes(), &body].concat())
    }
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

/// A header given by a test must not end the head by accident.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n', '\0'], " ")
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        411 => "Length Required",
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
