//! The validating servers, and the exchanges that pass through them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// A validating server, ended with the test.
pub(crate) struct Validator {
    process: Child,
    pub(crate) url: String,
}

impl Validator {
    pub(crate) fn start(folder: &Path, document: Option<&str>, arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = Command::new(folder.join("start.sh"));
        command
            .arg(port.to_string())
            .args(arguments)
            .stdout(Stdio::piped())
            .env("LOG", folder.join("validator.log"));
        if let Some(document) = document {
            command.env("DOC", folder.join(document));
        }
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert_eq!(line.trim(), "ready", "see validator.log in the folder");
        Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        }
    }
}

impl Drop for Validator {
    fn drop(&mut self) {
        // The script stops its own server on TERM; a kill would leave that behind.
        let _ = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        let _ = self.process.wait();
    }
}

/// The exchanges: method, path, and the whole response as text.
pub(crate) type Seen = Arc<Mutex<Vec<(String, String, String)>>>;

/// Starts a proxy that records every request and every response.
pub(crate) fn recorder(upstream: &str) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let upstream = upstream.trim_start_matches("http://").to_owned();
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (upstream, log) = (upstream.clone(), Arc::clone(&log));
            std::thread::spawn(move || pass(client, &upstream, &log));
        }
    });
    (url, seen)
}

/// Forwards one request over a new connection, with headers that keep the response readable.
fn pass(client: TcpStream, upstream: &str, log: &Seen) {
    let mut reader = BufReader::new(client);
    let (mut head, mut length, mut first) = (String::new(), 0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        let lower = line.to_lowercase();
        if first.is_empty() {
            first.clone_from(&line);
        }
        if let Some(value) = lower.strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        let dropped = ["accept-encoding:", "connection:", "content-length:"];
        if !dropped.iter().any(|name| lower.starts_with(name)) {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body = as_documented(&first, body);
    let head = format!("{head}content-length: {}\r\n", body.len());
    let mut server = TcpStream::connect(upstream).unwrap();
    server
        .write_all(format!("{head}connection: close\r\n\r\n").as_bytes())
        .unwrap();
    server.write_all(&body).unwrap();
    let mut response = Vec::new();
    server.read_to_end(&mut response).unwrap();
    let mut words = first.split_whitespace();
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let path = target.split('?').next().unwrap().to_owned();
    log.lock().unwrap().push((
        method.to_owned(),
        path,
        String::from_utf8_lossy(&response).into_owned(),
    ));
    reader.get_mut().write_all(&response).unwrap();
}

/// Changes requests where the document differs from the service. The document requires that updates of a universe and of a
/// place name a template, which only new ones have, and it names the part for images of universes like that of badges.
fn as_documented(first: &str, body: Vec<u8>) -> Vec<u8> {
    if first.starts_with("POST /legacy-game-internationalization/v1/game-") {
        let text = String::from_utf8(body).unwrap();
        let named = text.replace("name=\"request.files\"", "name=\"Files\"");
        return named
            .replace("name=\"gameThumbnailRequest.files\"", "name=\"Files\"")
            .into_bytes();
    }
    let path = first.split(['?', ' ']).nth(1).unwrap_or_default();
    let is_update = first.starts_with("PATCH /cloud/v2/universes/");
    let field = match path.split('/').skip(4).collect::<Vec<_>>()[..] {
        [_] if is_update => "templateRootPlace",
        [_, "places", _] if is_update => "templatePlace",
        _ => return body,
    };
    let mut fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&body).unwrap();
    fields.insert(field.to_owned(), "universes/1/places/2".into());
    serde_json::to_vec(&fields).unwrap()
}

pub(crate) fn assert_accepted(seen: &Seen) {
    for (method, path, response) in seen.lock().unwrap().iter() {
        let lower = response.to_lowercase();
        let violation = lower
            .lines()
            .any(|line| line.starts_with("sl-violations:") && line.contains("\"error\""));
        let refused = lower.contains("https://stoplight.io/prism/errors")
            || lower.contains("x-specmatic-result: failure")
            || lower.contains("media type text/plain");
        assert!(!violation && !refused, "{method} {path}: {response}");
    }
}
