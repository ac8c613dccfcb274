//! Ordered data stores of the sandbox, in both versions.

use super::UNIVERSE;
use crate::common::Raw;
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::OrderedFilter;
use rblx_open_cloud::resource::OrderedDataStore;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::json;

const V1: &str =
    "/ordered-data-stores/v1/universes/13058/orderedDataStores/Points/scopes/global/entries";

fn points(sandbox: &Sandbox) -> OrderedDataStore {
    sandbox
        .client()
        .universe(13_058)
        .ordered_data_store("Points")
}

fn values(points: &OrderedDataStore, filter: OrderedFilter) -> Vec<i64> {
    let entries = points.list(filter).page_size(7);
    let values: Vec<_> = entries.map(|entry| entry.unwrap().value).collect();
    let first = points.v1().list(filter).page_size(50);
    let first: Vec<_> = first.map(|entry| entry.unwrap().value).collect();
    assert_eq!(values, first, "both versions list the same");
    values
}

#[test]
fn lists_are_sorted_and_bounded() {
    let sandbox = Sandbox::start().unwrap();
    let points = points(&sandbox);
    let all = values(&points, OrderedFilter::all());
    assert_eq!(all, (1..=120).map(|number| number * 10).collect::<Vec<_>>());
    let mut reversed = all;
    reversed.reverse();
    assert_eq!(values(&points, OrderedFilter::all().descending()), reversed);
    let bounded = OrderedFilter::all().at_least(10).at_most(30);
    assert_eq!(values(&points, bounded), [10, 20, 30]);
    assert_eq!(values(&points, bounded.descending()), [30, 20, 10]);
    for (id, value) in [
        ("max", i64::MAX),
        ("min", i64::MIN),
        ("zero", 0),
        ("minus", -5),
    ] {
        points.set(id, value).unwrap();
    }
    assert_eq!(
        values(&points, OrderedFilter::all().at_most(0)),
        [i64::MIN, -5, 0]
    );
    assert_eq!(
        values(&points, OrderedFilter::all().at_least(0).at_most(0)),
        [0]
    );
    assert_eq!(
        values(&points, OrderedFilter::all().at_least(i64::MAX)),
        [i64::MAX]
    );
    assert_eq!(
        values(&points, OrderedFilter::all().at_least(2).at_most(1)),
        [0; 0]
    );
    assert_eq!(
        values(&points.clone().scope("other"), OrderedFilter::all()),
        [0; 0]
    );
}

#[test]
fn writes() {
    let sandbox = Sandbox::start().unwrap();
    let points = points(&sandbox);
    let v1 = points.v1();
    assert_eq!(points.create("a/b", 5).unwrap().value, 5);
    assert_eq!(
        points.create("a/b", 6).unwrap_err().kind(),
        ErrorKind::Conflict
    );
    assert_eq!(v1.create("a/b", 6).unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(v1.get("a/b").unwrap().value, 5);
    assert_eq!(points.increment("a/b", -7).unwrap().value, -2);
    assert_eq!(v1.increment("new", 3).unwrap().value, 3, "it is created");
    points.set("high", i64::MAX).unwrap();
    assert_eq!(points.increment("high", 1).unwrap().value, i64::MAX);
    assert_eq!(
        points.set_existing("x", 1).unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(
        v1.set_existing("x", 1).unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(v1.set("x", 1).unwrap().value, 1);
    assert_eq!(points.set_existing("x", 2).unwrap().value, 2);
    points.delete("x").unwrap();
    assert_eq!(points.delete("x").unwrap_err().kind(), ErrorKind::NotFound);
    v1.delete("x").unwrap();
    assert_eq!(points.find("x").unwrap(), None);
    assert_eq!(v1.find("x").unwrap(), None);
    let client = sandbox.client();
    let nowhere = client.universe(1).ordered_data_store("Points");
    assert_eq!(
        nowhere.get("player_1").unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

#[test]
fn a_lost_response_adds_once() {
    let sandbox = Sandbox::start().unwrap();
    let points = points(&sandbox);
    sandbox.fail_next(Fault::lost_answer());
    let error = points.increment("player_1", 5).unwrap_err();
    assert!(error.outcome_unknown());
    assert_eq!(points.get("player_1").unwrap().value, 15, "not 20");
    sandbox.fail_next(Fault::lost_answer());
    points.delete("player_1").unwrap();
}

#[test]
fn requests_of_other_clients() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let v2 = format!("{UNIVERSE}/ordered-data-stores/Points/scopes/global/entries");
    let reply = raw.json("POST", &format!("{V1}?id=player_1"), r#"{"value":1}"#);
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json()["message"], "Entry already exists.");
    let reply = raw.json(
        "PATCH",
        &format!("{V1}/n?allow_missing=True"),
        r#"{"value":"5"}"#,
    );
    assert_eq!(reply.json()["value"], json!(5));
    let reply = raw.json(
        "PATCH",
        &format!("{v2}/n?allowMissing=False"),
        r#"{"value":1e3}"#,
    );
    let path = "universes/13058/ordered-data-stores/Points/scopes/global/entries/n";
    assert_eq!(
        reply.json(),
        json!({"path": path, "id": "n", "value": 1000})
    );
    let reply = raw.bare("DELETE", &format!("{V1}/nobody"));
    assert_eq!((reply.status, reply.header("content-type")), (200, None));
    assert_eq!(
        raw.get(&format!("{V1}?filter=&order_by=desc&max_page_size=1"))
            .json()["entries"][0]["value"],
        1200
    );
    assert_eq!(
        raw.get(&v2).json()["orderedDataStoreEntries"]
            .as_array()
            .unwrap()
            .len(),
        10
    );
    for bad in [
        format!("{v2}?filter=entry%20%3E%3D%20%2010"),
        format!("{v2}?filter=entry%3E%3D10"),
        format!("{v2}?filter=value%20%3E%3D%2010"),
        format!("{v2}?orderBy=desc"),
        format!("{V1}?order_by=value%20desc"),
    ] {
        assert_eq!(raw.get(&bad).status, 400, "{bad}");
    }
    for body in [
        "{}",
        r#"{"value":1.5}"#,
        r#"{"value":9223372036854775808}"#,
        r#"{"value":"x"}"#,
        "[]",
    ] {
        assert_eq!(
            raw.json("PATCH", &format!("{v2}/n?allowMissing=true"), body)
                .status,
            400,
            "{body}"
        );
    }
    let long = "a".repeat(64);
    assert_eq!(
        raw.json("POST", &format!("{v2}?id={long}"), r#"{"value":1}"#)
            .status,
        400
    );
    assert_eq!(raw.json("POST", &v2, r#"{"value":1}"#).status, 400);
}
