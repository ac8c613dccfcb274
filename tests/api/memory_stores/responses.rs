//! Responses in all forms that the service has had.

use crate::support::{MockServer, json, ok, response};
use rblx_open_cloud::models::{
    MapFilter, MapItem, NewMapItem, QueueBatch, QueueItem, QueueRead, QueuedItem, RawJson, SortKey,
};
use rblx_open_cloud::{ErrorKind, Result};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read_from<T: DeserializeOwned>(response: Vec<u8>) -> Result<QueueBatch<T>> {
    let peer = MockServer::replying([response]);
    let queue = peer.client().universe(5).memory_queue("Jobs");
    queue.read(QueueRead::up_to(10))
}

fn read<T: DeserializeOwned>(body: &str) -> QueueBatch<T> {
    read_from(ok(body)).unwrap()
}

#[test]
fn three_generations_of_reads() {
    let path = "cloud/v2/universes/5/memory-store/queues/Jobs/items/i1";
    let item = format!(
        r#"{{"path":"{path}","data":{{"job":1.10}},"expireTime":"2026-01-02T03:04:05Z","priority":2}}"#
    );
    for (body, is_wrapped) in [
        (format!(r#"{{"items":[{item}],"readId":"r"}}"#), true),
        (format!(r#"{{"queueItems":[{item}],"id":"r"}}"#), true),
        (format!(r#"{{"id":"r","data":[{item}]}}"#), true),
        (
            format!(r#"{{"items":[{item}],"queueItems":null,"readId":"r","id":""}}"#),
            true,
        ),
        (r#"{"data":[{"job":1.10}],"id":"r"}"#.to_owned(), false),
        (r#"{"items":[{"job":1.10}],"readId":"r"}"#.to_owned(), false),
        (
            r#"{"items":[],"data":[{"job":1.10}],"id":"r"}"#.to_owned(),
            false,
        ),
    ] {
        let batch = read::<RawJson>(&body);
        assert_eq!(batch.read_id.as_ref().unwrap().as_str(), "r", "{body}");
        assert_eq!(batch.items.len(), 1, "{body}");
        let item = &batch.items[0];
        assert_eq!(item.data.as_str(), r#"{"job":1.10}"#, "{body}");
        assert_eq!(item.id.as_deref(), is_wrapped.then_some("i1"), "{body}");
        assert_eq!(item.priority, is_wrapped.then_some(2.0), "{body}");
        assert_eq!(item.expire_time.is_some(), is_wrapped, "{body}");
    }
}

#[test]
fn values_that_look_like_items_stay_values() {
    // In the oldest form, values stand alone.
    let body = r#"{"data":[{"data":1,"priority":5}],"id":"r"}"#;
    assert_eq!(
        read::<Value>(body).items[0].data,
        json!({"data": 1, "priority": 5})
    );
    let body = r#"{"items":[{"data":1,"kind":"x"},{"data":{"error":{"code":1,"message":"m"}}}],"readId":"r"}"#;
    let batch = read::<Value>(body);
    assert_eq!(batch.items[0].data, json!({"data": 1, "kind": "x"}));
    assert_eq!(
        batch.items[1].data,
        json!({"error": {"code": 1, "message": "m"}})
    );
}

#[test]
fn an_unknown_field_does_not_turn_an_item_into_its_value() {
    let path = "cloud/v2/universes/5/memory-store/queues/Jobs/items/i1";
    for key in ["items", "queueItems", "data"] {
        let body =
            format!(r#"{{"{key}":[{{"path":"{path}","data":7,"attempts":2}}],"readId":"r"}}"#);
        let batch = read::<Value>(&body);
        assert_eq!(batch.items[0].data, json!(7), "{body}");
        assert_eq!(batch.items[0].id.as_deref(), Some("i1"), "{body}");
    }
}

#[test]
fn an_empty_queue_is_not_an_error() {
    for body in [
        "{}",
        "null",
        r#"{"items":null,"readId":null}"#,
        r#"{"items":[],"readId":"r"}"#,
        r#"{"queueItems":[],"id":""}"#,
    ] {
        let batch = read::<u8>(body);
        assert!(batch.is_empty() && batch.items.is_empty(), "{body}");
    }
    let batch = read_from::<u8>(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()).unwrap();
    assert!(batch.is_empty() && batch.read_id.is_none());
    let error =
        read_from::<u8>(json(404, r#"{"code":"NOT_FOUND","message":"too few"}"#)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "all or nothing");
    let page = read_from::<u8>(response(200, "text/html", "<html></html>")).unwrap_err();
    assert_eq!(page.kind(), ErrorKind::Decode);
}

#[test]
fn a_malformed_value_does_not_cost_the_id_of_the_read() {
    let body = r#"{"items":[{"data":1},{"data":"x"},{"data":3}],"readId":"r"}"#;
    let batch = read::<u8>(body);
    assert_eq!(batch.read_id.unwrap().as_str(), "r");
    let data: Vec<u8> = batch.items.iter().map(|item| item.data).collect();
    assert_eq!(data, [1, 3]);
    let error = &batch.failed[0];
    assert!(
        error.is_item() && error.to_string().contains("item 2 of the read"),
        "{error}"
    );
    assert_eq!(
        error.path(),
        Some("/cloud/v2/universes/5/memory-store/queues/Jobs/items:read")
    );
    let error = read_from::<u8>(ok(r#"{"items":[{"data":1}]}"#)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.to_string().contains("missing field `readId`"),
        "{error}"
    );
    assert!(error.outcome_unknown(), "the items are invisible");
}

#[test]
fn items_that_were_added() {
    let peer = MockServer::replying([ok(
        r#"{"path":"cloud/v2/universes/5/memory-store/queues/Jobs/items/i%2F1","data":1.10,"priority":null}"#,
    )]);
    let queue = peer.client().universe(5).memory_queue("Jobs");
    let item: QueuedItem<RawJson> = queue.add(QueueItem::new(1)).unwrap();
    assert_eq!(
        (item.id.as_deref(), item.data.as_str()),
        (Some("i/1"), "1.10")
    );
}

#[test]
fn items_of_maps_keep_every_digit_and_their_id_comes_from_the_call() {
    let body = r#"{"path":"universes/5/memory-stores/sorted-maps/Board/items/","value":{"z":1.10,"a":12345678901234567890123},
        "etag":"e1","expireTime":"2026-01-02T03:04:05Z","numericSortKey":null,"stringSortKey":"k"}"#;
    let peer = MockServer::replying([ok(body)]);
    let map = peer.client().universe(5).sorted_map("Board");
    let item = map.get::<RawJson>("name::id").unwrap();
    assert_eq!(item.id, "name::id");
    assert_eq!(
        item.value.as_str(),
        r#"{"z":1.10,"a":12345678901234567890123}"#
    );
    assert_eq!(item.etag.as_deref(), Some("e1"));
    assert_eq!(item.sort_key, Some(SortKey::from("k")));
    assert!(item.expire_time.is_some());
    let item = map.set("x", NewMapItem::new(1)).unwrap();
    assert_eq!(
        item.value.as_str(),
        r#"{"z":1.10,"a":12345678901234567890123}"#
    );
    assert_eq!(map.create("y", NewMapItem::new(1)).unwrap().id, "y");
    let error = map.get::<u8>("x").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn values_may_look_like_errors() {
    let body = r#"{"id":"e","value":{"error":{"code":5}},"error":"x","code":1,"message":"m"}"#;
    let peer = MockServer::replying([ok(body)]);
    let map = peer.client().universe(5).sorted_map("Board");
    assert_eq!(
        map.get::<Value>("e").unwrap().value,
        json!({"error": {"code": 5}})
    );
    let peer = MockServer::replying([ok(r#"{"value":{"errors":["x"]}}"#)]);
    let map = peer.client().universe(5).sorted_map("Board");
    map.set("e", NewMapItem::new(1)).unwrap();
    map.create("e", NewMapItem::new(1)).unwrap();
}

#[test]
fn lists_of_maps() {
    let items = r#"[{"id":"a","value":1,"numericSortKey":0},{"path":"x/items/name%3A%3Aid","value":2,"stringSortKey":""},
        {"value":3},{"id":"d","value":"x"}]"#;
    for key in ["items", "memoryStoreSortedMapItems"] {
        let peer =
            MockServer::replying([ok(format!(r#"{{"{key}":{items},"nextPageToken":null}}"#))]);
        let map = peer.client().universe(5).sorted_map("Board");
        let read: Vec<_> = map.list::<u8>(MapFilter::all()).collect();
        assert_eq!(read.len(), 4, "{key}");
        assert_eq!(read[0].as_ref().unwrap().sort_key, Some(SortKey::from(0)));
        let second = read[1].as_ref().unwrap();
        assert_eq!((second.id.as_str(), &second.sort_key), ("name::id", &None));
        assert!(read[2].as_ref().unwrap_err().is_item() && read[3].as_ref().unwrap_err().is_item());
    }
    let peer = MockServer::replying([ok("{}")]);
    let map = peer.client().universe(5).sorted_map("Board");
    assert_eq!(map.list::<u8>(MapFilter::all()).count(), 0);
}

#[test]
fn missing_and_existing_items() {
    let peer = MockServer::replying([json(404, r#"{"code":"NOT_FOUND","message":"no"}"#)]);
    let map = peer.client().universe(5).sorted_map("Board");
    assert_eq!(map.find::<u8>("e").unwrap(), None);
    assert_eq!(map.get::<u8>("e").unwrap_err().kind(), ErrorKind::NotFound);
    for (status, code) in [
        (409, "ALREADY_EXISTS"),
        (400, "ALREADY_EXISTS"),
        (409, "ABORTED"),
        (412, "FAILED_PRECONDITION"),
    ] {
        let peer = MockServer::replying([json(
            status,
            format!(r#"{{"code":"{code}","message":"m"}}"#),
        )]);
        let map = peer.client().universe(5).sorted_map("Board");
        let error = map.create("e", NewMapItem::new(1)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        let error = map.set("e", NewMapItem::new(1).if_etag("t")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
    }
    let item: MapItem<Option<u8>> = serde_json::from_str(r#"{"id":"a","value":null}"#).unwrap();
    assert_eq!(item.value, None);
}
