//! Exchanges with the token endpoint: limits, framing, and proxies.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rblx_open_cloud::oauth2::{App, TokenSet};
use rblx_open_cloud::{Client, Error, ErrorKind, RetryPolicy};

use crate::support::{MockServer, free_port, ok, wait_until};

const TOKENS: &str = r#"{"access_token":"new-access","refresh_token":"new-refresh"}"#;

fn app(url: &str) -> rblx_open_cloud::oauth2::AppBuilder {
    App::builder("app-1", "https://example.com/callback")
        .base_url(url)
        .retry(RetryPolicy::none())
}

fn saved() -> TokenSet {
    TokenSet::from_json(r#"{"access_token":"a","refresh_token":"old-refresh"}"#).unwrap()
}

/// Refreshes against a server that sends these bytes and closes the connection.
fn refresh(response: impl Into<Vec<u8>>) -> Result<TokenSet, Error> {
    let peer = MockServer::replying([response.into()]);
    app(&peer.url).build().unwrap().refresh(&saved())
}

fn error(response: impl Into<Vec<u8>>) -> Error {
    refresh(response).unwrap_err()
}

/// An HTTP proxy that tunnels every connection; `heads` keeps the CONNECT requests.
fn proxy(heads: &Arc<Mutex<Vec<String>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://user:password@{}", listener.local_addr().unwrap());
    let heads = Arc::clone(heads);
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let head = read_head(&mut client);
            let target = head.split(' ').nth(1).unwrap().to_owned();
            heads.lock().unwrap().push(head);
            let mut server = TcpStream::connect(target).unwrap();
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || std::io::copy(&mut from, &mut to));
            thread::spawn(move || std::io::copy(&mut server, &mut client));
        }
    });
    url
}

fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

#[test]
fn tokens_are_exchanged_through_a_proxy() {
    let peer = MockServer::replying([ok(TOKENS)]);
    let heads = Arc::default();
    let app = app(&peer.url).proxy(proxy(&heads)).build().unwrap();
    let tokens = app.refresh(&saved()).unwrap();
    assert!(tokens.to_json().contains("new-refresh"));
    let body = String::from_utf8(peer.requests()[0].body.clone()).unwrap();
    assert!(body.contains("refresh_token=old-refresh"), "{body}");
    let heads = heads.lock().unwrap();
    assert_eq!(heads.len(), 1);
    assert!(heads[0].contains("Proxy-Authorization: Basic"), "{heads:?}");
    assert!(!heads[0].contains("refresh"), "{heads:?}");
}

#[test]
fn a_response_has_a_limit_of_size() {
    for response in [
        ok(" ".repeat(300_000)),
        b"HTTP/1.1 200 X\r\ncontent-length: 99999999999999999\r\nconnection: close\r\n\r\n{"
            .to_vec(),
        [&b"HTTP/1.1 200 X\r\n\r\n"[..], &vec![b' '; 300_000]].concat(),
        format!("HTTP/1.1 200 X\r\nx: {}\r\n\r\n{{}}", "a".repeat(70_000)).into_bytes(),
    ] {
        let error = error(response);
        let (kind, text) = (error.kind(), error.to_string());
        assert!(
            matches!(kind, ErrorKind::Unexpected | ErrorKind::Transport),
            "{text}"
        );
        assert!(
            !text.contains("max_response_size"),
            "no setting helps: {text}"
        );
    }
    // The status of an error counts, and as much of its body as is read.
    let body = format!(
        r#"{{"error":"invalid_grant","padding":"{}"}}"#,
        "x".repeat(300_000)
    );
    let error = error(crate::support::json(400, body));
    assert_eq!(error.status(), Some(400));
    assert!(error.body().is_some_and(|body| body.len() < 10_000));
}

/// Sends single bytes without end.
fn trickle(head: &'static str) -> (String, Arc<AtomicBool>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let responds = Arc::new(AtomicBool::new(false));
    let shared = Arc::clone(&responds);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let responds = Arc::clone(&shared);
            thread::spawn(move || {
                read_head(&mut stream);
                let mut sent = stream.write_all(head.as_bytes());
                responds.store(true, Ordering::SeqCst);
                while sent.is_ok() {
                    thread::sleep(Duration::from_millis(2));
                    sent = stream.write_all(b" ");
                }
            });
        }
    });
    (url, responds)
}

#[test]
fn a_response_that_trickles_has_a_limit_of_time() {
    for head in [
        "HTTP/1.1 200 X\r\nx:",
        "HTTP/1.1 200 X\r\n\r\n",
        "HTTP/1.1 200 X\r\ncontent-length: 99999\r\n\r\n",
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n",
    ] {
        let app = app(&trickle(head).0).timeout(Duration::from_millis(100));
        let started = Instant::now();
        let error = app.build().unwrap().refresh(&saved()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(error.to_string().contains("100ms"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(10), "{head}");
    }
    // An error's status counts, whatever its body does.
    let app = app(&trickle("HTTP/1.1 400 X\r\n\r\n").0).timeout(Duration::from_millis(100));
    let started = Instant::now();
    let error = app.build().unwrap().refresh(&saved()).unwrap_err();
    assert_eq!(error.status(), Some(400), "{error}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_response_that_is_not_http_is_reported_as_such() {
    for response in [
        "nonsense\r\n\r\n",
        "HTTP/1.1 200 X\r\ncontent-length: x\r\nconnection: close\r\n\r\n{}",
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n{}",
    ] {
        let error = error(response);
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(error.to_string().contains("not valid HTTP"), "{error}");
    }
    for response in [
        "",
        "HTTP/1.1 200 X\r\n",
        "HTTP/1.1 200 X\r\ncontent-length: 9\r\nconnection: close\r\n\r\n{",
    ] {
        let error = error(response);
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(
            error.to_string().contains("closed the connection"),
            "{error}"
        );
    }
}

#[test]
fn an_unreachable_server_is_named() {
    let port = free_port();
    let app = app(&format!("http://127.0.0.1:{port}")).build().unwrap();
    let error = app.refresh(&saved()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(
        error.to_string().contains(&format!("127.0.0.1:{port}")),
        "{error}"
    );
}

/// The body has no length, so that the end of the connection looks like its end.
#[test]
fn a_shutdown_ends_an_exchange_and_is_not_taken_for_the_end_of_its_body() {
    for head in [
        "",
        "HTTP/1.1 200 X\r\n\r\n{\"name\":\"n\",\"enabled\":true,\"expired\":false,\"scopes\":[]}",
    ] {
        let (url, responds) = trickle(head);
        let client = Client::builder("key").base_url(url).build().unwrap();
        let started = Instant::now();
        let error = thread::scope(|scope| {
            let calling = scope.spawn(|| client.key_info());
            wait_until("the head of the response", || {
                responds.load(Ordering::SeqCst)
            });
            thread::sleep(Duration::from_millis(5));
            client.shutdown();
            calling.join().unwrap().unwrap_err()
        });
        assert_eq!(error.kind(), ErrorKind::Shutdown, "{error}");
        assert!(started.elapsed() < Duration::from_secs(10), "{head}");
    }
}
