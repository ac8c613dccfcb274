//! Calls that succeed over TLS.

use std::io::{Read, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rblx_open_cloud::models::{AssetType, AssetUpload, InventoryFilter};
use rblx_open_cloud::oauth2::{App, TokenSet};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, Client, ErrorKind, Method, RetryPolicy};
use serde_json::json;

use crate::authority::Authority;
use crate::server::{TlsStream, in_front_of, serve};
use crate::support::{KEY, MockServer, ok, with_headers};

const BOUND: Duration = Duration::from_secs(8);

/// A client that trusts only this authority.
fn client(authority: &Authority, url: &str) -> Client {
    Client::builder(KEY)
        .base_url(url)
        .root_certificates(authority.pem())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

#[test]
fn calls_lists_and_uploads_work() {
    let sandbox = Sandbox::start().unwrap();
    let authority = Authority::new();
    for host in ["localhost", "127.0.0.1"] {
        let url = in_front_of(&authority.server(&[host]), &sandbox.url());
        let client = Client::builder(sandbox.api_key())
            .base_url(url.replace("localhost", host))
            .root_certificates(authority.pem())
            .build()
            .unwrap();
        assert_eq!(client.user(156).get().unwrap().name, "builderman");
        let items = client.user(156).list_inventory(InventoryFilter::all());
        assert!(items.map(Result::unwrap).count() > 100);
        let file = AssetFile::bytes("model.fbx", vec![7; 3_000_000]);
        let upload = AssetUpload::new(AssetType::Model, "n", "d", file);
        let mut operation = client.user(156).upload_asset(upload).unwrap();
        let asset = operation.wait(Duration::from_secs(30)).unwrap();
        assert!(asset.asset_id.get() > 0);
        let error = client.user(1).get().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}

#[test]
fn many_threads_share_connections() {
    let peer = MockServer::replying([ok(
        r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#,
    )]);
    let authority = Authority::new();
    let url = in_front_of(&authority.server(&["localhost"]), &peer.url);
    let client = client(&authority, &url);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let client = client.clone();
            scope.spawn(move || (0..10).for_each(|_| drop(client.user(1).get().unwrap())));
        }
    });
    let requests = peer.requests();
    assert_eq!(requests.len(), 40);
    assert_eq!(requests[0].header("x-api-key"), Some(KEY));
    let connections = requests.iter().map(|request| request.connection).max();
    assert!(connections.unwrap() < 8, "{connections:?}");
}

#[test]
fn downloads_trust_the_same_certificates() {
    let authority = Authority::new();
    let config = authority.server(&["localhost"]);
    let content = MockServer::replying([crate::support::response(200, "x/y", vec![7; 1_000_000])]);
    let content = in_front_of(&config, &content.url);
    let api = MockServer::replying([ok(json!({ "location": format!("{content}/x") }).to_string())]);
    let client = client(&authority, &in_front_of(&config, &api.url));
    let mut received = Vec::new();
    client.asset(5).download(&mut received).unwrap();
    assert_eq!(received, vec![7; 1_000_000]);
    assert!(api.requests()[0].header("x-api-key").is_some());
}

#[test]
fn tokens_are_exchanged() {
    let authority = Authority::new();
    let tokens = r#"{"access_token":"new-access","refresh_token":"new-refresh"}"#;
    let peer = MockServer::replying([ok(tokens)]);
    let url = in_front_of(&authority.server(&["localhost"]), &peer.url);
    let app = App::builder("app-1", "https://example.com/callback")
        .base_url(&url)
        .root_certificates(authority.pem())
        .build()
        .unwrap();
    let old = TokenSet::from_json(r#"{"access_token":"a","refresh_token":"old-refresh"}"#);
    let new = app.refresh(&old.unwrap()).unwrap();
    assert!(new.to_json().contains("new-refresh"));
    let body = String::from_utf8(peer.requests()[0].body.clone()).unwrap();
    assert!(body.contains("refresh_token=old-refresh"), "{body}");
}

#[test]
fn one_of_several_certificates_is_enough() {
    let authorities = [Authority::new(), Authority::new(), Authority::new()];
    let bundle = authorities.iter().map(|authority| {
        let comment = "# Subject: an authority of the tests\n";
        format!("{comment}{}\n", authority.pem().replace('\n', "\r\n"))
    });
    let bundle: String = bundle.collect();
    for authority in &authorities {
        let url = serve(&authority.server(&["localhost"]), |mut stream| {
            let _ = stream.read(&mut [0; 10_000]);
            let _ = stream.write_all(&ok("{}"));
        });
        let client = Client::builder(KEY)
            .base_url(url)
            .root_certificates(bundle.as_bytes())
            .build()
            .unwrap();
        client.request(Method::Get, "/x").send_no_content().unwrap();
    }
    // The binary form, and one that was cut.
    let der = authorities[0].der();
    let pem = authorities[0].pem();
    let lines: Vec<&str> = pem.lines().collect();
    let cut = [&lines[..lines.len() - 3], &lines[lines.len() - 1..]].concat();
    for (bytes, words) in [
        (der, "a certificate in DER; convert it to PEM"),
        (cut.join("\n").into_bytes(), "damaged"),
        (
            [pem.as_bytes(), cut.join("\n").as_bytes()].concat(),
            "damaged",
        ),
    ] {
        let builder = Client::builder(KEY).root_certificates(bytes);
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(words), "{error}");
    }
}

/// Reads the beginning of a request, sends this, and closes the connection before the request ends.
fn reject(response: Vec<u8>) -> impl Fn(TlsStream) {
    move |mut stream| {
        // Or the response may wait for an acknowledgment until it is too late.
        stream.sock.set_nodelay(true).unwrap();
        stream.read_exact(&mut [0; 1000]).unwrap();
        stream.write_all(&response).unwrap();
    }
}

#[test]
fn a_rejection_of_a_server_that_closes_at_once_is_heard() {
    let authority = Authority::new();
    let config = authority.server(&["localhost"]);
    for (response, status) in [
        (crate::support::json(413, r#"{"message":"too large"}"#), 413),
        (
            with_headers(429, "retry-after: 60\r\n", r#"{"message":"too large"}"#),
            429,
        ),
    ] {
        let client = client(&authority, &serve(&config, reject(response)));
        let file = AssetFile::bytes("a.tga", vec![7; 20_000_000]);
        let upload = AssetUpload::new(AssetType::Decal, "n", "d", file);
        let started = Instant::now();
        let error = client.user(1).upload_asset(upload).unwrap_err();
        assert_eq!(
            (error.status(), error.message()),
            (Some(status), "too large"),
            "{error}"
        );
        assert!(!error.outcome_unknown(), "{error}");
        let put = client
            .request(Method::Put, "/x")
            .json(&"x".repeat(20_000_000));
        let error = put.send_no_content().unwrap_err();
        assert_eq!(error.status(), Some(status), "{error}");
        assert!(started.elapsed() < BOUND);
    }
}

#[test]
fn a_rejection_that_trickles_in_ends_a_download() {
    let authority = Authority::new();
    let config = authority.server(&["localhost"]);
    let content = serve(&config, |mut stream| {
        let _ = stream.read(&mut [0; 10_000]);
        let _ = stream.write_all(b"HTTP/1.1 403 X\r\ncontent-length: 100000\r\n\r\n");
        while stream.write_all(b"x").and_then(|()| stream.flush()).is_ok() {
            sleep(Duration::from_millis(3));
        }
    });
    let api = MockServer::replying([ok(json!({ "location": format!("{content}/x") }).to_string())]);
    let client = Client::builder(KEY)
        .base_url(in_front_of(&config, &api.url))
        .root_certificates(authority.pem())
        .timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let started = Instant::now();
    let error = client.asset(5).download(std::io::sink()).unwrap_err();
    assert_eq!(error.status(), Some(403), "{error}");
    assert!(started.elapsed() < BOUND);
}
