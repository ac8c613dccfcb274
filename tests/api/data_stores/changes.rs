//! `update` and `roll_back`, request by request.

use super::{entry, store};
use crate::support::{MockServer, Received, json, ok, with_headers};
use rblx_open_cloud::{Error, ErrorKind, Result};
use serde_json::Value;

const GET: &str = "GET /cloud/v2/universes/5/data-stores/Inventory/entries/k";
const WRITE: &str = "POST /datastores/v1/universes/5/standard-datastores/datastore/entries/entry?datastoreName=Inventory&entryKey=k";

fn read(revision: &str, value: &str) -> Vec<u8> {
    ok(format!(
        r#"{{"id":"k","revisionId":"{revision}","value":{value},"users":["users/7"],"attributes":{{"a":1,"_once":"m"}}}}"#
    ))
}

fn written(version: &str) -> Vec<u8> {
    ok(format!(
        r#"{{"version":"{version}","createdTime":"2022-02-02T23:31:06Z"}}"#
    ))
}

fn error_response(status: u16, code: &str) -> Vec<u8> {
    json(status, format!(r#"{{"error":"{code}","message":"m"}}"#))
}

fn lines(peer: &MockServer) -> Vec<String> {
    peer.requests().iter().map(Received::line).collect()
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "the form of the closure of `update`"
)]
fn add_one(old: Option<i64>) -> Result<Option<i64>> {
    Ok(Some(old.unwrap_or_default() + 1))
}

#[test]
fn an_update_reads_and_compares_and_sets() {
    let peer = MockServer::replying([read("r1", "5"), written("r2")]);
    let entry = entry(&peer.retrying_client())
        .update(add_one)
        .unwrap()
        .unwrap();
    assert_eq!(
        lines(&peer),
        [GET.to_owned(), format!("{WRITE}&matchVersion=r1 6")]
    );
    let request = &peer.requests()[1];
    assert_eq!(request.header("roblox-entry-userids"), Some("[7]"));
    assert_eq!(
        request.header("roblox-entry-attributes"),
        Some("{\"a\":1}"),
        "the marker is of one revision"
    );
    assert_eq!((entry.value, entry.revision_id.as_str()), (6, "r2"));
    assert_eq!((entry.users.len(), entry.attributes.len()), (1, 1));
}

#[test]
fn an_update_creates_a_missing_entry() {
    let missing = json(404, r#"{"code":"NOT_FOUND","message":"m"}"#);
    let peer = MockServer::replying([missing, written("r1")]);
    let entry = store(&peer.retrying_client())
        .scope("pets")
        .entry("a@b")
        .update(add_one)
        .unwrap()
        .unwrap();
    assert_eq!((entry.value, entry.scope.unwrap().as_str()), (1, "pets"));
    let lines = lines(&peer);
    assert_eq!(
        lines[0],
        "GET /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/a@b@latest"
    );
    assert!(
        lines[1]
            .ends_with("?datastoreName=Inventory&scope=pets&entryKey=a@b&exclusiveCreate=true 1"),
        "{lines:?}"
    );
}

#[test]
fn an_update_without_a_value_writes_nothing() {
    let peer = MockServer::replying([read("r1", "5")]);
    let entry = entry(&peer.retrying_client());
    assert!(entry.update::<i64>(|_| Ok(None)).unwrap().is_none());
    let own = entry.update::<i64>(|_| "x".parse::<rblx_open_cloud::models::UserId>().map(|_| None));
    assert_eq!(own.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(
        entry.update::<String>(Ok).unwrap_err().kind(),
        ErrorKind::Decode
    );
    assert_eq!(lines(&peer), [GET; 3]);
}

#[test]
fn a_conflict_is_tried_again_from_the_start() {
    for rejection in [
        error_response(412, "PRECONDITION_FAILED"),
        error_response(409, "x"),
        error_response(409, "ABORTED"),
        error_response(400, "FAILED_PRECONDITION"),
    ] {
        let peer =
            MockServer::replying([read("r1", "5"), rejection, read("r2", "50"), written("r3")]);
        let mut seen = Vec::new();
        let entry = entry(&peer.retrying_client()).update(|old| {
            seen.push(old);
            add_one(old)
        });
        assert_eq!(entry.unwrap().unwrap().value, 51);
        assert_eq!(seen, [Some(5), Some(50)]);
        let lines = lines(&peer);
        assert_eq!(
            (lines.len(), lines[3].as_str()),
            (4, format!("{WRITE}&matchVersion=r2 51").as_str())
        );
    }
}

#[test]
fn after_eight_conflicts_the_conflict_is_returned() {
    let peer = MockServer::new(|number, request| match request.method.as_str() {
        "GET" => read(&format!("r{number}"), "5"),
        _ => error_response(412, "x"),
    });
    let error = entry(&peer.retrying_client()).update(add_one).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome_unknown()),
        (ErrorKind::Conflict, false)
    );
    assert!(
        error
            .to_string()
            .contains("other writers changed the entry 8 times in a row"),
        "{error}"
    );
    assert_eq!(
        lines(&peer)
            .iter()
            .filter(|line| line.starts_with("POST"))
            .count(),
        8
    );
}

#[test]
fn after_an_unknown_outcome_there_is_no_further_try() {
    let page = crate::support::response(504, "text/html", "<html></html>");
    for failure in [
        Vec::new(),
        page,
        json(503, "{}"),
        json(500, "{}"),
        ok("{}"),
        ok(r#"{"version":"#),
    ] {
        let peer = MockServer::replying([read("r1", "5"), failure, read("r2", "6"), written("r3")]);
        let mut calls = 0;
        let error = entry(&peer.retrying_client()).update(|old| {
            calls += 1;
            add_one(old)
        });
        let error = error.unwrap_err();
        assert!(error.outcome_unknown(), "{error}");
        assert_eq!((calls, peer.requests().len()), (1, 2), "{error}");
    }
}

#[test]
fn throttling_and_lost_reads_are_repeated() {
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    let peer = MockServer::replying([Vec::new(), read("r1", "5"), throttled, written("r2")]);
    let mut calls = 0;
    let entry = entry(&peer.retrying_client()).update(|old: Option<i64>| {
        calls += 1;
        add_one(old)
    });
    assert_eq!(
        (entry.unwrap().unwrap().value, calls, peer.requests().len()),
        (6, 1, 4)
    );
}

#[test]
fn after_a_conflict_on_an_unchanged_revision_the_first_version_reads() {
    let v1 = with_headers(
        200,
        "roblox-entry-version: w1\r\nroblox-entry-userids: [8]\r\nroblox-entry-attributes: {\"b\":2}\r\n",
        "50",
    );
    let peer = MockServer::replying([
        read("r1", "5"),
        error_response(412, "x"),
        read("r1", "5"),
        v1,
        written("w2"),
    ]);
    let entry = entry(&peer.retrying_client())
        .update(add_one)
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            entry.value,
            entry.users[0].get(),
            entry.attributes["b"].as_u64()
        ),
        (51, 8, Some(2))
    );
    let lines = lines(&peer);
    assert_eq!(lines[3], WRITE.replace("POST", "GET"));
    assert_eq!(lines[4], format!("{WRITE}&matchVersion=w1 51"));
}

#[test]
fn a_shutdown_ends_the_tries() {
    let peer = MockServer::new(|number, request| match request.method.as_str() {
        "GET" => read(&format!("r{number}"), "5"),
        _ => error_response(412, "x"),
    });
    let client = peer.client();
    let mut calls = 0;
    let error: Error = entry(&client)
        .update(|old: Option<i64>| {
            calls += 1;
            if calls == 2 {
                client.shutdown();
            }
            add_one(old)
        })
        .unwrap_err();
    assert_eq!((error.kind(), calls), (ErrorKind::Shutdown, 2));
}

#[test]
fn rolling_back_writes_an_earlier_revision() {
    let peer = MockServer::replying([read("r1", "{\"z\":1.10}"), read("r9", "{\"z\":1.10}")]);
    let restored = entry(&peer.retrying_client()).roll_back("r1").unwrap();
    assert_eq!(restored.revision_id.as_str(), "r9");
    assert_eq!(restored.value.parse_as::<Value>().unwrap()["z"], 1.1);
    assert_eq!(
        lines(&peer),
        [
            format!("{GET}@r1"),
            format!(
                "{}?allowMissing=true {{\"value\":{{\"z\":1.10}},\"users\":[\"users/7\"],\"attributes\":{{\"a\":1}}}}",
                GET.replace("GET", "PATCH")
            ),
        ]
    );
}
