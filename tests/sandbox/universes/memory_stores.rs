//! Queues and sorted maps of the sandbox.

use std::time::Duration;

use super::UNIVERSE;
use crate::common::Raw;
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{
    Finished, FlushScope, MapFilter, NewMapItem, QueueItem, QueueRead, SortKey,
};
use rblx_open_cloud::resource::{MemoryQueue, SortedMap, Universe};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

const SOON: Duration = Duration::from_secs(10);
const MINUTE: Duration = Duration::from_secs(60);

fn start() -> (Sandbox, Universe) {
    let sandbox = Sandbox::builder().clock_speed(0.0).start().unwrap();
    let universe = sandbox.client().universe(13_058);
    (sandbox, universe)
}

fn data(queue: &MemoryQueue, read: QueueRead) -> Vec<i64> {
    let batch = queue.read(read).unwrap();
    batch.items.into_iter().map(|item| item.data).collect()
}

fn ids(map: &SortedMap, filter: MapFilter) -> Vec<String> {
    let items = map.list::<Value>(filter).page_size(2);
    items.map(|item| item.unwrap().id).collect()
}

#[test]
fn queues_go_by_priority_then_arrival() {
    let (_sandbox, universe) = start();
    let queue = universe.memory_queue("q");
    for (number, priority) in [
        (1, None),
        (2, Some(2.0)),
        (3, Some(-1.0)),
        (4, Some(2.0)),
        (5, Some(0.0)),
    ] {
        let item = QueueItem::new(number);
        let item = priority.map_or(item.clone(), |priority| item.priority(priority));
        queue.add(item).unwrap();
    }
    assert_eq!(data(&queue, QueueRead::up_to(200)), [2, 4, 1, 5, 3]);
    assert_eq!(
        data(&queue, QueueRead::up_to(200)),
        [0; 0],
        "all are invisible"
    );
}

#[test]
fn what_is_read_comes_back_unless_it_is_discarded() {
    let (sandbox, universe) = start();
    let queue = universe.memory_queue("q");
    for number in 1..=3 {
        queue.add(QueueItem::new(number)).unwrap();
    }
    let first = queue
        .read::<i64>(QueueRead::up_to(2).invisible_for(MINUTE))
        .unwrap();
    assert_eq!(
        data(&queue, QueueRead::up_to(5).invisible_for(MINUTE * 2)),
        [3]
    );
    queue.discard(first.read_id.as_ref().unwrap()).unwrap();
    let gone = queue.discard(first.read_id.as_ref().unwrap()).unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
    sandbox.advance(MINUTE);
    assert_eq!(data(&queue, QueueRead::up_to(5)), [0; 0]);
    sandbox.advance(MINUTE);
    let late = queue.read::<i64>(QueueRead::up_to(5)).unwrap();
    assert_eq!(late.items[0].data, 3);
    sandbox.advance(Duration::from_secs(30));
    let error = queue.discard(late.read_id.as_ref().unwrap()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "its time is over");
    assert_eq!(
        data(&queue, QueueRead::up_to(5)),
        [3],
        "so it is still there"
    );
}

#[test]
fn items_expire_by_the_clock() {
    let (sandbox, universe) = start();
    let (queue, map) = (universe.memory_queue("q"), universe.sorted_map("m"));
    let item = queue.add(QueueItem::new(1).ttl(MINUTE)).unwrap();
    assert_eq!(item.expire_time, Some(sandbox.now() + MINUTE));
    queue.add(QueueItem::new(2).ttl(MINUTE * 2)).unwrap();
    queue.read::<i64>(QueueRead::up_to(1)).unwrap();
    map.set("a", NewMapItem::new(1).ttl(MINUTE)).unwrap();
    map.set("b", NewMapItem::new(1)).unwrap();
    sandbox.advance(MINUTE);
    assert_eq!(
        data(&queue, QueueRead::up_to(5)),
        [2],
        "also while it is invisible"
    );
    assert_eq!(ids(&map, MapFilter::all()), ["b"]);
    assert_eq!(map.find::<i64>("a").unwrap(), None);
    assert_eq!(map.delete("a").unwrap_err().kind(), ErrorKind::NotFound);
    map.create("a", NewMapItem::new(2)).unwrap();
    sandbox.advance(Duration::from_secs(3_888_000));
    assert_eq!(
        ids(&map, MapFilter::all()),
        [""; 0],
        "after 45 days at the latest"
    );
    assert_eq!(
        ids(&universe.sorted_map("Board"), MapFilter::all()),
        [""; 0]
    );
}

#[test]
fn all_or_nothing() {
    let (_sandbox, universe) = start();
    let queue = universe.memory_queue("Jobs");
    let error = queue
        .read::<Value>(QueueRead::up_to(4).all_or_nothing())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let batch = queue
        .read::<Value>(QueueRead::up_to(3).all_or_nothing())
        .unwrap();
    assert_eq!(batch.items[0].data, json!({"kind": "refund", "user": 1001}));
    assert_eq!(batch.items.len(), 3);
}

#[test]
fn maps_are_sorted_by_key_then_id() {
    let (_sandbox, universe) = start();
    let map = universe.sorted_map("m");
    let set = |id: &str, key: Option<SortKey>| {
        let item = NewMapItem::new(1);
        let item = key.map_or(item.clone(), |key| item.sort_key(key));
        map.set(id, item).unwrap();
    };
    set("d", None);
    set("c", Some("x".into()));
    set("b", Some("a\"b".into()));
    set("a", Some(2.5.into()));
    set("z", Some((-1).into()));
    set("y", Some(2.5.into()));
    set("e\"\\", None);
    let all = ["z", "a", "y", "b", "c", "d", "e\"\\"];
    assert_eq!(ids(&map, MapFilter::all()), all);
    let mut reversed = all;
    reversed.reverse();
    assert_eq!(ids(&map, MapFilter::all().descending()), reversed);
    assert_eq!(ids(&map, MapFilter::all().sort_key_above(-1)), ["a", "y"]);
    assert_eq!(ids(&map, MapFilter::all().sort_key_below(2.5)), ["z"]);
    assert_eq!(
        ids(
            &map,
            MapFilter::all().sort_key_above(-1).sort_key_below(2.5)
        ),
        [""; 0]
    );
    assert_eq!(
        ids(&map, MapFilter::all().sort_key_above("a\"a")),
        ["b", "c"]
    );
    assert_eq!(
        ids(&map, MapFilter::all().id_above("c").id_below("z")),
        ["y", "d", "e\"\\"]
    );
    assert_eq!(
        ids(&map, MapFilter::all().id_above("e\"").id_below("f")),
        ["e\"\\"]
    );
}

#[test]
fn writes_of_maps() {
    let (sandbox, universe) = start();
    let map = universe.sorted_map("m");
    let first = map
        .create("a", NewMapItem::new("v").sort_key(1).ttl(MINUTE))
        .unwrap();
    let error = map.create("a", NewMapItem::new(1)).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Conflict, Some("ALREADY_EXISTS"))
    );
    let second = map.set("a", NewMapItem::new("w")).unwrap();
    assert_ne!(first.etag, second.etag);
    assert_eq!(
        (&second.sort_key, second.expire_time),
        (&Some(1.into()), first.expire_time)
    );
    let stale = NewMapItem::new("x").if_etag(first.etag.clone().unwrap());
    assert_eq!(map.set("a", stale).unwrap_err().kind(), ErrorKind::Conflict);
    let current = NewMapItem::new("x").if_etag(second.etag.unwrap());
    sandbox.fail_next(Fault::lost_answer());
    let error = map.set("a", current.clone()).unwrap_err();
    assert!(
        error.outcome_unknown(),
        "it is not repeated, which would look like a conflict"
    );
    assert_eq!(map.get::<String>("a").unwrap().value, "x");
    let missing = map.set("b", NewMapItem::new(1).if_exists()).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    sandbox.fail_next(Fault::lost_answer());
    map.delete("a").unwrap();
    assert_eq!(map.find::<String>("a").unwrap(), None);
}

#[test]
fn a_flush_empties_what_is_there_when_it_is_done() {
    let (sandbox, universe) = start();
    sandbox.polls_until_done(1);
    let test = universe.flush_memory_stores(FlushScope::Test).unwrap();
    let client = sandbox.client();
    sandbox.advance(MINUTE);
    let resumed = client
        .operation::<Finished>(test.path())
        .wait(SOON)
        .unwrap();
    assert_eq!(resumed, Finished::default());
    assert_eq!(
        ids(&universe.sorted_map("Board"), MapFilter::all()).len(),
        12,
        "tests have stores of their own"
    );
    let other = test.path().replace("?scope=TEST", "?scope=LIVE");
    let error = client.operation::<Finished>(other).poll().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);

    sandbox.operations_take(MINUTE);
    let mut flush = universe.flush_memory_stores(FlushScope::Live).unwrap();
    assert_eq!(flush.poll().unwrap(), None);
    assert_eq!(
        ids(&universe.sorted_map("Board"), MapFilter::all()).len(),
        12
    );
    sandbox.advance(MINUTE);
    assert_eq!(
        ids(&universe.sorted_map("Board"), MapFilter::all()).len(),
        0
    );
    assert_eq!(flush.wait(SOON).unwrap(), Finished::default());
    assert!(
        universe
            .memory_queue("Jobs")
            .read::<Value>(QueueRead::default())
            .unwrap()
            .is_empty()
    );
    sandbox.fail_next_operation("13", "broken");
    let mut flush = universe.flush_memory_stores(FlushScope::Live).unwrap();
    sandbox.advance(MINUTE);
    assert_eq!(
        flush.wait(SOON).unwrap_err().kind(),
        ErrorKind::OperationFailed
    );
}

#[test]
fn requests_of_other_clients() {
    let (sandbox, _universe) = start();
    let mut raw = Raw::connect(&sandbox);
    let queue = format!("{UNIVERSE}/memory-store/queues/q");
    let map = format!("{UNIVERSE}/memory-store/sorted-maps/Board/items");

    let reply = raw.json(
        "POST",
        &format!("{queue}/items"),
        r#"{"data":{"a":1.5},"ttl":"3s","priority":2,"path":"x"}"#,
    );
    let item = reply.json();
    assert_eq!(
        (&item["data"], &item["priority"]),
        (&json!({"a": 1.5}), &json!(2.0))
    );
    let path = item["path"].as_str().unwrap();
    assert!(path.starts_with("cloud/v2/universes/13058/memory-store/queues/q/items/"));
    // The forms of an earlier state of the service.
    let reply = raw.json(
        "POST",
        &format!("{queue}/items:add"),
        r#"{"Data":"b","Ttl":"30s","Priority":0}"#,
    );
    assert_eq!(reply.status, 200);
    let read = "items:read?count=9&allOrNothing=False&invisibilityTimeoutSeconds=30";
    let reply = raw.json("GET", &format!("{queue}/{read}"), "{}").json();
    assert_eq!(reply["data"], json!([{"a": 1.5}, "b"]));
    let id = reply["id"].as_str().unwrap();
    let reply = raw.json("POST", &format!("{queue}/items:discard?readId={id}"), "{}");
    assert_eq!((reply.status, reply.header("content-type")), (200, None));
    let reply = raw.get(&format!("{queue}/{read}"));
    assert_eq!((reply.status, reply.header("content-type")), (204, None));

    let list = raw.get(&map).json();
    assert_eq!(
        list["items"].as_array().unwrap().len(),
        1,
        "the default size of a page is 1"
    );
    assert_eq!(list["items"][0]["numericSortKey"], json!(10.0));
    let list = raw
        .get(&format!("{map}?filter=&orderBy=desc&maxPageSize=1000"))
        .json();
    assert_eq!(list["items"].as_array().unwrap().len(), 12);
    let body = r#"{"Id":"k","Value":[1],"Ttl":"60s","numericSortKey":null}"#;
    assert_eq!(raw.json("POST", &map, body).json()["id"], "k");
    let reply = raw.json("POST", &map, body);
    assert_eq!(
        (reply.status, &reply.json()["error"]),
        (409, &json!("ALREADY_EXISTS"))
    );
    let reply = raw.json(
        "PATCH",
        &format!("{map}/name%3A%3Aid?allowMissing=true"),
        r#"{"value":1,"string_sort_key":"x"}"#,
    );
    assert_eq!(
        (&reply.json()["id"], &reply.json()["stringSortKey"]),
        (&json!("name::id"), &json!("x"))
    );
    assert_eq!(
        raw.bare("DELETE", &format!("{map}/k?etag=other")).status,
        409
    );
    assert_eq!(raw.bare("DELETE", &format!("{map}/k")).status, 200);

    for (target, body) in [
        (format!("{queue}/items"), r#"{"data":null}"#),
        (format!("{queue}/items"), "{}"),
        (format!("{queue}/items"), r#"{"data":1,"ttl":"PT3S"}"#),
        (format!("{queue}/items"), r#"{"data":1,"ttl":"0s"}"#),
        (format!("{queue}/items"), r#"{"data":1,"ttl":"3888001s"}"#),
        (format!("{queue}/items:discard"), "{}"),
        (format!("{map}?id=x"), "{}"),
        (
            format!("{map}?id=x"),
            r#"{"value":1,"stringSortKey":"a","numericSortKey":1}"#,
        ),
        (map.clone(), r#"{"value":1}"#),
    ] {
        assert_eq!(
            raw.json("POST", &target, body).status,
            400,
            "{target} {body}"
        );
    }
    for target in [
        format!("{queue}/items:read?count=0"),
        format!("{queue}/items:read?invisibilityWindow=PT3S"),
        format!("{queue}/items:read?allOrNothing=maybe"),
        format!("{map}?filter=id%20%3E%3D%20%22a%22"),
        format!("{map}?filter=id%20%3E%20a"),
        format!("{map}?filter=id%20%3E%20%22a"),
        format!("{map}?filter=id%20%3E%20%22a%22%20%26%26"),
        format!("{map}?filter=value%20%3E%201"),
        format!("{map}?orderBy=value"),
    ] {
        assert_eq!(raw.get(&target).status, 400, "{target}");
    }
}

#[test]
fn a_flush_needs_no_body_and_is_polled_elsewhere() {
    let (sandbox, _universe) = start();
    sandbox.polls_until_done(1);
    let mut raw = Raw::connect(&sandbox);
    let head = raw.head("POST", &format!("{UNIVERSE}/memory-store:flush"), &[]);
    raw.send(head);
    let started = raw.reply().json();
    let path = started["path"].as_str().unwrap().to_owned();
    let id = path.rsplit('/').next().unwrap();
    assert_eq!(
        started,
        json!({"path": format!("cloud/v2/universes/13058/operations/{id}"), "done": null})
    );
    assert_eq!(
        raw.get(&format!("/{path}")).status,
        404,
        "the path that it names is not the place"
    );
    let place = format!("{UNIVERSE}/memory-store/operations/{id}");
    assert_eq!(raw.get(&place).json()["done"], Value::Null);
    sandbox.advance(MINUTE);
    assert_eq!(raw.get(&place).json()["done"], true);
    assert_eq!(raw.get(&format!("{place}?scope=TEST")).status, 404);
    assert_eq!(
        raw.bare("POST", &format!("{UNIVERSE}/memory-store:flush?scope=ALL"))
            .status,
        400
    );
}

#[test]
fn a_snapshot_holds_what_is_invisible_too() {
    let (sandbox, universe) = start();
    let (queue, map) = (universe.memory_queue("q"), universe.sorted_map("m"));
    let points = universe.ordered_data_store("Points");
    for number in 1..=3 {
        queue
            .add(QueueItem::new(number).priority(f64::from(number)))
            .unwrap();
        map.set(
            format!("id_{number}"),
            NewMapItem::new(number).sort_key(-i64::from(number)),
        )
        .unwrap();
    }
    let batch = queue.read::<i64>(QueueRead::up_to(1)).unwrap();
    let snapshot = sandbox.snapshot().unwrap();
    sandbox.reset();
    assert!(data(&queue, QueueRead::up_to(9)).is_empty() && ids(&map, MapFilter::all()).is_empty());
    points.set("player_1", 7).unwrap();
    sandbox.restore(snapshot).unwrap();
    assert_eq!(points.get("player_1").unwrap().value, 10);
    assert_eq!(ids(&map, MapFilter::all()), ["id_3", "id_2", "id_1"]);
    assert_eq!(data(&queue, QueueRead::up_to(9)), [2, 1]);
    sandbox.advance(MINUTE);
    assert_eq!(data(&queue, QueueRead::up_to(1)), [3]);
    assert_eq!(batch.items[0].data, 3);
}
