//! No log line contains a stored secret, sealed or not. In a process of its own, for the log is one for the whole process.

use crate::captured_log::CapturedLog;
use crate::ran_alone;
use crate::support::{KEY, MockServer, json, ok};
use rblx_open_cloud::models::NewSecret;

const PLAIN: &str = "planted-plain-text";

#[test]
fn the_most_verbose_log_holds_no_secret() {
    if ran_alone("secret_logs::the_most_verbose_log_holds_no_secret") {
        return;
    }
    CapturedLog::start();
    let key = r#"{"key_id":"k","secret":"aYtHQtI3104oFAJWBHw62eUUFa4bICJN8lIjBmQcPno="}"#;
    let peer = MockServer::replying([
        ok(key),
        json(201, r#"{"id":"planted-response"}"#),
        json(409, r#"{"detail":"planted-refusal"}"#),
        ok(r#"{"id":"planted-response"}"#),
    ]);
    let secrets = peer.client().universe(5).secrets();
    secrets.create("a", NewSecret::plain(PLAIN)).unwrap();
    secrets.set("a", NewSecret::plain(PLAIN)).unwrap();
    let log = CapturedLog::stop();

    let bodies: Vec<String> = peer.requests()[1..]
        .iter()
        .map(|request| String::from_utf8(request.body.clone()).unwrap())
        .collect();
    assert_eq!(bodies.len(), 3);
    let sealed = bodies.iter().map(|body| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        body["secret"].as_str().unwrap().to_owned()
    });
    let planted = ["planted-response", "planted-refusal", PLAIN, KEY].map(str::to_owned);
    assert!(
        log.rows.contains("public-key"),
        "the rows are read as they should: {}",
        log.rows
    );
    for secret in sealed.chain(planted) {
        // Any part of it would be the start of a leak.
        let part = &secret[..12];
        assert!(!log.contains(part), "{part} is in the log");
    }
}
