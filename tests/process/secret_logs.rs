//! No log line contains a stored secret, sealed or not. In a process of its own, for the log is one for the whole process.

use std::sync::Mutex;

use crate::ran_alone;
use crate::support::{KEY, MockServer, json, ok};
use rblx_open_cloud::models::NewSecret;

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps every line of the log facade, at the most verbose level.
struct Keeper;

impl log::Log for Keeper {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LOG.lock()
            .unwrap()
            .push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

const PLAIN: &str = "planted-plain-text";

#[test]
fn the_most_verbose_log_holds_no_secret() {
    if ran_alone("secret_logs::the_most_verbose_log_holds_no_secret") {
        return;
    }
    log::set_logger(&Keeper).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
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
    log::set_max_level(log::LevelFilter::Off);

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
    let log = LOG.lock().unwrap().clone();
    let text = log.join("\n");
    // ureq logs what it sends in rows of 16 bytes, as hexadecimal and as text.
    let rows: Vec<&str> = log
        .iter()
        .filter_map(|line| line.strip_prefix("ureq_proto::util "))
        .collect();
    let rows_text: String = rows
        .iter()
        .filter_map(|row| row.rsplit(' ').next())
        .collect();
    assert!(
        rows_text.contains("public-key"),
        "the rows are read as they should: {rows_text}"
    );
    for secret in sealed.chain(planted) {
        assert!(!text.contains(&secret), "{secret} is in the log");
        // Any part of it in a row would be the start of a leak.
        let part = &secret[..12];
        assert!(
            !rows_text.contains(part),
            "{part} is in the rows of the log"
        );
    }
}
