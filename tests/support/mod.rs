//! A server that sends exactly the bytes that a test sets, and records the requests.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    unreachable_pub,
    reason = "support of tests: each test file uses a part, and a failure is a panic"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rblx_open_cloud::time::OffsetDateTime;
use rblx_open_cloud::time::format_description::well_known::Rfc3339;
use rblx_open_cloud::{Client, ClientBuilder, Error, Result, RetryPolicy};

pub const KEY: &str = "planted-secret-key";

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Counts connections from 0.
    pub connection: usize,
}

impl Received {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The decoded value of a query parameter.
    pub fn query(&self, name: &str) -> Option<String> {
        let query = self.target.split_once('?')?.1;
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (key == name).then(|| {
                percent_encoding::percent_decode_str(value)
                    .decode_utf8()
                    .unwrap()
                    .into_owned()
            })
        })
    }

    /// Returns method, decoded target and body in one line.
    pub fn line(&self) -> String {
        let target = percent_encoding::percent_decode_str(&self.target);
        let target = target.decode_utf8().unwrap();
        let body = String::from_utf8_lossy(&self.body);
        let line = format!("{} {target} {body}", self.method);
        line.trim_end().to_owned()
    }
}

/// The default retry policy, with delays of a millisecond.
pub fn quick_retry() -> RetryPolicy {
    let millisecond = Duration::from_millis(1);
    RetryPolicy::default()
        .initial_backoff(millisecond)
        .max_backoff(millisecond)
}

/// A server in a thread. `response` gets each request and its number from 0, and returns the bytes of the response.
pub struct MockServer {
    pub url: String,
    requests: Arc<Mutex<Vec<Received>>>,
}

impl MockServer {
    pub fn new(response: impl Fn(usize, &Received) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, response) = (Arc::clone(&requests), Arc::new(response));
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                let (log, response) = (Arc::clone(&log), Arc::clone(&response));
                std::thread::spawn(move || serve(stream, number, &log, &*response));
            }
        });
        Self { url, requests }
    }

    /// Returns these responses in turn, and then repeats the last one.
    pub fn replying(responses: impl Into<Vec<Vec<u8>>>) -> Self {
        let responses = responses.into();
        Self::new(move |number, _| responses[number.min(responses.len() - 1)].clone())
    }

    pub fn requests(&self) -> Vec<Received> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the only request.
    pub fn only_request(&self) -> Received {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "one request");
        requests.remove(0)
    }

    pub fn builder(&self) -> ClientBuilder {
        let millisecond = Duration::from_millis(1);
        Client::builder(KEY)
            .base_url(&self.url)
            .poll_interval(millisecond, millisecond)
            .retry(RetryPolicy::none())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// A client that retries with delays of a millisecond.
    pub fn retrying_client(&self) -> Client {
        self.builder().retry(quick_retry()).build().unwrap()
    }
}

fn serve(
    mut stream: TcpStream,
    connection: usize,
    log: &Mutex<Vec<Received>>,
    response: &(dyn Fn(usize, &Received) -> Vec<u8> + Send + Sync),
) {
    stream.set_nodelay(true).unwrap();
    let mut pending = Vec::new();
    while let Some(mut request) = read_request(&mut stream, &mut pending) {
        request.connection = connection;
        let number = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        let bytes = response(number, &request);
        // A response without a length, or an empty one, ends the connection.
        if stream.write_all(&bytes).is_err() || !is_framed(&bytes) {
            return;
        }
    }
}

fn is_framed(response: &[u8]) -> bool {
    let head = String::from_utf8_lossy(response).to_ascii_lowercase();
    head.contains("content-length:") && !head.contains("connection: close")
}

fn read_request(stream: &mut TcpStream, pending: &mut Vec<u8>) -> Option<Received> {
    let mut buffer = [0; 16 * 1024];
    let head = loop {
        if let Some(end) = pending.windows(4).position(|window| window == b"\r\n\r\n") {
            break String::from_utf8_lossy(&pending.drain(..end + 4).collect::<Vec<_>>())
                .into_owned();
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(read) => pending.extend(&buffer[..read]),
        }
    };
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().unwrap());
    while pending.len() < length {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(read) => pending.extend(&buffer[..read]),
        }
    }
    let body = pending.drain(..length).collect();
    Some(Received {
        method,
        target,
        headers,
        body,
        connection: 0,
    })
}

/// A response with a length and a content type.
pub fn response(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend(body);
    bytes
}

pub fn json(status: u16, body: impl AsRef<[u8]>) -> Vec<u8> {
    response(status, "application/json", body)
}

pub fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    json(200, body)
}

/// A response with further headers, each ended by CRLF.
pub fn with_headers(status: u16, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

pub const USER: &str =
    r#"{"id":"1","name":"n","displayName":"d","createTime":"2020-01-01T00:00:00Z"}"#;

/// A service with a limit for each window; windows are aligned with its clock. It counts the requests that it rejects.
pub struct LimitedServer {
    pub server: MockServer,
    pub rejected: Arc<AtomicUsize>,
    pub served: Arc<AtomicUsize>,
}

impl LimitedServer {
    pub fn new(limit: u64, window: Duration) -> Self {
        let (rejected, served) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let counts = (Arc::clone(&rejected), Arc::clone(&served));
        let (start, state) = (Instant::now(), Mutex::new((0, 0)));
        let peer = MockServer::new(move |_, _| {
            let mut state = state.lock().unwrap();
            let now = start.elapsed();
            let number = now.as_nanos() / window.as_nanos();
            if state.0 != number {
                *state = (number, 0);
            }
            let is_served = state.1 < limit;
            if is_served {
                state.1 += 1;
            }
            let reset = window.as_secs_f64() - now.as_secs_f64() % window.as_secs_f64();
            let headers = format!(
                "x-ratelimit-limit: {limit};w=60\r\nx-ratelimit-remaining: {}\r\nx-ratelimit-reset: {reset}\r\n",
                limit - state.1
            );
            let (count, status) = if is_served {
                (&counts.1, 200)
            } else {
                (&counts.0, 429)
            };
            count.fetch_add(1, Ordering::Relaxed);
            with_headers(status, &headers, USER)
        });
        Self {
            server: peer,
            rejected,
            served,
        }
    }

    pub fn rejected(&self) -> usize {
        self.rejected.load(Ordering::Relaxed)
    }

    pub fn served(&self) -> usize {
        self.served.load(Ordering::Relaxed)
    }
}

/// Returns the request of a call, which gets an empty response.
pub fn sent<T>(call: impl FnOnce(Client) -> Result<T>) -> Received {
    let peer = MockServer::replying([ok("{}")]);
    let _ = call(peer.client());
    peer.requests().remove(0)
}

/// Returns the number of attempts of a call while the service is unavailable.
pub fn attempts<T>(call: impl FnOnce(Client) -> Result<T>) -> usize {
    let peer = MockServer::replying([json(503, "{}")]);
    assert!(call(peer.retrying_client()).is_err());
    peer.requests().len()
}

/// Fetches the first item of a list.
pub fn first<T>(mut items: impl Iterator<Item = Result<T>>) -> Result<()> {
    items.next().transpose().map(drop)
}

/// Parses a time such as `2026-01-02T03:04:05Z`.
pub fn utc(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).unwrap()
}

/// Returns everything that an error and its sources show.
pub fn shown(error: &Error) -> String {
    let code = error.code().unwrap_or_default();
    let (message, body) = (error.message(), error.body().unwrap_or_default());
    let (details, trace_id) = (error.details(), error.trace_id());
    let mut text =
        format!("{error} {error:?} {error:#?} {message} {code} {body} {details:?} {trace_id:?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text} {cause} {cause:?} {cause:#?}");
        source = cause.source();
    }
    text
}

/// Waits until a condition holds. Fails after a minute, which is more than a slow machine needs.
pub fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Returns a port on which nothing listens.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// A path for a file of a test, which is removed with it.
pub struct TemporaryPath(pub std::path::PathBuf);

impl TemporaryPath {
    pub fn new(name: &str) -> Self {
        let name = format!("rblx-limits-{}-{name}", std::process::id());
        let path = Self(std::env::temp_dir().join(name));
        path.remove();
        path
    }

    fn remove(&self) {
        let _ = std::fs::remove_file(&self.0);
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Drop for TemporaryPath {
    fn drop(&mut self) {
        self.remove();
    }
}
