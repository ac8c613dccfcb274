//! Broken peers, byte for byte: the right value or a clear error, in bounded time, with a known number of requests.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{self, MockServer, json, ok, quick_retry, with_headers};
use rblx_open_cloud::models::{InventoryFilter, User};
use rblx_open_cloud::{Client, ClientBuilder, Error, ErrorKind, Result, RetryPolicy};

const USER: &str =
    r#"{"createTime":"2006-03-08T14:01:02Z","id":"156","name":"n","displayName":"d"}"#;
/// Longer than any test, shorter than any default limit.
const BOUND: Duration = Duration::from_secs(20);

fn get(peer: &MockServer) -> Result<User> {
    peer.builder()
        .retry(quick_retry())
        .build()
        .unwrap()
        .user(156)
        .get()
}

/// Returns the error of a call to a peer that always responds with this, and the number of requests. Also checks that the
/// client still works with a valid response.
fn fault(bytes: &[u8], limits: impl Fn(ClientBuilder) -> ClientBuilder) -> (Error, usize) {
    let bytes = bytes.to_vec();
    let is_fixed = Arc::new(Mutex::new(false));
    let fixed = Arc::clone(&is_fixed);
    let peer = MockServer::new(move |_, _| {
        if *fixed.lock().unwrap() {
            ok(USER)
        } else {
            bytes.clone()
        }
    });
    let client = limits(peer.builder().retry(quick_retry())).build().unwrap();
    let started = Instant::now();
    let error = client.user(156).get().unwrap_err();
    assert!(started.elapsed() < BOUND);
    let requests = peer.requests().len();
    assert_eq!(error.attempts() as usize, requests);
    *is_fixed.lock().unwrap() = true;
    assert_eq!(
        client.user(156).get().unwrap().name,
        "n",
        "the client still works"
    );
    (error, requests)
}

fn chunked(chunks: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for chunk in chunks {
        bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        bytes.extend(*chunk);
        bytes.extend(b"\r\n");
    }
    bytes
}

#[test]
fn responses_that_break_off_or_are_not_http() {
    let (transport, decode, unexpected) = (
        ErrorKind::Transport,
        ErrorKind::Decode,
        ErrorKind::Unexpected,
    );
    let many_headers = [
        b"HTTP/1.1 200 OK\r\n".to_vec(),
        b"x: y\r\n".repeat(1000),
        b"\r\n".to_vec(),
    ]
    .concat();
    let endless = [b"HTTP/1.1 200 OK\r\nx: ".to_vec(), b"y".repeat(1 << 20)].concat();
    let endless_headers = [b"HTTP/1.1 200 OK\r\n".to_vec(), b"x: y\r\n".repeat(1 << 17)].concat();
    let cut_chunk = [&chunked(&[b"{\"id\":"])[..], b"ff\r\nabc"].concat();
    let bad_chunk = [&chunked(&[b"{\"id\":"])[..], b"zz\r\nabc\r\n"].concat();
    let cases: [(&str, &[u8], ErrorKind, usize); 17] = [
        ("closed before the status line", b"", transport, 4),
        ("closed in the status line", b"HTTP/1.", transport, 4),
        ("closed inside headers", b"HTTP/1.1 200 OK\r\nx: y\r\n", transport, 4),
        ("closed inside a header", b"HTTP/1.1 200 OK\r\nx", transport, 4),
        ("body shorter than its length", b"HTTP/1.1 200 OK\r\nConnection: close\r\ncontent-length: 100\r\n\r\n{\"id\":", transport, 4),
        ("closed inside a chunk", &cut_chunk, transport, 4),
        ("closed between chunks", &chunked(&[b"{\"id\":"]), transport, 4),
        ("chunk size is not a number", &bad_chunk, transport, 4),
        ("garbage", b"\x16\x03\x01\x02garbage\r\n\r\n", transport, 4),
        ("a response of HTTP/0.9", b"<html>hello</html>\r\n", transport, 4),
        ("too many headers", &many_headers, transport, 4),
        ("a header without end", &endless, transport, 1),
        ("headers without end", &endless_headers, transport, 0),
        ("no length, cut JSON", b"HTTP/1.1 200 OK\r\n\r\n{\"id\":\"1", decode, 4),
        ("body longer than its length", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"id\":\"156\"}", decode, 4),
        ("switching protocols", b"HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n", unexpected, 1),
        ("two lengths", b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\nconnection: close\r\n\r\n{\"id\":", transport, 4),
    ];
    for (name, bytes, kind, requests) in cases {
        let (error, arrived) = fault(bytes, |builder| builder);
        assert_eq!(error.kind(), kind, "{name}: {error}");
        if requests > 0 {
            assert_eq!(arrived, requests, "{name}: {error}");
        }
    }
}

#[test]
fn bodies_that_are_not_what_this_call_expects() {
    let deep = "[".repeat(100_000);
    let deep_field = format!(r#"{{"x":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    let cases: [(&str, &[u8], usize); 15] = [
        ("empty", b"", 1),
        ("spaces", b" \r\n ", 1),
        ("html", b"<html><body>welcome</body></html>", 1),
        ("plain text", b"OK", 1),
        ("a bare text", b"\"156\"", 1),
        ("null", b"null", 1),
        ("a list", b"[]", 1),
        ("invalid UTF-8", b"{\"id\":\"156\",\"name\":\"\xff\xfe\"}", 1),
        ("cut JSON", br#"{"id":"156","name":"n"#, 4),
        ("cut in the middle of a character", b"{\"id\":\"156\",\"name\":\"\xc3", 4),
        ("nested deeply", deep.as_bytes(), 1),
        ("a field nested deeply", deep_field.as_bytes(), 1),
        ("a gigantic number", br#"{"id":1e99999,"name":"n"}"#, 1),
        ("a number beyond 64 bits", br#"{"id":184467440737095516160}"#, 1),
        ("a field twice", br#"{"id":"1","id":"2","createTime":"2006-03-08T14:01:02Z","name":"n","displayName":"d"}"#, 1),
    ];
    for (name, body, requests) in cases {
        let (error, arrived) = fault(&ok(body), |builder| builder);
        assert_eq!(
            (error.kind(), arrived),
            (ErrorKind::Decode, requests),
            "{name}: {error}"
        );
    }
    let (error, arrived) = fault(
        b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n",
        |builder| builder,
    );
    assert_eq!((error.kind(), arrived), (ErrorKind::Decode, 1));
}

#[test]
fn a_body_of_unknown_fields_nested_deeply_does_no_harm() {
    let body = USER.replace(
        '{',
        &format!(r#"{{"new":{}{},"#, "[".repeat(100), "]".repeat(100)),
    );
    assert_eq!(get(&MockServer::replying([ok(body)])).unwrap().name, "n");
    let (name, large) = ("\u{fffd}".repeat(1_000_000), 10_000_000);
    let body = USER
        .replace("\"n\"", &format!("\"{name}\""))
        .replace('{', &format!(r#"{{"new":"{}","#, " ".repeat(large)));
    assert_eq!(get(&MockServer::replying([ok(body)])).unwrap().name, name);
}

#[test]
fn transient_errors_are_retried() {
    for broken in [
        json(500, "{}"),
        json(503, "{}"),
        Vec::new(),
        ok(&USER.as_bytes()[..20]),
        json(429, "{}"),
        support::response(400, "text/html", "<html>"),
    ] {
        let peer = MockServer::replying([broken, ok(USER)]);
        assert_eq!(get(&peer).unwrap().name, "n");
        assert_eq!(peer.requests().len(), 2);
    }
}

#[test]
fn permanent_errors_are_not_retried() {
    for status in [302, 400, 401, 403, 404, 405, 409, 413, 418] {
        let peer = MockServer::replying([json(status, "{}")]);
        assert_eq!(get(&peer).unwrap_err().status(), Some(status));
        assert_eq!(peer.requests().len(), 1, "{status}");
    }
    let peer = MockServer::replying([json(503, "{}")]);
    let client = peer.builder().retry(RetryPolicy::none()).build().unwrap();
    client.user(1).get().unwrap_err();
    assert_eq!(peer.requests().len(), 1, "never, if the policy says so");
}

#[test]
fn the_last_error_survives_with_attempts_and_time() {
    let peer = MockServer::replying([
        json(500, "{}"),
        json(502, "{}"),
        json(500, r#"{"message":"third"}"#),
        json(503, r#"{"code":"LAST","message":"fourth"}"#),
    ]);
    let error = get(&peer).unwrap_err();
    assert_eq!(
        (error.status(), error.code(), error.message()),
        (Some(503), Some("LAST"), "fourth")
    );
    assert_eq!((error.attempts(), peer.requests().len()), (4, 4));
    assert!(error.elapsed() > Duration::ZERO && error.elapsed() < BOUND);
    assert!(error.to_string().contains("Tried 4 times in 0."), "{error}");
}

#[test]
fn a_wait_longer_than_the_policy_comes_back_at_once() {
    for (headers, wait) in [
        ("retry-after: 3600\r\n", 3600),
        ("retry-after: 5\r\nx-ratelimit-reset: 22, 0\r\n", 22),
    ] {
        let peer = MockServer::replying([with_headers(429, headers, "{}"), ok(USER)]);
        let client = peer
            .builder()
            .retry(RetryPolicy::default().max_backoff(Duration::from_secs(20)))
            .build()
            .unwrap();
        let started = Instant::now();
        let error = client.user(1).get().unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(10));
        assert_eq!(
            (error.kind(), error.retry_after()),
            (ErrorKind::RateLimited, Some(Duration::from_secs(wait)))
        );
        assert_eq!(peer.requests().len(), 1);
        assert!(
            error.to_string().contains(&format!("wait {wait} s")),
            "{error}"
        );
    }
    // Invalid values are ignored.
    for headers in [
        "retry-after: -1\r\n",
        "retry-after: soon\r\n",
        "retry-after: 99999999999999999999\r\nx-ratelimit-reset: inf\r\n",
    ] {
        let peer = MockServer::replying([with_headers(429, headers, "{}"), ok(USER)]);
        assert_eq!(get(&peer).unwrap().name, "n");
    }
}

#[test]
fn a_peer_that_never_responds_or_sends_single_bytes_times_out() {
    let limit = Duration::from_millis(60);
    for drip in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                std::thread::spawn(move || {
                    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
                    stream.write_all(if drip { head } else { b"" }).unwrap();
                    // One byte every few milliseconds: no single read takes long.
                    while drip && stream.write_all(b" ").is_ok() {
                        std::thread::sleep(Duration::from_millis(5));
                    }
                    let _ = stream.read(&mut [0; 10_000]);
                    std::thread::sleep(BOUND);
                });
            }
        });
        let policy = quick_retry().max_attempts(2);
        let client = Client::builder(support::KEY)
            .base_url(url)
            .timeout(limit)
            .retry(policy)
            .build()
            .unwrap();
        let started = Instant::now();
        let error = client.user(1).get().unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Timeout, 2),
            "{error}"
        );
        assert!(
            started.elapsed() > limit && started.elapsed() < BOUND,
            "{:?}",
            started.elapsed()
        );
    }
}

#[test]
fn each_phase_has_its_own_limit() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let builder = || {
        Client::builder(support::KEY)
            .base_url(&url)
            .retry(RetryPolicy::none())
    };
    let short = Duration::from_millis(30);
    for (client, words) in [
        (builder().response_timeout(short), "no response within 30ms"),
        (
            builder().idle_timeout(short),
            "no data was transferred for 30ms",
        ),
        (builder().timeout(short), "30ms"),
    ] {
        let error = client.build().unwrap().user(1).get().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.message().contains(words), "{error}");
    }
}

#[test]
fn responses_beyond_the_limit_end_there() {
    let limited = |builder: ClientBuilder| builder.max_response_size(100_000);
    let long = ok(USER.replace("\"n\"", &format!("\"{}\"", "n".repeat(200_000))));
    let without_length = [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), b" ".repeat(10_000_000)].concat();
    let claims_much =
        b"HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551615\r\nconnection: close\r\n\r\n{}"
            .to_vec();
    for (bytes, kind) in [
        (long, ErrorKind::Unexpected),
        (without_length, ErrorKind::Unexpected),
        (claims_much, ErrorKind::Transport),
    ] {
        let (error, _) = fault(&bytes, limited);
        assert_eq!(error.kind(), kind, "{error}");
        if kind == ErrorKind::Unexpected {
            assert!(error.message().contains("100000 bytes"), "{error}");
        }
    }
    // A response of just the limit passes.
    let exact = USER.len() as u64;
    let peer = MockServer::replying([ok(USER)]);
    peer.builder()
        .max_response_size(exact)
        .build()
        .unwrap()
        .user(1)
        .get()
        .unwrap();
    peer.builder()
        .max_response_size(exact - 1)
        .build()
        .unwrap()
        .user(1)
        .get()
        .unwrap_err();
}

#[cfg(feature = "gzip")]
mod gzip {
    use super::{ClientBuilder, ErrorKind, MockServer, USER, Write, fault, get};

    fn gzipped(body: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn response(body: &[u8]) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    #[test]
    fn compressed_responses_are_requested_and_decoded() {
        let peer = MockServer::replying([response(&gzipped(USER.as_bytes()))]);
        assert_eq!(get(&peer).unwrap().name, "n");
        assert_eq!(peer.requests()[0].header("accept-encoding"), Some("gzip"));
    }

    #[test]
    fn broken_and_exploding_compression_is_an_error() {
        let whole = gzipped(USER.as_bytes());
        let cut = response(&whole[..whole.len() / 2]);
        assert_eq!(
            fault(&cut, |builder| builder).0.kind(),
            ErrorKind::Transport
        );
        assert_eq!(
            fault(&response(USER.as_bytes()), |builder| builder)
                .0
                .kind(),
            ErrorKind::Decode
        );
        let mut wrong = whole.clone();
        wrong[15] ^= 0xff;
        let kind = fault(&response(&wrong), |builder| builder).0.kind();
        assert!(
            matches!(kind, ErrorKind::Decode | ErrorKind::Transport),
            "{kind:?}"
        );
        // 20 MB of spaces in 20 kB: reading ends at the limit.
        let bomb = response(&gzipped(&vec![b' '; 20_000_000]));
        let (error, requests) = fault(&bomb, |builder: ClientBuilder| {
            builder.max_response_size(1_000_000)
        });
        assert_eq!(
            (error.kind(), requests),
            (ErrorKind::Unexpected, 1),
            "{error}"
        );
    }
}

#[test]
fn redirects_end_here_and_the_key_goes_nowhere() {
    let other = MockServer::replying([ok(USER)]);
    for target in [
        other.url.clone(),
        other.url.replace("127.0.0.1", "localhost"),
        "https://example.com".to_owned(),
        "/loop".to_owned(),
    ] {
        let (error, requests) = fault(
            &with_headers(302, &format!("location: {target}/x\r\n"), ""),
            |builder| builder,
        );
        assert_eq!(requests, 1);
        assert!(
            matches!(error.kind(), ErrorKind::Unexpected | ErrorKind::Transport),
            "{error}"
        );
    }
    assert_eq!(other.requests().len(), 0);
}

#[test]
fn a_connection_dropped_between_two_calls_does_no_harm() {
    // The peer declares keep-alive, then hangs up.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = Vec::new();
            let mut buffer = [0; 1024];
            while !head.ends_with(b"\r\n\r\n") {
                let read = stream.read(&mut buffer).unwrap();
                head.extend(&buffer[..read]);
            }
            stream.write_all(&ok(USER)).unwrap();
        }
    });
    let client = Client::builder(support::KEY)
        .base_url(url)
        .retry(quick_retry())
        .build()
        .unwrap();
    for _ in 0..50 {
        assert_eq!(client.user(1).get().unwrap().name, "n");
    }
}

#[test]
fn a_list_resumes_where_it_broke() {
    let page = |id: u64, next: &str| {
        ok(format!(
            r#"{{"inventoryItems":[{{"badgeDetails":{{"badgeId":"{id}"}}}}],"nextPageToken":"{next}"}}"#
        ))
    };
    let peer = MockServer::replying([page(1, "a"), json(500, "{}"), page(2, "")]);
    let client = peer.builder().retry(quick_retry()).build().unwrap();
    assert_eq!(
        client
            .user(1)
            .list_inventory(InventoryFilter::all())
            .flatten()
            .count(),
        2
    );
    assert_eq!(
        peer.requests()[1].target,
        peer.requests()[2].target,
        "the same request again"
    );
}

#[test]
fn rate_limits_of_the_last_response_are_readable() {
    let headers = "x-ratelimit-limit: 1000, 1000;w=60\r\nx-ratelimit-remaining: 7\r\nx-ratelimit-reset: 22\r\n";
    let peer = MockServer::replying([
        with_headers(200, headers, USER),
        with_headers(403, &headers.replace('7', "6"), "{}"),
        json(404, "{}"),
    ]);
    let client = peer.client();
    assert_eq!(client.rate_limit("/cloud/v2/users/{user_id}"), None);
    client.user(1).get().unwrap();
    let limit = client.rate_limit("/cloud/v2/users/{user_id}").unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(1000), Some(7)));
    assert_eq!(
        (limit.window, limit.reset),
        (Some(Duration::from_secs(60)), Some(Duration::from_secs(22)))
    );
    assert_eq!(
        client.user(1).get().unwrap_err().retry_after(),
        None,
        "a 403 has nothing to wait for"
    );
    client.user(1).get().unwrap_err();
    assert_eq!(
        client
            .clone()
            .rate_limit("/cloud/v2/users/{user_id}")
            .unwrap()
            .remaining,
        Some(6)
    );
}

#[cfg(feature = "upload")]
mod uploads {
    use super::*;
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{AssetType, AssetUpdate, AssetUpload};
    use std::io::Cursor;

    const PENDING: &str = r#"{"path":"operations/1","done":false}"#;

    fn upload(client: &Client, file: AssetFile) -> Result<()> {
        client
            .user(1)
            .upload_asset(AssetUpload::new(AssetType::Decal, "n", "d", file))
            .map(drop)
    }

    fn bytes() -> AssetFile {
        AssetFile::bytes("a.tga", vec![7; 300_000])
    }

    #[test]
    fn an_upload_that_may_have_been_processed_is_never_sent_again() {
        for broken in [
            json(500, "{}"),
            json(503, "{}"),
            Vec::new(),
            ok(&PENDING.as_bytes()[..10]),
            b"garbage\r\n\r\n".to_vec(),
            support::response(400, "text/html", "<html>"),
        ] {
            let peer = MockServer::replying([broken.clone(), ok(PENDING)]);
            let client = peer.builder().retry(quick_retry()).build().unwrap();
            let error = upload(&client, bytes()).unwrap_err();
            assert!(
                error.to_string().contains("may have been carried out"),
                "{error}"
            );
            assert_eq!(
                peer.requests().len(),
                1,
                "{}",
                String::from_utf8_lossy(&broken)
            );
            let peer = MockServer::replying([broken, ok(PENDING)]);
            let client = peer.builder().retry(quick_retry()).build().unwrap();
            let change = AssetUpdate::new().file(AssetFile::bytes("a.fbx", [1]));
            client
                .user(1)
                .update_asset(5, change)
                .map(drop)
                .unwrap_err();
            assert_eq!(
                peer.requests().len(),
                1,
                "new content makes a version each time"
            );
        }
    }

    #[test]
    fn a_cut_response_still_names_the_operation() {
        let peer = MockServer::replying([ok(r#"{"path":"operations/op-7","operationI"#)]);
        let error = upload(&peer.client(), bytes()).unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Decode, Some("operations/op-7"))
        );
        let peer = MockServer::replying([ok(r#"{"path":"operations/op"#)]);
        assert_eq!(
            upload(&peer.client(), bytes()).unwrap_err().operation(),
            None,
            "half a name is not used"
        );
    }

    #[test]
    fn a_change_of_metadata_may_be_sent_again() {
        for broken in [json(500, "{}"), Vec::new(), ok(&PENDING.as_bytes()[..10])] {
            let peer = MockServer::replying([broken, ok(PENDING)]);
            let client = peer.builder().retry(quick_retry()).build().unwrap();
            client
                .user(1)
                .update_asset(5, AssetUpdate::new().display_name("n"))
                .map(drop)
                .unwrap();
            assert_eq!(peer.requests().len(), 2);
        }
    }

    #[test]
    fn after_a_429_an_upload_is_sent_again_from_the_start() {
        let folder =
            std::env::temp_dir().join(format!("rblx-open-cloud-faults-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.tga");
        std::fs::write(&path, vec![7; 300_000]).unwrap();
        for file in [bytes(), AssetFile::open(&path).unwrap()] {
            let peer = MockServer::replying([json(429, "{}"), json(429, "{}"), ok(PENDING)]);
            let client = peer.builder().retry(quick_retry()).build().unwrap();
            upload(&client, file).unwrap();
            let requests = peer.requests();
            assert_eq!(requests.len(), 3);
            for request in requests {
                assert_eq!(request.body.split(|byte| *byte == 7).count(), 300_001);
            }
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_stream_that_was_read_is_not_sent_again_and_the_429_is_returned() {
        let peer = MockServer::replying([
            with_headers(429, "retry-after: 0\r\n", r#"{"message":"slow down"}"#),
            ok(PENDING),
        ]);
        let client = peer.builder().retry(quick_retry()).build().unwrap();
        let error = upload(
            &client,
            AssetFile::reader("a.tga", 5, Cursor::new([1, 2, 3, 4, 5])),
        )
        .unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::RateLimited, "slow down")
        );
        assert_eq!(error.retry_after(), Some(Duration::ZERO));
        assert_eq!(peer.requests().len(), 1);
    }

    #[test]
    fn a_stream_that_may_have_arrived_says_so_as_well() {
        for broken in [json(503, "{}"), Vec::new()] {
            let client = MockServer::replying([broken]).client();
            let error =
                upload(&client, AssetFile::reader("a.tga", 1, Cursor::new([1]))).unwrap_err();
            assert!(
                error.to_string().contains("may have been carried out"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_stalled_response_to_an_upload_times_out() {
        let limit = Duration::from_millis(50);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream
                .write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"path\":\"operations/op-7\",",
                )
                .unwrap();
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
        });
        let client = Client::builder("key")
            .base_url(url)
            .timeout(limit)
            .retry(quick_retry())
            .build()
            .unwrap();
        let error = upload(&client, AssetFile::bytes("a.tga", [1])).unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Timeout, Some("operations/op-7")),
            "{error}"
        );
    }

    #[test]
    fn without_a_connection_even_an_upload_is_tried_again() {
        let port = support::free_port();
        let client = Client::builder("key")
            .base_url(format!("http://127.0.0.1:{port}"))
            .retry(quick_retry())
            .build()
            .unwrap();
        let error = upload(&client, bytes()).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 4));
        let error = upload(&client, AssetFile::reader("a.tga", 1, Cursor::new([1]))).unwrap_err();
        assert_eq!(error.attempts(), 4, "nothing was read from the stream");
    }

    /// Uploads to a peer that reads `read` bytes, sends `response`, and closes the connection or keeps it open.
    fn early(read: usize, response: Vec<u8>, lingers: bool) -> (Error, usize) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::new(Mutex::new(0));
        let count = Arc::clone(&connections);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                *count.lock().unwrap() += 1;
                let mut buffer = vec![0; read];
                stream.read_exact(&mut buffer).unwrap();
                let _ = stream.write_all(&response);
                if lingers {
                    stream.shutdown(std::net::Shutdown::Write).unwrap();
                    let _ = std::io::copy(&mut stream, &mut std::io::sink());
                }
            }
        });
        let client = Client::builder("key")
            .base_url(url)
            .retry(quick_retry())
            .build()
            .unwrap();
        let started = Instant::now();
        let error = upload(&client, AssetFile::bytes("a.tga", vec![7; 20_000_000])).unwrap_err();
        assert!(started.elapsed() < BOUND);
        (error, *connections.lock().unwrap())
    }

    #[test]
    fn a_peer_that_responds_early_and_lingers_is_heard() {
        let (error, connections) = early(1000, json(413, r#"{"message":"too large"}"#), true);
        assert_eq!(
            (error.status(), error.message(), connections),
            (Some(413), "too large", 1),
            "{error}"
        );
    }

    #[test]
    fn a_peer_that_resets_in_the_middle_is_reported() {
        let (error, connections) = early(200_000, Vec::new(), false);
        assert_eq!((error.kind(), connections), (ErrorKind::Transport, 1));
        assert!(error.message().contains("during the upload"), "{error}");
    }

    #[test]
    fn a_stalled_upload_times_out_and_a_slow_response_does_not() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let limit = Duration::from_millis(50);
        let client = Client::builder("key")
            .base_url(url)
            .idle_timeout(limit)
            .timeout(limit)
            .retry(quick_retry())
            .build()
            .unwrap();
        // Nobody reads: the sockets fill up, then nothing moves.
        let error = upload(&client, AssetFile::bytes("a.tga", vec![7; 50_000_000])).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Timeout, 1),
            "{error}"
        );
        assert!(
            error.message().contains("transferred no data for 50ms"),
            "{error}"
        );

        let peer = MockServer::new(|_, _| {
            std::thread::sleep(Duration::from_millis(150));
            ok(PENDING)
        });
        let client = peer
            .builder()
            .idle_timeout(limit)
            .timeout(limit)
            .build()
            .unwrap();
        upload(&client, bytes()).unwrap();
    }
}

#[test]
fn many_threads_share_one_client_through_faults() {
    let peer = MockServer::new(|number, request| match (number % 7, request.path()) {
        (3, _) => json(503, "{}"),
        (5, _) => Vec::new(),
        (_, path) if path.ends_with("/inventory-items") => {
            let next = if request.query("pageToken").is_none() {
                "\"a\""
            } else {
                "null"
            };
            let item = r#"{"badgeDetails":{"badgeId":"1"}}"#;
            ok(format!(
                r#"{{"inventoryItems":[{item},{item}],"nextPageToken":{next}}}"#
            ))
        }
        (_, "/assets/v1/assets") => {
            ok(r#"{"path":"operations/1","done":true,"response":{"assetId":"9"}}"#)
        }
        _ => ok(USER),
    });
    let client = peer
        .builder()
        .retry(quick_retry().max_attempts(50))
        .build()
        .unwrap();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            let client = client.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    assert_eq!(client.user(156).get().unwrap().name, "n");
                    let items: Result<Vec<_>> = client
                        .user(1)
                        .list_inventory(InventoryFilter::all())
                        .collect();
                    assert_eq!(items.unwrap().len(), 4);
                    #[cfg(feature = "upload")]
                    {
                        use rblx_open_cloud::AssetFile;
                        use rblx_open_cloud::models::{AssetType, AssetUpload};
                        let file = AssetFile::bytes("a.tga", [1]);
                        let upload = AssetUpload::new(AssetType::Decal, "n", "d", file);
                        match client.user(1).upload_asset(upload) {
                            Ok(mut operation) => {
                                assert_eq!(operation.poll().unwrap().unwrap().asset_id.get(), 9);
                            }
                            Err(error) => assert!(matches!(
                                error.kind(),
                                ErrorKind::Transport | ErrorKind::ServiceUnavailable
                            )),
                        }
                    }
                }
            });
        }
    });
}

#[cfg(feature = "upload")]
#[test]
fn a_panic_in_a_progress_callback_does_not_poison_the_client() {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{AssetType, AssetUpload};

    let peer = MockServer::replying([ok(USER)]);
    let client = peer.client();
    client.user(1).get().unwrap();
    let other = client.clone();
    let panicked = std::thread::spawn(move || {
        let file = AssetFile::bytes("a.tga", vec![0; 1000])
            .on_progress(|sent, _| assert_eq!(sent, 0, "on purpose"));
        other
            .user(1)
            .upload_asset(AssetUpload::new(AssetType::Decal, "n", "d", file))
            .map(drop)
    })
    .join();
    assert!(panicked.is_err());
    assert_eq!(client.user(1).get().unwrap().name, "n");
}
