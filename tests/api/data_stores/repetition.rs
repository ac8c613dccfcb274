//! The calls that are sent again: a table of all operations.

use super::{entry, store};
use crate::repetition::Repetition;
use crate::support::{MockServer, first, json, response, with_headers};
use rblx_open_cloud::models::{
    DataStoreFilter, EntryFilter, Increment, NewEntry, RawJson, RevisionFilter, SetEntry,
    VersionFilter,
};
use rblx_open_cloud::{Client, ErrorKind, Result};

type Call = fn(&Client) -> Result<()>;

/// Whether a call is repeated after a lost response, a gateway's page and a 503.
const TABLE: &[(&str, bool, Call)] = &[
    ("list stores", true, |c| {
        first(c.universe(5).list_data_stores(DataStoreFilter::all()))
    }),
    ("snapshot", true, |c| {
        c.universe(5).snapshot_data_stores().map(drop)
    }),
    ("delete store", true, |c| store(c).delete().map(drop)),
    ("undelete store", true, |c| store(c).undelete().map(drop)),
    ("list entries", true, |c| {
        first(store(c).list_entries(EntryFilter::all()))
    }),
    ("create", false, |c| {
        store(c).create("k", NewEntry::new(1)).map(drop)
    }),
    ("get", true, |c| entry(c).get::<RawJson>().map(drop)),
    ("find", true, |c| entry(c).find::<RawJson>().map(drop)),
    ("get at", true, |c| {
        entry(c).get_at::<RawJson>("r").map(drop)
    }),
    ("set", true, |c| entry(c).set(SetEntry::new(1)).map(drop)),
    ("set or create", true, |c| {
        entry(c).set(SetEntry::new(1).or_create()).map(drop)
    }),
    ("set if etag", false, |c| {
        entry(c).set(SetEntry::new(1).if_etag("e")).map(drop)
    }),
    ("set if revision", false, |c| {
        entry(c).set(SetEntry::new(1).if_revision("r")).map(drop)
    }),
    ("set if absent", false, |c| {
        entry(c).set(SetEntry::new(1).if_absent()).map(drop)
    }),
    ("delete", true, |c| entry(c).delete()),
    ("increment", false, |c| {
        entry(c).increment(Increment::by(1)).map(drop)
    }),
    ("list revisions", true, |c| {
        first(entry(c).list_revisions(RevisionFilter::all()))
    }),
    ("v1 list stores", true, |c| {
        first(store(c).v1().list_stores(""))
    }),
    ("v1 list keys", true, |c| first(store(c).v1().list_keys(""))),
    ("v1 get", true, |c| {
        store(c).v1().get::<RawJson>("k").map(drop)
    }),
    ("v1 set", true, |c| {
        store(c).v1().set("k", SetEntry::new(1)).map(drop)
    }),
    ("v1 set if revision", false, |c| {
        store(c)
            .v1()
            .set("k", SetEntry::new(1).if_revision("r"))
            .map(drop)
    }),
    ("v1 set if absent", false, |c| {
        store(c)
            .v1()
            .set("k", SetEntry::new(1).if_absent())
            .map(drop)
    }),
    ("v1 increment", false, |c| {
        store(c).v1().increment("k", Increment::by(1)).map(drop)
    }),
    ("v1 delete", true, |c| store(c).v1().delete("k")),
    ("v1 list versions", true, |c| {
        first(store(c).v1().list_versions("k", VersionFilter::all()))
    }),
    ("v1 get version", true, |c| {
        store(c).v1().get_version::<RawJson>("k", "r").map(drop)
    }),
];

/// A response that every call can decode.
const SUCCESS: &str = r#"{"id":"k","value":1,"revisionId":"r","version":"r","dataStores":[{"id":"A"}],
    "dataStoreEntries":[{"id":"k@r"}],"data":[{"name":"A"}],"keys":["k"],"versions":[{"version":"r"}]}"#;

/// Sends a call to a peer that fails once, and returns whether it was sent again.
fn is_repeated(name: &str, call: Call, failure: &[u8]) -> bool {
    let success = if name == "v1 increment" { "1" } else { SUCCESS };
    let repetition = Repetition::after(failure, success, name, call);
    let is_write = repetition.requests[0].method != "GET";
    repetition.assert_outcome(is_write, name).is_repeated()
}

#[test]
fn calls_are_repeated_as_the_table_says() {
    let cut =
        b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\nconnection: close\r\n\r\n{\"id\":".to_vec();
    let page = response(400, "text/html", "<html><h1>400 Bad request</h1></html>");
    let unavailable = json(503, r#"{"code":"UNAVAILABLE","message":"later"}"#);
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    for (name, repeats, call) in TABLE {
        for (failure, bytes) in [
            ("a loss", &Vec::new()),
            ("a cut", &cut),
            ("a page", &page),
            ("a 503", &unavailable),
        ] {
            let is_ignored =
                failure == "a cut" && name.ends_with("delete") && *name != "delete store";
            assert_eq!(
                is_repeated(name, *call, bytes),
                *repeats || is_ignored,
                "{name} after {failure}"
            );
        }
        assert!(is_repeated(name, *call, &throttled), "{name} after a 429");
    }
}

#[test]
fn a_404_for_a_repeated_deletion_is_success() {
    let gone = json(404, r#"{"code":"NOT_FOUND","message":"m"}"#);
    let calls: [fn(&Client) -> Result<()>; 2] =
        [|c| entry(c).delete(), |c| store(c).v1().delete("k")];
    for call in calls {
        let peer = MockServer::replying([Vec::new(), gone.clone()]);
        call(&peer.retrying_client()).unwrap();
        assert_eq!(peer.requests().len(), 2);
        let peer = MockServer::replying([gone.clone()]);
        assert_eq!(
            call(&peer.retrying_client()).unwrap_err().kind(),
            ErrorKind::NotFound
        );
    }
}
