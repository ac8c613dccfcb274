//! Responses in the forms of the service.

use super::{entry, store, utc, with_response};
use crate::support::{MockServer, json, ok};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{
    DataStore, DataStoreFilter, DataStoreState, Entry, EntryFilter, EntryKey, EntryRevision,
    EntryState, Increment, NewEntry, RawJson, RevisionFilter, SetEntry,
};
use serde_json::{Value, from_str};

/// As it was recorded.
const ENTRY: &str = r#"{"path":"universes/5097539509/data-stores/InventoryStore/entries/users:453482811",
    "createTime":"2024-07-22T19:02:27.811669Z","revisionId":"08DCAA80D489FD52.0000000003.08DCAA8627CF76E1.01",
    "revisionCreateTime":"2024-07-22T19:40:35.001520100Z","state":"ACTIVE",
    "etag":"08DCAA80D489FD52.0000000003.08DCAA8627CF76E1.01","value":{"Iron":50,"Gold":26},"id":"users:453482811",
    "users":["users/45348281"],"attributes":{}}"#;

#[test]
fn an_entry_as_it_was_recorded() {
    let read: Entry<Value> = from_str(ENTRY).unwrap();
    assert_eq!(read.id.as_str(), "users:453482811");
    assert_eq!(read.scope, None);
    assert_eq!(
        read.revision_id.as_str(),
        "08DCAA80D489FD52.0000000003.08DCAA8627CF76E1.01"
    );
    assert_eq!(read.etag.as_deref(), Some(read.revision_id.as_str()));
    assert_eq!(read.state, Some(EntryState::Active));
    assert_eq!(read.create_time, Some(utc("2024-07-22T19:02:27.811669Z")));
    assert_eq!(
        read.revision_create_time,
        Some(utc("2024-07-22T19:40:35.0015201Z"))
    );
    assert_eq!(read.value["Gold"], 26);
    assert_eq!(read.users, [45_348_281.into()]);
    assert!(read.attributes.is_empty());
}

#[test]
fn users_and_attributes_may_be_absent_or_null() {
    for body in [
        r#"{"id":"k","value":1}"#,
        r#"{"id":"k","value":1,"users":null,"attributes":null,"etag":null,"state":null,"createTime":null}"#,
        r#"{"id":"k","value":1,"users":[],"attributes":{}}"#,
    ] {
        let entry = with_response(body, |store| store.entry("k").get::<i64>()).unwrap();
        assert_eq!(
            (entry.value, entry.users.len(), entry.attributes.len()),
            (1, 0, 0)
        );
    }
    let body = r#"{"id":"k","value":1,"users":["users/1","2",3],"attributes":{"b":[1],"a":null}}"#;
    let entry = with_response(body, |store| store.entry("k").get::<i64>()).unwrap();
    assert_eq!(entry.users, [1.into(), 2.into(), 3.into()]);
    assert_eq!(entry.attributes["b"][0], 1);
}

#[test]
fn names_come_from_the_call() {
    let body = r#"{"path":"universes/5/data-stores/Inventory/scopes/pets/entries/mail@home@r1","id":"mail@home@r1",
        "revisionId":"r1","value":1}"#;
    let read: Entry<i64> = from_str(body).unwrap();
    assert_eq!(
        (read.id.as_str(), read.scope.unwrap().as_str()),
        ("mail@home", "pets")
    );
    let entry = with_response(body, |store| store.entry("mail@home").get_at::<i64>("r1")).unwrap();
    assert_eq!(entry.key().id.as_str(), "mail@home");
    let without_revision: Entry<i64> = from_str(r#"{"id":"mail@","value":1}"#).unwrap();
    assert_eq!(without_revision.id.as_str(), "mail@");
}

#[test]
fn fields_of_a_value_that_look_like_an_error_are_data() {
    let body = r#"{"id":"k","value":{"error":"x","errors":[1],"code":5,"message":"m"}}"#;
    with_response(body, |store| {
        assert_eq!(store.entry("k").get::<Value>().unwrap().value["error"], "x");
        assert!(store.entry("k").set(SetEntry::new(1)).is_ok());
        assert!(store.create("k", NewEntry::new(1)).is_ok());
    });
}

#[test]
fn keys_of_lists() {
    let key = |path: &str, id: &str| -> EntryKey {
        let path = format!("universes/5/data-stores/Inventory/{path}");
        serde_json::from_value(serde_json::json!({"path": path, "id": id})).unwrap()
    };
    let parts = |key: EntryKey| {
        let scope = key.scope.map(|scope| scope.as_str().to_owned());
        (scope, key.id.as_str().to_owned())
    };
    for (path, id, scope, expected) in [
        ("entries/k", "k", None, "k"),
        ("entries/clan/7", "clan/7", None, "clan/7"),
        ("entries/clan%2F7", "clan/7", None, "clan/7"),
        ("scopes/pets/entries/k", "k", Some("pets"), "k"),
        ("scopes/pets/entries/k", "pets/k", Some("pets"), "k"),
        (
            "scopes/pets/entries/pets/k",
            "pets/k",
            Some("pets"),
            "pets/k",
        ),
        ("scopes/p%20t/entries/a%2Fb", "a/b", Some("p t"), "a/b"),
        ("scopes/p%20t/entries/a%2Fb", "p t/a/b", Some("p t"), "a/b"),
        (
            "scopes/-/entries/pets/clan/7",
            "pets/clan/7",
            Some("pets"),
            "clan/7",
        ),
        (
            "scopes/a/entries/entries/scopes/b",
            "entries/scopes/b",
            Some("a"),
            "entries/scopes/b",
        ),
    ] {
        assert_eq!(
            parts(key(path, id)),
            (scope.map(str::to_owned), expected.to_owned()),
            "{path} {id}"
        );
    }
    for (json, scope, id) in [
        (r#""k""#, None, "k"),
        (r#"{"key":"k"}"#, None, "k"),
        (r#"{"key":"k","scope":"pets"}"#, Some("pets"), "k"),
        (
            r#"{"path":"universes/5/data-stores/I/scopes/pets/entries/k"}"#,
            Some("pets"),
            "k",
        ),
    ] {
        let key: EntryKey = from_str(json).unwrap();
        assert_eq!(
            parts(key),
            (scope.map(str::to_owned), id.to_owned()),
            "{json}"
        );
    }
    assert!(from_str::<EntryKey>("{}").is_err());
}

#[test]
fn lists_go_on_after_an_empty_page() {
    let peer = MockServer::replying([
        ok(r#"{"dataStores":[],"nextPageToken":"a"}"#),
        ok(r#"{"nextPageToken":"b"}"#),
        ok(
            r#"{"dataStores":[{"path":"universes/5/data-stores/A","id":"A","state":"DELETED",
               "createTime":"2024-07-22T19:02:27Z","expireTime":"2024-08-22T19:02:27Z"},{"path":"universes/5/data-stores/B"}]}"#,
        ),
    ]);
    let stores = peer
        .client()
        .universe(5)
        .list_data_stores(DataStoreFilter::all());
    let stores: Vec<DataStore> = stores.collect::<Result<_, _>>().unwrap();
    assert_eq!(
        stores
            .iter()
            .map(|store| store.id.as_str())
            .collect::<Vec<_>>(),
        ["A", "B"]
    );
    assert_eq!(stores[0].state, Some(DataStoreState::Deleted));
    assert_eq!(stores[0].expire_time, Some(utc("2024-08-22T19:02:27Z")));
    assert_eq!(stores[1].state, None);
}

#[test]
fn a_malformed_key_costs_one_key() {
    let body = r#"{"dataStoreEntries":[{"id":"a"},{"id":7},{"id":"b"}]}"#;
    let keys: Vec<_> = with_response(body, |store| {
        store.list_entries(EntryFilter::all()).collect()
    });
    assert_eq!(keys.len(), 3);
    assert!(keys[1].as_ref().unwrap_err().is_item());
}

#[test]
fn revisions_as_they_were_recorded() {
    let body = r#"{"dataStoreEntries":[
        {"path":"universes/1/data-stores/Deaths/entries/users:4@08DCAA8702D435AC.0000000003.08DCAA877D776995.01",
         "createTime":"2024-07-22T19:46:42.453649200Z","revisionId":"08DCAA8702D435AC.0000000003.08DCAA877D776995.01",
         "revisionCreateTime":"2024-07-22T19:50:08.205250100Z","state":"ACTIVE",
         "etag":"08DCAA8702D435AC.0000000003.08DCAA877D776995.01","id":"users:4@08DCAA8702D435AC.0000000003.08DCAA877D776995.01"},
        {"id":"a@b@r2"}],"nextPageToken":""}"#;
    let revisions: Vec<EntryRevision> = with_response(body, |store| {
        let revisions = store.entry("users:4").list_revisions(RevisionFilter::all());
        revisions.collect::<Result<_, _>>().unwrap()
    });
    assert_eq!(revisions[0].id.as_str(), "users:4");
    assert_eq!(
        revisions[0].revision_id.as_str(),
        "08DCAA8702D435AC.0000000003.08DCAA877D776995.01"
    );
    assert_eq!(
        revisions[0].revision_create_time,
        Some(utc("2024-07-22T19:50:08.2052501Z"))
    );
    assert_eq!(
        (revisions[1].id.as_str(), revisions[1].revision_id.as_str()),
        ("a@b", "r2")
    );
}

#[test]
fn snapshots() {
    let taken = r#"{"newSnapshotTaken":true,"latestSnapshotTime":"2023-07-05T12:34:56Z"}"#;
    let peer = MockServer::replying([
        ok(taken),
        ok(r#"{"latestSnapshotTime":"2023-07-05T12:34:56Z"}"#),
    ]);
    let universe = peer.client().universe(5);
    let first = universe.snapshot_data_stores().unwrap();
    assert!(first.new_snapshot_taken);
    assert_eq!(
        first.latest_snapshot_time,
        Some(utc("2023-07-05T12:34:56Z"))
    );
    assert!(!universe.snapshot_data_stores().unwrap().new_snapshot_taken);
}

#[test]
fn increments_read_any_whole_number() {
    for (json, number) in [("9", 9), ("-9.0", -9), ("1e3", 1000), ("\"7\"", 7)] {
        let body = format!(r#"{{"id":"k","value":{json},"revisionId":"r"}}"#);
        let entry = with_response(body, |store| store.entry("k").increment(Increment::by(1)));
        assert_eq!(entry.unwrap().value, number);
    }
    let error = with_response(r#"{"id":"k","value":1.5}"#, |store| {
        store.entry("k").increment(Increment::by(1)).unwrap_err()
    });
    assert_eq!(
        (error.kind(), error.outcome_unknown()),
        (ErrorKind::Decode, true)
    );
}

#[test]
fn deleted_entries_are_not_found() {
    for body in [
        json(
            404,
            r#"{"code":"NOT_FOUND","message":"Entry not found in the datastore."}"#,
        ),
        ok(r#"{"id":"k","state":"DELETED","revisionId":"r"}"#),
        ok(r#"{"id":"k","state":"DELETED","revisionId":"r","value":null}"#),
    ] {
        let peer = MockServer::replying([body]);
        let entry = entry(&peer.client());
        for error in [
            entry.get::<Value>().unwrap_err(),
            entry.get::<RawJson>().unwrap_err(),
            entry.get_at::<u8>("r").unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
            assert_eq!(
                error.path().unwrap().split('@').next().unwrap(),
                "/cloud/v2/universes/5/data-stores/Inventory/entries/k"
            );
        }
        assert!(entry.find::<Value>().unwrap().is_none());
        assert!(entry.find::<RawJson>().unwrap().is_none());
    }
    // A page of a gateway says nothing about the entry.
    let page = crate::support::response(404, "text/html", "<html>no</html>");
    let peer = MockServer::replying([page]);
    assert!(entry(&peer.client()).find::<Value>().is_err());
}

#[test]
fn a_null_is_a_value() {
    let body = r#"{"id":"k","state":"ACTIVE","value":null}"#;
    with_response(body, |store| {
        let entry = store.entry("k");
        assert_eq!(entry.get::<RawJson>().unwrap().value.as_str(), "null");
        assert_eq!(entry.get::<Value>().unwrap().value, Value::Null);
        assert_eq!(entry.get::<Option<u8>>().unwrap().value, None);
        assert_eq!(entry.get::<u8>().unwrap_err().kind(), ErrorKind::Decode);
    });
}

#[test]
fn existing_and_changed_entries_are_conflicts() {
    let create = |body: Vec<u8>| {
        let peer = MockServer::replying([body]);
        store(&peer.client())
            .create("k", NewEntry::new(1))
            .unwrap_err()
    };
    for body in [
        json(
            400,
            r#"{"code":"INVALID_ARGUMENT","message":"Entry already exists."}"#,
        ),
        json(400, r#"{"code":"ALREADY_EXISTS","message":"x"}"#),
        json(409, r#"{"code":"ALREADY_EXISTS","message":"x"}"#),
    ] {
        let error = create(body);
        assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
        assert!(
            error.to_string().contains("Use `set` or `update`"),
            "{error}"
        );
        assert!(!error.outcome_unknown());
    }
    let error = create(json(
        400,
        r#"{"code":"INVALID_ARGUMENT","message":"text is fully moderated; the name does not exist"}"#,
    ));
    assert_eq!(
        error.kind(),
        ErrorKind::BadRequest,
        "errors may quote a player's value"
    );
    for (status, code) in [(412, "x"), (409, "ABORTED"), (412, "FAILED_PRECONDITION")] {
        let peer = MockServer::replying([json(
            status,
            format!(r#"{{"code":"{code}","message":"m"}}"#),
        )]);
        let error = entry(&peer.client())
            .set(SetEntry::new(1).if_etag("e"))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        assert!(error.to_string().contains("read it again"), "{error}");
    }
}

#[test]
fn entries_are_read_one_by_one_and_vanished_ones_are_skipped() {
    let peer = MockServer::new(
        |_, request| match request.path().rsplit('/').next().unwrap() {
            "entries" if request.query("pageToken").is_none() => ok(
                r#"{"dataStoreEntries":[{"id":"a"},{"id":"gone"},{"path":"universes/5/data-stores/I/scopes/pets/entries/b","id":"b"}],"nextPageToken":"t"}"#,
            ),
            "entries" => ok(r#"{"dataStoreEntries":[{"id":"odd"},{"id":"c"}]}"#),
            "gone" => json(404, "{}"),
            "odd" => ok(r#"{"id":"odd","value":"text"}"#),
            id => ok(format!(r#"{{"id":"{id}","value":1}}"#)),
        },
    );
    let client = peer.client();
    let mut entries = store(&client).all_scopes().scope("pets").entries::<u8>();
    assert!(peer.requests().is_empty());
    let (key, entry) = entries.next().unwrap().unwrap();
    assert_eq!((key.id.as_str(), entry.value), ("a", 1));
    assert_eq!(peer.requests().len(), 2, "nothing is fetched ahead");
    let (key, _) = entries.next().unwrap().unwrap();
    assert_eq!((key.id.as_str(), entries.vanished()), ("b", 1));
    assert!(
        peer.requests()[3]
            .path()
            .ends_with("/scopes/pets/entries/b")
    );
    assert_eq!(entries.resume_token(), None);
    let malformed = entries.next().unwrap().unwrap_err();
    assert!(malformed.is_item(), "{malformed}");
    assert_eq!(entries.resume_token().unwrap().as_str(), "t");
    assert_eq!(entries.next().unwrap().unwrap().0.id.as_str(), "c");
    assert!(entries.next().is_none() && entries.next().is_none());
    let resumed = store(&client)
        .entries::<u8>()
        .matching(EntryFilter::all().prefix("p"));
    assert_eq!(resumed.starting_at("t").count(), 2);
    let last = peer
        .requests()
        .into_iter()
        .rev()
        .find(|request| request.path().ends_with("entries"))
        .unwrap();
    assert_eq!(
        last.query("filter").as_deref(),
        Some("id.startsWith(\"p\")")
    );
}

#[test]
fn entries_end_where_the_service_fails() {
    let peer = MockServer::new(
        |_, request| match request.path().rsplit('/').next().unwrap() {
            "entries" => ok(r#"{"dataStoreEntries":[{"id":"a"},{"id":"b"}]}"#),
            _ => json(503, "{}"),
        },
    );
    let mut entries = store(&peer.client()).entries::<u8>();
    let error = entries.next().unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.is_item()),
        (ErrorKind::ServiceUnavailable, false)
    );
    assert!(entries.next().is_none());
}
