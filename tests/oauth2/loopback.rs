//! The browser is redirected to this machine, and other requests are rejected.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use rblx_open_cloud::oauth2::{App, LoopbackFlow, Scope, TokenSet};
use rblx_open_cloud::sandbox::{Sandbox, SandboxApp};
use rblx_open_cloud::{ErrorKind, Result};

use crate::browser::{consent, get, parameter, send};

const LIMIT: Duration = Duration::from_secs(20);

fn sandbox_app(sandbox: &Sandbox, redirect: &str) -> App {
    sandbox
        .add_app(SandboxApp::new("app-1", redirect))
        .build()
        .unwrap()
}

fn login(sandbox: &Sandbox) -> LoopbackFlow {
    let app = sandbox_app(sandbox, "http://localhost/callback");
    app.login_on_loopback(0, [Scope::OpenId, Scope::Profile])
        .unwrap()
}

/// The redirect URI in the address of a sign-in: `host:port` and path.
fn place(url: &str) -> (String, String) {
    let uri = parameter(url, "redirect_uri").unwrap();
    let uri = uri.replace("%3A", ":").replace("%2F", "/");
    let rest = uri.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    (host.to_owned(), format!("/{path}"))
}

/// Waits in a thread, while `act` does what browsers and others do.
fn while_waiting<T>(login: LoopbackFlow, act: impl FnOnce(&str) -> T) -> (Result<TokenSet>, T) {
    let url = login.url();
    thread::scope(|scope| {
        let waiting = scope.spawn(move || login.wait(LIMIT));
        let done = act(&url);
        (waiting.join().unwrap(), done)
    })
}

fn request(host: &str, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")
}

#[test]
fn the_browser_comes_back_and_sees_a_plain_page() {
    let sandbox = Sandbox::start().unwrap();
    let (tokens, page) = while_waiting(login(&sandbox), |url| get(&consent(url)));
    assert_eq!(tokens.unwrap().user().unwrap().user_id.get(), 156);
    let (head, body) = page.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for header in [
        "content-type: text/html; charset=utf-8",
        "content-security-policy: default-src 'none'",
        "cache-control: no-store",
        "referrer-policy: no-referrer",
        "connection: close",
    ] {
        assert!(head.contains(header), "{header} in {head}");
    }
    assert!(body.contains("go back to the program"), "{body}");
    for word in ["script", "href", "src", "code", "state", "style"] {
        assert!(!body.contains(word), "{word} in {body}");
    }
}

#[test]
fn other_requests_are_rejected_and_the_wait_continues() {
    let sandbox = Sandbox::start().unwrap();
    let (tokens, ()) = while_waiting(login(&sandbox), |url| {
        let (host, path) = place(url);
        let state = parameter(url, "state").unwrap();
        let good = format!("{path}?code=planted-code&state={state}");
        let port = host.split_once(':').unwrap().1;
        let long = "a".repeat(17_000);
        let headers = "x: 1\r\n".repeat(70);
        for (status, request) in [
            (404, request(&host, "/")),
            (404, request(&host, "/favicon.ico")),
            (
                404,
                request(&host, &good.replacen("callback", "Callback", 1)),
            ),
            (
                404,
                request(&host, &good.replacen("callback", "callback/", 1)),
            ),
            (
                404,
                request(&host, &good.replacen("callback", "c%61llback", 1)),
            ),
            (404, request(&host, &format!("http://{host}{good}"))),
            (405, request(&host, &good).replacen("GET", "POST", 1)),
            (405, request(&host, &good).replacen("GET", "HEAD", 1)),
            (405, request(&host, &good).replacen("GET", "OPTIONS", 1)),
            (421, request("evil.example", &good)),
            (421, request(&format!("evil.example:{port}"), &good)),
            (421, request(&format!("127.0.0.1:{port}"), &good)),
            (421, request("localhost", &good)),
            (421, request("localhost:1", &good)),
            (421, request("", &good)),
            (400, format!("GET {good} HTTP/1.1\r\n\r\n")),
            (
                400,
                format!("GET {good} HTTP/1.1\r\nhost: {host}\r\nhost: {host}\r\n\r\n"),
            ),
            (400, "nonsense\r\n\r\n".to_owned()),
            (400, "\u{16}\u{3}\u{1}\0\0\0".to_owned()),
            (431, request(&host, &format!("{good}&x={long}"))),
            (
                431,
                format!("GET {good} HTTP/1.1\r\nhost: {host}\r\nx: {long}\r\n\r\n"),
            ),
            (
                431,
                format!("GET {good} HTTP/1.1\r\nhost: {host}\r\n{headers}\r\n"),
            ),
            (431, "A".repeat(17_000)),
            // Redirects of other sign-ins, or made up.
            (400, request(&host, &path)),
            (400, request(&host, &format!("{path}?code=planted-code"))),
            (
                400,
                request(&host, &format!("{path}?code=planted-code&state=x")),
            ),
            (400, request(&host, &format!("{path}?error=access_denied"))),
            (400, request(&host, &format!("{path}?state={state}"))),
            (400, request(&host, &format!("{good}&code=planted-code"))),
        ] {
            let response = send(&host, request.as_bytes());
            let shown = &request[..request.len().min(90)];
            assert!(
                response.starts_with(&format!("HTTP/1.1 {status} ")),
                "{shown}: {response}"
            );
            assert!(
                !response.contains("planted") && !response.contains(&state),
                "{response}"
            );
            assert!(response.contains("default-src 'none'"), "{response}");
        }
        assert!(get(&consent(url)).contains("200 OK"));
    });
    tokens.unwrap();
}

#[test]
fn idle_connections_do_not_block_others() {
    let sandbox = Sandbox::start().unwrap();
    let started = Instant::now();
    let (tokens, _open) = while_waiting(login(&sandbox), |url| {
        let (host, path) = place(url);
        let host = host.replace("localhost", "127.0.0.1");
        let mut open: Vec<TcpStream> = Vec::new();
        for number in 0..100 {
            let mut stream = TcpStream::connect(&host).unwrap();
            if number % 2 == 1 {
                stream
                    .write_all(format!("GET {path}?code").as_bytes())
                    .unwrap();
            }
            open.push(stream);
        }
        assert!(get(&consent(url)).contains("200 OK"));
        open
    });
    tokens.unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(8),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_request_may_come_in_pieces() {
    let sandbox = Sandbox::start().unwrap();
    let (tokens, page) = while_waiting(login(&sandbox), |url| {
        let back = consent(url);
        let (host, _) = place(url);
        let target = back.split_once(&host).unwrap().1;
        let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).unwrap();
        for piece in request(&host, target).as_bytes().chunks(50) {
            stream.write_all(piece).unwrap();
            thread::sleep(Duration::from_millis(2));
        }
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        page
    });
    assert!(page.contains("200 OK"), "{page}");
    tokens.unwrap();
}

#[test]
fn after_the_first_good_redirect_nothing_is_taken() {
    let sandbox = Sandbox::start().unwrap();
    let (tokens, ()) = while_waiting(login(&sandbox), |url| {
        let back = consent(url);
        let (host, _) = place(url);
        let host = host.replace("localhost", "127.0.0.1");
        assert!(get(&back).contains("200 OK"));
        let deadline = Instant::now() + Duration::from_secs(5);
        loop {
            // Refused, or reset before a response.
            let Ok(mut stream) = TcpStream::connect(&host) else {
                break;
            };
            stream
                .set_read_timeout(Some(Duration::from_millis(200)))
                .unwrap();
            let _ = stream.write_all(request(&host, "/callback").as_bytes());
            let mut response = Vec::new();
            let _ = stream.read_to_end(&mut response);
            assert!(
                response.is_empty(),
                "{}",
                String::from_utf8_lossy(&response)
            );
            assert!(Instant::now() < deadline, "it still listens");
        }
    });
    tokens.unwrap();
    let exchanged = sandbox
        .requests()
        .iter()
        .filter(|request| request.path() == "/oauth/v1/token")
        .count();
    assert_eq!(exchanged, 1);
}

#[test]
fn a_declined_consent_is_shown_in_browser_and_error() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.decline_consent(true);
    let (tokens, page) = while_waiting(login(&sandbox), |url| get(&consent(url)));
    assert_eq!(tokens.unwrap_err().kind(), ErrorKind::ConsentDenied);
    assert!(
        page.contains("403 Forbidden") && page.contains("Nothing was granted"),
        "{page}"
    );
}

#[test]
fn without_a_redirect_the_wait_times_out() {
    let sandbox = Sandbox::start().unwrap();
    let login = login(&sandbox);
    let host = place(&login.url()).0.replace("localhost", "127.0.0.1");
    let started = Instant::now();
    let error = login.wait(Duration::from_millis(60)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        error
            .to_string()
            .ends_with("did not come back within 60ms. Try again, or allow more time"),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(TcpStream::connect(host).is_err(), "it listens no more");
}

#[test]
fn only_a_redirect_uri_of_loopback_can_be_listened_on() {
    let sandbox = Sandbox::start().unwrap();
    let try_on = |redirect: &str, port| {
        let app = sandbox_app(&sandbox, redirect);
        app.login_on_loopback(port, [Scope::OpenId])
    };
    for (redirect, port) in [
        ("https://localhost:4306/callback", 0),
        ("https://example.com/callback", 0),
        ("http://example.com/callback", 0),
        ("http://localhost.example.com/callback", 0),
        ("http://127.0.0.1.example.com/", 0),
        ("http://localhost@example.com/", 0),
        ("http://0.0.0.0:4306/", 0),
        ("http://192.168.0.1:4306/", 0),
        ("http://[::1]:4306/", 0),
        ("http://localhost:0/", 0),
        ("http://localhost:99999/", 0),
        ("http://localhost:4306/", 4307),
        ("my-app://localhost", 0),
    ] {
        let error = try_on(redirect, port).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{redirect}");
    }
    // A port that is taken.
    let first = try_on("http://127.0.0.1/", 0).unwrap();
    let (host, _) = place(&first.url());
    let (_, port) = host.split_once(':').unwrap();
    let again = try_on(&format!("http://127.0.0.1:{port}/"), 0).unwrap_err();
    assert_eq!(again.kind(), ErrorKind::InvalidInput);
    assert!(again.to_string().contains("another login"), "{again}");
    drop(first);
    // The port by name, both ways, and a bare URI.
    for (redirect, number) in [
        (format!("http://127.0.0.1:{port}"), 0),
        (
            format!("http://localhost:{port}/a/b?c=d"),
            port.parse().unwrap(),
        ),
        ("http://localhost/".to_owned(), port.parse().unwrap()),
    ] {
        let login = try_on(&redirect, number).unwrap();
        let (tokens, page) = while_waiting(login, |url| get(&consent(url)));
        assert!(page.contains("200 OK"), "{redirect}: {page}");
        assert!(tokens.is_ok(), "{redirect}");
    }
}

/// Elsewhere 127.0.0.2 may not be there.
#[cfg(target_os = "linux")]
#[test]
fn it_listens_on_loopback_alone() {
    let sandbox = Sandbox::start().unwrap();
    let login = login(&sandbox);
    let port: u16 = place(&login.url())
        .0
        .split_once(':')
        .unwrap()
        .1
        .parse()
        .unwrap();
    // Another address of this machine is free, so nothing listens on all of them.
    std::net::TcpListener::bind(("127.0.0.2", port)).unwrap();
    drop(login);
}

/// Neither a flood of connections nor of bytes keeps the wait from ending in time.
#[test]
fn a_flood_does_not_outlast_the_limit() {
    let sandbox = Sandbox::start().unwrap();
    let flow = login(&sandbox);
    let host = place(&flow.url()).0.replace("localhost", "127.0.0.1");
    let done = std::sync::atomic::AtomicBool::new(false);
    let relaxed = std::sync::atomic::Ordering::Relaxed;
    thread::scope(|scope| {
        for number in 0..6 {
            let (host, done) = (&host, &done);
            scope.spawn(move || {
                while !done.load(relaxed) {
                    let stream = TcpStream::connect(host);
                    if let (Ok(mut stream), 0) = (stream, number % 3) {
                        // As long as anybody reads it.
                        while stream.write_all(&[b'x'; 10_000]).is_ok() {}
                    }
                }
            });
        }
        let started = Instant::now();
        let error = flow.wait(Duration::from_millis(300)).unwrap_err();
        done.store(true, relaxed);
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{:?}",
            started.elapsed()
        );
    });
}

#[test]
fn an_unavailable_port_is_explained() {
    let sandbox = Sandbox::start().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let app = sandbox_app(&sandbox, &format!("http://127.0.0.1:{port}/"));
    let error = app.login_on_loopback(0, [Scope::OpenId]).unwrap_err();
    let text = error.to_string();
    assert!(text.contains(&port.to_string()), "{text}");
    assert!(text.contains("another program listens on it"), "{text}");
}
