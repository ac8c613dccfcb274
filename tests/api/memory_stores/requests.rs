//! Every call with all of its parameters, as it goes over the wire.

use std::time::Duration;

use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{
    FlushScope, MapFilter, NewMapItem, QueueItem, QueueRead, RawJson, ReadId, SortKey,
};
use rblx_open_cloud::{ErrorKind, Result};
use serde_json::json;

const Q: &str = "/cloud/v2/universes/5/memory-store/queues/Jobs";
const M: &str = "/cloud/v2/universes/5/memory-store/sorted-maps/Board";
const SECOND: Duration = Duration::from_secs(1);

use rblx_open_cloud::resource::Universe;

/// The request of a call, decoded, with its body.
fn sent(call: impl FnOnce(Universe)) -> String {
    let peer = MockServer::replying([ok(r#"{"id":"e","value":1,"data":1}"#)]);
    call(peer.client().universe(5));
    peer.only_request().line()
}

#[test]
fn queues() {
    let raw: RawJson = r#"{"b":1.10,  "a":12345678901234567890123}"#.parse().unwrap();
    let item = QueueItem::new(raw).priority(-1.5).ttl(SECOND * 3_888_000);
    assert_eq!(
        sent(|universe| drop(universe.memory_queue("Jobs").add(item))),
        format!(
            r#"POST {Q}/items {{"data":{{"b":1.10,  "a":12345678901234567890123}},"priority":-1.5,"ttl":"3888000s"}}"#
        )
    );
    assert_eq!(
        sent(|universe| drop(universe.memory_queue("Jobs").add(QueueItem::new(&["a"])))),
        format!(r#"POST {Q}/items {{"data":["a"]}}"#)
    );
    let read = QueueRead::up_to(200)
        .all_or_nothing()
        .invisible_for(SECOND * 3);
    assert_eq!(
        sent(|universe| drop(universe.memory_queue("Jobs").read::<u8>(read))),
        format!("GET {Q}/items:read?count=200&allOrNothing=true&invisibilityWindow=3s")
    );
    assert_eq!(
        sent(|universe| drop(
            universe
                .memory_queue("Jobs")
                .read::<u8>(QueueRead::default())
        )),
        format!("GET {Q}/items:read?count=1")
    );
    assert_eq!(
        sent(|universe| universe
            .memory_queue("Jobs")
            .discard(&ReadId::from("r/1"))
            .unwrap()),
        format!(r#"POST {Q}/items:discard {{"readId":"r/1"}}"#)
    );
}

#[test]
fn sorted_maps() {
    let filter = MapFilter::all()
        .id_above("a\"b\\")
        .id_below("z")
        .sort_key_above(0)
        .sort_key_below("x\ny")
        .descending();
    assert_eq!(
        sent(|universe| drop(universe.sorted_map("Board").list::<u8>(filter).next())),
        format!(
            "GET {M}/items?filter=id > \"a\\\"b\\\\\" && id < \"z\" && sortKey > 0 && sortKey < \"x\\ny\"\
             &orderBy=id desc&maxPageSize=100"
        )
    );
    let numbers = MapFilter::all().sort_key_above(-0.5).sort_key_below(2.5e7);
    assert_eq!(
        sent(|universe| drop(
            universe
                .sorted_map("Board")
                .list::<u8>(numbers)
                .page_size(9)
                .starting_at("t")
                .next()
        )),
        format!(
            "GET {M}/items?filter=sortKey > -0.5 && sortKey < 25000000&maxPageSize=9&pageToken=t"
        )
    );
    let item = || NewMapItem::new(json!({"a": 1})).ttl(SECOND);
    assert_eq!(
        sent(|universe| drop(
            universe
                .sorted_map("Board")
                .create("a b", item().sort_key(-3))
        )),
        format!(r#"POST {M}/items?id=a b {{"value":{{"a":1}},"ttl":"1s","numericSortKey":-3.0}}"#)
    );
    assert_eq!(
        sent(|universe| drop(universe.sorted_map("Board").get::<u8>("e"))),
        format!("GET {M}/items/e")
    );
    assert_eq!(
        sent(|universe| drop(universe.sorted_map("Board").set("e", item().sort_key("k")))),
        format!(
            r#"PATCH {M}/items/e?allowMissing=true {{"value":{{"a":1}},"ttl":"1s","stringSortKey":"k"}}"#
        )
    );
    assert_eq!(
        sent(|universe| drop(
            universe
                .sorted_map("Board")
                .set("e", NewMapItem::new(1).if_exists())
        )),
        format!(r#"PATCH {M}/items/e?allowMissing=false {{"value":1}}"#)
    );
    assert_eq!(
        sent(|universe| drop(
            universe
                .sorted_map("Board")
                .set("e", NewMapItem::new(1).if_etag("t"))
        )),
        format!(r#"PATCH {M}/items/e?allowMissing=false {{"value":1,"etag":"t"}}"#)
    );
    assert_eq!(
        sent(|universe| drop(universe.sorted_map("Board").delete("name::id"))),
        format!("DELETE {M}/items/name::id")
    );
}

#[test]
fn flush_has_a_scope_and_no_body() {
    for (scope, text) in [(FlushScope::Live, "LIVE"), (FlushScope::Test, "TEST")] {
        let peer = MockServer::replying([ok("{}")]);
        let _ = peer.client().universe(5).flush_memory_stores(scope);
        let request = &peer.requests()[0];
        assert_eq!(request.method, "POST");
        let target = format!("/cloud/v2/universes/5/memory-store:flush?scope={text}");
        assert_eq!(request.target, target);
        assert!(request.body.is_empty());
        assert_eq!(request.header("content-length"), Some("0"));
    }
}

#[test]
fn names_are_encoded() {
    let peer = MockServer::replying([ok(r#"{"value":1}"#)]);
    let universe = peer.client().universe(5);
    universe.sorted_map("a/b").get::<u8>("name::id/ü").unwrap();
    universe
        .memory_queue("a:b")
        .read::<u8>(QueueRead::default())
        .unwrap();
    let targets: Vec<_> = peer
        .requests()
        .iter()
        .map(|request| request.target.clone())
        .collect();
    assert_eq!(
        targets,
        [
            "/cloud/v2/universes/5/memory-store/sorted-maps/a%2Fb/items/name%3A%3Aid%2F%C3%BC",
            "/cloud/v2/universes/5/memory-store/queues/a%3Ab/items:read?count=1",
        ]
    );
}

#[test]
fn bad_input_is_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([ok(r#"{"value":1,"data":1}"#)]);
    let universe = peer.client().universe(5);
    let (queue, map) = (universe.memory_queue("Jobs"), universe.sorted_map("Board"));
    let is_rejected = |result: Result<()>, why: &str| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{why}: {error}");
        assert!(error.to_string().contains(why), "{why}: {error}");
    };
    let add = |item: QueueItem<i32>| queue.add(item).map(drop);
    is_rejected(
        queue.add(QueueItem::new(None::<u8>)).map(drop),
        "cannot be null",
    );
    is_rejected(
        add(QueueItem::new(1).priority(f64::NAN)),
        "must be a finite number, not NaN",
    );
    is_rejected(
        add(QueueItem::new(1).priority(f64::INFINITY)),
        "must be a finite number, not inf",
    );
    let half = Duration::from_millis(1500);
    for ttl in [Duration::ZERO, half, SECOND * 3_888_001, Duration::MAX] {
        is_rejected(
            add(QueueItem::new(1).ttl(ttl)),
            "1 to 3888000 whole seconds (45 days)",
        );
        is_rejected(
            map.set("e", NewMapItem::new(1).ttl(ttl)).map(drop),
            "1 to 3888000 whole seconds (45 days)",
        );
    }
    let read = |read: QueueRead| queue.read::<u8>(read).map(drop);
    is_rejected(
        read(QueueRead::up_to(0)),
        "a read takes 1 to 200 items, not 0",
    );
    is_rejected(
        read(QueueRead::up_to(201)),
        "a read takes 1 to 200 items, not 201",
    );
    is_rejected(
        read(QueueRead::up_to(1).invisible_for(half)),
        "whole seconds",
    );
    is_rejected(
        read(QueueRead::up_to(1).invisible_for(Duration::ZERO)),
        "whole seconds",
    );
    is_rejected(
        queue.discard(&ReadId::from("")),
        "the ReadId cannot be empty",
    );
    is_rejected(
        universe
            .memory_queue("")
            .read::<u8>(QueueRead::default())
            .map(drop),
        "cannot be empty",
    );

    let set = |item: NewMapItem<i32>| map.set("e", item).map(drop);
    is_rejected(
        set(NewMapItem::new(1).sort_key(f64::NAN)),
        "a sort key must be a finite number, not NaN",
    );
    is_rejected(
        set(NewMapItem::new(1).sort_key("")),
        "a sort key cannot be an empty text",
    );
    is_rejected(
        set(NewMapItem::new(1).if_etag("")),
        "an etag cannot be empty",
    );
    let create = |item: NewMapItem<i32>| map.create("e", item).map(drop);
    is_rejected(
        create(NewMapItem::new(1).if_exists()),
        "leave out `if_exists`",
    );
    is_rejected(
        create(NewMapItem::new(1).if_etag("t")),
        "leave out `if_exists`",
    );
    let list = |filter: MapFilter| map.list::<u8>(filter).next().unwrap().map(drop);
    is_rejected(
        list(MapFilter::all().sort_key_above(f64::NAN)),
        "a sort key must be a finite number, not NaN",
    );
    let no_json = std::collections::BTreeMap::from([([1_u8], 1)]);
    is_rejected(
        map.set("e", NewMapItem::new(&no_json)).map(drop),
        "cannot be written as JSON",
    );
    is_rejected(
        queue.add(QueueItem::new(&no_json)).map(drop),
        "cannot be written as JSON",
    );
    for id in ["", "..", &"🎩".repeat(128)] {
        is_rejected(map.get::<u8>(id).map(drop), "the id of a map item");
        is_rejected(
            map.set(id, NewMapItem::new(1)).map(drop),
            "the id of a map item",
        );
        is_rejected(
            map.create(id, NewMapItem::new(1)).map(drop),
            "the id of a map item",
        );
        is_rejected(map.delete(id), "the id of a map item");
    }
    let flush = universe
        .flush_memory_stores(FlushScope::from("test"))
        .map(drop);
    is_rejected(flush, "did you mean \"TEST\"?");
    assert!(peer.requests().is_empty());

    map.set("🎩".repeat(127), NewMapItem::new(1)).unwrap();
    assert_eq!(SortKey::from(5), SortKey::from(5.0));
}
