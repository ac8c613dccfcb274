//! The contents of errors: the kind, the facts, and the advice.

use std::time::Duration;

use crate::support::{self, MockServer, response, with_headers};
use rblx_open_cloud::models::{InventoryFilter, User};
use rblx_open_cloud::{Client, Error, ErrorKind, Result, RetryPolicy};
use serde_json::json;

fn get(bytes: Vec<u8>) -> Result<User> {
    MockServer::replying([bytes]).client().user(156).get()
}

fn error(bytes: Vec<u8>) -> Error {
    get(bytes).unwrap_err()
}

#[test]
fn each_status_has_its_kind() {
    for (status, kind) in [
        (400, ErrorKind::BadRequest),
        (401, ErrorKind::InvalidKey),
        (403, ErrorKind::PermissionDenied),
        (404, ErrorKind::NotFound),
        (405, ErrorKind::BadRequest),
        (409, ErrorKind::Conflict),
        (413, ErrorKind::BadRequest),
        (429, ErrorKind::RateLimited),
        (499, ErrorKind::ServiceUnavailable),
        (500, ErrorKind::ServiceUnavailable),
        (501, ErrorKind::ServiceUnavailable),
        (502, ErrorKind::ServiceUnavailable),
        (503, ErrorKind::ServiceUnavailable),
        (504, ErrorKind::ServiceUnavailable),
        (302, ErrorKind::Unexpected),
        (304, ErrorKind::Unexpected),
        (600, ErrorKind::Unexpected),
    ] {
        for body in [
            "{}",
            "",
            "<html>",
            "plain",
            "{\"message\":\"m\"}",
            "\u{0}\u{1}",
            "[",
            "null",
            "7",
            "[]",
        ] {
            let html = body == "<html>";
            let error = error(response(status, "application/json", body));
            let expected = if status == 400 && html {
                ErrorKind::ServiceUnavailable
            } else {
                kind
            };
            assert_eq!(error.kind(), expected, "{status} {body:?}");
            assert_eq!((error.status(), error.attempts()), (Some(status), 1));
            assert_eq!(error.endpoint(), Some("/cloud/v2/users/{user_id}"));
            assert!(error.to_string().contains(&status.to_string()), "{error}");
            assert!(!error.message().is_empty());
        }
    }
}

#[test]
fn all_ten_shapes_of_errors_are_decoded() {
    for (body, code, message, trace_id) in [
        (
            json!({"errors": [{"code": 0, "message": "Invalid API Key", "userFacingMessage": "x"}]}),
            Some("0"),
            "Invalid API Key",
            None,
        ),
        (
            json!({"code": "INVALID_ARGUMENT", "message": "bad filter", "details": [{"a": 1}]}),
            Some("INVALID_ARGUMENT"),
            "bad filter",
            None,
        ),
        (
            json!({"code": 3, "message": "bad filter"}),
            Some("3"),
            "bad filter",
            None,
        ),
        (
            json!({"error": "NOT_FOUND", "message": "no entry", "errorDetails": [{"errorDetailType": "DatastoreErrorInfo"}]}),
            Some("NOT_FOUND"),
            "no entry",
            None,
        ),
        (
            json!({"type": "t", "title": "One or more validation errors occurred.", "status": 400, "traceId": "00-1",
                "errors": {"name": ["too long", "too odd"], "x": ["bad"]}}),
            None,
            "One or more validation errors occurred.: name: too long too odd; x: bad",
            Some("00-1"),
        ),
        (
            json!({"type": "t", "title": "Bad", "status": 400, "detail": "really bad", "extensions": {"traceId": "00-2"}}),
            None,
            "really bad",
            Some("00-2"),
        ),
        (
            json!({"errorCode": "PassNotFound", "errorMessage": "no pass", "field": "id", "hint": "h"}),
            Some("PassNotFound"),
            "no pass",
            None,
        ),
        (
            json!({"error": "invalid_grant", "error_description": "code expired"}),
            Some("invalid_grant"),
            "code expired",
            None,
        ),
        (json!({"error": "only this"}), None, "only this", None),
        (
            json!({"error": {"code": 7, "message": "wrapped"}}),
            Some("7"),
            "wrapped",
            None,
        ),
        (json!("a bare text"), None, "a bare text", None),
        (
            json!({"errors": [{"code": 0, "message": "", "userFacingMessage": "Something went wrong"}]}),
            Some("0"),
            "Something went wrong",
            None,
        ),
        (
            json!({"error": {"code": "", "message": null}, "code": "X", "message": "outside"}),
            Some("X"),
            "outside",
            None,
        ),
        (
            json!({"code": "INVALID_ARGUMENT", "message": "\"quoted twice\""}),
            Some("INVALID_ARGUMENT"),
            "quoted twice",
            None,
        ),
        (
            json!({"errors": []}),
            None,
            "the service gave no reason",
            None,
        ),
        (
            json!({"errors": ["text"]}),
            None,
            "the service gave no reason",
            None,
        ),
        (
            json!({"message": {"nested": true}}),
            None,
            "the service gave no reason",
            None,
        ),
    ] {
        let error = error(support::json(400, body.to_string()));
        assert_eq!(
            (error.code(), error.message(), error.trace_id()),
            (code, message, trace_id),
            "{body}"
        );
        assert_eq!(
            error.body(),
            Some(body.to_string().as_str()),
            "everything that was said is kept"
        );
        assert_eq!(error.kind(), ErrorKind::BadRequest);
    }
    let details = error(support::json(
        400,
        r#"{"code":"X","message":"m","details":[{"a":1}]}"#,
    ));
    assert_eq!(details.details(), Some(&json!([{"a": 1}])));
    for text in ["plain text", "\u{feff}plain text", "  plain text\r\n"] {
        assert_eq!(
            error(response(400, "text/plain", text)).message(),
            "plain text"
        );
    }
    assert_eq!(
        error(response(400, "text/plain", "")).message(),
        "the service gave no reason"
    );
    let invalid = error(response(400, "text/plain", b"caf\xe9 \xff"));
    assert_eq!(invalid.message(), "caf\u{fffd} \u{fffd}");
}

#[test]
fn a_gateways_page_is_summed_up_in_a_line() {
    let page = "<html><body><h1>400 Bad request</h1>\nYour browser sent an invalid request.\n</body></html>";
    for content_type in [
        "text/html",
        "text/html; charset=utf-8",
        "application/octet-stream",
    ] {
        let error = error(response(400, content_type, page));
        assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
        assert!(
            error.message().ends_with("400 Bad request") && !error.to_string().contains('<'),
            "{error}"
        );
    }
    for (status, kind) in [
        (403, ErrorKind::PermissionDenied),
        (429, ErrorKind::RateLimited),
        (502, ErrorKind::ServiceUnavailable),
    ] {
        let error = error(response(
            status,
            "text/html",
            "<!DOCTYPE html><TITLE></TITLE>",
        ));
        assert_eq!(error.kind(), kind, "every other status keeps its kind");
        assert!(error.message().contains("gateway"), "{error}");
    }
}

#[test]
fn the_text_of_a_400_distinguishes_moderation_and_bad_files() {
    let (asset, text, invalid) = (
        ErrorKind::InvalidAsset,
        ErrorKind::ModeratedText,
        ErrorKind::BadRequest,
    );
    // The same text as the error of a read and of an upload.
    for (message, read, upload) in [
        ("\"InvalidImage\"", asset, asset),
        ("AssetName is moderated.", text, text),
        ("AssetDescription is moderated.", text, text),
        (
            "User is moderated",
            ErrorKind::PermissionDenied,
            ErrorKind::PermissionDenied,
        ),
        ("Asset name was fully moderated", invalid, text),
        ("Unsupported audio format", invalid, asset),
        ("The image could not be decoded", invalid, asset),
        ("The file is corrupted.", invalid, asset),
        ("Invalid asset type", invalid, asset),
        ("Invalid AssetId", invalid, asset),
        ("Invalid contents of the page token", invalid, asset),
        ("Invalid filter", invalid, invalid),
        ("invalid name", invalid, invalid),
        ("", invalid, invalid),
    ] {
        let body = json!({"code": "INVALID_ARGUMENT", "message": message}).to_string();
        let peer = MockServer::replying([support::json(400, &body)]);
        assert_eq!(
            peer.client().user(1).get().unwrap_err().kind(),
            read,
            "{message}"
        );
        #[cfg(feature = "upload")]
        {
            use rblx_open_cloud::AssetFile;
            use rblx_open_cloud::models::{AssetType, AssetUpload};
            let file = AssetFile::bytes("a.tga", [1]);
            let new = AssetUpload::new(AssetType::Decal, "n", "d", file);
            assert_eq!(
                peer.client().user(1).upload_asset(new).unwrap_err().kind(),
                upload,
                "{message}"
            );
        }
        let _ = upload;
    }
}

#[test]
fn an_error_with_the_status_of_a_success_is_an_error() {
    let reported = |body: &str, call: &dyn Fn(&Client) -> Result<()>| {
        let peer = MockServer::replying([support::ok(body)]);
        let error = call(&peer.client()).unwrap_err();
        (
            error.kind(),
            error.code().map(str::to_owned),
            error.status(),
        )
    };
    let settings = |client: &Client| client.group(7).get_settings().map(drop);
    let accept = |client: &Client| client.group(7).accept_join_request(1);
    let policies = |client: &Client| client.group_policies([7]).map(drop);
    for call in [&settings as &dyn Fn(&Client) -> _, &accept, &policies] {
        for (body, kind, code) in [
            (
                r#"{"code":"PERMISSION_DENIED","message":"no"}"#,
                ErrorKind::PermissionDenied,
                "PERMISSION_DENIED",
            ),
            (
                r#"{"errors":[{"code":404,"message":"gone"}]}"#,
                ErrorKind::NotFound,
                "404",
            ),
            (
                r#"{"errorCode":"INVALID_ARGUMENT","errorMessage":"x"}"#,
                ErrorKind::BadRequest,
                "INVALID_ARGUMENT",
            ),
            (
                r#"{"error":"NOT_FOUND","message":"x"}"#,
                ErrorKind::NotFound,
                "NOT_FOUND",
            ),
        ] {
            assert_eq!(
                reported(body, call),
                (kind, Some(code.to_owned()), Some(200)),
                "{body}"
            );
        }
    }
    assert_eq!(
        reported("<html>log in</html>", &accept).0,
        ErrorKind::Decode
    );
    // Responses that only look like errors are not errors.
    for body in [
        r#"{"errors":[],"error":null}"#,
        r#"{"note":"\"errors\" and \"code\""}"#,
        "",
    ] {
        let peer = MockServer::replying([support::ok(body)]);
        peer.client().group(7).accept_join_request(1).unwrap();
    }
    // A call that decodes any JSON returns it unchanged.
    let peer = MockServer::replying([support::ok(r#"{"error":"x"}"#)]);
    let anything = peer
        .client()
        .request(rblx_open_cloud::Method::Get, "/x")
        .send::<serde_json::Value>();
    assert_eq!(anything.unwrap()["error"], "x");
}

#[cfg(feature = "upload")]
#[test]
fn an_update_with_an_error_response_changes_nothing() {
    use rblx_open_cloud::models::AssetUpdate;
    let peer = MockServer::replying([support::ok(
        r#"{"code":"PERMISSION_DENIED","message":"no"}"#,
    )]);
    let change = AssetUpdate::new().display_name("x");
    let error = peer.client().user(1).update_asset(5, change).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
}

#[test]
fn a_call_without_a_file_does_not_blame_a_file() {
    for (message, kind) in [
        ("Invalid asset id", ErrorKind::BadRequest),
        ("unsupported", ErrorKind::BadRequest),
        ("The description is moderated", ErrorKind::ModeratedText),
    ] {
        let body = json!({"code": "INVALID_ARGUMENT", "message": message}).to_string();
        let peer = MockServer::replying([response(400, "application/json", body)]);
        let error = peer.client().group(7).set_role(1, 2).unwrap_err();
        assert_eq!(error.kind(), kind, "{message}");
    }
}

#[test]
fn json_with_an_html_content_type_is_still_an_error_of_the_service() {
    let body = r#"{"code":"INVALID_ARGUMENT","message":"bad filter"}"#;
    let error = error(response(400, "text/html", body));
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::BadRequest, "bad filter")
    );
}

#[test]
fn control_characters_are_not_printed() {
    let error = error(support::json(
        400,
        "{\"message\":\"a\\u001b[2Jb\\r\\nc\\u0007\",\"code\":\"x\\ny\"}",
    ));
    assert!(!error.to_string().contains(char::is_control), "{error:?}");
}

#[test]
fn several_lines_of_one_header_count_like_a_list() {
    let wait = |headers: &str| error(with_headers(429, headers, "{}")).retry_after();
    assert_eq!(
        wait("x-ratelimit-reset: 0\r\nx-ratelimit-reset: 25\r\n"),
        Some(Duration::from_secs(25))
    );
    assert_eq!(
        wait("retry-after: 1\r\nretry-after: 5\r\n"),
        Some(Duration::from_secs(5))
    );
}

#[test]
fn a_large_response_that_is_not_understood_is_reported_quickly_and_in_little() {
    let body = format!("[{}1]", "1,".repeat(5_000_000));
    let started = std::time::Instant::now();
    let error = error(support::ok(body));
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.body().unwrap().len() <= 4096);
    assert!(started.elapsed() < Duration::from_secs(10));
    // An error without end is read up to a limit, and its status still counts.
    let endless = [b"HTTP/1.1 500 X\r\n\r\n".to_vec(), b"x".repeat(20_000_000)].concat();
    assert_eq!(self::error(endless).status(), Some(500));
}

#[test]
fn waiting_times_are_the_larger_one_and_nonsense_is_ignored() {
    let wait = |headers: &str| error(with_headers(429, headers, "{}")).retry_after();
    let seconds = |seconds: f64| Some(Duration::from_secs_f64(seconds));
    assert_eq!(wait(""), None);
    assert_eq!(wait("retry-after: 5\r\n"), seconds(5.0));
    assert_eq!(wait("retry-after: 1.5\r\n"), seconds(1.5));
    assert_eq!(
        wait("retry-after: 5\r\nx-ratelimit-reset: 22, 0\r\n"),
        seconds(22.0)
    );
    assert_eq!(
        wait("retry-after: 30\r\nx-ratelimit-reset: 22\r\n"),
        seconds(30.0)
    );
    assert_eq!(
        wait("retry-after: Wed, 21 Oct 2015 07:28:00 GMT\r\n"),
        seconds(0.0)
    );
    let far = wait("retry-after: Fri, 31 Dec 2100 23:59:59 GMT\r\n").unwrap();
    assert!(far > Duration::from_secs(365 * 24 * 3600));
    for nonsense in [
        "-5",
        "soon",
        "1e400",
        "99999999999999999999999",
        "NaN",
        "inf",
        "",
        "\u{1F3A9}",
        "5 seconds",
    ] {
        assert_eq!(
            wait(&format!(
                "retry-after: {nonsense}\r\nx-ratelimit-reset: {nonsense}\r\n"
            )),
            None,
            "{nonsense}"
        );
    }
}

#[test]
fn a_text_says_what_happened_and_what_to_do_and_debug_adds_the_facts() {
    let error = error(with_headers(
        404,
        "x-request-id: abc-1\r\n",
        r#"{"code":"NOT_FOUND","message":"User 156 was not found."}"#,
    ));
    assert_eq!(
        error.to_string(),
        "not found: GET /cloud/v2/users/156 returned 404 (NOT_FOUND): User 156 was not found. Check the id"
    );
    let debug = format!("{error:?}");
    assert!(debug.starts_with(&error.to_string()), "{debug}");
    for fact in [
        "kind: NotFound",
        "status: 404",
        "code: NOT_FOUND",
        "trace id: abc-1",
        "body: {\"code\"",
    ] {
        assert!(debug.contains(fact), "{debug}");
    }
    assert_eq!(size_of::<Error>(), size_of::<usize>());

    let key = self::error(support::json(
        401,
        r#"{"errors":[{"code":0,"message":"Invalid API Key"}]}"#,
    ))
    .to_string();
    for cause in [
        "expired",
        "IP address",
        "Creator Dashboard",
        "user.advanced:read",
    ] {
        assert!(key.contains(cause), "{key}");
    }
}

#[test]
fn redirects_are_rejected_and_the_other_host_sees_nothing() {
    let other = MockServer::replying([support::ok("{}")]);
    for status in [301, 302, 303, 307, 308] {
        let headers = format!("location: {}/cloud/v2/users/156?secret=1\r\n", other.url);
        let error = error(with_headers(status, &headers, ""));
        assert_eq!(error.kind(), ErrorKind::Unexpected);
        assert!(
            error.message().contains("127.0.0.1") && error.message().contains("redirect"),
            "{error}"
        );
    }
    assert_eq!(other.requests().len(), 0);
}

#[test]
fn a_failed_connection_is_a_transport_error() {
    let port = support::free_port();
    let client = Client::builder(support::KEY)
        .base_url(format!("http://127.0.0.1:{port}"))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client.user(1).get().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert_eq!(error.message(), "connection refused");
    assert!(
        error
            .to_string()
            .contains(&format!("at http://127.0.0.1:{port}")),
        "{error}"
    );
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(
        !error.to_string().contains(&source),
        "a chain printer shows the cause once"
    );
    assert!(format!("{error:?}").contains(&source));
}

#[test]
fn a_peer_that_never_responds_or_sends_slowly_times_out() {
    let limit = Duration::from_millis(50);
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = Client::builder(support::KEY)
        .base_url(url)
        .timeout(limit)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let started = std::time::Instant::now();
    let error = client.user(1).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(
        error.to_string().contains("50ms") && error.to_string().contains("setting `timeout`"),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_response_that_is_cut_off_is_a_broken_connection() {
    for bytes in [
        &b""[..],
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 100\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"id\":",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id",
        b"garbage\r\n\r\n",
    ] {
        let error = error(bytes.to_vec());
        assert_eq!(
            error.kind(),
            ErrorKind::Transport,
            "{}: {error}",
            String::from_utf8_lossy(bytes)
        );
    }
    // Without a length, only the incomplete JSON shows it.
    assert_eq!(
        error(b"HTTP/1.1 200 OK\r\n\r\n{\"id\":".to_vec()).kind(),
        ErrorKind::Decode
    );
}

#[test]
fn a_status_counts_even_if_its_body_breaks_off() {
    let error = error(
        b"HTTP/1.1 404 X\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"mess".to_vec(),
    );
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::NotFound, "{\"mess")
    );
}

#[test]
fn the_kept_part_of_a_body_is_small_and_ends_between_characters() {
    let error = error(response(500, "text/plain", "ü".repeat(1_000_000)));
    let body = error.body().unwrap();
    assert!(body.len() <= 4096 && body.len() > 4000 && body.chars().all(|c| c == 'ü'));
    assert!(error.to_string().len() < 10_000);
}

#[test]
fn a_private_inventory_names_the_ways_to_see_it() {
    let peer = MockServer::replying([support::json(
        403,
        r#"{"code":"PERMISSION_DENIED","message":"private"}"#,
    )]);
    let error = peer
        .client()
        .user(2)
        .list_inventory(InventoryFilter::all())
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(
        error.to_string().contains("user.inventory-item:read"),
        "{error}"
    );
}
