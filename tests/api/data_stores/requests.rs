//! Every call with all of its parameters, as it goes over the wire.

use super::{entry, store, utc};
use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{
    DataStoreFilter, EntryFilter, EntryKey, Increment, NewEntry, RawJson, Revision, RevisionFilter,
    SetEntry, VersionFilter,
};
use rblx_open_cloud::{Client, ErrorKind};
use serde_json::{Value, json};

#[test]
fn data_stores() {
    assert_sends! {
        "GET /cloud/v2/universes/5/data-stores?maxPageSize=100" =>
            |c| c.universe(5).list_data_stores(DataStoreFilter::all()).next();
        "GET /cloud/v2/universes/5/data-stores?filter=id.startsWith(\"In\\\"v\\\\\")&showDeleted=true&maxPageSize=100" =>
            |c| c.universe(5).list_data_stores(DataStoreFilter::all().prefix("In\"v\\").show_deleted(true)).next();
        "POST /cloud/v2/universes/5/data-stores:snapshot {}" => |c| c.universe(5).snapshot_data_stores();
        "DELETE /cloud/v2/universes/5/data-stores/Inventory" => |c| store(&c).delete();
        "POST /cloud/v2/universes/5/data-stores/Inventory:undelete {}" => |c| store(&c).undelete();
        "GET /cloud/v2/universes/5/data-stores/Inventory/entries?maxPageSize=256" =>
            |c| store(&c).list_entries(EntryFilter::all()).next();
        "GET /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries?filter=id.startsWith(\"p\")&showDeleted=true&maxPageSize=256" =>
            |c| store(&c).scope("pets").list_entries(EntryFilter::all().prefix("p").show_deleted(true)).next();
        "GET /cloud/v2/universes/5/data-stores/Inventory/scopes/-/entries?maxPageSize=256" =>
            |c| store(&c).all_scopes().list_entries(EntryFilter::all().prefix("")).next();
    }
}

#[test]
fn entries() {
    let new = || {
        NewEntry::new(json!({"a": 1}))
            .users([1, 2])
            .attribute("z", "ä")
            .attribute("a", 1)
    };
    let revision = "08D9E6A3F2188CFF.0000000001.08D9E6A3F2188CFF.01";
    let since = utc("2024-12-02T07:00:00+01:00");
    let filter = RevisionFilter::all()
        .since(since)
        .until(utc("2024-12-03T00:00:00.5Z"));
    assert_sends! {
        "POST /cloud/v2/universes/5/data-stores/Inventory/entries?id=k \
         {\"value\":{\"a\":1},\"users\":[\"users/1\",\"users/2\"],\"attributes\":{\"z\":\"ä\",\"a\":1}}" =>
            |c| store(&c).create("k", new());
        "POST /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries?id=k {\"value\":5}" =>
            |c| store(&c).scope("pets").create("k", NewEntry::new(5));
        "GET /cloud/v2/universes/5/data-stores/Inventory/entries/k" => |c| entry(&c).get::<Value>();
        "GET /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/k" =>
            |c| store(&c).scope("pets").entry("k").find::<Value>();
        "GET /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/k" =>
            |c| store(&c).all_scopes().entry(EntryKey::in_scope("pets", "k")).get::<Value>();
        format!("GET /cloud/v2/universes/5/data-stores/Inventory/entries/k@{revision}") =>
            |c| entry(&c).get_at::<Value>(revision);
        "GET /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/k@latest" =>
            |c| store(&c).scope("pets").entry("k").get_at::<Value>(Revision::Latest);
        "GET /cloud/v2/universes/5/data-stores/Inventory/entries/k@latest:2024-12-02T06:00:00Z" =>
            |c| entry(&c).get_at::<Value>(since);
        "PATCH /cloud/v2/universes/5/data-stores/Inventory/entries/k {\"value\":null}" =>
            |c| entry(&c).set(SetEntry::new(()));
        "PATCH /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/k?allowMissing=true \
         {\"value\":[1],\"users\":[\"users/7\"],\"attributes\":{\"level\":3},\"etag\":\"e\"}" =>
            |c| store(&c).scope("pets").entry("k")
                .set(SetEntry::new([1]).users([7]).attribute("level", 3).if_etag("e").or_create());
        "DELETE /cloud/v2/universes/5/data-stores/Inventory/entries/k" => |c| entry(&c).delete();
        "DELETE /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/k" =>
            |c| store(&c).scope("pets").entry("k").delete();
        "POST /cloud/v2/universes/5/data-stores/Inventory/entries/k:increment {\"amount\":-5}" =>
            |c| entry(&c).increment(Increment::by(-5));
        "POST /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/k:increment \
         {\"amount\":1,\"users\":[\"users/7\"],\"attributes\":{\"a\":[true]}}" =>
            |c| store(&c).scope("pets").entry("k").increment(Increment::by(1).users([7]).attribute("a", [true]));
        "GET /cloud/v2/universes/5/data-stores/Inventory/entries/k:listRevisions?maxPageSize=100" =>
            |c| entry(&c).list_revisions(RevisionFilter::all()).next();
        "GET /cloud/v2/universes/5/data-stores/Inventory/scopes/pets/entries/k:listRevisions?\
         filter=revision_create_time >= 2024-12-02T06:00:00Z && revision_create_time <= 2024-12-03T00:00:00.5Z&maxPageSize=100" =>
            |c| store(&c).scope("pets").entry("k").list_revisions(filter).next();
    }
}

const V1: &str = "/datastores/v1/universes/5/standard-datastores/datastore/entries/entry";

#[test]
fn conditions_are_one_request_of_v1() {
    assert_sends! {
        format!("POST {V1}?datastoreName=Inventory&entryKey=k&matchVersion=r1 1.10") =>
            |c| entry(&c).set(SetEntry::raw("1.10".parse().unwrap()).if_revision("r1"));
        format!("POST {V1}?datastoreName=Inventory&scope=pets&entryKey=k&exclusiveCreate=true \"x\"") =>
            |c| store(&c).scope("pets").entry("k").set(SetEntry::new("x").if_absent());
        format!("POST {V1}?datastoreName=Inventory&entryKey=k&exclusiveCreate=true \"x\"") =>
            |c| entry(&c).set(SetEntry::new("x").if_absent().or_create());
    }
}

#[test]
fn version_one() {
    let filter = VersionFilter::all()
        .since(utc("2024-12-02T07:00:00+01:00"))
        .until(utc("2024-12-03T00:00:00Z"))
        .descending();
    let v1 = |client: &Client| store(client).v1();
    assert_sends! {
        "GET /datastores/v1/universes/5/standard-datastores?limit=100" => |c| v1(&c).list_stores("").next();
        "GET /datastores/v1/universes/5/standard-datastores?prefix=In&limit=7&cursor=c" =>
            |c| v1(&c).list_stores("In").page_size(7).starting_at("c").next();
        "GET /datastores/v1/universes/5/standard-datastores/datastore/entries?datastoreName=Inventory&limit=100" =>
            |c| v1(&c).list_keys("").next();
        "GET /datastores/v1/universes/5/standard-datastores/datastore/entries?datastoreName=Inventory&scope=pets&prefix=p&limit=100" =>
            |c| store(&c).scope("pets").v1().list_keys("p").next();
        "GET /datastores/v1/universes/5/standard-datastores/datastore/entries?datastoreName=Inventory&allScopes=true&limit=100" =>
            |c| store(&c).all_scopes().v1().list_keys("").next();
        format!("GET {V1}?datastoreName=Inventory&entryKey=a@b/c") => |c| v1(&c).get::<Value>("a@b/c");
        format!("GET {V1}?datastoreName=Inventory&scope=pets&entryKey=k") =>
            |c| v1(&c).get::<Value>(EntryKey::in_scope("pets", "k"));
        format!("POST {V1}?datastoreName=Inventory&entryKey=k {{\"a\":1}}") =>
            |c| v1(&c).set("k", SetEntry::new(json!({"a": 1})));
        format!("POST {V1}?datastoreName=Inventory&entryKey=k&matchVersion=r1 5") =>
            |c| v1(&c).set("k", SetEntry::new(5).if_revision("r1"));
        format!("POST {V1}?datastoreName=Inventory&entryKey=k&exclusiveCreate=true 5") =>
            |c| v1(&c).set("k", SetEntry::new(5).if_absent());
        format!("POST {V1}/increment?datastoreName=Inventory&entryKey=k&incrementBy=-3") =>
            |c| v1(&c).increment("k", Increment::by(-3));
        format!("DELETE {V1}?datastoreName=Inventory&entryKey=k") => |c| v1(&c).delete("k");
        format!("GET {V1}/versions?datastoreName=Inventory&entryKey=k&limit=100") =>
            |c| v1(&c).list_versions("k", VersionFilter::all()).next();
        format!("GET {V1}/versions?datastoreName=Inventory&entryKey=k&startTime=2024-12-02T06:00:00Z\
                 &endTime=2024-12-03T00:00:00Z&sortOrder=Descending&limit=100") =>
            |c| v1(&c).list_versions("k", filter).next();
        format!("GET {V1}/versions/version?datastoreName=Inventory&entryKey=k&versionId=r1") =>
            |c| v1(&c).get_version::<Value>("k", "r1");
    }
}

#[test]
fn users_and_attributes_of_v1_are_ascii_in_one_line() {
    let raw: RawJson = "{\"deep\":\n\t[1.10, \"é\u{7f}\"]}".parse().unwrap();
    let peer = MockServer::replying([ok("{}")]);
    let v1 = store(&peer.client()).v1();
    let new = SetEntry::new(1)
        .users([1, 2])
        .attribute("größe", "🎩")
        .attribute("raw", raw);
    let _ = v1.set("k", new);
    let _ = v1.increment("k", Increment::by(1).users([3]).attribute("a", 1));
    let _ = v1.set("k", SetEntry::new(1));
    let requests = peer.requests();
    let both = |number: usize| {
        let request = &requests[number];
        ["roblox-entry-attributes", "roblox-entry-userids"].map(|name| request.header(name))
    };
    let attributes = "{\"gr\\u00f6\\u00dfe\":\"\\ud83c\\udfa9\",\"raw\":{\"deep\":  [1.10, \"\\u00e9\\u007f\"]}}";
    assert_eq!(both(0), [Some(attributes), Some("[1,2]")]);
    let read: Value = serde_json::from_str(attributes).unwrap();
    assert_eq!(read["größe"], "🎩");
    assert_eq!(both(1), [Some("{\"a\":1}"), Some("[3]")]);
    assert_eq!(both(2), [None, None]);
    assert_eq!(requests[1].header("content-length"), Some("0"));
    assert!(
        requests
            .iter()
            .all(|request| request.header("content-md5").is_none())
    );
}

#[test]
fn any_key_stays_in_its_segment() {
    let peer = MockServer::replying([ok(r#"{"id":"k","value":1}"#)]);
    let store = store(&peer.client());
    for key in [
        "mail@home",
        "a@b@c",
        "clan/7",
        "ключ 🎩",
        "100%",
        "a?b#c",
        "...",
        "a:b",
    ] {
        let entry = store.entry(key);
        entry.get::<Value>().unwrap();
        entry.get_at::<Value>("r@1/2").unwrap();
        entry.set(SetEntry::new(1)).unwrap();
        entry.delete().unwrap();
        entry.increment(Increment::by(1)).unwrap();
    }
    let targets: Vec<String> = peer
        .requests()
        .iter()
        .map(|request| {
            request.target["/cloud/v2/universes/5/data-stores/Inventory/entries/".len()..]
                .to_owned()
        })
        .collect();
    let of = |number: usize| targets[number * 5..number * 5 + 5].to_vec();
    assert_eq!(
        of(0),
        [
            "mail%40home@latest",
            "mail%40home@r%401%2F2",
            "mail%40home",
            "mail%40home",
            "mail%40home:increment"
        ]
    );
    assert_eq!(of(1)[0], "a%40b%40c@latest");
    assert_eq!(of(2)[..3], ["clan%2F7", "clan%2F7@r%401%2F2", "clan%2F7"]);
    assert_eq!(of(3)[0], "%D0%BA%D0%BB%D1%8E%D1%87%20%F0%9F%8E%A9");
    assert_eq!(of(4)[0], "100%25");
    assert_eq!(of(5)[0], "a%3Fb%23c");
    assert_eq!(of(6)[0], "%2E%2E%2E");
    assert_eq!(of(7)[0], "a%3Ab");
}

#[test]
fn bad_input_is_an_error_before_anything_is_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let store = store(&client);
    let of_51 = "ä".repeat(51);
    let of_50 = "🎩".repeat(50);
    let malformed = std::collections::BTreeMap::from([([1, 2], 3)]);
    let errors = [
        store.entry("").get::<Value>().map(drop),
        store.entry(&of_51).get::<Value>().map(drop),
        store.entry("..").delete(),
        store.entry(&of_51).set(SetEntry::new(1)).map(drop),
        store
            .entry(&of_51)
            .set(SetEntry::new(1).if_revision("r"))
            .map(drop),
        store.entry(&of_51).increment(Increment::by(1)).map(drop),
        store.entry(&of_51).increment_once(1, "m").map(drop),
        store.entry(&of_51).update::<Value>(|_| Ok(None)).map(drop),
        store.entry(&of_51).roll_back("r").map(drop),
        store.entry("k").get_at::<Value>("").map(drop),
        store.entry("k").increment_once(1, "").map(drop),
        store.create("", NewEntry::new(1)).map(drop),
        store.create(&of_51, NewEntry::new(1)).map(drop),
        store.entry("k").set(SetEntry::new(&malformed)).map(drop),
        store
            .entry("k")
            .set(SetEntry::new(&malformed).if_absent())
            .map(drop),
        store
            .entry("k")
            .set(SetEntry::new(1).attribute("odd", &malformed))
            .map(drop),
        store
            .entry("k")
            .set(SetEntry::new(1).if_absent().if_etag("e"))
            .map(drop),
        store
            .entry("k")
            .set(SetEntry::new(1).if_revision("r").or_create())
            .map(drop),
        store
            .entry("k")
            .set(SetEntry::new(1).if_revision(""))
            .map(drop),
        store.entry("k").set(SetEntry::new(1).if_etag("")).map(drop),
        store.v1().set("k", SetEntry::new(1).if_etag("e")).map(drop),
        store.v1().get::<Value>("").map(drop),
        store.v1().get_version::<Value>("k", "").map(drop),
        store.clone().scope("").entry("k").get::<Value>().map(drop),
        store
            .clone()
            .scope(&of_51)
            .entry("k")
            .get::<Value>()
            .map(drop),
        store.clone().scope("-").entry("k").get::<Value>().map(drop),
        store
            .clone()
            .all_scopes()
            .entry("k")
            .get::<Value>()
            .map(drop),
        store
            .clone()
            .all_scopes()
            .create("k", NewEntry::new(1))
            .map(drop),
        store.clone().all_scopes().v1().get::<Value>("k").map(drop),
        client.universe(5).data_store("").delete().map(drop),
        client.universe(5).data_store(&of_51).delete().map(drop),
    ];
    for (number, result) in errors.into_iter().enumerate() {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{number}: {error}");
        assert!(!error.outcome_unknown());
    }
    let lists = [
        store
            .entry(&of_51)
            .list_revisions(RevisionFilter::all())
            .next()
            .unwrap()
            .map(drop),
        store
            .clone()
            .all_scopes()
            .entry("k")
            .list_revisions(RevisionFilter::all())
            .next()
            .unwrap()
            .map(drop),
        store
            .v1()
            .list_versions("", VersionFilter::all())
            .next()
            .unwrap()
            .map(drop),
        client
            .universe(5)
            .data_store("")
            .entries::<Value>()
            .next()
            .unwrap()
            .map(drop),
    ];
    for result in lists {
        assert_eq!(result.unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    assert!(peer.requests().is_empty());
    let _ = store.entry(&of_50).get::<Value>();
    assert_eq!(peer.requests().len(), 1, "50 characters are sent");
}
