//! Locations of content and downloads: bytes, headers, errors, and secrets that are never shown.

use std::error::Error as _;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::support::{self, KEY, MockServer, ok, quick_retry, response, with_headers};
use rblx_open_cloud::models::{AssetLocation, AssetType, LocationRequest};
use rblx_open_cloud::{
    AccessToken, Client, ClientBuilder, DownloadOptions, Error, ErrorKind, RetryPolicy,
};
use serde_json::{Value, json};

const CALL: &str = "/asset-delivery-api/v1/assetId/{assetId}";
/// The secret part of a location.
const SIGNATURE: &str = "planted-signature";
const TARGET: &str = "/hash/of%20content?token=planted-signature&exp=17";

/// An API server whose locations are on another server, the host of content.
struct Delivery {
    api: MockServer,
    cdn: MockServer,
}

impl Delivery {
    /// The host of content returns these responses in turn, and then repeats the last one.
    fn new(responses: impl Into<Vec<Vec<u8>>>) -> Self {
        let cdn = MockServer::replying(responses);
        let location = format!("{}{TARGET}", cdn.url);
        Self {
            api: MockServer::replying([ok(json!({ "location": location }).to_string())]),
            cdn,
        }
    }

    fn builder(&self) -> ClientBuilder {
        self.api.builder().retry(quick_retry())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Returns the content, or the error and the bytes that were written before.
    fn download(&self, download: DownloadOptions<'_>) -> Result<Vec<u8>, (Error, Vec<u8>)> {
        let mut content = Vec::new();
        let outcome = self
            .client()
            .asset(42)
            .download_with(&mut content, download);
        match outcome {
            Ok(length) => {
                assert_eq!(length, content.len() as u64);
                Ok(content)
            }
            Err(error) => {
                assert_shows_nothing(&error);
                Err((error, content))
            }
        }
    }

    fn fails(&self) -> (Error, Vec<u8>) {
        self.download(DownloadOptions::new()).unwrap_err()
    }

    /// The numbers of requests to the API and to the host of content.
    fn counts(&self) -> (usize, usize) {
        (self.api.requests().len(), self.cdn.requests().len())
    }
}

/// Asserts that an error shows neither the key nor the location.
fn assert_shows_nothing(error: &Error) {
    let mut texts = vec![error.to_string(), format!("{error:?}")];
    let mut source = error.source();
    while let Some(cause) = source {
        texts.extend([cause.to_string(), format!("{cause:?}")]);
        source = cause.source();
    }
    for text in texts {
        for secret in [KEY, SIGNATURE, "hash/of", "exp=17"] {
            assert!(!text.contains(secret), "{secret} is in: {text}");
        }
    }
}

fn chunked(chunks: &[&[u8]], is_ended: bool) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for chunk in chunks {
        bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        bytes.extend(*chunk);
        bytes.extend(b"\r\n");
    }
    if is_ended {
        bytes.extend(b"0\r\n\r\n");
    }
    bytes
}

/// A response whose content length is larger than its body.
fn cut(declared: usize, content: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {declared}\r\nconnection: close\r\n\r\n");
    [head.as_bytes(), content].concat()
}

fn encoded(encoding: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[cfg(feature = "gzip")]
fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn content(length: usize) -> Vec<u8> {
    (0..=255).cycle().take(length).collect()
}

fn locate(body: &Value) -> (AssetLocation, MockServer) {
    let peer = MockServer::replying([ok(body.to_string())]);
    let location = peer.client().asset(42).location().unwrap();
    (location, peer)
}

#[test]
fn a_full_location() {
    let (location, peer) = locate(&json!({
        "location": "https://c0.example.com/hash?token=planted-signature", "requestId": "r-1", "isArchived": false,
        "isRecordable": true, "assetTypeId": 10, "new": {"field": 1},
        "assetMetadatas": [{"metadataType": 2, "value": true}, {"metadataType": 1, "value": "1234"}],
        "contentRepresentationSpecifier": {"format": "rbxm", "majorVersion": 1, "fidelity": null},
    }));
    let request = peer.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", "/asset-delivery-api/v1/assetId/42")
    );
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(
        location.location,
        "https://c0.example.com/hash?token=planted-signature"
    );
    assert_eq!(
        (location.is_recordable, location.is_archived),
        (Some(true), Some(false))
    );
    assert_eq!(
        (location.size(), location.asset_type_id),
        (Some(1234), Some(10))
    );
    assert_eq!(location.request_id.as_deref(), Some("r-1"));
    assert_eq!(location.metadata[0].metadata_type, "2");
    assert_eq!(location.metadata[0].value.as_deref(), Some("true"));
    let representation = location.representation.as_ref().unwrap();
    assert_eq!(
        (
            representation.format.as_deref(),
            representation.major_version.as_deref()
        ),
        (Some("rbxm"), Some("1"))
    );
    let shown = format!("{location:?} {location:#?}");
    assert!(shown.contains("https://c0.example.com/hash") && !shown.contains(SIGNATURE));
    assert_eq!(
        serde_json::to_value(&location).unwrap()["location"],
        "https://c0.example.com/hash?token=planted-signature"
    );
}

#[test]
fn a_sparse_location() {
    let (location, _) = locate(&json!({"location": "l", "errors": [], "assetMetadatas": null}));
    assert_eq!((location.size(), location.is_archived), (None, None));
    let (location, _) = locate(
        &json!({"location": null, "errors": null, "requestId": 5, "assetTypeId": "10",
        "locations": [{"assetFormat": "source", "location": "l2",
            "assetMetadatas": [{"metadataType": 1, "value": 7}]}, {"location": "l3"}]}),
    );
    assert_eq!(
        (
            location.location.as_str(),
            location.size(),
            location.asset_type_id
        ),
        ("l2", Some(7), Some(10))
    );
    assert_eq!(location.request_id.as_deref(), Some("5"));
    let (location, _) = locate(&json!({"Location": "l4", "IsArchived": true, "Errors": []}));
    assert_eq!(
        (location.location.as_str(), location.is_archived),
        ("l4", Some(true))
    );
    for body in [
        "{}",
        r#"{"location":""}"#,
        r#"{"location":null,"locations":[]}"#,
        "null",
        "",
        "[1]",
    ] {
        let peer = MockServer::replying([ok(body)]);
        let error = peer.client().asset(42).location().unwrap_err();
        assert_eq!(
            (error.kind(), error.endpoint()),
            (ErrorKind::Decode, Some(CALL)),
            "{body}"
        );
    }
}

#[test]
fn a_response_that_is_not_understood_shows_no_location() {
    let location = format!("http://127.0.0.1:1{TARGET}");
    let malformed = json!({ "location": location, "isArchived": "perhaps" }).to_string();
    let cut = &malformed[..malformed.len() - 5];
    let list = format!("[{malformed}]");
    for body in [&malformed, cut, &list] {
        let peer = MockServer::replying([ok(body)]);
        let error = peer.client().asset(42).location().unwrap_err();
        assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, None));
        assert_shows_nothing(&error);
    }
}

#[test]
fn versions_and_options_are_sent() {
    let peer = MockServer::replying([ok(r#"{"location":"l"}"#)]);
    let asset = peer.client().asset(42);
    asset.version_location(3).unwrap();
    let all = LocationRequest::new()
        .expected_type(AssetType::Model)
        .skip_signing_scripts(true);
    asset.location_with(all.clone()).unwrap();
    asset.location_with(all.version(7)).unwrap();
    let no = LocationRequest::new().skip_signing_scripts(false);
    asset.location_with(no).unwrap();
    let targets: Vec<String> = peer
        .requests()
        .iter()
        .map(|request| request.target.clone())
        .collect();
    assert_eq!(
        targets,
        [
            "/asset-delivery-api/v1/assetId/42/version/3",
            "/asset-delivery-api/v1/assetId/42?expectedAssetType=Model&skipSigningScripts=true",
            "/asset-delivery-api/v1/assetId/42/version/7?expectedAssetType=Model&skipSigningScripts=true",
            "/asset-delivery-api/v1/assetId/42?skipSigningScripts=false",
        ]
    );
}

#[test]
fn errors_in_a_success_are_errors() {
    let error_body =
        |code: Value, message: &str| json!({"errors": [{"code": code, "message": message}]});
    let cases = [
        (
            error_body(json!(404), "Requested asset was not found"),
            ErrorKind::NotFound,
        ),
        (error_body(json!("404"), "as a text"), ErrorKind::NotFound),
        (error_body(json!(409), "busy"), ErrorKind::Conflict),
        (error_body(json!(403), "no"), ErrorKind::PermissionDenied),
        (error_body(json!(401), "no"), ErrorKind::InvalidKey),
        // The text of the service for a missing permission.
        (
            error_body(json!(409), "User is not authorized to access Asset."),
            ErrorKind::PermissionDenied,
        ),
        (
            error_body(json!(1), "User is not authorized to access Asset."),
            ErrorKind::PermissionDenied,
        ),
        (
            error_body(json!(0), "Requested asset is archived"),
            ErrorKind::Unexpected,
        ),
        (error_body(json!(418), "x"), ErrorKind::Unexpected),
        (error_body(json!("odd"), "x"), ErrorKind::Unexpected),
        (
            json!({"errors": [{"Code": 404, "Message": "x", "CustomErrorCode": "AssetNotFound"}]}),
            ErrorKind::NotFound,
        ),
        (
            json!({"errors": [{"Code": 409, "Message": "x", "CustomErrorCode": "NoPermissionToAsset"}]}),
            ErrorKind::PermissionDenied,
        ),
        (json!({"errors": [{}]}), ErrorKind::Unexpected),
        (json!({"errors": [null]}), ErrorKind::Unexpected),
        (json!({"errors": ["x"]}), ErrorKind::Unexpected),
        (
            json!({"location": "l", "errors": [{"code": 404}]}),
            ErrorKind::NotFound,
        ),
    ];
    for (body, kind) in cases {
        let peer = MockServer::replying([ok(body.to_string())]);
        let error = peer.client().asset(42).location().unwrap_err();
        assert_eq!(error.kind(), kind, "{body}: {error}");
        assert_eq!((error.status(), error.attempts()), (Some(200), 1), "{body}");
        assert_eq!(error.endpoint(), Some(CALL));
        let first = &body["errors"][0];
        if let Some(message) = first.get("message").and_then(Value::as_str) {
            assert_eq!(error.message(), message);
            assert_eq!(
                error.code(),
                Some(first["code"].to_string().trim_matches('"'))
            );
            assert_eq!(error.details(), Some(first));
        }
    }
    // The other form of errors.
    let peer = MockServer::replying([support::json(
        404,
        r#"{"errors":[{"code":0,"message":"gone"}]}"#,
    )]);
    let error = peer.client().asset(42).version_location(3).unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::NotFound, Some(404))
    );
    assert!(
        error
            .endpoint()
            .unwrap()
            .ends_with("/version/{versionNumber}")
    );
}

#[test]
fn transient_errors_are_retried_even_inside_a_success() {
    for code in [429, 500, 503] {
        let error_body = json!({"errors": [{"code": code, "message": "later"}]});
        let peer = MockServer::replying([ok(error_body.to_string()), ok(r#"{"location":"l"}"#)]);
        let client = peer.builder().retry(quick_retry()).build().unwrap();
        client.asset(42).location().unwrap();
        assert_eq!(peer.requests().len(), 2);
    }
}

#[test]
fn content_is_fetched_without_a_key() {
    for length in [0, 1, 100_000, 300_000] {
        let delivery = Delivery::new([response(200, "binary/octet-stream", content(length))]);
        assert_eq!(
            delivery.download(DownloadOptions::new()).unwrap(),
            content(length)
        );
        assert_eq!(delivery.counts(), (1, 1));
    }
    let token = |peer: &MockServer| {
        let builder = Client::builder(AccessToken::from(KEY)).base_url(&peer.url);
        builder.build().unwrap()
    };
    let key = |peer: &MockServer| peer.client();
    for client in [&token as &dyn Fn(&MockServer) -> Client, &key] {
        let delivery = Delivery::new([response(200, "x/y", "content")]);
        let client = client(&delivery.api);
        client.asset(42).download(io::sink()).unwrap();
        let request = delivery.cdn.requests().remove(0);
        assert_eq!(
            (
                request.method.as_str(),
                request.target.as_str(),
                request.body.len()
            ),
            ("GET", TARGET, 0)
        );
        let mut names: Vec<&str> = request
            .headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        let expected: &[_] = if cfg!(feature = "gzip") {
            &["accept", "accept-encoding", "host", "user-agent"]
        } else {
            &["accept", "host", "user-agent"]
        };
        assert_eq!(names, expected);
        assert_eq!(request.header("accept"), Some("*/*"));
        assert!(!format!("{request:?}").contains(KEY), "{request:?}");
    }
}

#[test]
#[cfg(feature = "gzip")]
fn compressed_content_is_decompressed() {
    let plain = content(300_000);
    let delivery = Delivery::new([encoded("gzip", &gzip(&plain))]);
    let seen = std::sync::Mutex::new(Vec::new());
    let progress = DownloadOptions::new().on_progress(|received, total| {
        seen.lock().unwrap().push((received, total));
    });
    assert_eq!(delivery.download(progress).unwrap(), plain);
    let seen = seen.lock().unwrap();
    assert_eq!(seen.first(), Some(&(0, None)), "the length is not known");
    assert_eq!(seen.last(), Some(&(300_000, None)));

    let whole = gzip(&plain);
    let half = encoded("gzip", &whole[..whole.len() / 2]);
    let (error, written) = Delivery::new([half]).fails();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(plain.starts_with(&written));
    // The compressed stream is complete, but the response is shorter than its content length.
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        whole.len() + 1
    );
    let (error, _) = Delivery::new([[head.as_bytes(), &whole].concat()]).fails();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    let (error, _) = Delivery::new([encoded("gzip", b"this is not gzip")]).fails();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
}

#[test]
#[cfg(feature = "gzip")]
fn the_limit_counts_decompressed_bytes() {
    let bomb = gzip(&vec![0; 50_000_000]);
    assert!(bomb.len() < 500_000);
    let delivery = Delivery::new([encoded("gzip", &bomb)]);
    let (error, written) = delivery
        .download(DownloadOptions::new().limit(1_000_000))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(error.message().contains("1000000 bytes"), "{error}");
    assert!(written.len() <= 1_000_000);
    assert_eq!(delivery.counts(), (1, 1));
}

#[test]
fn unknown_compression_is_an_error() {
    let unknown = if cfg!(feature = "gzip") { "br" } else { "gzip" };
    for (encoding, words) in [
        (
            unknown,
            if cfg!(feature = "gzip") {
                "br"
            } else {
                "feature `gzip`"
            },
        ),
        ("gzip, br", "gzip, br"),
    ] {
        let (error, written) = Delivery::new([encoded(encoding, b"x")]).fails();
        assert_eq!((error.kind(), written.len()), (ErrorKind::Unexpected, 0));
        assert!(error.message().contains(words), "{error}");
    }
    let identity = Delivery::new([encoded("identity", b"x")]);
    assert_eq!(identity.download(DownloadOptions::new()).unwrap(), b"x");
}

#[test]
fn content_that_breaks_off_is_never_taken_for_whole() {
    let plain = content(200_000);
    for broken in [
        cut(200_001, &plain),
        chunked(&[&plain], false),
        [&chunked(&[&plain], false)[..], b"ff\r\nabc"].concat(),
        [&chunked(&[&plain], false)[..], b"zz\r\nabc\r\n"].concat(),
    ] {
        let delivery = Delivery::new([broken]);
        let (error, written) = delivery.fails();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        let arrived = [&plain[..], b"abc"].concat();
        assert!(!written.is_empty() && arrived.starts_with(&written));
        let reported = format!("{} bytes were written", written.len());
        assert!(error.to_string().contains(&reported), "{error}");
        assert!(error.to_string().contains(&delivery.cdn.url), "{error}");
        assert_eq!((error.endpoint(), error.attempts()), (Some(CALL), 1));
        assert_eq!(delivery.counts(), (1, 1), "it is not started again");
    }
    let whole = Delivery::new([chunked(&[&plain[..5], &plain[5..]], true)]);
    assert_eq!(whole.download(DownloadOptions::new()).unwrap(), plain);
}

#[test]
fn failures_before_the_first_byte_are_retried() {
    let good = || response(200, "x/y", "content");
    for bad in [
        Vec::new(),
        response(500, "text/plain", "x"),
        response(503, "text/html", "<h1>x</h1>"),
        response(429, "text/plain", "x"),
        cut(100, b""),
        b"HTTP/1.1 200 OK\r\nx".to_vec(),
    ] {
        let delivery = Delivery::new([bad.clone(), bad.clone(), good()]);
        assert_eq!(
            delivery.download(DownloadOptions::new()).unwrap(),
            b"content"
        );
        assert_eq!(delivery.counts(), (1, 3));

        let delivery = Delivery::new([bad.clone()]);
        let (error, written) = delivery.fails();
        assert_eq!((error.attempts(), written.len()), (4, 0), "{error}");
        assert_eq!(error.endpoint(), Some(CALL));
        assert_eq!(delivery.counts(), (1, 4));

        let once = Delivery::new([bad, good()]);
        let client = once.builder().retry(RetryPolicy::none()).build().unwrap();
        client.asset(42).download(io::sink()).unwrap_err();
        assert_eq!(once.counts(), (1, 1));
    }
    // The host requests a longer wait than any delay of the policy.
    let later = with_headers(429, "retry-after: 30\r\n", "");
    let delivery = Delivery::new([later]);
    let (error, _) = delivery.fails();
    assert_eq!(
        (error.kind(), error.retry_after()),
        (ErrorKind::RateLimited, Some(Duration::from_secs(30)))
    );
    assert_eq!(delivery.counts(), (1, 1));
}

#[test]
fn an_expired_location_is_requested_again() {
    let expired = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message>\
        <CanonicalRequest>token=planted-signature</CanonicalRequest></Error>";
    for status in [401, 403, 404, 410] {
        let cdn = MockServer::new(move |_, request| match request.query("try").as_deref() {
            Some("0") => response(status, "application/xml", expired),
            _ => response(200, "x/y", "content"),
        });
        let url = cdn.url.clone();
        let api = MockServer::new(move |number, _| {
            let location = format!("{url}{TARGET}&try={number}");
            ok(json!({ "location": location }).to_string())
        });
        let delivery = Delivery { api, cdn };
        assert_eq!(
            delivery.download(DownloadOptions::new()).unwrap(),
            b"content"
        );
        assert_eq!(delivery.counts(), (2, 2));

        let delivery = Delivery::new([response(status, "application/xml", expired)]);
        let (error, written) = delivery.fails();
        assert_eq!(delivery.counts(), (2, 2), "once more, and no more");
        let kind = match status {
            404 | 410 => ErrorKind::NotFound,
            _ => ErrorKind::Unexpected,
        };
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert!(
            error
                .message()
                .contains("AccessDenied: Request has expired"),
            "{error}"
        );
        assert!(error.to_string().contains(&delivery.cdn.url), "{error}");
        assert_eq!((error.body(), written.len()), (None, 0));
        // The error does not blame the key.
        assert!(
            !error.to_string().contains("legacy-asset:manage"),
            "{error}"
        );
    }
}

#[test]
fn an_asset_that_does_not_exist_is_not_fetched() {
    let api = MockServer::replying([ok(
        r#"{"errors":[{"code":404,"message":"Requested asset was not found"}]}"#,
    )]);
    let mut content = Vec::new();
    let error = api.client().asset(42).download(&mut content).unwrap_err();
    assert_eq!(
        (error.kind(), error.endpoint()),
        (ErrorKind::NotFound, Some(CALL))
    );
    assert_eq!((error.code(), api.requests().len()), (Some("404"), 1));
}

#[test]
fn other_responses_of_the_host_are_errors() {
    for (status, kind) in [
        (204, ErrorKind::Unexpected),
        (206, ErrorKind::Unexpected),
        (304, ErrorKind::Unexpected),
        (400, ErrorKind::Unexpected),
        (418, ErrorKind::Unexpected),
    ] {
        let delivery = Delivery::new([response(
            status,
            "text/plain",
            "planted-signature, you say?",
        )]);
        let (error, written) = delivery.fails();
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert_eq!((written.len(), delivery.counts()), (0, (1, 1)));
    }
}

#[test]
fn content_above_the_limit_is_rejected() {
    let plain = content(100_000);
    let delivery = Delivery::new([response(200, "x/y", &plain)]);
    let whole = delivery
        .download(DownloadOptions::new().limit(100_000))
        .unwrap();
    assert_eq!(whole, plain);
    let (error, written) = delivery
        .download(DownloadOptions::new().limit(99_999))
        .unwrap_err();
    assert_eq!(
        (error.kind(), written.len()),
        (ErrorKind::Unexpected, 0),
        "{error}"
    );
    assert!(error.message().contains("99999 bytes"), "{error}");

    let delivery = Delivery::new([chunked(&[&plain], true)]);
    let whole = delivery
        .download(DownloadOptions::new().limit(100_000))
        .unwrap();
    assert_eq!(whole, plain);
    let (error, written) = delivery
        .download(DownloadOptions::new().limit(99_999))
        .unwrap_err();
    assert!(written.len() < 100_000 && plain.starts_with(&written));
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(delivery.cdn.requests().len(), 2, "it is not started anew");
    // The limit of JSON responses is separate.
    let client = delivery.builder().max_response_size(1000).build().unwrap();
    assert_eq!(client.asset(42).download(io::sink()).unwrap(), 100_000);
}

#[test]
fn nothing_is_fetched_from_untrusted_locations() {
    for location in [
        "http://c0.example.com/hash?token=planted-signature",
        "http://127.0.0.1.example.com/planted-signature",
        "http://user:planted-signature@127.0.0.1/",
        "ftp://127.0.0.1/planted-signature",
        "file:///etc/planted-signature",
        "data:text/plain,planted-signature",
        "/cdn/planted-signature",
        "planted-signature",
        "http://[::1/planted-signature",
        "http://127.0.0.1:99999999/planted-signature",
    ] {
        let api = MockServer::replying([ok(json!({ "location": location }).to_string())]);
        let mut content = Vec::new();
        let error = api.client().asset(42).download(&mut content).unwrap_err();
        assert_eq!(
            (error.kind(), content.len()),
            (ErrorKind::Unexpected, 0),
            "{location}"
        );
        assert!(error.message().contains("rejected"), "{error}");
        assert_eq!((error.endpoint(), api.requests().len()), (Some(CALL), 1));
        assert_shows_nothing(&error);
    }
}

#[test]
fn redirects_are_followed_by_the_same_rules_and_without_a_key() {
    let goal = MockServer::replying([response(200, "x/y", "content")]);
    let redirect = |target: &str| with_headers(302, &format!("location: {target}\r\n"), "moved");
    for status in [301, 302, 303, 307, 308] {
        let there = format!("location: {}/goal?{SIGNATURE}\r\n", goal.url);
        let delivery = Delivery::new([with_headers(status, &there, "")]);
        assert_eq!(
            delivery.download(DownloadOptions::new()).unwrap(),
            b"content"
        );
    }
    for request in goal.requests() {
        assert_eq!(request.target, format!("/goal?{SIGNATURE}"));
        assert!(!format!("{request:?}").contains(KEY), "{request:?}");
    }
    let here = Delivery::new([redirect("/other?a=b"), response(200, "x/y", "content")]);
    assert_eq!(here.download(DownloadOptions::new()).unwrap(), b"content");
    assert_eq!(here.cdn.requests()[1].target, "/other?a=b");

    let around = Delivery::new([redirect("/again")]);
    let (error, _) = around.fails();
    assert_eq!(
        (error.kind(), around.counts()),
        (ErrorKind::Unexpected, (1, 6))
    );
    for target in [
        "http://c0.example.com/planted-signature",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "javascript:x",
        "",
    ] {
        let delivery = Delivery::new([redirect(target)]);
        let (error, _) = delivery.fails();
        assert_eq!(
            (error.kind(), delivery.counts()),
            (ErrorKind::Unexpected, (1, 1)),
            "{target}"
        );
    }
    let (error, _) = Delivery::new([with_headers(302, "", "")]).fails();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
}

/// A writer that accepts this many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.min(bytes.len()) {
            0 => Err(io::Error::other("disk on fire")),
            taken => {
                self.0 -= taken;
                Ok(taken)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_fails_ends_the_download() {
    struct Unflushed;
    impl Write for Unflushed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::Error::other("disk on fire"))
        }
    }
    for room in [0, 10, 150_000] {
        let delivery = Delivery::new([response(200, "x/y", content(300_000))]);
        let error = delivery
            .client()
            .asset(42)
            .download(Full(room))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.source().unwrap().to_string(), "disk on fire");
        assert_eq!(delivery.counts(), (1, 1), "it is not started again");
        assert_shows_nothing(&error);
    }
    let delivery = Delivery::new([response(200, "x/y", "content")]);
    let error = delivery.client().asset(42).download(Unflushed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.message().contains("7 bytes were written"), "{error}");
    assert_eq!(delivery.counts(), (1, 1));
}

#[test]
fn progress_goes_from_nothing_to_the_total() {
    let mut seen = Vec::new();
    let delivery = Delivery::new([Vec::new(), response(200, "x/y", content(1_000_000))]);
    let progress =
        DownloadOptions::new().on_progress(|received, total| seen.push((received, total)));
    delivery.download(progress).unwrap();
    assert_eq!(seen.first(), Some(&(0, Some(1_000_000))));
    assert_eq!(seen.last(), Some(&(1_000_000, Some(1_000_000))));
    assert!((5..12).contains(&seen.len()), "{seen:?}");
    assert!(
        seen.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "{seen:?}"
    );

    let mut seen = Vec::new();
    let delivery = Delivery::new([response(200, "x/y", "")]);
    let progress =
        DownloadOptions::new().on_progress(|received, total| seen.push((received, total)));
    delivery.download(progress).unwrap();
    assert_eq!(seen, [(0, Some(0))], "each number once");
}

/// A host that sends a head for `declared` bytes, then some pieces slowly, and then nothing more.
fn slow(declared: usize, pieces: usize, piece: &'static [u8]) -> MockServer {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let location = format!("http://{}{TARGET}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut buffer = [0; 4096];
        let _ = stream.read(&mut buffer).unwrap();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {declared}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        for _ in 0..pieces {
            thread::sleep(Duration::from_millis(5));
            stream.write_all(piece).unwrap();
        }
        // Until the client goes away.
        let _ = stream.read(&mut buffer);
    });
    MockServer::replying([ok(json!({ "location": location }).to_string())])
}

#[test]
fn a_slow_connection_is_not_an_error_but_a_stalled_one_is() {
    let millis = Duration::from_millis;
    let api = slow(300, 60, b"12345");
    let patient = api
        .builder()
        .timeout(millis(200))
        .idle_timeout(millis(5000));
    let client = patient.connect_timeout(millis(5000)).build().unwrap();
    assert_eq!(client.asset(42).download(io::sink()).unwrap(), 300);

    let api = slow(100, 2, b"12345");
    let client = api.builder().idle_timeout(millis(500)).retry(quick_retry());
    let mut content = Vec::new();
    let error = client.build().unwrap().asset(42).download(&mut content);
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(
        error
            .message()
            .contains("no data was transferred for 500ms (10 bytes were written"),
        "{error}"
    );
    assert_eq!(
        (content.as_slice(), error.attempts()),
        (&b"1234512345"[..], 1)
    );
    assert_shows_nothing(&error);
}

#[test]
fn a_content_host_that_refuses_connections_is_an_error() {
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let location = json!({ "location": format!("http://{gone}{TARGET}") });
    let api = MockServer::replying([ok(location.to_string())]);
    let client = api.builder().retry(quick_retry()).build().unwrap();
    let error = client.asset(42).download(io::sink()).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 4));
    assert!(
        error.to_string().contains(&format!("http://{gone}")),
        "{error}"
    );
    assert_shows_nothing(&error);
}

#[test]
fn many_threads_download_with_one_client() {
    let delivery = Arc::new(Delivery::new([response(200, "x/y", content(50_000))]));
    let client = delivery.client();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let asset = client.asset(42);
            thread::spawn(move || asset.download(io::sink()).unwrap())
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 50_000);
    }
}

#[test]
fn one_connection_serves_one_download_after_the_other() {
    let delivery = Delivery::new([response(200, "x/y", content(100_000))]);
    let asset = delivery.client().asset(42);
    for _ in 0..3 {
        asset.download(io::sink()).unwrap();
    }
    let connections: Vec<_> = delivery
        .cdn
        .requests()
        .iter()
        .map(|request| request.connection)
        .collect();
    assert_eq!(connections, [0, 0, 0]);
}

#[test]
fn settings_of_a_download_reach_the_api() {
    let delivery = Delivery::new([response(200, "x/y", "content")]);
    let download = DownloadOptions::new()
        .version(3)
        .expected_type(AssetType::Model)
        .skip_signing_scripts(true);
    assert!(format!("{download:?}").contains("Model"));
    delivery.download(download).unwrap();
    assert_eq!(
        delivery.api.requests()[0].target,
        "/asset-delivery-api/v1/assetId/42/version/3?expectedAssetType=Model&skipSigningScripts=true"
    );
    let delivery = Delivery::new([response(404, "text/plain", "")]);
    let (error, _) = delivery
        .download(DownloadOptions::default().version(3))
        .unwrap_err();
    assert!(
        error
            .endpoint()
            .unwrap()
            .ends_with("/version/{versionNumber}")
    );
}
