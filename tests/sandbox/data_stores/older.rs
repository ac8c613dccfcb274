//! The older interface: headers, conditions, versions.

use super::{DAY, INVENTORY, OLDER, all, error, ok, start};
use crate::common::{Raw, Reply};
use serde_json::{Value, json};

fn target(rest: &str) -> String {
    format!("{OLDER}/datastore/entries/entry{rest}")
}

const PLAYER: &str = "?datastoreName=Inventory&entryKey=player_5";

fn post(raw: &mut Raw, target: &str, headers: &[&str], body: &str) -> Reply {
    let length = format!("content-length: {}", body.len());
    let headers = [headers, &[&length, "content-type: application/json"]].concat();
    let head = raw.head("POST", target, &headers);
    raw.send(head + body);
    raw.reply()
}

#[test]
fn an_entry_has_its_metadata_in_headers() {
    let (sandbox, mut raw) = start();
    let reply = raw.get(&target(PLAYER));
    assert_eq!(reply.text(), r#"{"coins":50,"items":["sword"]}"#);
    assert_eq!(reply.header("roblox-entry-userids"), Some("[5]"));
    assert_eq!(
        reply.header("roblox-entry-attributes"),
        Some(r#"{"level":5}"#)
    );
    assert!(
        reply
            .header("roblox-entry-created-time")
            .unwrap()
            .starts_with("2020-")
    );
    assert_eq!(
        reply.header("content-md5"),
        Some("X/47p9z6vPE8LfHRRoMojQ==")
    );
    let same = ok(&raw.get(&format!("{INVENTORY}/entries/player_5")));
    assert_eq!(
        reply.header("roblox-entry-version"),
        same["revisionId"].as_str()
    );
    let pet = raw.get(&target(
        "?datastoreName=Inventory&entryKey=player_1&scope=pets",
    ));
    assert_eq!(pet.json(), json!({"pet": "cat"}));
    sandbox.data_store(13_058, "Inventory").insert_with(
        "é",
        json!(1),
        [7, 8],
        json!({"n": "é\u{1f600}"}),
    );
    let reply = raw.get(&target("?datastoreName=Inventory&entryKey=%C3%A9"));
    assert_eq!(
        reply.header("roblox-entry-attributes"),
        Some(r#"{"n":"\u00e9\ud83d\ude00"}"#)
    );
    assert_eq!(reply.header("roblox-entry-userids"), Some("[7, 8]"));
}

#[test]
fn a_write_takes_both_forms_of_users_and_clears_what_is_missing() {
    let (sandbox, mut raw) = start();
    let store = sandbox.data_store(13_058, "Inventory");
    for users in ["[1, 2]", "1,2"] {
        let headers = [
            &*format!("roblox-entry-userids: {users}"),
            r#"roblox-entry-attributes: {"a": "\u00e9"}"#,
        ];
        let version = ok(&post(&mut raw, &target(PLAYER), &headers, "[1.10]"));
        assert_eq!(
            (&version["deleted"], &version["contentLength"]),
            (&json!(false), &json!(6))
        );
        assert_eq!(store.users("player_5").len(), 2, "{users}");
        assert_eq!(store.attributes("player_5"), json!({"a": "é"}));
        let both = ok(&raw.get(&format!("{INVENTORY}/entries/player_5")));
        assert_eq!(both["attributes"], json!({"a": "é"}));
        assert_eq!(both["revisionId"], version["version"]);
    }
    let headers = ["roblox-entry-userids: ", "roblox-entry-attributes: null"];
    ok(&post(&mut raw, &target(PLAYER), &headers, "2"));
    assert!(store.users("player_5").is_empty());
    for (header, body) in [
        ("roblox-entry-userids: [x]", "1"),
        ("roblox-entry-attributes: [1]", "1"),
        ("roblox-entry-attributes: {", "1"),
        ("content-md5: AAAA", "1"),
        ("accept: */*", "{"),
        ("accept: */*", ""),
        ("accept: */*", "null"),
    ] {
        let reply = post(&mut raw, &target(PLAYER), &[header], body);
        assert_eq!(
            error(&reply),
            (400, "INVALID_ARGUMENT".to_owned()),
            "{header} {body}"
        );
        assert_eq!(
            reply.json()["errorDetails"][0]["errorDetailType"],
            "DatastoreErrorInfo"
        );
    }
    ok(&post(
        &mut raw,
        &target(PLAYER),
        &["content-md5: xMpCOKC5I4INzFCab3WEmw=="],
        "1",
    ));
}

#[test]
fn failed_conditions_return_412_with_the_newest_version() {
    let (sandbox, mut raw) = start();
    let store = sandbox.data_store(13_058, "Inventory");
    let first = raw.get(&target(PLAYER));
    let version = first.header("roblox-entry-version").unwrap();
    let matching = target(&format!("{PLAYER}&matchVersion={version}"));
    ok(&post(
        &mut raw,
        &matching,
        &["roblox-entry-userids: [5]"],
        "1",
    ));
    let lost = post(&mut raw, &matching, &[], "2");
    assert_eq!(error(&lost), (412, "FAILED_PRECONDITION".to_owned()));
    assert_ne!(lost.header("roblox-entry-version"), Some(version));
    assert_eq!(lost.header("roblox-entry-userids"), Some("[5]"));
    assert!(lost.header("roblox-entry-created-time").is_some());
    assert_eq!(store.get("player_5"), Some(json!(1)));

    let create = target(&format!("{PLAYER}&exclusiveCreate=True"));
    assert_eq!(post(&mut raw, &create, &[], "3").status, 412);
    assert!(store.remove("player_5"));
    ok(&post(&mut raw, &create, &[], "3"));
    let new = target("?datastoreName=New&entryKey=k");
    assert_eq!(
        post(&mut raw, &format!("{new}&matchVersion=x"), &[], "1").status,
        412
    );
    assert_eq!(
        ok(&raw.get(&format!("{OLDER}?limit=9")))["datastores"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    ok(&post(
        &mut raw,
        &format!("{new}&exclusiveCreate=False"),
        &[],
        "1",
    ));
}

#[test]
fn deleted_entries_return_204() {
    let (sandbox, mut raw) = start();
    assert_eq!(raw.bare("DELETE", &target(PLAYER)).status, 204);
    let reply = raw.get(&target(PLAYER));
    assert_eq!((reply.status, reply.text().as_str()), (204, ""));
    let missing = raw.get(&target("?datastoreName=Inventory&entryKey=nobody"));
    assert_eq!(error(&missing), (404, "NOT_FOUND".to_owned()));
    assert_eq!(
        missing.json()["errorDetails"][0]["datastoreErrorCode"],
        "EntryNotFound"
    );
    let missing = raw.get(&target("?datastoreName=None&entryKey=nobody"));
    assert_eq!(
        missing.json()["errorDetails"][0]["datastoreErrorCode"],
        "DatastoreNotFound"
    );
    assert_eq!(raw.get(&target("?entryKey=nobody")).status, 400);
    sandbox.advance(DAY * 30);
    assert_eq!(raw.get(&target(PLAYER)).status, 404);
}

#[test]
fn increments_return_the_number() {
    let (_sandbox, mut raw) = start();
    let counter = "/increment?datastoreName=Inventory&entryKey=n";
    let mut add = |rest: &str| {
        post(
            &mut raw,
            &target(&format!("{counter}{rest}")),
            &["roblox-entry-userids: [5]"],
            "",
        )
    };
    let first = add("");
    assert_eq!(first.text(), "1");
    assert_eq!(first.header("roblox-entry-userids"), Some("[5]"));
    assert_eq!(add("&incrementBy=-3").text(), "-2");
    assert_eq!(add("&incrementBy=1.5").status, 400);
}

#[test]
fn lists_of_stores_and_keys() {
    let (sandbox, mut raw) = start();
    sandbox.data_store(13_058, "Other").insert("k", json!(1));
    let pages = |items| (items, "nextPageCursor", "cursor");
    let stores = all(&mut raw, OLDER, pages("datastores"));
    assert_eq!(stores.len(), 2, "one on each page");
    assert_eq!(stores[0][0]["name"], "Inventory");
    assert!(stores[0][0]["createdTime"].is_string());
    let prefix = format!("{OLDER}?prefix=Ot&limit=9");
    assert_eq!(all(&mut raw, &prefix, pages("datastores"))[0].len(), 1);

    let keys = |raw: &mut Raw, rest: &str| -> Vec<Value> {
        let list = format!("{OLDER}/datastore/entries?datastoreName=Inventory{rest}");
        all(raw, &list, pages("keys"))
            .into_iter()
            .flatten()
            .collect()
    };
    assert_eq!(keys(&mut raw, "").len(), 302);
    assert_eq!(keys(&mut raw, "&limit=100&prefix=player_29").len(), 11);
    let pets = keys(&mut raw, "&scope=pets&AllScopes=False");
    assert_eq!(pets, [json!({"scope": "pets", "key": "player_1"})]);
    assert_eq!(keys(&mut raw, "&AllScopes=True&limit=100").len(), 303);
    // Deleted keys are listed, too.
    assert!(sandbox.data_store(13_058, "Inventory").remove("player_5"));
    assert_eq!(keys(&mut raw, "&limit=100").len(), 302);
}

#[test]
fn versions_by_time_and_order() {
    let (sandbox, mut raw) = start();
    let store = sandbox.data_store(13_058, "Inventory");
    let mut times = Vec::new();
    for value in 1..=4 {
        store.insert("k", json!(value));
        times.push(sandbox.now());
        sandbox.advance(DAY);
    }
    assert!(store.remove("k"));
    let list = target("/versions?datastoreName=Inventory&entryKey=k");
    let mut versions = |rest: &str| -> Vec<Value> {
        let pages = ("versions", "nextPageCursor", "cursor");
        let list = format!("{list}&limit=2{rest}");
        all(&mut raw, &list, pages).into_iter().flatten().collect()
    };
    let ascending = versions("");
    assert_eq!(ascending.len(), 5);
    let mut descending = versions("&sortOrder=Descending");
    descending.reverse();
    assert_eq!(ascending, descending);
    assert_eq!(ascending[4]["deleted"], true);
    let format = &time::format_description::well_known::Rfc3339;
    let time = |at: usize| times[at].format(format).unwrap();
    assert_eq!(versions(&format!("&startTime={}", time(0))).len(), 4);
    assert_eq!(versions(&format!("&endTime={}", time(0))).len(), 1);

    let id = ascending[1]["version"].as_str().unwrap();
    let version = target(&format!(
        "/versions/version?datastoreName=Inventory&entryKey=k&versionId={id}"
    ));
    assert_eq!(raw.get(&version).text(), "2");
    let unknown = version.replace(id, "unknown");
    assert_eq!(raw.get(&unknown).status, 404);
}
