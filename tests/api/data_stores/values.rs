//! Values are sent and read exactly: every digit, the order of keys, emoji, 4 MB.

use super::{entry, store, with_response};
use crate::support::{MockServer, Received, ok, with_headers};
use rblx_open_cloud::Result;
use rblx_open_cloud::models::{Entry, EntryVersion, NewEntry, RawJson, SetEntry};
use serde_json::Value;

const VALUES: &[&str] = &[
    "1.10",
    "12345678901234567890123",
    "-0.0",
    "1e400",
    "0.1000000000000000055511151231257827",
    r#"{"z":1,"a":{"y":1.0,"b":[1.50,  2]},"a ":null}"#,
    r#"{"same":1,"same":2}"#,
    r#""\u00e9 é 🎩 \ud83c\udfa9 \/ \u0000""#,
    "null",
    "[]",
    "\"\"",
    "true",
];

fn four_megabytes() -> String {
    format!("\"{}\"", "ab🎩".repeat(4_194_302 / 6))
}

/// A server that stores the value of the last request.
fn keeper() -> MockServer {
    let kept = std::sync::Mutex::new(String::new());
    MockServer::new(move |_, request: &Received| {
        let is_v1 = request.path().starts_with("/datastores");
        let mut kept = kept.lock().unwrap();
        if request.method != "GET" {
            let body = String::from_utf8(request.body.clone()).unwrap();
            *kept = if is_v1 {
                body
            } else {
                body[r#"{"value":"#.len()..body.len() - 1].to_owned()
            };
        }
        match (is_v1, request.method.as_str()) {
            (true, "GET") => with_headers(200, "roblox-entry-version: r\r\n", &kept),
            (true, _) => ok(r#"{"version":"r"}"#),
            _ => ok(format!(r#"{{"id":"k","revisionId":"r","value":{kept}}}"#)),
        }
    })
}

#[test]
fn through_every_way_of_writing_and_reading() {
    let peer = keeper();
    let client = peer.client();
    let (store, entry) = (store(&client), entry(&client));
    let large = four_megabytes();
    for text in VALUES.iter().copied().chain([large.as_str()]) {
        let raw: RawJson = text.parse().unwrap();
        let is = |entry: Entry<RawJson>| assert!(entry.value.as_str() == text, "{text:.60}");
        is(entry.set(SetEntry::raw(raw.clone())).unwrap());
        is(entry.get().unwrap());
        is(entry.find().unwrap().unwrap());
        is(entry.get_at("r").unwrap());
        is(store.create("k", NewEntry::new(&raw)).unwrap());
        is(entry.set(SetEntry::new(&raw).if_revision("r")).unwrap());
        is(store.v1().get("k").unwrap());
        let _: EntryVersion = store.v1().set("k", SetEntry::new(&raw)).unwrap();
        is(store.v1().get_version("k", "r").unwrap());
        is(entry.update::<RawJson>(Ok).unwrap().unwrap());
        is(entry.roll_back("r").unwrap());
        is(entry.get().unwrap());
    }
    // As other clients write it.
    let value: Value = serde_json::from_str("1.10").unwrap();
    assert_eq!(value.to_string(), "1.1");
}

#[test]
fn the_callers_own_types_are_read_as_serde_json_reads_them() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Point {
        x: u8,
        y: u8,
    }
    // A script may have stored `{1, 2}`.
    let point = Some(Point { x: 1, y: 2 });
    let body = r#"{"id":"k","revisionId":"r","value":[1,2]}"#;
    let read = |entry: Result<Entry<Point>>| entry.ok().map(|entry| entry.value);
    assert_eq!(
        read(with_response(body, |store| store.entry("k").get())),
        point
    );
    assert_eq!(
        read(with_response("[1,2]", |store| store.v1().get("k"))),
        point
    );
}

#[test]
fn attributes_are_kept_in_order_and_with_every_digit() {
    let attributes =
        r#"{"z":1.10,"a":12345678901234567890123,"ключ":"🎩","n":null,"o":{"y":1,"b":2}}"#;
    let body = format!(
        r#"{{"id":"k","revisionId":"r","value":1,"users":["users/7"],"attributes":{attributes}}}"#
    );
    let peer = MockServer::new(move |_, request| {
        if request.path().starts_with("/datastores") {
            return ok(r#"{"version":"r2"}"#);
        }
        ok(&body)
    });
    let entry = entry(&peer.client());
    let old = entry.get::<u8>().unwrap();
    assert_eq!(old.attributes["z"], 1.1);
    let sent = |number: usize| String::from_utf8(peer.requests()[number].body.clone()).unwrap();
    let kept = format!(r#"{{"value":2,"users":["users/7"],"attributes":{attributes}}}"#);
    entry.set(SetEntry::new(2).keep(&old)).unwrap();
    assert_eq!(sent(1), kept);
    entry.roll_back("r").unwrap();
    assert_eq!(sent(3), kept.replace("\"value\":2", "\"value\":1"));

    let written = entry.update::<u8>(Ok).unwrap().unwrap();
    assert_eq!(
        (written.users, written.attributes),
        (old.users.clone(), old.attributes.clone())
    );
    let request = &peer.requests()[5];
    assert_eq!(request.header("roblox-entry-userids"), Some("[7]"));
    let escaped = attributes
        .replace("ключ", "\\u043a\\u043b\\u044e\\u0447")
        .replace('🎩', "\\ud83c\\udfa9");
    assert_eq!(
        request.header("roblox-entry-attributes"),
        Some(escaped.as_str())
    );

    // Attributes that are set, or changed by the caller, take precedence.
    let mut changed = old.clone();
    changed.attributes.remove("a");
    let new = SetEntry::new(2).attribute("z", 5).keep(&changed).users([8]);
    entry.set(new).unwrap();
    assert_eq!(
        sent(6),
        r#"{"value":2,"users":["users/8"],"attributes":{"z":5,"n":null,"o":{"b":2,"y":1},"ключ":"🎩"}}"#
    );
    assert_eq!(
        serde_json::from_str::<Entry<u8>>(&serde_json::to_string(&old).unwrap()).unwrap(),
        old
    );
}
