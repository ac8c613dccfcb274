//! Secrets of a universe: sealed contents in requests, and responses.

use crate::repetition::Repetition;
use crate::support::{KEY, MockServer, json, ok, response, with_headers};
use rblx_open_cloud::models::{NewSecret, Secret, SecretKey};
use rblx_open_cloud::{AccessToken, Client, ErrorKind, Result};
#[cfg(feature = "secrets")]
use serde_json::Value;

const SECRETS: &str = "/cloud/v2/universes/5/secrets";
/// 64 bytes in base64, which stand for a sealed box.
const SEALED: &str =
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

fn sealed() -> NewSecret {
    NewSecret::sealed(SEALED, "key-1")
}

/// Method, path and body of each request.
fn lines(peer: &MockServer) -> Vec<String> {
    let requests = peer.requests();
    let line = |request: &crate::support::Received| {
        let body = String::from_utf8(request.body.clone()).unwrap();
        format!("{} {} {body}", request.method, request.target)
            .trim_end()
            .to_owned()
    };
    requests.iter().map(line).collect()
}

#[test]
fn contents_that_were_sealed_elsewhere_go_out_as_they_are() {
    let stored = r#"{"id":"a","domain":"*","create_time":"2026-01-02T03:04:05Z","update_time":"2026-01-02T03:04:05.1234567+00:00"}"#;
    let peer = MockServer::replying([json(201, stored), json(200, stored), ok("")]);
    let secrets = peer.client().universe(5).secrets();
    let created = secrets.create("a", sealed().domain("*")).unwrap();
    assert_eq!(
        (created.id.as_str(), created.domain.as_deref()),
        ("a", Some("*"))
    );
    assert!(created.create_time.unwrap() < created.update_time.unwrap());
    secrets.update("a", sealed()).unwrap();
    secrets.delete("a").unwrap();
    let expected = [
        format!(r#"POST {SECRETS} {{"domain":"*","id":"a","key_id":"key-1","secret":"{SEALED}"}}"#),
        format!(r#"PATCH {SECRETS}/a {{"key_id":"key-1","secret":"{SEALED}"}}"#),
        format!("DELETE {SECRETS}/a"),
    ];
    assert_eq!(lines(&peer), expected);
    for request in peer.requests() {
        let keys = request
            .headers
            .iter()
            .filter(|(name, _)| name == "x-api-key");
        assert_eq!(
            keys.map(|(_, value)| value.as_str()).collect::<Vec<_>>(),
            [KEY]
        );
    }
    assert_eq!(
        peer.requests()[0].header("content-type"),
        Some("application/json")
    );
}

#[test]
fn a_token_goes_out_in_its_own_header() {
    let peer = MockServer::replying([json(201, r#"{"id":"a"}"#)]);
    let token = AccessToken::from("planted-token");
    let client = Client::builder(token).base_url(&peer.url).build().unwrap();
    client.universe(5).secrets().create("a", sealed()).unwrap();
    let request = &peer.requests()[0];
    assert_eq!(
        request.header("authorization"),
        Some("Bearer planted-token")
    );
    assert_eq!(request.header("x-api-key"), None);
}

#[test]
fn a_response_may_leave_out_what_the_request_says() {
    for body in ["", "{}", r#"{"id":null,"domain":null,"create_time":""}"#] {
        let peer = MockServer::replying([json(201, body)]);
        let secrets = peer.client().universe(5).secrets();
        let created = secrets.create("a", sealed()).unwrap();
        assert_eq!((created.id.as_str(), created.create_time), ("a", None));
    }
}

#[test]
fn set_creates_or_updates() {
    let conflict = json(
        409,
        r#"{"title":"Conflict","status":"409","detail":"The secret exists."}"#,
    );
    let peer = MockServer::replying([conflict.clone(), ok(r#"{"id":"a"}"#)]);
    let secrets = peer.client().universe(5).secrets();
    secrets.set("a", sealed().domain("*.example.com")).unwrap();
    let body = format!(r#""key_id":"key-1","secret":"{SEALED}""#);
    let expected = [
        format!(r#"POST {SECRETS} {{"domain":"*.example.com","id":"a",{body}}}"#),
        format!(r#"PATCH {SECRETS}/a {{"domain":"*.example.com",{body}}}"#),
    ];
    assert_eq!(lines(&peer), expected);

    let peer = MockServer::replying([conflict]);
    let error = peer
        .client()
        .universe(5)
        .secrets()
        .create("a", sealed())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(
        error.to_string(),
        "conflict: POST /cloud/v2/universes/5/secrets returned 409: The secret exists. The universe has a secret with this id \
         already"
    );
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn a_conflict_about_something_else_is_returned_by_set() {
    let conflict = json(409, r#"{"detail":"Too many secrets."}"#);
    let missing = json(404, r#"{"detail":"There is none."}"#);
    let peer = MockServer::replying([conflict, missing]);
    let secrets = peer.client().universe(5).secrets();
    let error = secrets.set("a", sealed()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    let text = error.to_string();
    assert!(text.contains("Too many secrets."), "{text}");
    assert!(text.contains("no secret has it"), "{text}");
    assert!(!text.contains("already"), "{text}");
}

#[test]
fn set_continues_after_a_lost_response() {
    let conflict = json(409, r#"{"detail":"The secret exists."}"#);
    let peer = MockServer::replying([Vec::new(), conflict, Vec::new(), ok(r#"{"id":"a"}"#)]);
    peer.retrying_client()
        .universe(5)
        .secrets()
        .set("a", sealed())
        .unwrap();
    let methods: Vec<_> = peer
        .requests()
        .iter()
        .map(|one| one.method.clone())
        .collect();
    assert_eq!(methods, ["POST", "POST", "PATCH", "PATCH"]);
}

#[test]
fn lists_have_cursors() {
    let peer = MockServer::replying([
        ok(
            r#"{"secrets":[{"id":"a","domain":null}],"nextPageCursor":"c","previousPageCursor":null}"#,
        ),
        ok(r#"{"secrets":null,"nextPageCursor":null}"#),
    ]);
    let secrets: Vec<Secret> = peer
        .client()
        .universe(5)
        .secrets()
        .list()
        .map(Result::unwrap)
        .collect();
    assert_eq!((secrets.len(), secrets[0].domain.as_deref()), (1, None));
    assert_eq!(
        lines(&peer),
        [
            format!("GET {SECRETS}?limit=500"),
            format!("GET {SECRETS}?limit=500&cursor=c")
        ]
    );
}

#[test]
fn a_deleted_secret_is_gone_and_an_unknown_one_is_not_found() {
    let missing = json(
        404,
        r#"{"title":"Not Found","status":"404","detail":"There is none."}"#,
    );
    let peer = MockServer::replying([Vec::new(), missing.clone()]);
    peer.retrying_client()
        .universe(5)
        .secrets()
        .delete("a")
        .unwrap();
    assert_eq!(peer.requests().len(), 2);
    let peer = MockServer::replying([missing]);
    let error = peer
        .retrying_client()
        .universe(5)
        .secrets()
        .delete("a")
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::NotFound, "There is none.")
    );
}

#[test]
fn invalid_input_is_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let secrets = peer.client().universe(5).secrets();
    let long = "a".repeat(65);
    for (id, words) in [
        ("", "the SecretId cannot be empty"),
        ("..", "cannot be \"..\""),
        (&*long, "has at most 64 characters, not 65"),
        ("1a", "does not begin with a digit"),
        ("a-b", "has letters, digits and `_`"),
        ("schlüssel", "has letters, digits and `_`"),
        ("a/b", "has letters, digits and `_`"),
    ] {
        let errors = [
            secrets.create(id, sealed()).unwrap_err(),
            secrets.update(id, sealed()).unwrap_err(),
            secrets.set(id, sealed()).unwrap_err(),
            secrets.delete(id).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::InvalidInput, 0)
            );
            assert!(error.to_string().contains(words), "{error}");
        }
    }
    for wrong in [
        "",
        "plain text",
        "AAAA",
        &SEALED[..64],
        &format!("{SEALED}\n"),
    ] {
        let error = secrets
            .create("a", NewSecret::sealed(wrong, "k"))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{wrong}");
        assert!(!error.to_string().contains("plain text"), "{error}");
    }
    assert!(peer.requests().is_empty());
    let ids = ["_", "a1", &"A".repeat(64)];
    for id in ids {
        secrets.create(id, sealed()).unwrap();
    }
}

type Call = fn(&Client) -> Result<()>;

/// Each call, and whether it is sent again if its outcome is unknown.
const TABLE: [(&str, bool, Call); 6] = [
    ("list", true, |client| {
        client
            .universe(5)
            .secrets()
            .list()
            .next()
            .transpose()
            .map(drop)
    }),
    ("public key", true, |client| {
        client.universe(5).secrets().public_key().map(drop)
    }),
    ("create", false, |client| {
        client.universe(5).secrets().create("a", sealed()).map(drop)
    }),
    ("update", true, |client| {
        client.universe(5).secrets().update("a", sealed()).map(drop)
    }),
    ("set", true, |client| {
        client.universe(5).secrets().set("a", sealed()).map(drop)
    }),
    ("delete", true, |client| {
        client.universe(5).secrets().delete("a")
    }),
];

#[test]
fn calls_are_repeated_as_the_table_says() {
    let success = r#"{"id":"a","key_id":"k","secret":"s"}"#;
    let page = response(400, "text/html", "<html><h1>400 Bad request</h1></html>");
    let unavailable = json(503, r#"{"title":"Unavailable","status":"503"}"#);
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    for (name, repeat, call) in TABLE {
        for (what, failure, expected) in [
            ("a loss", Vec::new(), repeat),
            ("a page", page.clone(), repeat),
            ("a 503", unavailable.clone(), repeat),
            ("a 429", throttled.clone(), true),
        ] {
            let repetition = Repetition::after(&failure, success, name, call);
            let repetition = repetition.assert_outcome(true, name);
            assert_eq!(repetition.is_repeated(), expected, "{name} after {what}");
        }
    }
}

#[test]
fn a_public_key() {
    let key: SecretKey =
        serde_json::from_str(r#"{"id":"public-key","secret":"AAAA","key_id":"k","domain":null}"#)
            .unwrap();
    assert_eq!(
        (key.key_id.as_str(), key.public_key.as_str()),
        ("k", "AAAA")
    );
}

/// A key pair and a box that PyNaCl made.
#[cfg(feature = "secrets")]
fn vector(name: &str) -> String {
    let vector: Value = serde_json::from_str(include_str!("../data/sealed_box.json")).unwrap();
    vector[name].as_str().unwrap().to_owned()
}

#[cfg(feature = "secrets")]
mod plain {
    use std::process::Command;

    use super::*;

    fn key(id: &str) -> Vec<u8> {
        ok(format!(
            r#"{{"id":"public-key","key_id":"{id}","secret":"{}"}}"#,
            vector("public_key")
        ))
    }

    /// The content of a request: id of the key, and the sealed box.
    fn content(peer: &MockServer, request: usize) -> (String, String) {
        let body: Value = serde_json::from_slice(&peer.requests()[request].body).unwrap();
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        (text("key_id"), text("secret"))
    }

    #[test]
    fn a_plain_text_is_sealed_with_a_key_that_is_fetched_once() {
        let peer = MockServer::replying([key("k1"), json(201, r#"{"id":"a"}"#)]);
        let secrets = peer.client().universe(5).secrets();
        secrets
            .create("a", NewSecret::plain("text").domain("example.com"))
            .unwrap();
        secrets
            .clone()
            .update("b", NewSecret::plain("text"))
            .unwrap();
        let requests = peer.requests();
        let lines: Vec<_> = requests
            .iter()
            .map(|one| format!("{} {}", one.method, one.target))
            .collect();
        assert_eq!(
            lines,
            [
                format!("GET {SECRETS}/public-key"),
                format!("POST {SECRETS}"),
                format!("PATCH {SECRETS}/b")
            ]
        );
        let (first, second) = (content(&peer, 1), content(&peer, 2));
        assert_eq!((first.0.as_str(), second.0.as_str()), ("k1", "k1"));
        assert_ne!(first.1, second.1);
        assert!(
            !requests
                .iter()
                .any(|one| String::from_utf8_lossy(&one.body).contains("text"))
        );
    }

    /// The Python of `PYNACL_PYTHON`, or the one in the path, if PyNaCl is installed there.
    fn python() -> Option<String> {
        let named = std::env::var("PYNACL_PYTHON").ok();
        let candidates = named.into_iter().chain(["python3".to_owned()]);
        candidates.into_iter().find(|python| {
            let import = Command::new(python).args(["-c", "import nacl"]).output();
            import.is_ok_and(|output| output.status.success())
        })
    }

    #[test]
    fn an_independent_implementation_opens_the_box() {
        let peer = MockServer::replying([key("k"), json(201, "{}")]);
        let text = "sk-live-4242 é ✓";
        peer.client()
            .universe(5)
            .secrets()
            .create("a", NewSecret::plain(text))
            .unwrap();
        let (_, sealed) = content(&peer, 1);
        let Some(python) = python() else {
            println!("PyNaCl is not installed: skipped");
            return;
        };
        const OPEN: &str = "import sys, nacl.public as p, nacl.encoding as e\n\
            key = p.PrivateKey(sys.argv[1], e.Base64Encoder)\n\
            sys.stdout.buffer.write(p.SealedBox(key).decrypt(sys.argv[2], e.Base64Encoder))";
        let opened = Command::new(python)
            .args(["-c", OPEN, &vector("secret_key"), &sealed])
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8_lossy(&opened.stdout),
            text,
            "{}",
            String::from_utf8_lossy(&opened.stderr)
        );
    }

    #[test]
    fn a_key_that_is_rejected_is_fetched_anew_once() {
        let rejected = json(
            400,
            r#"{"title":"Bad Request","status":"400","detail":"Invalid key_id."}"#,
        );
        let stored = json(201, r#"{"id":"a"}"#);
        let peer = MockServer::replying([key("old"), rejected.clone(), key("new"), stored.clone()]);
        let secrets = peer.client().universe(5).secrets();
        secrets.set("a", NewSecret::plain("text")).unwrap();
        assert_eq!(
            (content(&peer, 1).0, content(&peer, 3).0),
            ("old".into(), "new".into())
        );
        secrets.set("b", NewSecret::plain("text")).unwrap();
        assert_eq!(
            (peer.requests().len(), content(&peer, 4).0),
            (5, "new".into())
        );

        // The same key again would be rejected again.
        let peer = MockServer::replying([key("old"), rejected.clone(), key("old")]);
        let error = peer
            .client()
            .universe(5)
            .secrets()
            .create("a", NewSecret::plain("text"))
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::BadRequest, "Invalid key_id.")
        );
        assert_eq!(peer.requests().len(), 3);
        let peer = MockServer::replying([
            key("old"),
            rejected.clone(),
            key("new"),
            rejected.clone(),
            key("newest"),
        ]);
        let error = peer
            .client()
            .universe(5)
            .secrets()
            .create("a", NewSecret::plain("text"))
            .unwrap_err();
        assert_eq!(
            (error.kind(), peer.requests().len()),
            (ErrorKind::BadRequest, 4)
        );

        // Other errors are not about the key.
        let other = json(
            400,
            r#"{"title":"Bad Request","status":"400","detail":"Invalid domain."}"#,
        );
        let peer = MockServer::replying([key("old"), other]);
        peer.client()
            .universe(5)
            .secrets()
            .create("a", NewSecret::plain("text"))
            .unwrap_err();
        assert_eq!(peer.requests().len(), 2);
    }

    #[test]
    fn contents_that_cannot_be_sealed_are_errors() {
        let peer = MockServer::replying([ok(r#"{"key_id":"k","secret":"AAAA"}"#)]);
        let error = peer
            .client()
            .universe(5)
            .secrets()
            .create("a", NewSecret::plain("text"))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(
            error.to_string().contains("is not 32 bytes of base64"),
            "{error}"
        );
        let peer = MockServer::replying([key("k")]);
        let error = peer
            .client()
            .universe(5)
            .secrets()
            .create("a", NewSecret::plain(""))
            .unwrap_err();
        assert_eq!(
            (error.kind(), peer.requests().len()),
            (ErrorKind::InvalidInput, 1),
            "{error}"
        );
    }
}
