//! Responses of the first version.

use super::{store, utc};
use crate::support::{MockServer, json, ok, with_headers};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{EntryVersion, Increment, RawJson, SetEntry, VersionFilter};
use serde_json::Value;

const HEADERS: &str = "content-md5: zuYxEhwuySMv0i8CitXImw==\r\n\
    roblox-entry-version: 08D9E6A3F2188CFF.0000000001.08D9E6A3F2188CFF.01\r\n\
    roblox-entry-created-time: 2022-02-02T23:30:06.5388799+00:00\r\n\
    roblox-entry-version-created-time: 2022-02-02T23:31:06.5388799+00:00\r\n";

fn get(
    status: u16,
    headers: &str,
    body: &str,
) -> rblx_open_cloud::Result<rblx_open_cloud::models::Entry<RawJson>> {
    let headers = format!("{HEADERS}{headers}");
    let peer = MockServer::replying([with_headers(status, &headers, body)]);
    store(&peer.client()).v1().get("k")
}

#[test]
fn an_entry_is_its_value_and_headers() {
    let headers = "roblox-entry-attributes: { \"myAttribute\": \"myValue\", \"n\": 1.10 }\r\nroblox-entry-userids: [1, 2, 3]\r\n";
    let entry = get(
        200,
        headers,
        r#"{"error":"a player's","code":1.10,"message":"m"}"#,
    )
    .unwrap();
    assert_eq!(
        entry.value.as_str(),
        r#"{"error":"a player's","code":1.10,"message":"m"}"#
    );
    assert_eq!(
        entry.revision_id.as_str(),
        "08D9E6A3F2188CFF.0000000001.08D9E6A3F2188CFF.01"
    );
    assert_eq!(entry.create_time, Some(utc("2022-02-02T23:30:06.5388799Z")));
    assert_eq!(
        entry.revision_create_time,
        Some(utc("2022-02-02T23:31:06.5388799Z"))
    );
    assert_eq!(entry.users, [1.into(), 2.into(), 3.into()]);
    assert_eq!(entry.attributes["myAttribute"], "myValue");
    assert_eq!((entry.id.as_str(), entry.scope), ("k", None));
}

#[test]
fn headers_in_every_form() {
    for (headers, users, attributes) in [
        ("", 0, 0),
        (
            "roblox-entry-userids: \r\nroblox-entry-attributes: \r\n",
            0,
            0,
        ),
        (
            "roblox-entry-userids: null\r\nroblox-entry-attributes: null\r\n",
            0,
            0,
        ),
        (
            "roblox-entry-userids: []\r\nroblox-entry-attributes: {}\r\n",
            0,
            0,
        ),
        (
            "roblox-entry-userids: [1,2]\r\nroblox-entry-attributes: {\"a\":1}\r\n",
            2,
            1,
        ),
        ("roblox-entry-userids: 1,2\r\n", 2, 0),
        (
            "roblox-entry-userids: 1, 2\r\nroblox-entry-userids: 3\r\n",
            3,
            0,
        ),
        ("roblox-entry-userids: [\"1\",\"users/2\"]\r\n", 2, 0),
        (
            "roblox-entry-attributes: {\"gr\\u00f6\\u00dfe\":\"größe\"}\r\n",
            0,
            1,
        ),
    ] {
        let entry = get(200, headers, "1").unwrap();
        assert_eq!(
            (entry.users.len(), entry.attributes.len()),
            (users, attributes),
            "{headers}"
        );
    }
    let entry = get(
        200,
        "roblox-entry-attributes: {\"gr\\u00f6\\u00dfe\":\"größe\"}\r\n",
        "1",
    )
    .unwrap();
    assert_eq!(entry.attributes["größe"], "größe");
    for headers in [
        "roblox-entry-userids: x\r\n",
        "roblox-entry-attributes: {\r\n",
        "roblox-entry-attributes: [1]\r\n",
    ] {
        let error = get(200, headers, "1").unwrap_err();
        assert_eq!(
            error.kind(),
            ErrorKind::Decode,
            "{headers}: nothing is dropped in silence"
        );
    }
}

#[test]
fn deleted_and_missing_entries_are_not_found() {
    let deleted = get(204, "", "").unwrap_err();
    assert_eq!(
        (deleted.kind(), deleted.code()),
        (ErrorKind::NotFound, Some("Deleted"))
    );
    let body = r#"{"error":"NOT_FOUND","message":"Entry not found in the datastore.",
        "errorDetails":[{"errorDetailType":"DatastoreErrorInfo","datastoreErrorCode":"EntryNotFound"}]}"#;
    let missing = get(404, "", body).unwrap_err();
    assert_eq!(
        (missing.kind(), missing.code()),
        (ErrorKind::NotFound, Some("NOT_FOUND"))
    );
    assert_eq!(
        missing.details().unwrap()[0]["datastoreErrorCode"],
        "EntryNotFound"
    );
}

#[test]
fn a_204_is_success_for_a_deletion_and_an_error_for_an_increment() {
    let peer =
        MockServer::replying([b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n".to_vec()]);
    let v1 = store(&peer.client()).v1();
    v1.delete("k").unwrap();
    let error = v1.increment("k", Increment::by(1)).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("Deleted"))
    );
}

#[test]
fn increments_return_a_number_with_the_headers() {
    let headers = format!("{HEADERS}roblox-entry-userids: [1]\r\n");
    let peer = MockServer::replying([with_headers(200, &headers, "15")]);
    let entry = store(&peer.client())
        .v1()
        .increment("k", Increment::by(5))
        .unwrap();
    assert_eq!((entry.value, entry.users.len()), (15, 1));
}

#[test]
fn a_write_returns_its_version() {
    let body = r#"{"version":"v2","deleted":false,"contentLength":8,"createdTime":"2022-02-02T23:31:06.53Z",
        "objectCreatedTime":"2022-02-02T23:30:06.53Z"}"#;
    let peer = MockServer::replying([crate::support::response(200, "text/json", body)]);
    let version = store(&peer.client())
        .v1()
        .set("k", SetEntry::new(1))
        .unwrap();
    assert_eq!(version.version.as_str(), "v2");
    assert_eq!((version.deleted, version.content_length), (false, Some(8)));
    let entry = store(&peer.client()).entry("k");
    let written = entry
        .set(SetEntry::new(1).users([7]).attribute("a", 1).if_absent())
        .unwrap();
    assert_eq!(
        (written.revision_id.as_str(), written.etag.as_deref()),
        ("v2", Some("v2"))
    );
    assert_eq!(
        written.revision_create_time,
        Some(utc("2022-02-02T23:31:06.53Z"))
    );
    assert_eq!(written.create_time, Some(utc("2022-02-02T23:30:06.53Z")));
    assert_eq!(
        (written.users.len(), written.attributes["a"].as_u64()),
        (1, Some(1))
    );
}

#[test]
fn lists_in_every_form() {
    let versions = |body: &str| -> Vec<EntryVersion> {
        let peer = MockServer::replying([ok(body)]);
        let versions = store(&peer.client())
            .v1()
            .list_versions("k", VersionFilter::all());
        versions.collect::<Result<_, _>>().unwrap()
    };
    let one = r#"{"version":"v1","deleted":true,"contentLength":0,"createdTime":"2022-02-02T23:31:06.53Z"}"#;
    for (body, count) in [
        (
            format!(r#"{{"versions":[{one},{one}],"nextPageCursor":null}}"#),
            2,
        ),
        (format!(r#"{{"versions":{one},"nextPageCursor":""}}"#), 1),
        (one.to_owned(), 1),
        (r#"{"versions":[]}"#.to_owned(), 0),
        (r#"{"versions":null}"#.to_owned(), 0),
        ("{}".to_owned(), 0),
    ] {
        let versions = versions(&body);
        assert_eq!(versions.len(), count, "{body}");
        assert!(
            versions
                .iter()
                .all(|version| version.deleted && version.version.as_str() == "v1")
        );
    }
    let error = r#"{"error":"x","message":"m"}"#;
    let peer = MockServer::replying([ok(error)]);
    let mut list = store(&peer.client())
        .v1()
        .list_versions("k", VersionFilter::all());
    assert!(list.next().unwrap().is_err());

    for body in [
        r#"{"data":[{"name":"A","createdTime":"2022-02-18T22:38:59.9244932Z"}]}"#,
        r#"{"datastores":[{"name":"A","createdTime":"2022-02-18T22:38:59.9244932Z"}],"nextPageCursor":null}"#,
    ] {
        let peer = MockServer::replying([ok(body)]);
        let stores: Vec<_> = store(&peer.client()).v1().list_stores("").collect();
        let found = stores[0].as_ref().unwrap();
        assert_eq!(found.id.as_str(), "A");
        assert_eq!(found.create_time, Some(utc("2022-02-18T22:38:59.9244932Z")));
    }
    let peer = MockServer::replying([
        ok(r#"{"keys":["a",{"key":"b"}],"nextPageCursor":"c"}"#),
        ok(r#"{"keys":[{"key":"c/d","scope":"pets"}],"nextPageCursor":""}"#),
    ]);
    let keys: Vec<_> = store(&peer.client())
        .v1()
        .list_keys("")
        .map(Result::unwrap)
        .collect();
    let ids: Vec<_> = keys.iter().map(|key| key.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c/d"]);
    assert_eq!(keys[2].scope.as_ref().unwrap().as_str(), "pets");
    assert_eq!(peer.requests()[1].query("cursor").as_deref(), Some("c"));
}

#[test]
fn throttling_is_recognized_by_its_status() {
    let body = r#"{"error":"RESOURCE_EXHAUSTED","message":"m","errorDetails":[{"datastoreErrorCode":"GetKeyThrottled"}]}"#;
    let peer = MockServer::replying([json(429, body)]);
    let error = store(&peer.client()).v1().get::<Value>("k").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
}
