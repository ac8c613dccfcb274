//! Binary input and output: behind signed URLs, without the key.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{PATH, place, task};
use crate::support::{MockServer, ok, response};
use rblx_open_cloud::models::{LuauScript, SignedUrl};
use rblx_open_cloud::{AssetFile, DownloadOptions, ErrorKind, RetryPolicy};

const INPUT: &str = "universes/5/luau-execution-session-task-binary-inputs/b1";
const SIGNED: &str = "/bucket/b1?X-Signature=planted-signature&X-Expires=900";

/// A peer that returns an input whose content is sent to the peer itself, and responds to the content with this.
fn input_peer(response: Vec<u8>) -> MockServer {
    MockServer::new(move |_, request| {
        if request.method == "PUT" {
            return response.clone();
        }
        let host = request.header("host").unwrap();
        ok(format!(
            r#"{{"path":"{INPUT}","size":"3","uploadUri":"http://{host}{SIGNED}"}}"#
        ))
    })
}

fn file() -> AssetFile {
    AssetFile::bytes("a.bin", [1, 2, 3])
}

#[test]
fn an_input_is_put_without_the_key_and_with_its_exact_length() {
    let peer = input_peer(response(200, "application/xml", ""));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let file = file().on_progress(move |sent, total| log.lock().unwrap().push((sent, total)));
    let input = peer.client().universe(5).luau_input(file).unwrap();
    assert_eq!((input.path.as_str(), input.size), (INPUT, Some(3)));
    assert_eq!(seen.lock().unwrap().last(), Some(&(3, 3)));

    let requests = peer.requests();
    let put = &requests[1];
    assert_eq!(
        (requests.len(), put.method.as_str(), put.target.as_str()),
        (2, "PUT", SIGNED)
    );
    assert_eq!(put.body, [1, 2, 3]);
    assert_eq!(put.header("content-length"), Some("3"));
    assert_eq!(put.header("content-type"), Some("application/octet-stream"));
    for name in ["x-api-key", "authorization", "cookie", "transfer-encoding"] {
        assert_eq!(put.header(name), None, "{name}");
    }
    // The key goes to the service.
    assert_eq!(requests[0].header("x-api-key"), Some(crate::support::KEY));
    assert_eq!(requests[0].body, br#"{"size":3}"#);
}

#[test]
fn large_and_empty_inputs_are_streamed() {
    for length in [0, 64 * 1024, 3_000_001] {
        let peer = input_peer(response(204, "text/plain", ""));
        let file = AssetFile::reader(
            "a.bin",
            length,
            std::io::Read::take(std::io::repeat(7), length),
        );
        peer.client().universe(5).luau_input(file).unwrap();
        let body = &peer.requests()[1].body;
        assert_eq!(body.len() as u64, length);
        assert!(body.iter().all(|byte| *byte == 7));
    }
}

#[test]
fn content_is_uploaded_once_whatever_the_outcome() {
    let denied = "<Error><Code>AccessDenied</Code><Message>Request has expired planted-signature</Message></Error>";
    for (response, kind, text) in [
        (
            response(403, "application/xml", denied),
            ErrorKind::Unexpected,
            "refused the upload (AccessDenied: Request has expired [redacted])",
        ),
        (
            response(503, "text/plain", "slow down"),
            ErrorKind::ServiceUnavailable,
            "refused the upload (slow down)",
        ),
        (
            response(429, "text/plain", ""),
            ErrorKind::RateLimited,
            "refused the upload",
        ),
        (
            response(302, "text/plain", ""),
            ErrorKind::Unexpected,
            "refused the upload",
        ),
        (Vec::new(), ErrorKind::Transport, "closed"),
        (
            b"nonsense\r\n\r\n".to_vec(),
            ErrorKind::Transport,
            "not valid HTTP",
        ),
    ] {
        let peer = input_peer(response);
        let client = peer
            .builder()
            .retry(RetryPolicy::default())
            .build()
            .unwrap();
        let error = client.universe(5).luau_input(file()).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert_eq!(error.kind(), kind, "{shown}");
        assert!(shown.contains(text), "{shown}");
        assert!(
            !shown.contains("planted-signature") && !shown.contains("bucket"),
            "{shown}"
        );
        assert_eq!(
            error.path(),
            Some("/cloud/v2/universes/5/luau-execution-session-task-binary-inputs")
        );
        assert!(
            !error.outcome_unknown(),
            "content that nothing refers to does no harm"
        );
        assert_eq!(peer.requests().len(), 2, "{shown}");
    }
}

/// A host that reads everything, and never responds.
fn silent_host() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    });
    host
}

#[test]
fn content_that_is_not_confirmed_exceeds_the_response_timeout() {
    let url = format!("http://{}{SIGNED}", silent_host());
    let peer = MockServer::replying([ok(format!(r#"{{"path":"{INPUT}","uploadUri":"{url}"}}"#))]);
    let client = peer.builder().response_timeout(Duration::from_millis(500));
    let client = client.build().unwrap();
    let error = client.universe(5).luau_input(file()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    let text = error.to_string();
    assert!(text.contains("no response came within 500ms"), "{text}");
    assert!(text.contains("setting `response_timeout`"), "{text}");
}

#[test]
fn a_file_that_changes_while_it_is_sent_is_an_error() {
    let short = AssetFile::reader("a.bin", 10, &b"abc"[..]);
    let peer = input_peer(response(200, "text/plain", ""));
    let error = peer.client().universe(5).luau_input(short).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error.to_string().contains("ended after 3 of 10 bytes"),
        "{error}"
    );
}

#[test]
fn content_goes_to_https_or_to_this_machine_alone() {
    for url in [
        "http://storage.example.com/b1?X-Signature=planted-signature",
        "ftp://127.0.0.1/planted-signature",
        "planted-signature",
        "https://user:planted-signature@example.com/",
        "",
    ] {
        let peer =
            MockServer::replying([ok(format!(r#"{{"path":"{INPUT}","uploadUri":"{url}"}}"#))]);
        let error = peer.client().universe(5).luau_input(file()).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("URL is rejected"), "{shown}");
        assert!(!shown.contains("planted-signature"), "{shown}");
        let result = peer
            .client()
            .download_url(&SignedUrl::from(url), Vec::new());
        let shown = format!("{:?}", result.unwrap_err());
        assert!(!shown.contains("planted-signature"), "{shown}");
        assert_eq!(peer.requests().len(), 1);
    }
}

#[test]
fn a_response_without_a_url_is_not_shown() {
    let malformed = ok(format!(
        r#"{{"path":"{INPUT}","uploadUri":["planted-signature"]}}"#
    ));
    let error = MockServer::replying([malformed])
        .client()
        .universe(5)
        .luau_input(file())
        .unwrap_err();
    let shown = format!("{error} {error:?}");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.outcome_unknown());
    assert!(!shown.contains("planted-signature"), "{shown}");
}

/// A peer that returns a finished task whose output is at the peer itself, and responds to requests for the output in turn.
fn output_peer(responses: Vec<Vec<u8>>) -> MockServer {
    let left = Mutex::new(responses);
    MockServer::new(move |_, request| {
        if request.path() == "/bucket/b1" {
            let mut left = left.lock().unwrap();
            let next = left[0].clone();
            if left.len() > 1 {
                left.remove(0);
            }
            return next;
        }
        let host = request.header("host").unwrap();
        let text = String::from_utf8(task("COMPLETE", "")).unwrap();
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        ok(body
            .replace(
                r#""binaryOutputUri":"""#,
                &format!(r#""binaryOutputUri":"http://{host}{SIGNED}""#),
            )
            .replace(
                r#""enableBinaryOutput":false"#,
                r#""enableBinaryOutput":true"#,
            ))
    })
}

fn output(peer: &MockServer) -> SignedUrl {
    let client = peer.client();
    let run = place(&client).run(LuauScript::source("return {}").binary_output());
    let result = run.wait(Duration::from_secs(5)).unwrap();
    assert!(!format!("{result:?}").contains("planted-signature"));
    result.binary_output.unwrap()
}

#[test]
fn output_is_fetched_without_the_key() {
    let chunked = b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n2\r\n\x01\x02\r\n1;x\r\n\x03\r\n0\r\n\r\n";
    let until_close = b"HTTP/1.1 200 X\r\n\r\n\x01\x02\x03";
    for response in [
        response(200, "binary/octet-stream", [1, 2, 3]),
        chunked.to_vec(),
        until_close.to_vec(),
    ] {
        let peer = output_peer(vec![response]);
        let url = output(&peer);
        let (mut content, mut seen) = (Vec::new(), Vec::new());
        let options = DownloadOptions::new().on_progress(|received, _| seen.push(received));
        let length = peer
            .client()
            .download_url_with(&url, &mut content, options)
            .unwrap();
        assert_eq!(
            (length, content.as_slice(), seen.last()),
            (3, &[1, 2, 3][..], Some(&3))
        );
        let requests = peer.requests();
        let fetched = requests.last().unwrap();
        assert_eq!(
            (fetched.method.as_str(), fetched.target.as_str()),
            ("GET", SIGNED)
        );
        assert_eq!(
            (fetched.header("x-api-key"), fetched.header("authorization")),
            (None, None)
        );
    }
}

#[test]
fn incomplete_output_is_an_error() {
    let cut = b"HTTP/1.1 200 X\r\ncontent-length: 10\r\nconnection: close\r\n\r\nabc".to_vec();
    let peer = output_peer(vec![cut]);
    let url = output(&peer);
    let mut content = Vec::new();
    let error = peer.client().download_url(&url, &mut content).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(
        error.to_string().contains("3 bytes were written before"),
        "{error}"
    );

    let large = output_peer(vec![response(200, "x/y", vec![0; 100])]);
    let options = DownloadOptions::new().limit(99);
    let error = large
        .client()
        .download_url_with(&output(&large), Vec::new(), options)
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("setting `DownloadOptions::limit`"),
        "{error}"
    );

    let denied = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
    let gone = output_peer(vec![response(403, "application/xml", denied)]);
    let error = gone
        .client()
        .download_url(&output(&gone), Vec::new())
        .unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("AccessDenied: Request has expired"),
        "{shown}"
    );
    assert!(shown.contains("15 minutes after their end"), "{shown}");
    assert!(
        !shown.contains("planted-signature") && !shown.contains("bucket"),
        "{shown}"
    );
}

#[test]
fn failures_before_the_first_byte_of_output_are_retried() {
    let busy = response(503, "text/plain", "");
    let peer = output_peer(vec![busy, Vec::new(), response(200, "x/y", "abc")]);
    let url = output(&peer);
    let retry = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client = peer.builder().retry(retry).build().unwrap();
    let mut content = Vec::new();
    assert_eq!(client.download_url(&url, &mut content).unwrap(), 3);
    assert_eq!(content, b"abc");
}

#[test]
fn a_redirect_of_content_is_followed_under_the_same_rules() {
    let elsewhere = response(200, "x/y", "abc");
    let moved =
        b"HTTP/1.1 302 X\r\nlocation: /bucket/b1?other=1\r\ncontent-length: 0\r\n\r\n".to_vec();
    let peer = output_peer(vec![moved, elsewhere]);
    let mut content = Vec::new();
    peer.client()
        .download_url(&output(&peer), &mut content)
        .unwrap();
    assert_eq!(content, b"abc");
    let away = b"HTTP/1.1 302 X\r\nlocation: http://example.com/planted-signature\r\ncontent-length: 0\r\n\r\n";
    let peer = output_peer(vec![away.to_vec()]);
    let error = peer
        .client()
        .download_url(&output(&peer), Vec::new())
        .unwrap_err();
    let shown = format!("{error:?}");
    assert!(
        shown.contains("plain http") && !shown.contains("planted-signature"),
        "{shown}"
    );
}

#[test]
fn a_task_does_not_show_its_url() {
    let peer = output_peer(vec![ok("x")]);
    let task = peer.client().luau_task(PATH).get().unwrap();
    let shown = format!("{task:?} {}", serde_json::to_string(&task).unwrap());
    assert!(!shown.contains("planted-signature"), "{shown}");
}
