//! Raw calls: requests, and input that is rejected before anything is sent.

use std::time::Duration;

use crate::support::{KEY, MockServer, json as response, ok, with_headers};
use rblx_open_cloud::models::InventoryFilter;
use rblx_open_cloud::{ErrorKind, Method, Result, RetryPolicy};
use serde_json::{Value, json};

#[test]
fn method_path_query_and_body_go_out_as_they_were_given() {
    let peer = MockServer::replying([ok(r#"{"a": 1}"#)]);
    let client = peer.client();
    let value: Value = client
        .request(Method::Post, "/cloud/v2/universes/{universe_id}:restart")
        .path_param("a/b c")
        .query("filter", "x == 'y'")
        .query("n", 5)
        .json(&json!({"why": "ä\n"}))
        .send()
        .unwrap();
    assert_eq!(value["a"], 1);
    for method in [Method::Put, Method::Patch, Method::Delete, Method::Get] {
        client
            .request(method, "/x%20y/1")
            .send_no_content()
            .unwrap();
    }
    let requests = peer.requests();
    let first = &requests[0];
    assert_eq!(
        (first.method.as_str(), first.target.as_str()),
        (
            "POST",
            "/cloud/v2/universes/a%2Fb%20c:restart?filter=x%20%3D%3D%20%27y%27&n=5"
        )
    );
    assert_eq!(first.header("x-api-key"), Some(KEY));
    assert_eq!(first.header("content-type"), Some("application/json"));
    assert_eq!(first.body, "{\"why\":\"ä\\n\"}".as_bytes());
    let rest: Vec<_> = requests[1..]
        .iter()
        .map(|request| (request.method.as_str(), request.header("content-length")))
        .collect();
    assert_eq!(
        rest,
        [
            ("PUT", Some("0")),
            ("PATCH", Some("0")),
            ("DELETE", None),
            ("GET", None)
        ]
    );
    assert_eq!(requests[1].target, "/x%20y/1");
}

#[test]
fn headers_and_a_body_with_delete_go_out() {
    let peer = MockServer::replying([ok("{}")]);
    peer.client()
        .request(Method::Delete, "/things")
        .header("roblox-entry-attributes", json!({"a": 1}))
        .json(&[1, 2])
        .send_no_content()
        .unwrap();
    let request = peer.requests().remove(0);
    assert_eq!(request.header("roblox-entry-attributes"), Some("{\"a\":1}"));
    assert_eq!(
        (request.header("content-length"), request.body.as_slice()),
        (Some("5"), &b"[1,2]"[..])
    );
}

#[test]
fn invalid_raw_calls_are_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let get = |path: &str| client.request(Method::Get, path);
    let rejected: [(Result<Value>, &str); 16] = [
        (get("x").send(), "must begin with one slash"),
        (get("").send(), "must begin with one slash"),
        (get("//evil.example/x").send(), "must begin with one slash"),
        (get("/x?a=b").send(), "give parameters with `query`"),
        (get("/x y").send(), "must be encoded"),
        (get("/x\r\nx-evil: 1").send(), "must be encoded"),
        (get("/a/../b").send(), "has a `.` or `..` segment"),
        (get("/{id}").send(), "without a value"),
        (
            get("/x").path_param(1).send(),
            "no placeholder left for \"1\"",
        ),
        (get("/x").json(&1).send(), "a GET request has no body"),
        (
            get("/x").header("X-Api-Key", "y").send(),
            "cannot be set by hand",
        ),
        (
            get("/x").header("authorization", "y").send(),
            "cannot be set by hand",
        ),
        (
            get("/x").header("host", "evil.example").send(),
            "cannot be set by hand",
        ),
        (
            get("/x").header("a b", "y").send(),
            "not the name of a header",
        ),
        (get("/x").header("a", "y\r\nb: c").send(), "printable ASCII"),
        (
            get("/{a}/{b}").path_param(1).send(),
            "/{a}/{b} has a placeholder without a value",
        ),
    ];
    for (result, why) in rejected {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(why), "{error}");
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(peer.requests().len(), 0);
}

#[test]
fn a_request_line_that_is_too_long_is_rejected_with_advice() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let ids = InventoryFilter::by_id().assets(1_000_000_000..1_000_010_000_u64);
    let listed = client.user(156).list_inventory(ids).next().unwrap();
    let long = "x".repeat(70_000);
    let raw = client
        .request(Method::Get, "/x")
        .query("text", long)
        .send_no_content();
    for error in [listed.unwrap_err(), raw.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(
            error.to_string(),
            "invalid input: the URL of the request is too long. Give fewer or shorter values at once"
        );
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn paths_cannot_leave_their_place_in_any_spelling() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    for (path, why) in [
        ("/a/%2e%2e/b", "has a `.` or `..` segment"),
        ("/a/%2E./b", "has a `.` or `..` segment"),
        ("/a/.%2e", "has a `.` or `..` segment"),
        ("/a/..%2fb", "has a `.` or `..` segment"),
        ("/a/b%2F..%2F..", "has a `.` or `..` segment"),
        ("/a/%5c..%5cb", "has a `.` or `..` segment"),
        ("/a/..;x=y/b", "has a `.` or `..` segment"),
        ("/a/.;/b", "has a `.` or `..` segment"),
        ("/a//b", "no empty segment"),
        ("/a/b//", "no empty segment"),
        ("/a/{id", "placeholder is a name in braces"),
        ("/a/id}", "placeholder is a name in braces"),
        ("/a/{}", "placeholder is a name in braces"),
        ("/a/{{id}}", "placeholder is a name in braces"),
        ("/a/{b/c}", "placeholder is a name in braces"),
        ("/a/{b}c}", "placeholder is a name in braces"),
        ("/a%", "two hexadecimal digits"),
        ("/a%2", "two hexadecimal digits"),
        ("/a%zz/b", "two hexadecimal digits"),
        ("/a\\b", "must be encoded"),
        ("/a#b", "must be encoded"),
    ] {
        let error = client
            .request(Method::Get, path)
            .path_param("x")
            .send::<Value>()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
        assert!(error.message().contains(why), "{path}: {error}");
    }
    for (value, why) in [
        ("", "is empty, so the path would name something else"),
        (".", "is a relative path segment"),
        ("..", "is a relative path segment"),
    ] {
        let error = client
            .request(Method::Delete, "/things/{id}")
            .path_param(value)
            .send_no_content()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{value:?}");
        assert!(error.message().contains(why), "{error}");
    }
    assert_eq!(peer.requests().len(), 0);
    for (path, sent) in [
        ("/a/b.c/..d/e..", "/a/b.c/..d/e.."),
        ("/a/{x}:verb", "/a/1:verb"),
        ("/a/b%20c/{x_y2}@latest", "/a/b%20c/1@latest"),
        ("/a/{x}/", "/a/1/"),
    ] {
        let call = client.request(Method::Get, path);
        let call = if path.contains('{') {
            call.path_param(1)
        } else {
            call
        };
        call.send_no_content().unwrap();
        assert_eq!(peer.requests().last().unwrap().target, sent);
    }
}

#[test]
fn headers_and_pages_are_as_strict_as_with_a_method() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let get = || client.request(Method::Get, "/x");
    for name in [
        "Content-Encoding",
        "proxy-authorization",
        "X-HTTP-Method-Override",
        "x-forwarded-host",
        "keep-alive",
    ] {
        let error = get().header(name, "y").send_no_content().unwrap_err();
        assert!(error.message().contains("cannot be set by hand"), "{error}");
    }
    let long = "y".repeat(10_000);
    for (call, why) in [
        (get().header("a", "1").header("A", "2"), "is set twice"),
        (get().header("a", long), "more than 8192 bytes"),
        (get().query("", "x"), "empty name"),
    ] {
        let error = call.send_no_content().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(why), "{error}");
    }
    let post = client.request(Method::Post, "/x");
    for (call, why) in [
        (post, "only a GET request can be a list, not POST"),
        (
            get().query("pageToken", "t"),
            "pageToken of a list cannot be set",
        ),
        (
            get().query("maxPageSize", 1),
            "maxPageSize of a list cannot be set",
        ),
    ] {
        let error = call.list::<Value>("things", 9).next().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(why), "{error}");
    }
    assert_eq!(peer.requests().len(), 0);
    // A page is an object.
    let error = MockServer::replying([ok("[1, 2]")])
        .client()
        .request(Method::Get, "/x")
        .list::<Value>("things", 9)
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
}

#[test]
fn the_key_goes_out_with_the_longest_path() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    for length in [10_000, 65_000, 65_400] {
        client
            .request(Method::Get, "/x")
            .query("filter", "y".repeat(length))
            .send_no_content()
            .unwrap();
        let requests = peer.requests();
        assert_eq!(requests.last().unwrap().header("x-api-key"), Some(KEY));
    }
    let too_long = client
        .request(Method::Get, "/x")
        .query("a", "y".repeat(70_000));
    let error = too_long.send_no_content().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
}

#[test]
fn debug_shows_neither_query_nor_headers_nor_body() {
    let call = MockServer::replying([ok("{}")])
        .client()
        .request(Method::Post, "/things/{id}")
        .path_param("planted-argument")
        .query("token", "planted-query")
        .header("x-secret", "planted-header")
        .json(&json!({"password": "planted-body"}));
    let text = format!("{call:?} {call:#?}");
    assert!(!text.contains("planted"), "{text}");
    assert!(
        text.contains("Post") && text.contains("/things/{id}"),
        "{text}"
    );
}

#[test]
fn errors_name_the_path_as_it_was_given_and_never_the_key() {
    let peer = MockServer::replying([response(
        404,
        format!(r#"{{"code": "NOT_FOUND", "message": "no {KEY}"}}"#),
    )]);
    let error = peer
        .client()
        .request(Method::Get, "/cloud/v2/places/{place_id}")
        .path_param(1)
        .send::<Value>()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.endpoint(), Some("/cloud/v2/places/{place_id}"));
    assert!(
        error
            .to_string()
            .contains("GET /cloud/v2/places/1 returned 404")
    );
    assert!(!format!("{error:?}").contains(KEY));
}

#[test]
fn only_idempotent_calls_are_retried() {
    for (method, yes, requests) in [
        (Method::Get, None, 3),
        (Method::Put, None, 3),
        (Method::Delete, None, 3),
        (Method::Post, None, 1),
        (Method::Post, Some(true), 3),
        (Method::Get, Some(false), 1),
    ] {
        let peer = MockServer::replying([response(503, "{}")]);
        let policy = RetryPolicy::default()
            .max_attempts(3)
            .initial_backoff(Duration::from_millis(1));
        let client = peer.builder().retry(policy).build().unwrap();
        let request = client.request(method, "/x");
        let request = match yes {
            Some(yes) => request.idempotent(yes),
            None => request,
        };
        assert!(request.send_no_content().is_err());
        assert_eq!(peer.requests().len(), requests, "{method} {yes:?}");
    }
}

#[test]
fn a_response_without_content_is_null_and_a_list_is_paged() {
    let peer = MockServer::new(|_, request| match request.query("pageToken") {
        _ if request.path() == "/nothing" => with_headers(204, "", ""),
        None => ok(r#"{"things": [1, 2], "nextPageToken": "t"}"#),
        Some(_) => ok(r#"{"things": [3]}"#),
    });
    let client = peer.client();
    let nothing: Option<Value> = client.request(Method::Delete, "/nothing").send().unwrap();
    assert_eq!(nothing, None);
    let list = |limit| {
        client
            .request(Method::Get, "/lists/{id}")
            .path_param(7)
            .query("filter", "a")
            .list::<u32>("things", 50)
            .limit(limit)
            .collect::<Result<Vec<_>>>()
            .unwrap()
    };
    assert_eq!(list(9), [1, 2, 3]);
    let targets: Vec<_> = peer.requests().into_iter().map(|r| r.target).collect();
    assert_eq!(
        targets[1..],
        [
            "/lists/7?filter=a&maxPageSize=9",
            "/lists/7?filter=a&maxPageSize=9&pageToken=t"
        ]
    );
    let first = client
        .request(Method::Get, "/lists")
        .list::<u32>("things", 0)
        .next();
    assert_eq!(first.unwrap().unwrap(), 1);
}

#[test]
fn the_limit_of_a_raw_call_is_kept_by_its_path() {
    let peer = MockServer::replying([with_headers(200, "x-ratelimit-limit: 5;w=60\r\n", "{}")]);
    let client = peer.client();
    for id in 0..3 {
        client
            .request(Method::Get, "/a/{id}")
            .path_param(id)
            .send_no_content()
            .unwrap();
    }
    assert_eq!(client.rate_limit("/a/{id}").unwrap().limit, Some(5));
    assert_eq!(client.rate_limit("/a/1"), None);
}
