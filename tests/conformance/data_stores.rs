//! Every call about data stores, with every parameter.
//!
//! The validators cannot check everything. One of them rejects `%2F` in a key. The document describes values of the first
//! version as texts in requests and as objects in responses, and `versions` as a single version. The proxy forwards texts
//! without their quotes. So writes of the first version are tested against the sandbox elsewhere.

use rblx_open_cloud::models::{
    DataStoreFilter, EntryFilter, Increment, NewEntry, Revision, RevisionFilter, SetEntry,
    VersionFilter,
};
use rblx_open_cloud::{Client, ErrorKind, Items, Result};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use time::OffsetDateTime;

/// The mock makes up values and headers, so a response may be unreadable; that the request was accepted is checked for all
/// of them together.
fn accepted<T>(result: Result<T>) {
    if let Err(error) = result {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

fn some<T: DeserializeOwned>(items: Items<T>) {
    items.page_size(2).limit(2).for_each(accepted);
}

pub(crate) fn call(client: &Client) {
    let universe = client.universe(123);
    let filter = DataStoreFilter::all().prefix("a").show_deleted(true);
    some(universe.list_data_stores(filter));
    accepted(universe.snapshot_data_stores());
    let plain = universe.data_store("Inventory");
    accepted(plain.delete());
    accepted(plain.undelete());
    some(plain.clone().all_scopes().list_entries(EntryFilter::all()));
    let time = OffsetDateTime::UNIX_EPOCH;
    for store in [plain.clone(), plain.scope("pets")] {
        let filter = EntryFilter::all().prefix("a").show_deleted(true);
        some(store.list_entries(filter));
        let value = json!({"a": [1.5, null, "x"]});
        let new = NewEntry::new(&value).users([156]).attribute("a", 1);
        accepted(store.create("k", new));
        let entry = store.entry("k");
        accepted(entry.get::<Value>());
        accepted(store.entry("mail@home").get::<Value>());
        accepted(entry.get_at::<Value>("08D9E6A3F2188CFF.0000000001.08D9E6A3F2188CFF.01"));
        accepted(entry.get_at::<Value>(Revision::At(time)));
        let new = SetEntry::new(&value)
            .users([156])
            .attribute("a", 1)
            .or_create();
        accepted(entry.set(new.if_etag("e")));
        accepted(entry.delete());
        let increment = Increment::by(5).users([156]).attribute("a", 1);
        accepted(entry.increment(increment.clone()));
        some(entry.list_revisions(RevisionFilter::all().since(time).until(time)));

        let v1 = store.v1();
        some(v1.list_stores("a"));
        some(v1.list_keys("a"));
        accepted(v1.get::<Value>("k"));
        let text = || SetEntry::new("text").users([156]).attribute("a", "ä");
        accepted(v1.set("k", text()));
        accepted(v1.set("k", text().if_revision("r")));
        accepted(v1.set("k", text().if_absent()));
        accepted(v1.increment("k", increment));
        accepted(v1.delete("k"));
        let filter = VersionFilter::all().since(time).until(time).descending();
        some(v1.list_versions("k", filter));
        accepted(v1.get_version::<Value>("k", "r"));
    }
    some(
        universe
            .data_store("Inventory")
            .all_scopes()
            .v1()
            .list_keys("a"),
    );
}

/// Drives the calls to an end, with the responses of the sandbox.
pub(crate) fn call_sandbox(client: &Client) {
    let universe = client.universe(13_058);
    let stores = universe
        .list_data_stores(DataStoreFilter::all())
        .page_size(1);
    assert!(stores.map(Result::unwrap).count() >= 1);
    assert!(universe.snapshot_data_stores().unwrap().new_snapshot_taken);
    let store = universe.data_store("Inventory");
    let keys = store.list_entries(EntryFilter::all().prefix("player_"));
    assert_eq!(keys.map(Result::unwrap).count(), 300);
    for store in [store.clone(), store.clone().scope("pets")] {
        let entry = store.entry("player_1");
        let old = entry.get::<Value>().unwrap();
        let v1 = store.v1();
        assert_eq!(v1.get::<Value>("player_1").unwrap().value, old.value);
        entry.set(SetEntry::new("x").keep(&old)).unwrap();
        let revisions = entry.list_revisions(RevisionFilter::all());
        assert_eq!(revisions.map(Result::unwrap).count(), 2);
        assert_eq!(entry.roll_back(&old.revision_id).unwrap().users, old.users);
        entry.delete().unwrap();
        store.create("new", NewEntry::new(5)).unwrap();
        let five = store.entry("new");
        assert_eq!(five.increment(Increment::by(2)).unwrap().value, 7);
        store.v1().delete("new").unwrap();
    }
    store.delete().unwrap();
    store.undelete().unwrap();
}
