//! No log line contains a secret of a sign-in, in either direction. In a process of its own, for the log is
//! one for the whole process.

use std::sync::Mutex;

use crate::captured_log::CapturedLog;
use crate::ran_alone;
use crate::support::{MockServer, json, ok, with_headers};
use rblx_open_cloud::oauth2::{App, Session, TokenSet};
use rblx_open_cloud::{ErrorKind, RetryPolicy};

const SECRETS: [&str; 7] = [
    "planted-client-secret",
    "planted-code",
    "planted-first-access",
    "planted-first-refresh",
    "planted-second-access",
    "planted-second-refresh",
    "planted-identity",
];

fn tokens(name: &str) -> String {
    format!(
        r#"{{"access_token":"planted-{name}-access","refresh_token":"planted-{name}-refresh","expires_in":899,"padding":"{}","id_token":"planted-identity"}}"#,
        "x".repeat(40_000)
    )
}

/// The same body in chunks of these sizes in turn.
fn chunked(body: &str, sizes: &[usize]) -> Vec<u8> {
    let mut bytes =
        b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\nTransfer-Encoding: gzip-not, Chunked\r\n\r\n"
            .to_vec();
    let mut rest = body;
    for size in sizes.iter().cycle() {
        let (now, later) = rest.split_at(rest.len().min(*size));
        bytes.extend(format!("{:X};note=1\r\n{now}\r\n", now.len()).bytes());
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    bytes.extend(b"0\r\ntrailer: 1\r\n\r\n");
    bytes
}

fn until_close(head: &str, body: &str) -> Vec<u8> {
    format!("{head}\r\ncontent-type: application/json\r\n\r\n{body}").into_bytes()
}

/// Each with another framing; the value is the same.
fn framed(body: &str) -> Vec<Vec<u8>> {
    let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nlink: x\r\n\r\n";
    vec![
        ok(body),
        chunked(body, &[1, 7, 300, 4096]),
        chunked(body, &[body.len()]),
        until_close("HTTP/1.1 200 X", body),
        until_close("HTTP/1.0 200 X\r\ntransfer-encoding: chunked", body),
        [interim.as_bytes(), &chunked(body, &[1000])].concat(),
        [interim.as_bytes(), &ok(body)].concat(),
    ]
}

/// A whole sign-in, a refresh and a call.
fn sign_in(first: Vec<u8>, second: Vec<u8>) {
    let user = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;
    let peer = MockServer::replying([first, second, ok(user), ok(r#"{"active":false}"#), ok("")]);
    let app = App::builder("client-id", "https://example.com/callback")
        .secret("planted-client-secret")
        .base_url(&peer.url)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let sign_in = app.sign_in(["asset:read"]).unwrap();
    let back = format!("?code=planted-code&state={}", sign_in.state());
    // No ID token was requested, so the one in the response is not used.
    let error = sign_in.finish(&back).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidIdToken, "{error}");
    let saved =
        r#"{"access_token":"planted-first-access","refresh_token":"planted-first-refresh"}"#;
    let tokens = TokenSet::from_json(saved).unwrap();
    let session = Session::new(&app, tokens, |_: &TokenSet| Ok(()));
    session.refresh().unwrap();
    session.client().unwrap().user(1).get().unwrap();
    app.introspect(session.tokens().access_token()).unwrap();
    session.sign_out().unwrap();
    let sent = peer.requests();
    let body = |index: usize| String::from_utf8_lossy(&sent[index].body).into_owned();
    assert!(
        body(0).contains("code=planted-code&code_verifier="),
        "it went out as it is"
    );
    assert!(body(1).contains("refresh_token=planted-first-refresh"));
    assert_eq!(
        sent[2].header("authorization"),
        Some("Bearer planted-second-access")
    );
    assert!(body(3).contains("token=planted-second-access"));
    assert!(body(4).contains("token=planted-second-refresh"));
    VERIFIERS.lock().unwrap().push(
        body(0)
            .split('&')
            .find_map(|pair| pair.strip_prefix("code_verifier=").map(str::to_owned))
            .unwrap(),
    );
}

static VERIFIERS: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[test]
fn the_most_verbose_log_holds_no_secret_of_a_sign_in() {
    if ran_alone("oauth2_logs::the_most_verbose_log_holds_no_secret_of_a_sign_in") {
        return;
    }
    CapturedLog::start();
    for (first, second) in framed(&tokens("first"))
        .into_iter()
        .zip(framed(&tokens("second")))
    {
        sign_in(first, second);
    }
    // Errors that repeat the request, and responses that are cut off.
    let echo = r#"{"error":"invalid_grant","error_description":"planted-first-refresh"}"#;
    for response in [
        json(400, echo),
        json(200, &tokens("second")[..300]),
        json(500, tokens("second")),
        with_headers(200, "connection: close\r\n", &tokens("second"))[..20_000].to_vec(),
        chunked(&tokens("second"), &[100])[..20_000].to_vec(),
    ] {
        let peer = MockServer::replying([response]);
        let app = App::builder("client-id", "https://example.com/callback")
            .base_url(&peer.url)
            .retry(RetryPolicy::none());
        let saved =
            r#"{"access_token":"planted-first-access","refresh_token":"planted-first-refresh"}"#;
        let tokens = TokenSet::from_json(saved).unwrap();
        let error = app.build().unwrap().refresh(&tokens).unwrap_err();
        let text = format!("{error} {error:?} {:?} {:?}", error.body(), error.details());
        assert!(!text.contains("planted-"), "{text}");
    }
    let log = CapturedLog::stop();
    assert!(
        log.rows.contains("/cloud/v2/users/1") && log.rows.contains("displayName"),
        "requests and responses are in the rows"
    );
    assert!(
        log.lines.contains("/oauth/v1/token") && !log.rows.contains("/oauth/v1/token"),
        "what is exchanged for tokens is in no row"
    );
    let verifiers = VERIFIERS.lock().unwrap();
    for secret in SECRETS
        .into_iter()
        .chain(verifiers.iter().map(String::as_str))
    {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
