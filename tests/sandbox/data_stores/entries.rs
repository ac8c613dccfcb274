//! Reading and writing entries.

use super::{DAY, INVENTORY, entry, error, ok, start};
use serde_json::{Value, json};

#[test]
fn a_player_of_the_fixtures() {
    let (_sandbox, mut raw) = start();
    let player = ok(&raw.get(&entry("player_5")));
    assert_eq!(player["value"], json!({"coins": 50, "items": ["sword"]}));
    assert_eq!(
        (&player["users"], &player["attributes"]),
        (&json!(["users/5"]), &json!({"level": 5}))
    );
    assert_eq!(player["etag"], player["revisionId"]);
    assert_eq!(
        (&player["id"], &player["state"]),
        (&json!("player_5"), &json!("ACTIVE"))
    );
    let path = "universes/13058/data-stores/Inventory/entries/player_5";
    assert_eq!(player["path"], path);
    let pet = ok(&raw.get(&format!("{INVENTORY}/scopes/pets/entries/player_1")));
    assert_eq!(pet["value"], json!({"pet": "cat"}));
    assert_eq!(pet["attributes"], json!({}), "always there");
    assert!(pet["path"].as_str().unwrap().contains("/scopes/pets/"));
    // The scope without a name.
    let same = ok(&raw.get(&format!("{INVENTORY}/scopes/global/entries/player_5")));
    assert_eq!(same["revisionId"], player["revisionId"]);
    for missing in ["nobody", "player_1@latest:2019-12-31T00:00:00Z"] {
        let reply = raw.get(&entry(missing));
        assert_eq!(error(&reply), (404, "NOT_FOUND".to_owned()), "{missing}");
    }
}

#[test]
fn keys_with_at_signs_and_slashes() {
    let (_sandbox, mut raw) = start();
    // The text after the last `@` is a revision, encoded or not.
    for key in ["mail%40home", "mail@home"] {
        let reply = raw.get(&entry(key));
        assert_eq!(reply.status, 400);
        assert_eq!(reply.json()["message"], "Invalid version id.");
    }
    for key in ["mail%40home@latest", "mail%40home%40latest"] {
        assert_eq!(ok(&raw.get(&entry(key)))["id"], "mail@home", "{key}");
    }
    assert_eq!(
        ok(&raw.get(&entry("clan%2F7")))["value"],
        json!({"name": "Seven"})
    );
    // A write treats the suffix as a part of the key.
    let target = entry("player_1@latest?allowMissing=True");
    assert_eq!(
        ok(&raw.json("PATCH", &target, r#"{"value":1}"#))["id"],
        "player_1@latest"
    );
    let missing = raw.json("PATCH", &entry("player_2@latest"), r#"{"value":1}"#);
    assert_eq!(missing.status, 404);
    for key in ["%E2%98%83%20%26", "a%25b", "a%3Ab"] {
        let target = format!("{}?allowMissing=true", entry(key));
        ok(&raw.json("PATCH", &target, r#"{"value":true}"#));
        assert_eq!(ok(&raw.get(&entry(key)))["value"], true, "{key}");
    }
}

#[test]
fn values_stay_the_text_that_they_are() {
    let (sandbox, mut raw) = start();
    for value in [
        "1.10",
        "12345678901234567890123",
        r#"{"b":1,  "a":2.50}"#,
        "\"\\u00e9\u{1f600}\"",
        "1e400",
        "\"error\"",
        r#"{"error":{"code":5}}"#,
    ] {
        let body = format!(r#"{{"value":{value}}}"#);
        let target = entry("exact?allowMissing=true");
        let written = raw.json("PATCH", &target, &body);
        for reply in [written, raw.get(&entry("exact"))] {
            assert!(
                reply.text().contains(&format!("\"value\":{value},")),
                "{}",
                reply.text()
            );
        }
        let kept = sandbox.data_store(13_058, "Inventory").get_raw("exact");
        assert_eq!(kept.unwrap().as_str(), value);
        let query = "datastoreName=Inventory&entryKey=exact";
        let older = raw.get(&format!("{}/datastore/entries/entry?{query}", super::OLDER));
        assert_eq!(older.text(), value);
    }
}

#[test]
fn a_write_clears_what_it_does_not_send() {
    let (sandbox, mut raw) = start();
    let store = sandbox.data_store(13_058, "Inventory");
    let first = ok(&raw.get(&entry("player_5")));
    let body = r#"{"value":1,"users":["users/5","users/6"],"attributes":{"a":"b"}}"#;
    let second = ok(&raw.json("PATCH", &entry("player_5"), body));
    assert_eq!(second["createTime"], first["createTime"]);
    assert_ne!(second["revisionId"], first["revisionId"]);
    assert_eq!(store.users("player_5").len(), 2);
    let third = ok(&raw.json("PATCH", &entry("player_5"), r#"{"value":2}"#));
    assert_eq!(
        (&third["users"], &third["attributes"]),
        (&json!([]), &json!({}))
    );
    assert_eq!(store.attributes("player_5"), json!({}));
    ok(&raw.json("PATCH", &entry("player_5"), body));
    let body = r#"{"amount":4}"#;
    let sum = ok(&raw.json("POST", &entry("player_5:increment"), body));
    assert_eq!((&sum["value"], &sum["users"]), (&json!(5), &json!([])));
    assert_eq!(store.revision_count("player_5"), 5);
}

#[test]
fn etags_and_creation() {
    let (sandbox, mut raw) = start();
    let first = ok(&raw.get(&entry("player_5")));
    let body = json!({"value": 1, "etag": first["etag"]}).to_string();
    let second = ok(&raw.json("PATCH", &entry("player_5"), &body));
    let reply = raw.json("PATCH", &entry("player_5"), &body);
    assert_eq!(error(&reply), (409, "ABORTED".to_owned()));
    let store = sandbox.data_store(13_058, "Inventory");
    assert_eq!(store.get("player_5"), Some(json!(1)));
    assert_ne!(second["etag"], first["etag"]);

    let target = format!("{INVENTORY}/entries?id=player_5");
    let reply = raw.json("POST", &target, r#"{"value":1}"#);
    assert_eq!(reply.status, 400);
    assert!(reply.text().contains("already exists"));
    let target = "/cloud/v2/universes/13058/data-stores/New/scopes/s/entries?id=k";
    assert_eq!(ok(&raw.json("POST", target, r#"{"value":1}"#))["id"], "k");
    assert_eq!(sandbox.data_store(13_058, "New").scope("s").keys(), ["k"]);
    // A deleted entry counts as missing.
    ok(&raw.bare("DELETE", &entry("player_5")));
    let target = format!("{INVENTORY}/entries?id=player_5");
    let again = ok(&raw.json("POST", &target, r#"{"value":1}"#));
    assert_ne!(again["createTime"], first["createTime"]);
}

#[test]
fn increments() {
    let (_sandbox, mut raw) = start();
    let mut add = |key: &str, amount: &str| {
        let target = entry(&format!("{key}:increment"));
        raw.json("POST", &target, &format!(r#"{{"amount":{amount}}}"#))
    };
    assert_eq!(ok(&add("n", "5"))["value"], 5);
    assert_eq!(ok(&add("n", "-7.0"))["value"], -2);
    assert_eq!(ok(&add("n", "9223372036854775807"))["value"], i64::MAX - 2);
    assert_eq!(ok(&add("n", "9"))["value"], i64::MAX, "clamped");
    for (key, amount) in [
        ("n", "1.5"),
        ("n", "\"1\""),
        ("n", "1e30"),
        ("n", "9223372036854775808"),
        ("player_1", "1"),
    ] {
        assert_eq!(add(key, amount).status, 400, "{key} {amount}");
    }
}

#[test]
fn deleted_entries_are_kept_for_thirty_days() {
    let (sandbox, mut raw) = start();
    let revision = ok(&raw.get(&entry("player_5")))["revisionId"].clone();
    let deleted = raw.bare("DELETE", &entry("player_5"));
    assert_eq!((deleted.status, deleted.text().as_str()), (200, "{}"));
    assert_eq!(raw.get(&entry("player_5")).status, 404);
    assert_eq!(raw.bare("DELETE", &entry("player_5")).status, 404);
    assert_eq!(
        raw.json("PATCH", &entry("player_5"), r#"{"value":1}"#)
            .status,
        404
    );
    let at = entry(&format!("player_5@{}", revision.as_str().unwrap()));
    assert_eq!(ok(&raw.get(&at))["value"]["coins"], 50);
    let shown = |raw: &mut crate::common::Raw, parameter: &str| {
        let filter = "filter=id.startsWith(%22player_5%22)&maxPageSize=100";
        let list = format!("{INVENTORY}/entries?{filter}&{parameter}");
        super::ids(raw, &list).contains(&"player_5".to_owned())
    };
    assert!(!shown(&mut raw, "showDeleted=False"));
    assert!(shown(&mut raw, "showDeleted=True"));
    sandbox.advance(DAY * 31);
    assert!(!shown(&mut raw, "showDeleted=True"));
    assert_eq!(raw.get(&at).status, 404);
}

#[test]
fn what_is_not_valid() {
    let (sandbox, mut raw) = start();
    let long = "k".repeat(51);
    let target = |key: &str| format!("{}?allowMissing=true", entry(key));
    for (key, body) in [
        (long.as_str(), r#"{"value":1}"#.to_owned()),
        ("k", "{}".to_owned()),
        ("k", r#"{"value":null}"#.to_owned()),
        ("k", r#"{"value":1,"users":["5"]}"#.to_owned()),
        ("k", r#"{"value":1,"users":[5]}"#.to_owned()),
        ("k", r#"{"value":1,"attributes":[]}"#.to_owned()),
        ("k", format!(r#"{{"value":1,"attributes":{{"{long}":1}}}}"#)),
        (
            "k",
            format!(
                r#"{{"value":1,"attributes":{{"a":"{}"}}}}"#,
                "a".repeat(251)
            ),
        ),
        ("k", "[1]".to_owned()),
        ("k", format!(r#"{{"value":"{}"}}"#, "a".repeat(4_194_303))),
    ] {
        let reply = raw.json("PATCH", &target(key), &body);
        let start: String = body.chars().take(60).collect();
        assert_eq!(
            error(&reply),
            (400, "INVALID_ARGUMENT".to_owned()),
            "{start}"
        );
    }
    assert_eq!(sandbox.data_store(13_058, "Inventory").len(), 302);
    // Characters count, not bytes.
    let key = "%C3%A9".repeat(50);
    ok(&raw.json("PATCH", &target(&key), r#"{"value":1}"#));
    let long = "\u{1f600}".repeat(1_048_576);
    ok(&raw.json(
        "PATCH",
        &target("long"),
        &format!(r#"{{"value":"{long}"}}"#),
    ));
    let kept = sandbox.data_store(13_058, "Inventory").get("long");
    assert!(kept == Some(Value::String(long)), "four bytes each");
    let unknown = "/cloud/v2/universes/1/data-stores/Inventory/entries/k";
    assert_eq!(raw.get(unknown).status, 404);
}
