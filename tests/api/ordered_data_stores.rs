//! Ordered data stores: requests, responses, and the shapes of both versions.

use crate::support::{MockServer, json, ok};
use rblx_open_cloud::models::{OrderedEntry, OrderedFilter};
use rblx_open_cloud::resource::OrderedDataStore;
use rblx_open_cloud::{Client, ErrorKind};

const V1: &str =
    "/ordered-data-stores/v1/universes/5/orderedDataStores/Points/scopes/global/entries";
const V2: &str = "/cloud/v2/universes/5/ordered-data-stores/Points/scopes/global/entries";

fn points(client: &Client) -> OrderedDataStore {
    client.universe(5).ordered_data_store("Points")
}

/// The requests of a call, decoded, with their bodies.
fn sent(call: impl FnOnce(OrderedDataStore)) -> String {
    let peer = MockServer::replying([ok(r#"{"id":"e","value":1}"#)]);
    call(points(&peer.client()));
    peer.only_request().line()
}

#[test]
fn requests_of_the_second_version() {
    let filter = OrderedFilter::all().at_least(10).at_most(30).descending();
    assert_eq!(
        sent(|points| drop(points.list(filter).next())),
        format!("GET {V2}?filter=entry >= 10 && entry <= 30&orderBy=value desc&maxPageSize=100")
    );
    assert_eq!(
        sent(|points| drop(
            points
                .list(OrderedFilter::all())
                .limit(7)
                .starting_at("t")
                .next()
        )),
        format!("GET {V2}?maxPageSize=7&pageToken=t")
    );
    assert_eq!(
        sent(|points| drop(points.create("e", -5))),
        format!("POST {V2}?id=e {{\"value\":-5}}")
    );
    assert_eq!(sent(|points| drop(points.get("e"))), format!("GET {V2}/e"));
    assert_eq!(sent(|points| drop(points.find("e"))), format!("GET {V2}/e"));
    assert_eq!(
        sent(|points| drop(points.set("e", i64::MAX))),
        format!("PATCH {V2}/e?allowMissing=true {{\"value\":9223372036854775807}}")
    );
    assert_eq!(
        sent(|points| drop(points.set_existing("e", i64::MIN))),
        format!("PATCH {V2}/e?allowMissing=false {{\"value\":-9223372036854775808}}")
    );
    assert_eq!(
        sent(|points| drop(points.increment("e", -3))),
        format!("POST {V2}/e:increment {{\"amount\":-3}}")
    );
    assert_eq!(
        sent(|points| drop(points.delete("e"))),
        format!("DELETE {V2}/e")
    );
}

#[test]
fn requests_of_the_first_version() {
    let filter = OrderedFilter::all().at_least(10).at_most(30).descending();
    assert_eq!(
        sent(|points| drop(points.v1().list(filter).next())),
        format!("GET {V1}?filter=entry >= 10 && entry <= 30&order_by=desc&max_page_size=100")
    );
    assert_eq!(
        sent(|points| drop(
            points
                .v1()
                .list(OrderedFilter::all())
                .starting_at("t")
                .next()
        )),
        format!("GET {V1}?max_page_size=100&page_token=t")
    );
    assert_eq!(
        sent(|points| drop(points.v1().create("e", 0))),
        format!("POST {V1}?id=e {{\"value\":0}}")
    );
    assert_eq!(
        sent(|points| drop(points.v1().get("e"))),
        format!("GET {V1}/e")
    );
    assert_eq!(
        sent(|points| drop(points.v1().find("e"))),
        format!("GET {V1}/e")
    );
    assert_eq!(
        sent(|points| drop(points.v1().set("e", 1))),
        format!("PATCH {V1}/e?allow_missing=true {{\"value\":1}}")
    );
    assert_eq!(
        sent(|points| drop(points.v1().set_existing("e", 1))),
        format!("PATCH {V1}/e?allow_missing=false {{\"value\":1}}")
    );
    assert_eq!(
        sent(|points| drop(points.v1().increment("e", 1))),
        format!("POST {V1}/e:increment {{\"amount\":1}}")
    );
    assert_eq!(
        sent(|points| drop(points.v1().delete("e"))),
        format!("DELETE {V1}/e")
    );
}

#[test]
fn zero_is_a_bound() {
    for (filter, text) in [
        (OrderedFilter::all().at_least(0), "entry >= 0"),
        (OrderedFilter::all().at_most(0), "entry <= 0"),
        (
            OrderedFilter::all().at_least(0).at_most(0),
            "entry >= 0 && entry <= 0",
        ),
        (
            OrderedFilter::all().at_least(-7).at_most(-1),
            "entry >= -7 && entry <= -1",
        ),
        (
            OrderedFilter::all().at_least(i64::MIN).at_most(i64::MAX),
            "entry >= -9223372036854775808 && entry <= 9223372036854775807",
        ),
    ] {
        let line = sent(|points| drop(points.list(filter).next()));
        assert_eq!(line, format!("GET {V2}?filter={text}&maxPageSize=100"));
    }
}

#[test]
fn names_stay_in_their_segments() {
    let peer = MockServer::replying([ok(r#"{"value":1}"#)]);
    let points = peer
        .client()
        .universe(5)
        .ordered_data_store("a/b")
        .scope("ü ?");
    let entry = points.get("x/../y:increment").unwrap();
    assert_eq!((entry.id.as_str(), entry.value), ("x/../y:increment", 1));
    points.v1().get("%2F").unwrap();
    let paths: Vec<_> = peer
        .requests()
        .iter()
        .map(|request| request.target.clone())
        .collect();
    assert_eq!(
        paths,
        [
            "/cloud/v2/universes/5/ordered-data-stores/a%2Fb/scopes/%C3%BC%20%3F/entries/x%2F..%2Fy%3Aincrement",
            "/ordered-data-stores/v1/universes/5/orderedDataStores/a%2Fb/scopes/%C3%BC%20%3F/entries/%252F",
        ]
    );
}

#[test]
fn names_are_checked_in_characters_before_anything_is_sent() {
    let peer = MockServer::replying([ok(r#"{"value":1}"#)]);
    let client = peer.client();
    let long = |count| "🎩".repeat(count);
    points(&client).get(long(63)).unwrap();
    let longest = client.universe(5).ordered_data_store(long(50));
    longest.scope(long(50)).create(long(63), 1).unwrap();
    assert_eq!(peer.requests().len(), 2);

    let is_rejected = |result: rblx_open_cloud::Result<()>, why: &str| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        assert!(error.to_string().contains(why), "{error}");
    };
    let long_id = "the id of an ordered entry has at most 63 characters, not 64";
    is_rejected(points(&client).get(long(64)).map(drop), long_id);
    is_rejected(points(&client).create(long(64), 1).map(drop), long_id);
    is_rejected(points(&client).set(long(64), 1).map(drop), long_id);
    is_rejected(points(&client).increment(long(64), 1).map(drop), long_id);
    is_rejected(points(&client).delete(long(64)), long_id);
    is_rejected(points(&client).v1().create(long(64), 1).map(drop), long_id);
    is_rejected(points(&client).find("").map(drop), "cannot be empty");
    is_rejected(points(&client).delete(""), "cannot be empty");
    is_rejected(points(&client).delete(".."), "cannot be \"..\"");
    let store = client.universe(5).ordered_data_store(long(51));
    is_rejected(store.get("e").map(drop), "at most 50 characters, not 51");
    is_rejected(
        points(&client)
            .scope("")
            .list(OrderedFilter::all())
            .next()
            .unwrap()
            .map(drop),
        "the scope of an ordered data store cannot be empty",
    );
    assert_eq!(peer.requests().len(), 2, "nothing else was sent");
}

#[test]
fn values_in_all_spellings() {
    for (text, value) in [
        ("5", 5),
        ("-5", -5),
        ("5.0", 5),
        ("1e3", 1000),
        ("-2.5E1", -25),
        ("\"7\"", 7),
        ("0", 0),
        ("-0.0", 0),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        // Floating-point numbers cannot hold the largest integer.
        ("9.223372036854775807E18", i64::MAX),
        ("9223372036854775808", i64::MAX),
        ("-9.223372036854775808e18", i64::MIN),
    ] {
        let body = format!(r#"{{"path":"universes/5/x/entries/e","value":{text}}}"#);
        let peer = MockServer::replying([ok(&body)]);
        let entry = points(&peer.client()).get("asked").unwrap();
        assert_eq!((entry.id.as_str(), entry.value), ("asked", value), "{text}");
        let read: OrderedEntry = serde_json::from_str(&body).unwrap();
        assert_eq!((read.id.as_str(), read.value), ("e", value), "{text}");
    }
    for text in [
        "5.5",
        "1e19",
        "-1e19",
        "\"\"",
        "\"5.0\"",
        "null",
        "true",
        "18446744073709551615",
    ] {
        let peer = MockServer::replying([ok(format!(r#"{{"value":{text}}}"#))]);
        let error = points(&peer.client()).get("e").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{text}");
    }
}

#[test]
fn lists_of_both_versions() {
    let entries = r#"[{"path":"a/entries/x%2Fy","value":1},{"path":"a/entries/b","id":"b","value":2.5},{"id":"c","value":"3"}]"#;
    for name in ["orderedDataStoreEntries", "entries"] {
        let body = format!(r#"{{"{name}":{entries},"nextPageToken":""}}"#);
        let peer = MockServer::replying([ok(body)]);
        let points = points(&peer.client());
        let items = if name == "entries" {
            points.v1().list(OrderedFilter::all())
        } else {
            points.list(OrderedFilter::all())
        };
        let items: Vec<_> = items.collect();
        assert_eq!(items.len(), 3, "{name}");
        assert_eq!(items[0].as_ref().unwrap().id, "x/y");
        assert!(
            items[1].as_ref().unwrap_err().is_item(),
            "one odd item costs one item"
        );
        assert_eq!(items[2].as_ref().unwrap().value, 3);
    }
}

#[test]
fn existing_entries_are_conflicts_and_missing_ones_are_none() {
    let exists = [
        json(
            400,
            r#"{"code":"INVALID_ARGUMENT","message":"Entry already exists."}"#,
        ),
        json(400, r#"{"code":"ALREADY_EXISTS","message":"x"}"#),
        json(409, r#"{"code":"ALREADY_EXISTS","message":"x"}"#),
    ];
    for response in exists {
        let peer = MockServer::replying([response]);
        for error in [
            points(&peer.client()).create("e", 1).unwrap_err(),
            points(&peer.client()).v1().create("e", 1).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
            assert!(
                error.to_string().contains("Use `set` to replace its value"),
                "{error}"
            );
        }
    }
    let aborted = json(409, r#"{"code":"ABORTED","message":"aborted"}"#);
    let peer = MockServer::replying([aborted]);
    let error = points(&peer.client()).v1().set("e", 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(error.to_string().contains("at the same time"), "{error}");

    let missing = MockServer::replying([json(404, r#"{"code":"NOT_FOUND","message":"no"}"#)]);
    assert_eq!(points(&missing.client()).find("e").unwrap(), None);
    assert_eq!(points(&missing.client()).v1().find("e").unwrap(), None);
    let error = points(&missing.client()).get("e").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let page = MockServer::replying([crate::support::response(
        404,
        "text/html",
        "<html>no</html>",
    )]);
    assert!(
        points(&page.client()).find("e").is_err(),
        "a web page is not a response of the service"
    );
    let bad = MockServer::replying([json(
        400,
        r#"{"code":"INVALID_ARGUMENT","message":"the scope does not exist"}"#,
    )]);
    let error = points(&bad.client()).create("e", 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest, "{error}");
}
