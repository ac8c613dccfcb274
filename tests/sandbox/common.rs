//! A client without any HTTP library: the sandbox receives exactly the bytes that a test writes.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests"
)]
#![allow(unreachable_pub, reason = "a module of several test files")]

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use rblx_open_cloud::sandbox::Sandbox;
use serde_json::Value;

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest of a picture";

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'));
        lines
            .filter(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim())
            .next()
    }
}

pub struct Raw {
    pub stream: TcpStream,
    key: String,
}

impl Raw {
    pub fn connect(sandbox: &Sandbox) -> Self {
        let url = sandbox.url();
        let stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        // Without this, Nagle's algorithm holds a body back until the head is acknowledged.
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        Self {
            stream,
            key: sandbox.api_key().to_owned(),
        }
    }

    /// Sends bytes. A connection that the sandbox has closed already does not fail the test.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).is_ok()
    }

    pub fn head(&self, method: &str, target: &str, headers: &[&str]) -> String {
        let mut head = format!(
            "{method} {target} HTTP/1.1\r\nhost: sandbox\r\nx-api-key: {}\r\n",
            self.key
        );
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head + "\r\n"
    }

    pub fn get(&mut self, target: &str) -> Reply {
        let head = self.head("GET", target, &[]);
        self.send(head);
        self.reply()
    }

    pub fn form(&mut self, method: &str, target: &str, boundary: &str, body: &[u8]) -> Reply {
        let length = format!("content-length: {}", body.len());
        let kind = format!("content-type: multipart/form-data; boundary={boundary}");
        let head = self.head(method, target, &[&length, &kind]);
        self.send(head);
        self.send(body);
        self.reply()
    }

    /// Sends a body of JSON.
    pub fn json(&mut self, method: &str, target: &str, body: &str) -> Reply {
        let length = format!("content-length: {}", body.len());
        let head = self.head(method, target, &[&length, "content-type: application/json"]);
        self.send(head + body);
        self.reply()
    }

    /// Sends a request without a body.
    pub fn bare(&mut self, method: &str, target: &str) -> Reply {
        let head = self.head(method, target, &["content-length: 0"]);
        self.send(head);
        self.reply()
    }

    pub fn reply(&mut self) -> Reply {
        self.try_reply().expect("a response")
    }

    pub fn try_reply(&mut self) -> io::Result<Reply> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.stream.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let status = head[9..12].parse().unwrap();
        let mut reply = Reply {
            status,
            head,
            body: Vec::new(),
        };
        let length: usize = reply
            .header("content-length")
            .map_or(0, |v| v.parse().unwrap());
        reply.body.resize(length, 0);
        self.stream.read_exact(&mut reply.body)?;
        Ok(reply)
    }

    /// Returns the bytes that arrive until the connection ends.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.stream
            .read_to_end(&mut rest)
            .expect("the end of the connection, not a reset");
        rest
    }
}

/// Asserts status and code of an error in the shape of `cloud/v2`.
pub fn assert_error(reply: &Reply, status: u16, code: &str) {
    assert_eq!(
        (reply.status, reply.json()["code"].as_str()),
        (status, Some(code)),
        "{}",
        reply.text()
    );
}

/// A boundary that the content of no test contains.
pub const BOUNDARY: &str = "xxXXboundaryXXxx";
/// The header of a form with this boundary.
pub const FORM_TYPE: &str = "content-type: multipart/form-data; boundary=xxXXboundaryXXxx";

/// Encodes a value of a query.
pub fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

pub fn form(request: &str, file: Option<(&str, &str, &[u8])>) -> Vec<u8> {
    let head = "Content-Disposition: form-data; name=\"request\"";
    let mut body = format!("--{BOUNDARY}\r\n{head}\r\n\r\n{request}\r\n").into_bytes();
    if let Some((name, kind, content)) = file {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fileContent\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

pub fn decal(name: &str) -> String {
    format!(
        r#"{{"assetType":"Decal","displayName":"{name}","description":"d","creationContext":{{"creator":{{"userId":"156"}},"expectedPrice":0}}}}"#
    )
}

/// Uploads a picture, and returns the response.
pub fn upload(raw: &mut Raw, request: &str, file: (&str, &str, &[u8])) -> Reply {
    raw.form(
        "POST",
        "/assets/v1/assets",
        BOUNDARY,
        &form(request, Some(file)),
    )
}

/// Uploads and polls until done: the response.
pub fn finished(raw: &mut Raw, request: &str, file: (&str, &str, &[u8])) -> Value {
    let started = upload(raw, request, file);
    assert_eq!(started.status, 200, "{}", started.text());
    let path = format!("/assets/v1/{}", started.json()["path"].as_str().unwrap());
    for _ in 0..1000 {
        let operation = raw.get(&path).json();
        if operation["done"] == true {
            return operation["response"].clone();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("never done");
}
