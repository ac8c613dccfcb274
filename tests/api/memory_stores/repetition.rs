//! The calls of ordered data stores and memory stores that are sent again: a table of all operations.

use crate::repetition::Repetition;
use crate::support::{MockServer, first, json, response, with_headers};
use rblx_open_cloud::models::{
    Finished, FlushScope, MapFilter, NewMapItem, OrderedFilter, QueueItem, QueueRead, ReadId,
};
use rblx_open_cloud::resource::{MemoryQueue, OrderedDataStore, OrderedDataStoreV1, SortedMap};
use rblx_open_cloud::{Client, Result};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Always,
    /// Always, and a 404 after an unknown outcome is success.
    Gone,
    Never,
}
use Row::{Always, Gone, Never};

type Call = fn(&Client) -> Result<()>;

fn ordered(client: &Client) -> OrderedDataStore {
    client.universe(5).ordered_data_store("Points")
}

fn v1(client: &Client) -> OrderedDataStoreV1 {
    ordered(client).v1()
}

fn queue(client: &Client) -> MemoryQueue {
    client.universe(5).memory_queue("Jobs")
}

fn map(client: &Client) -> SortedMap {
    client.universe(5).sorted_map("Board")
}

const TABLE: &[(&str, Row, Call)] = &[
    ("list", Always, |client| {
        first(ordered(client).list(OrderedFilter::all()))
    }),
    ("create", Never, |client| {
        ordered(client).create("e", 1).map(drop)
    }),
    ("get", Always, |client| ordered(client).get("e").map(drop)),
    ("find", Always, |client| ordered(client).find("e").map(drop)),
    ("set", Always, |client| {
        ordered(client).set("e", 1).map(drop)
    }),
    ("set existing", Always, |client| {
        ordered(client).set_existing("e", 1).map(drop)
    }),
    ("increment", Never, |client| {
        ordered(client).increment("e", 1).map(drop)
    }),
    ("delete", Gone, |client| ordered(client).delete("e")),
    ("list v1", Always, |client| {
        first(v1(client).list(OrderedFilter::all()))
    }),
    ("create v1", Never, |client| {
        v1(client).create("e", 1).map(drop)
    }),
    ("get v1", Always, |client| v1(client).get("e").map(drop)),
    ("set v1", Always, |client| v1(client).set("e", 1).map(drop)),
    ("set existing v1", Always, |client| {
        v1(client).set_existing("e", 1).map(drop)
    }),
    ("increment v1", Never, |client| {
        v1(client).increment("e", 1).map(drop)
    }),
    ("delete v1", Gone, |client| v1(client).delete("e")),
    ("add", Never, |client| {
        queue(client).add(QueueItem::new(1)).map(drop)
    }),
    ("read", Never, |client| {
        queue(client).read::<u8>(QueueRead::up_to(5)).map(drop)
    }),
    ("discard", Gone, |client| {
        queue(client).discard(&ReadId::from("r"))
    }),
    ("list items", Always, |client| {
        first(map(client).list::<u8>(MapFilter::all()))
    }),
    ("create item", Never, |client| {
        map(client).create("e", NewMapItem::new(1)).map(drop)
    }),
    ("get item", Always, |client| {
        map(client).get::<u8>("e").map(drop)
    }),
    ("set item", Always, |client| {
        map(client).set("e", NewMapItem::new(1)).map(drop)
    }),
    ("set item if it exists", Always, |client| {
        map(client)
            .set("e", NewMapItem::new(1).if_exists())
            .map(drop)
    }),
    ("set item if the tag is", Never, |client| {
        map(client)
            .set("e", NewMapItem::new(1).if_etag("t"))
            .map(drop)
    }),
    ("delete item", Gone, |client| map(client).delete("e")),
    ("flush", Never, |client| {
        client
            .universe(5)
            .flush_memory_stores(FlushScope::Live)
            .map(drop)
    }),
    ("poll", Always, |client| {
        client
            .operation::<Finished>("universes/5/operations/o")
            .poll()
            .map(drop)
    }),
];

/// A response that every call can decode.
const SUCCESS: &str =
    r#"{"path":"universes/5/operations/o","id":"e","value":1,"data":1,"done":true}"#;
/// One for reads of queues, in which `data` is a list.
const READ: &str = r#"{"items":[{"data":1}],"readId":"r"}"#;

fn success(name: &str) -> &'static str {
    if name == "read" { READ } else { SUCCESS }
}

/// Sends a call to a peer that fails once, and returns whether it was sent again.
fn is_repeated(name: &str, call: Call, failure: &[u8]) -> bool {
    let repetition = Repetition::after(failure, success(name), name, call);
    repetition.assert_outcome(true, name).is_repeated()
}

#[test]
fn calls_are_repeated_as_the_table_says() {
    let lost: &[u8] = b"";
    let cut: &[u8] =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\nconnection: close\r\n\r\n{\"val";
    let page = response(400, "text/html", "<html><h1>400 Bad request</h1></html>");
    let unavailable = json(503, r#"{"code":"UNAVAILABLE","message":"later"}"#);
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    for (name, row, call) in TABLE {
        for (failure, what) in [
            (lost, "a loss"),
            (cut, "a cut"),
            (&page, "a page"),
            (&unavailable, "a 503"),
        ] {
            let is_sent_again = is_repeated(name, *call, failure);
            assert_eq!(is_sent_again, *row != Never, "{name} after {what}");
        }
        assert!(is_repeated(name, *call, &throttled), "{name} after a 429");
    }
}

#[test]
fn a_404_after_an_unknown_outcome_means_deleted() {
    let missing = json(404, r#"{"code":"NOT_FOUND","message":"no"}"#);
    for (name, row, call) in TABLE.iter().filter(|(name, ..)| *name != "find") {
        let peer = MockServer::replying([Vec::new(), missing.clone()]);
        assert_eq!(
            call(&peer.retrying_client()).is_ok(),
            *row == Gone,
            "{name}"
        );
        let peer = MockServer::replying([missing.clone()]);
        let error = call(&peer.retrying_client()).unwrap_err();
        assert_eq!(error.kind(), rblx_open_cloud::ErrorKind::NotFound, "{name}");
        assert_eq!(peer.requests().len(), 1, "{name}");
    }
}
