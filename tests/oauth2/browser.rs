//! What a browser does: asks for a page, and goes where it is sent.

use std::io::{Read, Write};
use std::net::TcpStream;

/// The answer to a plain GET, as text.
pub(crate) fn get(url: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let request =
        format!("GET {slash}{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    send(host, request.as_bytes())
}

/// The answer to these bytes.
pub(crate) fn send(host: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Where an answer sends the browser to.
pub(crate) fn location(answer: &str) -> String {
    assert!(answer.starts_with("HTTP/1.1 302"), "{answer}");
    let line = answer
        .lines()
        .find_map(|line| line.strip_prefix("location: "));
    line.expect(answer).to_owned()
}

/// Opens the address of a sign-in; the user consents; where the browser is sent back to.
pub(crate) fn consent(url: &str) -> String {
    location(&get(url))
}

/// The value of a query parameter, which is expected to be plain.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        .map(str::to_owned)
}
