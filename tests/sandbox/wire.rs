//! HTTP itself: framing, limits, keep-alive, authentication, headers of responses.

use std::io::Read as _;

use crate::common::{BOUNDARY, FORM_TYPE, PNG, Raw, decal, form};
use rblx_open_cloud::sandbox::Sandbox;

const USER: &str = "/cloud/v2/users/156";

#[test]
fn a_hundred_requests_on_one_connection() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for _ in 0..100 {
        assert_eq!(raw.get(USER).json()["name"], "builderman");
    }
    assert_eq!(sandbox.requests().len(), 100);
}

#[test]
fn pipelined_requests() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let body = form(&decal("n"), Some(("a.png", "image/png", PNG)));
    let length = format!("content-length: {}", body.len());
    let kind = format!("content-type: multipart/form-data; boundary=\"{BOUNDARY}\"");
    let mut all = raw.head("GET", USER, &[]).into_bytes();
    all.extend_from_slice(
        raw.head("POST", "/assets/v1/assets", &[&length, &kind])
            .as_bytes(),
    );
    all.extend_from_slice(&body);
    all.extend_from_slice(raw.head("GET", "/cloud/v2/users/1", &[]).as_bytes());
    raw.send(all);
    assert_eq!(
        (raw.reply().status, raw.reply().status, raw.reply().status),
        (200, 200, 404)
    );
}

#[test]
fn keys_and_bearer_tokens() {
    let sandbox = Sandbox::start().unwrap();
    let key = sandbox.api_key().to_owned();
    let send = |path: &str, header: &str| {
        let mut raw = Raw::connect(&sandbox);
        raw.send(format!(
            "GET {path} HTTP/1.1\r\nhost: x\r\n{header}\r\n\r\n"
        ));
        raw.reply()
    };
    assert_eq!(send(USER, &format!("X-API-Key: {key}")).status, 200);
    assert_eq!(
        send(USER, &format!("Authorization: bearer {key}")).status,
        200
    );
    for header in [
        "a: b",
        "x-api-key: ",
        &format!("x-api-key: {key}x"),
        &format!("authorization: {key}"),
    ] {
        let rejected = send(USER, header);
        assert_eq!(
            (rejected.status, rejected.json()["code"].as_str()),
            (401, Some("UNAUTHENTICATED")),
            "{header}"
        );
    }
    let rejected = send("/assets/v1/assets/1", "a: b");
    assert_eq!(
        rejected.text(),
        r#"{"errors":[{"code":0,"message":"Invalid API Key"}]}"#
    );
}

#[test]
fn rate_headers_are_everywhere_but_on_404() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let found = raw.get(USER);
    assert_eq!(found.header("x-ratelimit-limit"), Some("1000;w=60"));
    assert!(
        found
            .header("x-ratelimit-remaining")
            .unwrap()
            .parse::<u64>()
            .unwrap()
            <= 1000
    );
    assert!(
        (1..=60).contains(
            &found
                .header("x-ratelimit-reset")
                .unwrap()
                .parse::<u64>()
                .unwrap()
        )
    );
    assert_eq!(found.header("content-type"), Some("application/json"));
    let missing = raw.get("/cloud/v2/users/1");
    assert_eq!(
        (missing.status, missing.header("x-ratelimit-limit")),
        (404, None)
    );
    assert_eq!(missing.json()["code"], "NOT_FOUND");
}

#[test]
fn gzip_for_clients_that_accept_it() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let items = "/cloud/v2/users/156/inventory-items?maxPageSize=100";
    assert_eq!(raw.get(items).header("content-encoding"), None);
    raw.send(raw.head("GET", items, &["accept-encoding: deflate, gzip;q=0.5"]));
    let zipped = raw.reply();
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    let mut plain = String::new();
    flate2::read::GzDecoder::new(&zipped.body[..])
        .read_to_string(&mut plain)
        .unwrap();
    assert_eq!(plain, raw.get(items).text());
    raw.send(raw.head("GET", items, &["accept-encoding: gzip;q=0"]));
    assert_eq!(raw.reply().header("content-encoding"), None);
    raw.send(raw.head("GET", USER, &["accept-encoding: gzip"]));
    assert_eq!(raw.reply().header("content-encoding"), None, "a small body");
}

#[test]
fn connection_close_and_http_1_0() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    raw.send(raw.head("GET", USER, &["connection: close"]));
    let reply = raw.reply();
    assert_eq!(
        (reply.status, reply.header("connection")),
        (200, Some("close"))
    );
    assert!(raw.rest().is_empty());
    let mut raw = Raw::connect(&sandbox);
    raw.send(format!(
        "GET {USER} HTTP/1.0\r\nx-api-key: {}\r\n\r\n",
        sandbox.api_key()
    ));
    assert_eq!(raw.reply().status, 200);
    assert!(raw.rest().is_empty());
}

#[test]
fn methods_and_paths() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    raw.send(raw.head("HEAD", USER, &[]));
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        raw.stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    assert!(head.starts_with(b"HTTP/1.1 405 "));
    assert_eq!(raw.get(USER).status, 200, "no body came after the head");
    for method in ["OPTIONS", "BREW", "DELETE"] {
        raw.send(raw.head(method, USER, &[]));
        let reply = raw.reply();
        assert_eq!(reply.status, 405);
        assert!(reply.header("allow").unwrap().contains("GET"));
    }
    raw.send(raw.head("GET", "/assets/v1/assets", &[]));
    assert_eq!(raw.reply().header("allow"), Some("POST"));
    for path in [
        "/",
        "/cloud/v2/users",
        "/cloud/v2/users/156/",
        "//",
        "/cloud/v3/users/156",
        "*",
        "/%00",
        "/?a",
    ] {
        assert_eq!(raw.get(path).status, 404, "{path}");
    }
    assert_eq!(
        raw.get("http://sandbox/cloud/v2/users/156?x=1&y&=z").status,
        200
    );
    assert_eq!(raw.get("/cloud/v2/users/%31%356").status, 200);
    assert_eq!(raw.get("/cloud/v2/users/me").status, 400);
    assert_eq!(raw.get("/cloud/v2/users/+156").status, 400);
    assert_eq!(raw.get("/cloud/v2/users/99999999999999999999").status, 400);
}

#[test]
fn bodies_that_cannot_be_framed() {
    let sandbox = Sandbox::start().unwrap();
    let send = |method: &str, headers: &[&str]| {
        let mut raw = Raw::connect(&sandbox);
        raw.send(raw.head(method, "/assets/v1/assets", headers));
        let status = raw.reply().status;
        raw.stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(raw.rest().is_empty(), "closed after {status}");
        status
    };
    assert_eq!(send("POST", &["content-length: 5000000000"]), 413);
    assert_eq!(
        send("POST", &["content-length: 99999999999999999999999"]),
        413
    );
    for length in ["-1", "+1", "1x", "", "1, 2"] {
        assert_eq!(
            send("POST", &[&format!("content-length: {length}")]),
            400,
            "{length}"
        );
    }
    assert_eq!(
        send("POST", &["content-length: 1", "content-length: 2"]),
        400
    );
    assert_eq!(
        send("POST", &["content-length: 1", "transfer-encoding: chunked"]),
        400
    );
    assert_eq!(send("POST", &["transfer-encoding: gzip, chunked"]), 400);
    assert_eq!(send("GET", &[&format!("x: {}", "y".repeat(70_000))]), 431);
    let many: Vec<String> = (0..200).map(|n| format!("h{n}: v")).collect();
    assert_eq!(
        send("GET", &many.iter().map(String::as_str).collect::<Vec<_>>()),
        431
    );
    for garbage in [
        "\x16\x03\x01\x02\0\x01",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
    ] {
        let mut raw = Raw::connect(&sandbox);
        raw.send(garbage);
        raw.stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert_eq!(raw.reply().status, 400, "{garbage:?}");
    }
}

#[test]
fn an_empty_response_has_no_content_type() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let publish = "/cloud/v2/universes/13058:publishMessage";
    let reply = raw.json("POST", publish, r#"{"topic":"t","message":"m"}"#);
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    assert_eq!(reply.header("content-type"), None);
    assert_eq!(reply.header("content-length"), Some("0"));
}

#[test]
fn no_length_is_an_empty_body() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for (method, target, status) in [
        ("POST", "/legacy-followings/v1/users/156/universes/9", 200),
        ("POST", "/cloud/v2/groups/7/join-requests/2:accept", 200),
        ("POST", "/assets/v1/assets/1:archive", 404),
        ("POST", "/assets/v1/assets", 400),
        ("PATCH", "/cloud/v2/groups/7/memberships/1001", 400),
    ] {
        let head = raw.head(method, target, &[]);
        raw.send(head);
        assert_eq!(raw.reply().status, status, "{method} {target}");
        assert_eq!(raw.get(USER).status, 200, "the connection stays in step");
    }
}

#[test]
fn chunked_bodies() {
    let sandbox = Sandbox::start().unwrap();
    let body = form(&decal("chunked"), Some(("a.png", "image/png", PNG)));
    for size in [1, 2, 7, 64, 10_000] {
        let mut raw = Raw::connect(&sandbox);
        let mut all = raw
            .head(
                "POST",
                "/assets/v1/assets",
                &["Transfer-Encoding: Chunked", FORM_TYPE],
            )
            .into_bytes();
        for chunk in body.chunks(size) {
            all.extend_from_slice(format!("{:X};ext=1\r\n", chunk.len()).as_bytes());
            all.extend_from_slice(chunk);
            all.extend_from_slice(b"\r\n");
        }
        all.extend_from_slice(b"0\r\ntrailer: x\r\n\r\n");
        raw.send(all);
        assert_eq!(raw.reply().status, 200);
        assert_eq!(raw.get(USER).status, 200, "the next request is in step");
    }
    assert!(
        sandbox
            .uploads()
            .iter()
            .all(|upload| upload.content() == PNG)
    );
    for broken in [
        "x\r\n",
        "-1\r\n",
        "\r\n",
        "fffffffffffffffff\r\n",
        "3\r\nabcdef\r\n",
    ] {
        let mut raw = Raw::connect(&sandbox);
        raw.send(
            raw.head(
                "POST",
                "/assets/v1/assets",
                &["transfer-encoding: chunked", FORM_TYPE],
            ) + broken,
        );
        assert_eq!(raw.reply().status, 400, "{broken:?}");
        raw.stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(raw.rest().is_empty());
    }
}

#[test]
fn expect_100_continue() {
    let sandbox = Sandbox::start().unwrap();
    let body = form(&decal("expected"), Some(("a.png", "image/png", PNG)));
    let length = format!("content-length: {}", body.len());
    let mut raw = Raw::connect(&sandbox);
    raw.send(raw.head(
        "POST",
        "/assets/v1/assets",
        &[&length, FORM_TYPE, "Expect: 100-continue"],
    ));
    assert_eq!(raw.reply().status, 100);
    raw.send(&body);
    assert_eq!(raw.reply().status, 200);
    let mut raw = Raw::connect(&sandbox);
    raw.send(raw.head("POST", "/nowhere", &[&length, "Expect: 100-continue"]));
    let early = raw.reply();
    assert_eq!(
        (early.status, early.header("connection")),
        (404, Some("close"))
    );
}

#[test]
fn an_early_response_reaches_a_client_that_is_still_sending() {
    let sandbox = Sandbox::start().unwrap();
    for size in [1_000, 300_000, 30_000_000] {
        let mut raw = Raw::connect(&sandbox);
        raw.send(raw.head("POST", "/nowhere", &[&format!("content-length: {size}")]));
        let piece = vec![b'x'; 100_000];
        let mut left = size;
        while left > 0 {
            let count = left.min(piece.len());
            assert!(raw.send(&piece[..count]), "the sandbox reads on");
            left -= count;
        }
        let reply = raw.reply();
        assert_eq!(reply.status, 404);
        if reply.header("connection").is_none() {
            assert_eq!(raw.get(USER).status, 200);
        }
    }
}

#[test]
fn requests_are_remembered_without_the_key() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    raw.send(raw.head(
        "GET",
        "/cloud/v2/users/156?a=b%20c+d&e&a=2",
        &[
            "User-Agent: me",
            &format!("Authorization: Bearer {}", sandbox.api_key()),
        ],
    ));
    raw.reply();
    let requests = sandbox.requests();
    let request = &requests[0];
    assert_eq!((request.method(), request.path()), ("GET", USER));
    assert_eq!(request.target(), "/cloud/v2/users/156?a=b%20c+d&e&a=2");
    assert_eq!(request.query_value("a"), Some("b c d"));
    assert_eq!(request.query().len(), 3);
    assert_eq!(request.header("USER-agent"), Some("me"));
    assert_eq!(request.header("x-api-key"), Some(sandbox.api_key()));
    assert!(!format!("{request:?} {sandbox:?}").contains(sandbox.api_key()));
    sandbox.clear_requests();
    assert!(sandbox.requests().is_empty());
}
