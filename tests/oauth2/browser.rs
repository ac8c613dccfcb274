//! A minimal browser: gets a page and follows redirects.

use std::io::{Read, Write};
use std::net::TcpStream;

/// Returns the response to a plain GET, as text.
pub(crate) fn get(url: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let request =
        format!("GET {slash}{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    send(host, request.as_bytes())
}

/// Sends these bytes and returns the response.
pub(crate) fn send(host: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).unwrap();
    stream.write_all(request).unwrap();
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    String::from_utf8_lossy(&response).into_owned()
}

/// Returns the URL that a response redirects to.
pub(crate) fn location(response: &str) -> String {
    assert!(response.starts_with("HTTP/1.1 302"), "{response}");
    let line = response
        .lines()
        .find_map(|line| line.strip_prefix("location: "));
    line.expect(response).to_owned()
}

/// Opens the URL of a sign-in, consents, and returns the URL of the redirect.
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
