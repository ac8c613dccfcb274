//! Rejections that arrive before the whole request was sent, or byte by byte.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[cfg_attr(
    not(feature = "upload"),
    allow(unused_imports, reason = "some tests upload")
)]
use crate::support::{self, json, quick_retry, with_headers};
use rblx_open_cloud::models::SignedUrl;
#[cfg_attr(
    not(feature = "upload"),
    allow(unused_imports, reason = "some tests upload")
)]
use rblx_open_cloud::{AssetFile, Client, ClientBuilder, Error, ErrorKind, Method};

/// Longer than any test, shorter than any default limit.
const BOUND: Duration = Duration::from_secs(8);

/// A server that does this with each connection.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Server {
    fn new(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let (count, serve) = (Arc::clone(&connections), Arc::new(serve));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::Relaxed);
                let serve = Arc::clone(&serve);
                std::thread::spawn(move || serve(stream));
            }
        });
        Self { url, connections }
    }

    /// Reads this many bytes of a request, sends this, and closes the connection before the request ends.
    fn closing(read: usize, response: Vec<u8>) -> Self {
        Self::new(move |mut stream| {
            stream.read_exact(&mut vec![0; read]).unwrap();
            let _ = stream.write_all(&response);
        })
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder(support::KEY)
            .base_url(&self.url)
            .retry(quick_retry())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }
}

/// Puts a large body of JSON.
fn put(client: &Client, bytes: usize) -> Error {
    let started = Instant::now();
    let error = client
        .request(Method::Put, "/things/{id}")
        .path_param(1)
        .json(&"x".repeat(bytes))
        .send_no_content()
        .unwrap_err();
    assert!(started.elapsed() < BOUND, "{:?}", started.elapsed());
    error
}

#[cfg(feature = "upload")]
fn upload(client: &Client, bytes: usize) -> Error {
    use rblx_open_cloud::models::{AssetType, AssetUpload};

    let started = Instant::now();
    let file = AssetFile::bytes("a.tga", vec![7; bytes]);
    let upload = AssetUpload::new(AssetType::Decal, "n", "d", file);
    let error = client.user(1).upload_asset(upload).unwrap_err();
    assert!(started.elapsed() < BOUND, "{:?}", started.elapsed());
    error
}

#[cfg(feature = "upload")]
#[test]
fn an_upload_hears_a_rejection_of_a_server_that_closes_at_once() {
    for read in [1000, 100_000, 1_000_000] {
        let server = Server::closing(read, json(413, r#"{"message":"too large"}"#));
        let error = upload(&server.client(), 20_000_000);
        assert_eq!(
            (error.status(), error.message(), server.connections()),
            (Some(413), "too large", 1),
            "{error}"
        );
        assert!(!error.outcome_unknown(), "{error}");
        assert!(
            error
                .to_string()
                .contains("The file is too large for the service"),
            "{error}"
        );

        // The wait that it names is longer than the policy allows, so it comes back at once.
        let server = Server::closing(read, with_headers(429, "retry-after: 60\r\n", "{}"));
        let error = upload(&server.client(), 20_000_000);
        assert_eq!(
            (error.kind(), error.retry_after(), server.connections()),
            (ErrorKind::RateLimited, Some(Duration::from_secs(60)), 1),
            "{error}"
        );
        // Without one it is sent again.
        let server = Server::closing(read, json(429, "{}"));
        let error = upload(&server.client(), 20_000_000);
        assert_eq!(
            (error.kind(), error.attempts(), server.connections()),
            (ErrorKind::RateLimited, 4, 4),
            "{error}"
        );
    }
}

#[test]
fn a_call_with_a_large_body_hears_it_too() {
    let server = Server::closing(1000, json(413, r#"{"message":"too large"}"#));
    let error = put(&server.client(), 20_000_000);
    assert_eq!(
        (error.status(), error.message(), server.connections()),
        (Some(413), "too large", 1),
        "{error}"
    );
    // A page of a gateway, without a length.
    let page = b"HTTP/1.1 503 X\r\ncontent-type: text/html\r\n\r\n<title>Busy</title>";
    let server = Server::closing(1000, page.to_vec());
    let error = put(&server.client(), 20_000_000);
    assert_eq!((error.status(), server.connections()), (Some(503), 4));
    assert!(error.message().ends_with("Busy"), "{error}");
    // Compressed, it is not read, but its status counts.
    let zipped = b"HTTP/1.1 413 X\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc";
    let server = Server::closing(1000, zipped.to_vec());
    let error = put(&server.client(), 20_000_000);
    assert_eq!((error.status(), error.body()), (Some(413), None), "{error}");
}

#[cfg(feature = "upload")]
#[test]
fn a_success_before_the_whole_file_was_sent_is_an_error() {
    let pending = r#"{"path":"operations/1","done":false}"#;
    let server = Server::closing(1000, support::ok(pending));
    let error = upload(&server.client(), 20_000_000);
    assert_eq!(
        (error.kind(), server.connections()),
        (ErrorKind::Transport, 1),
        "{error}"
    );
    assert!(error.outcome_unknown(), "{error}");
    // Nor is silence, or what is no HTTP.
    for response in [&b""[..], b"HTTP/1.1 4", b"garbage\r\n\r\n"] {
        let server = Server::closing(1000, response.to_vec());
        let error = upload(&server.client(), 20_000_000);
        assert_eq!(
            (error.kind(), server.connections()),
            (ErrorKind::Transport, 1),
            "{error}"
        );
        assert!(error.message().contains("during the upload"), "{error}");
    }
}

#[cfg(feature = "upload")]
#[test]
fn a_server_that_rejects_and_then_neither_reads_nor_closes_is_heard() {
    let server = Server::new(|mut stream| {
        stream.read_exact(&mut [0; 1000]).unwrap();
        stream
            .write_all(&json(413, r#"{"message":"too large"}"#))
            .unwrap();
        std::thread::sleep(BOUND);
    });
    let client = server.builder().idle_timeout(Duration::from_millis(50));
    let error = upload(&client.build().unwrap(), 50_000_000);
    assert_eq!(
        (error.status(), error.message()),
        (Some(413), "too large"),
        "{error}"
    );
}

/// Sends this, then a byte every few milliseconds: no single read takes long.
fn trickle(mut stream: TcpStream, head: &[u8], bytes: &[u8]) {
    let _ = stream.read(&mut [0; 16 * 1024]).unwrap();
    stream.write_all(head).unwrap();
    while stream.write_all(bytes).is_ok() {
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// Rejections whose bodies never end.
fn endless_rejections() -> Vec<(Vec<u8>, &'static [u8])> {
    let head = |headers: &str| format!("HTTP/1.1 403 X\r\n{headers}\r\n").into_bytes();
    let mut endless: Vec<(Vec<u8>, &'static [u8])> = vec![
        (head("content-length: 1000000\r\n"), b"x"),
        (head(""), b"x"),
        (head("transfer-encoding: chunked\r\n"), b"1\r\nx\r\n"),
    ];
    if cfg!(feature = "gzip") {
        // The file name in the header of the compressed data never ends, so nothing comes out.
        let start: &[u8] = &[0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3];
        let zipped = [&head("content-encoding: gzip\r\n")[..], start].concat();
        endless.push((zipped, b"x"));
    }
    endless
}

#[test]
fn a_rejection_that_trickles_in_ends_a_download_after_a_while() {
    for (head, byte) in endless_rejections() {
        let content = Server::new({
            let head = head.clone();
            move |stream| trickle(stream, &head, byte)
        });
        let location = format!(r#"{{"location":"{}/x"}}"#, content.url);
        let api = support::MockServer::replying([support::ok(location)]);
        // The limit of a call. Content itself has no limit.
        let limit = Duration::from_millis(150);
        let client = api.builder().timeout(limit).build().unwrap();
        let started = Instant::now();
        let error = client.asset(5).download(std::io::sink()).unwrap_err();
        assert!(started.elapsed() < BOUND, "{:?}", started.elapsed());
        assert_eq!(error.status(), Some(403), "{error}");
        assert!(error.message().contains("refused the download"), "{error}");
    }
}

#[test]
fn a_rejection_of_private_content_that_trickles_in_ends_it_too() {
    let (head, byte) = endless_rejections().remove(0);
    let content = Server::new(move |stream| trickle(stream, &head, byte));
    let url = format!("{}/x", content.url);
    let path = "universes/5/luau-execution-session-task-binary-inputs/b1";
    let api = support::MockServer::replying([support::ok(format!(
        r#"{{"path":"{path}","uploadUri":"{url}"}}"#
    ))]);
    let limit = Duration::from_millis(500);
    let client = api.builder().timeout(limit).build().unwrap();
    let started = Instant::now();
    let download = client.download_url(&SignedUrl::from(url.as_str()), std::io::sink());
    let upload = client
        .universe(5)
        .luau_input(AssetFile::bytes("a.bin", [1]));
    for error in [download.unwrap_err(), upload.unwrap_err()] {
        assert_eq!(error.status(), Some(403), "{error}");
    }
    assert!(started.elapsed() < BOUND, "{:?}", started.elapsed());
}

#[test]
fn a_rejection_that_trickles_in_ends_every_other_call_too() {
    for (head, byte) in endless_rejections() {
        let server = Server::new(move |stream| trickle(stream, &head, byte));
        let limit = Duration::from_millis(150);
        let client = server.builder().timeout(limit).build().unwrap();
        let started = Instant::now();
        for error in [
            client.user(1).get().unwrap_err(),
            client.group(7).accept_join_request(1).unwrap_err(),
            put(&client, 10),
            #[cfg(feature = "upload")]
            upload(&client, 10),
        ] {
            assert_eq!(error.status(), Some(403), "{error}");
        }
        assert!(started.elapsed() < BOUND, "{:?}", started.elapsed());
    }
}

#[test]
fn content_that_is_slow_has_all_the_time_it_needs() {
    let content = Server::new(|mut stream| {
        let _ = stream.read(&mut [0; 16 * 1024]).unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 60\r\n\r\n")
            .unwrap();
        for _ in 0..60 {
            stream.write_all(b"x").unwrap();
            std::thread::sleep(Duration::from_millis(3));
        }
        stream.shutdown(Shutdown::Write).unwrap();
    });
    let location = format!(r#"{{"location":"{}/x"}}"#, content.url);
    let api = support::MockServer::replying([support::ok(location)]);
    let client = api
        .builder()
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    assert_eq!(client.asset(5).download(std::io::sink()).unwrap(), 60);
}
