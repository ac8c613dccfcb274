//! Every place where a call can block, and how long after a shutdown it ends.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::support::{
    KEY, LimitedServer, MockServer, TemporaryPath, json, ok, wait_until, with_headers,
};
use rblx_open_cloud::models::{Asset, InventoryFilter};
use rblx_open_cloud::rate_limit::FileLimiter;
use rblx_open_cloud::{Client, ClientBuilder, ErrorKind, Method, Result, RetryPolicy};

const MINUTE: Duration = Duration::from_secs(60);
const LIMIT: Duration = Duration::from_millis(100);

type Call = Box<dyn FnOnce(&Client) -> Result<()> + Send>;
type Check = Box<dyn Fn() -> bool>;
type Case = Box<dyn Fn() -> Blocked>;

/// A call that is about to block, and how to see that it does.
struct Blocked {
    client: Client,
    call: Call,
    waits: Check,
    /// Values that must live as long as the call.
    kept: Vec<Box<dyn std::any::Any>>,
}

impl Blocked {
    fn new(
        client: Client,
        call: impl FnOnce(&Client) -> Result<()> + Send + 'static,
        waits: impl Fn() -> bool + 'static,
    ) -> Self {
        Self {
            client,
            call: Box::new(call),
            waits: Box::new(waits),
            kept: Vec::new(),
        }
    }

    fn keep(mut self, kept: impl std::any::Any) -> Self {
        self.kept.push(Box::new(kept));
        self
    }
}

/// The time from the shutdown to the end of the call.
fn measure(name: &str, blocked: Blocked) -> Duration {
    let (sender, result) = mpsc::channel();
    let (worker, call) = (blocked.client.clone(), blocked.call);
    std::thread::spawn(move || sender.send(call(&worker)));
    wait_until(name, blocked.waits);
    std::thread::sleep(Duration::from_millis(3));
    let stopped = Instant::now();
    blocked.client.shutdown();
    let result = result.recv_timeout(Duration::from_secs(30));
    let elapsed = stopped.elapsed();
    let result = result.unwrap_or_else(|_| panic!("{name}: it did not end"));
    let error = result
        .err()
        .unwrap_or_else(|| panic!("{name}: it succeeded"));
    assert_eq!(error.kind(), ErrorKind::Shutdown, "{name}: {error}");
    elapsed
}

/// Starts a peer that reads or does not read, and sends this. Returns its URL and a counter of the bytes that it has read,
/// to which each connection adds one.
fn peer(response: &'static [u8], reads: bool) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let count = Arc::clone(&count);
            std::thread::spawn(move || {
                count.fetch_add(1, Ordering::Relaxed);
                let mut buffer = vec![0; 64 * 1024];
                let mut is_first = true;
                if !reads {
                    std::thread::sleep(MINUTE);
                    return;
                }
                loop {
                    let read = stream.read(&mut buffer).unwrap_or(0);
                    if read == 0 {
                        return;
                    }
                    count.fetch_add(read, Ordering::Relaxed);
                    if std::mem::take(&mut is_first) {
                        stream.write_all(response).unwrap();
                    }
                }
            });
        }
    });
    (url, seen)
}

fn builder(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    Client::builder(KEY).base_url(url).retry(policy)
}

fn get(client: &Client) -> Result<()> {
    client.user(1).get().map(drop)
}

/// A call to a peer that sends only this.
fn silent(
    response: &'static [u8],
    call: impl FnOnce(&Client) -> Result<()> + Send + 'static,
) -> Blocked {
    let (url, seen) = peer(response, true);
    Blocked::new(builder(&url).build().unwrap(), call, move || {
        seen.load(Ordering::Relaxed) > 1
    })
}

fn download(response: &'static [u8]) -> Blocked {
    let (content, seen) = peer(response, true);
    let location = format!(r#"{{"location":"{content}/x"}}"#);
    let api = MockServer::replying([ok(location)]);
    let client = builder(&api.url).build().unwrap();
    let call = |client: &Client| client.asset(42).download(Vec::new()).map(drop);
    Blocked::new(client, call, move || seen.load(Ordering::Relaxed) > 1)
}

fn waits_for_retry() -> Blocked {
    let peer = MockServer::replying([with_headers(429, "retry-after: 60\r\n", "{}")]);
    let client = builder(&peer.url).build().unwrap();
    Blocked::new(client, get, move || peer.requests().len() == 1)
}

fn waits_for_poll() -> Blocked {
    let peer = MockServer::replying([ok(r#"{"path":"operations/1","done":false}"#)]);
    let client = builder(&peer.url)
        .poll_interval(MINUTE, MINUTE)
        .build()
        .unwrap();
    let call = |client: &Client| {
        client
            .operation::<Asset>("operations/1")
            .wait(MINUTE)
            .map(drop)
    };
    Blocked::new(client, call, move || peer.requests().len() == 1)
}

const USED_UP: &str =
    "x-ratelimit-limit: 1;w=60\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 60\r\n";
const PAGE: &str = r#"{"inventoryItems":[],"nextPageToken":"t"}"#;

fn list(client: &Client) -> Result<()> {
    let items = client.user(1).list_inventory(InventoryFilter::all());
    items.collect::<Result<Vec<_>>>().map(drop)
}

fn waits_for_window() -> Blocked {
    let peer = MockServer::new(|_, _| with_headers(200, USED_UP, PAGE));
    let client = builder(&peer.url).wait_on_rate_limit(true).build().unwrap();
    Blocked::new(client, list, move || peer.requests().len() == 1)
}

fn waits_for_turn() -> Blocked {
    let peer = MockServer::new(|_, _| with_headers(200, USED_UP, PAGE));
    let file = TemporaryPath::new("turn");
    let limiter = FileLimiter::open(&file.0).unwrap();
    let client = builder(&peer.url)
        .wait_on_rate_limit(true)
        .rate_limiter(limiter)
        .build()
        .unwrap();
    Blocked::new(client, list, move || peer.requests().len() == 1).keep(file)
}

fn waits_for_lock() -> Blocked {
    let service = LimitedServer::new(100, MINUTE);
    let file = TemporaryPath::new("lock");
    let limiter = FileLimiter::open(&file.0).unwrap();
    let client = builder(&service.server.url)
        .wait_on_rate_limit(true)
        .rate_limiter(limiter)
        .build()
        .unwrap();
    let held = std::fs::File::options().write(true).open(&file.0).unwrap();
    held.lock().unwrap();
    let call = |client: &Client| (0..1000).try_for_each(|_| get(client));
    Blocked::new(client, call, || true).keep((file, held, service))
}

fn waits_in_list() -> Blocked {
    let peer = MockServer::new(|number, _| {
        if number == 0 {
            ok(PAGE)
        } else {
            json(503, "{}")
        }
    });
    let client = builder(&peer.url)
        .retry(RetryPolicy::default().initial_backoff(MINUTE))
        .build()
        .unwrap();
    Blocked::new(client, list, move || peer.requests().len() == 2)
}

fn sends_json() -> Blocked {
    let (url, seen) = peer(b"", false);
    let call = |client: &Client| {
        let text = "x".repeat(32 << 20);
        client
            .request(Method::Post, "/a")
            .json(&text)
            .send_no_content()
    };
    Blocked::new(builder(&url).build().unwrap(), call, move || {
        seen.load(Ordering::Relaxed) > 0
    })
}

#[cfg(feature = "upload")]
fn upload(client: &Client) -> Result<()> {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{AssetType, AssetUpload};
    let file = AssetFile::bytes("model.fbx", vec![1; 32 << 20]);
    let upload = AssetUpload::new(AssetType::Model, "Tree", "", file);
    client.user(1).upload_asset(upload).map(drop)
}

#[cfg(feature = "upload")]
fn sends_upload() -> Blocked {
    let (url, seen) = peer(b"", false);
    Blocked::new(builder(&url).build().unwrap(), upload, move || {
        seen.load(Ordering::Relaxed) > 0
    })
}

#[cfg(feature = "upload")]
fn waits_for_upload() -> Blocked {
    let (url, seen) = peer(b"", true);
    Blocked::new(builder(&url).build().unwrap(), upload, move || {
        seen.load(Ordering::Relaxed) > 32 << 20
    })
}

#[cfg(feature = "rustls")]
fn shakes_hands() -> Blocked {
    let (url, seen) = peer(b"", true);
    let client = builder(&url.replace("http", "https")).build().unwrap();
    Blocked::new(client, get, move || seen.load(Ordering::Relaxed) > 1)
}

#[test]
fn a_shutdown_ends_every_kind_of_wait_within_a_tenth_of_a_second() {
    let mut cases: Vec<(&str, Case)> = vec![
        ("the head", Box::new(|| silent(b"", get))),
        (
            "the rest of the head",
            Box::new(|| silent(b"HTTP/1.1 200 OK\r\n", get)),
        ),
        (
            "the body",
            Box::new(|| silent(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", get)),
        ),
        (
            "a body in chunks",
            Box::new(|| {
                silent(
                    b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
                    get,
                )
            }),
        ),
        (
            "a body up to the end of the connection",
            Box::new(|| {
                silent(
                    b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}",
                    |client| {
                        client
                            .request(Method::Get, "/a")
                            .send::<serde_json::Value>()
                            .map(drop)
                    },
                )
            }),
        ),
        (
            "the body of an error",
            Box::new(|| silent(b"HTTP/1.1 500 X\r\ncontent-length: 9\r\n\r\n{", get)),
        ),
        ("sending a call", Box::new(sends_json)),
        ("the head of content", Box::new(|| download(b""))),
        (
            "content",
            Box::new(|| download(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc")),
        ),
        (
            "content up to the end of the connection",
            Box::new(|| download(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabc")),
        ),
        ("the delay before a retry", Box::new(waits_for_retry)),
        ("the delay before a poll", Box::new(waits_for_poll)),
        (
            "the next window of a rate limit, in a list",
            Box::new(waits_for_window),
        ),
        (
            "the delay before a page is requested again",
            Box::new(waits_in_list),
        ),
        ("a turn of a limiter", Box::new(waits_for_turn)),
        ("the lock of a limiter", Box::new(waits_for_lock)),
    ];
    #[cfg(feature = "upload")]
    cases.extend([
        (
            "sending an upload",
            Box::new(sends_upload) as Box<dyn Fn() -> Blocked>,
        ),
        ("the response to an upload", Box::new(waits_for_upload)),
    ]);
    #[cfg(feature = "rustls")]
    cases.push(("the TLS handshake", Box::new(shakes_hands)));
    for (name, block) in cases {
        // Other tests may keep the processor busy: once is enough to see that it does not wait.
        let times = (0..5).map(|_| measure(name, block()));
        let mut slowest = Duration::ZERO;
        let time = times
            .inspect(|time| slowest = slowest.max(*time))
            .find(|time| *time < LIMIT);
        println!("{name}: {time:.1?}, {slowest:.1?} at most");
        assert!(time.is_some(), "{name}: {slowest:?}");
    }
}
