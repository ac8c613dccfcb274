//! Lists with numbered pages, and lists with the page token in the body: no item is lost or doubled, and no page is requested
//! without need.

use crate::support::{MockServer, Received, json as status, ok};
use rblx_open_cloud::models::{
    CreatorStoreAsset, StoreAssetType, StoreSave, StoreSaveFilter, StoreSearch,
};
use rblx_open_cloud::{ErrorKind, Items, Page, PageToken, Result};
use serde_json::{Value, from_slice, json};

fn saves(ids: impl IntoIterator<Item = u64>, total: &Value) -> Vec<u8> {
    let saves: Vec<Value> = ids
        .into_iter()
        .map(|id| json!({"owned": false, "dateSaved": "2026-02-11T11:01:33.495Z", "creatorStoreAsset": {"asset": {"id": id}}}))
        .collect();
    ok(json!({"saves": saves, "totalCount": total}).to_string())
}

fn number(request: &Received, name: &str) -> u64 {
    request.query(name).unwrap().parse().unwrap()
}

/// A server with `count` saves, at most `cap` of them on a page whatever size is requested, that reports this total.
fn store(count: u64, cap: u64, total: Value) -> MockServer {
    MockServer::new(move |_, request| {
        let size = number(request, "limit").min(cap);
        let start = (number(request, "page") - 1) * size;
        saves(start.min(count)..(start + size).min(count), &total)
    })
}

fn list(peer: &MockServer) -> Items<StoreSave> {
    peer.client()
        .creator_store()
        .list_saves(StoreSaveFilter::all())
}

fn id(save: &StoreSave) -> u64 {
    save.asset.as_ref().unwrap().asset_id().unwrap().get()
}

fn ids(items: Items<StoreSave>) -> Vec<u64> {
    items.map(|save| id(&save.unwrap())).collect()
}

fn pages(peer: &MockServer) -> Vec<u64> {
    peer.requests()
        .iter()
        .map(|request| number(request, "page"))
        .collect()
}

#[test]
fn every_page_is_requested_once_and_none_beyond_the_last() {
    for (count, asked) in [(0, 1), (1, 1), (19, 2), (20, 2), (21, 3), (50, 5)] {
        let peer = store(count, 500, json!(count));
        assert_eq!(
            ids(list(&peer).page_size(10)),
            (0..count).collect::<Vec<_>>()
        );
        assert_eq!(pages(&peer), (1..=asked).collect::<Vec<_>>(), "{count}");
        assert!(
            peer.requests()
                .iter()
                .all(|request| number(request, "limit") == 10),
            "equal on every page"
        );
    }
    let peer = store(1200, 500, json!("1200"));
    assert_eq!(ids(list(&peer)).len(), 1200);
    assert_eq!(
        (pages(&peer), number(&peer.requests()[0], "limit")),
        (vec![1, 2, 3], 500)
    );
    let mut first = list(&store(1, 500, json!(1)));
    assert_eq!(
        first
            .next()
            .unwrap()
            .unwrap()
            .date_saved
            .unwrap()
            .millisecond(),
        495
    );
    assert!(first.next().is_none() && first.next().is_none());
}

#[test]
fn a_wrong_total_loses_nothing() {
    let all: Vec<u64> = (0..25).collect();
    for (total, asked) in [
        (json!(25), 3),
        (json!(30), 3 + 1),
        (json!(1000), 3 + 1 + 96),
        (json!(0), 3 + 1),
        (json!(1), 3 + 1),
        (json!(24), 3 + 1),
        (Value::Null, 3 + 1),
    ] {
        let peer = store(25, 500, total.clone());
        assert_eq!(ids(list(&peer).page_size(10)), all, "{total}");
        assert!(
            peer.requests().len() <= asked,
            "{total}: {}",
            peer.requests().len()
        );
    }
    // The number of items that a full page contained already.
    let peer = store(20, 500, json!(20));
    assert_eq!(
        (ids(list(&peer).page_size(10)).len(), peer.requests().len()),
        (20, 2)
    );
}

#[test]
fn a_total_that_is_never_reached_is_an_error_and_not_an_endless_list() {
    let peer = store(5, 500, json!(u64::MAX));
    let results: Vec<Result<StoreSave>> = list(&peer).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 5);
    assert_eq!(
        results.last().unwrap().as_ref().unwrap_err().kind(),
        ErrorKind::Unexpected
    );
    assert!(peer.requests().len() < 1100);
}

#[test]
fn pages_smaller_or_larger_than_requested_lose_nothing() {
    let peer = store(250, 100, json!(250));
    assert_eq!(
        ids(list(&peer)),
        (0..250).collect::<Vec<_>>(),
        "500 requested, 100 returned"
    );
    assert_eq!(pages(&peer), [1, 2, 3]);
    let untold = store(250, 100, Value::Null);
    assert_eq!(ids(list(&untold)), (0..250).collect::<Vec<_>>());
    assert_eq!(pages(&untold), [1, 2, 3, 4]);
    let everything = MockServer::replying([saves(0..7, &json!(7))]);
    assert_eq!(
        ids(list(&everything).page_size(2)).len(),
        7,
        "all of it on the first page"
    );
    assert_eq!(everything.requests().len(), 1);
}

#[test]
fn an_empty_page_ends_the_list_unless_more_are_promised() {
    let gap = MockServer::new(|_, request| match number(request, "page") {
        1 => saves(0..10, &json!(25)),
        3 => saves(20..25, &json!(25)),
        _ => saves([], &json!(25)),
    });
    let seen = ids(list(&gap).page_size(10));
    assert_eq!(seen, (0..10).chain(20..25).collect::<Vec<_>>());
    let silent = MockServer::replying([
        saves(0..10, &Value::Null),
        saves([], &Value::Null),
        saves(0..9, &Value::Null),
    ]);
    assert_eq!(
        (
            ids(list(&silent).page_size(10)).len(),
            silent.requests().len()
        ),
        (10, 2)
    );
    for nothing in [
        json!({}),
        json!({"saves": null, "totalCount": 0}),
        json!({"totalCount": null}),
    ] {
        let peer = MockServer::replying([ok(nothing.to_string())]);
        assert_eq!(
            (list(&peer).count(), peer.requests().len()),
            (0, 1),
            "{nothing}"
        );
    }
}

#[test]
fn no_page_is_requested_beyond_the_limit() {
    for (limit, size, asked, requests) in [
        (0, 500, 0, 0),
        (5, 5, 5, 1),
        (500, 500, 500, 1),
        (501, 500, 501, 2),
        (2000, 500, 1200, 3),
    ] {
        let peer = store(1200, 500, json!(1200));
        assert_eq!(ids(list(&peer).limit(limit)).len(), asked);
        assert_eq!(peer.requests().len(), requests);
        assert!(
            peer.requests()
                .iter()
                .all(|request| number(request, "limit") == size)
        );
    }
    let peer = store(1200, 500, json!(1200));
    let whole: Vec<Page<StoreSave>> = list(&peer)
        .limit(25)
        .page_size(10)
        .pages()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        whole
            .iter()
            .map(|page| page.items.len())
            .collect::<Vec<_>>(),
        [10, 10, 5]
    );
    assert_eq!(ids(list(&store(3, 500, json!(3))).page_size(0)), [0, 1, 2]);
    assert_eq!(
        ids(list(&store(3, 500, json!(3))).page_size(9999)),
        [0, 1, 2]
    );
}

#[test]
fn a_resumed_list_skips_nothing() {
    let peer = store(35, 500, json!(35));
    let mut items = list(&peer).page_size(10);
    assert_eq!(items.resume_token(), None);
    assert_eq!(items.by_ref().take(15).count(), 15);
    let token = items.resume_token().unwrap().clone();
    assert_eq!(token.as_str(), "2", "the page now being consumed");
    assert_eq!(
        ids(list(&peer).page_size(10).starting_at(&token)),
        (10..35).collect::<Vec<_>>()
    );
    assert_eq!(items.count(), 20);
    for (start, expected) in [
        ("1", 0..35),
        ("", 0..35),
        ("4", 30..35),
        ("5", 35..35),
        ("900", 35..35),
    ] {
        let peer = store(35, 500, json!(35));
        assert_eq!(
            ids(list(&peer).page_size(10).starting_at(start)),
            expected.collect::<Vec<_>>(),
            "{start}"
        );
        assert!(peer.requests().len() <= 5, "{start}");
    }
    // A full last page: its position shows that it is the last one.
    let peer = store(30, 500, json!(30));
    assert_eq!(
        ids(list(&peer).page_size(10).starting_at("3")),
        (20..30).collect::<Vec<_>>()
    );
    assert_eq!(pages(&peer), [3]);
    // Fewer items on a page than requested, started in the middle.
    let peer = store(250, 100, json!(250));
    assert_eq!(
        ids(list(&peer).starting_at("2")),
        (100..250).collect::<Vec<_>>()
    );
}

#[test]
fn a_list_that_starts_again_counts_again() {
    let peer = store(35, 500, json!(35));
    let mut items = list(&peer).page_size(10);
    items.by_ref().take(25).for_each(drop);
    let rest = items.starting_at("2");
    assert_eq!(ids(rest), (10..35).collect::<Vec<_>>());
    let mut items = list(&peer).page_size(10);
    items.by_ref().take(25).for_each(drop);
    assert_eq!(ids(items.starting_at("")), (0..35).collect::<Vec<_>>());
}

#[test]
fn invalid_page_tokens_are_rejected_before_anything_is_sent() {
    for token in [
        "0",
        "-1",
        "+2",
        "two",
        "1.5",
        " 1",
        "18446744073709551616",
        "n3xt",
    ] {
        let peer = store(5, 500, json!(5));
        let results: Vec<_> = list(&peer).starting_at(token).collect();
        assert_eq!((results.len(), peer.requests().len()), (1, 0), "{token}");
        let error = results[0].as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(token), "{error}");
    }
    let last = MockServer::replying([saves([], &json!(1))]);
    assert_eq!(list(&last).starting_at(u64::MAX.to_string()).count(), 0);
    let full = MockServer::replying([saves([1], &json!(1))]);
    let end = list(&full).page_size(1).starting_at(u64::MAX.to_string());
    let errors: Vec<_> = end
        .filter_map(Result::err)
        .map(|error| error.kind())
        .collect();
    assert_eq!(
        errors,
        [ErrorKind::Unexpected],
        "there is no page after that"
    );
}

#[test]
fn an_error_ends_the_list_and_the_resume_token_names_the_failed_page() {
    let peer = MockServer::new(|_, request| match number(request, "page") {
        1 => saves(0..10, &json!(30)),
        _ => status(500, "{}"),
    });
    let mut items = list(&peer).page_size(10);
    assert_eq!(items.by_ref().take(10).flatten().count(), 10);
    assert!(items.next().unwrap().is_err());
    assert!(items.next().is_none());
    assert_eq!(items.resume_token().map(PageToken::as_str), Some("2"));
    for malformed in [
        r#"{"saves":[],"totalCount":-1}"#,
        r#"{"saves":[],"totalCount":1.5}"#,
        r#"{"errors":[{"message":"no"}]}"#,
        "[]",
        "5",
    ] {
        let peer = MockServer::replying([ok(malformed)]);
        assert_eq!(
            list(&peer).next().unwrap().unwrap_err().kind(),
            ErrorKind::Decode,
            "{malformed}"
        );
    }
}

#[test]
fn a_save_of_a_deleted_asset_is_still_a_save() {
    let peer = MockServer::replying([ok(
        r#"{"totalCount":3,"saves":[{"owned":true,"creatorStoreAsset":null},{},{"dateSaved":null,"creatorStoreAsset":{}}]}"#,
    )]);
    let saves: Vec<StoreSave> = list(&peer).collect::<Result<_>>().unwrap();
    assert_eq!(
        (saves.len(), saves[0].owned, &saves[0].asset),
        (3, Some(true), &None)
    );
    assert_eq!(saves[1], StoreSave::default());
    assert_eq!(peer.requests().len(), 1);
}

/// A search, whose page tokens are in the body.
fn results(peer: &MockServer) -> Items<CreatorStoreAsset> {
    peer.client().creator_store().search(
        StoreSearch::of(StoreAssetType::Model)
            .text("tree")
            .facets(["a"]),
    )
}

fn found(ids: impl IntoIterator<Item = u64>, next: Option<&str>) -> Vec<u8> {
    let assets: Vec<Value> = ids
        .into_iter()
        .map(|id| json!({"asset": {"id": id}}))
        .collect();
    ok(
        json!({"creatorStoreAssets": assets, "nextPageToken": next, "totalResults": 9999})
            .to_string(),
    )
}

fn bodies(peer: &MockServer) -> Vec<Value> {
    peer.requests()
        .iter()
        .map(|request| from_slice(&request.body).unwrap())
        .collect()
}

#[test]
fn tokens_travel_in_the_body_and_nothing_else_changes() {
    let peer = MockServer::replying([
        found(0..2, Some("a/+=\"b")),
        found([], Some("c")),
        found(2..3, Some("")),
    ]);
    let seen: Vec<u64> = results(&peer)
        .page_size(2)
        .map(|one| one.unwrap().asset_id().unwrap().get())
        .collect();
    assert_eq!(seen, [0, 1, 2]);
    let search =
        json!({"searchCategoryType": "Model", "query": "tree", "facets": ["a"], "maxPageSize": 2});
    let with = |token: &str| {
        let mut body = search.clone();
        body["pageToken"] = json!(token);
        body
    };
    assert_eq!(bodies(&peer), [search.clone(), with("a/+=\"b"), with("c")]);
    assert!(
        peer.requests()
            .iter()
            .all(|request| request.method == "POST"
                && request.target == "/toolbox-service/v2/assets:search")
    );
}

#[test]
fn limits_and_resumption_in_the_body() {
    let peer = MockServer::replying([found(0..100, Some("n"))]);
    assert_eq!(results(&peer).limit(30).count(), 30);
    assert_eq!(
        (bodies(&peer).len(), &bodies(&peer)[0]["maxPageSize"]),
        (1, &json!(30))
    );
    let peer = MockServer::replying([found(0..5, None)]);
    let mut items = results(&peer).starting_at("saved");
    assert_eq!(items.next().unwrap().unwrap().asset_id(), Some(0.into()));
    assert_eq!(items.resume_token().map(PageToken::as_str), Some("saved"));
    assert_eq!(bodies(&peer)[0]["pageToken"], "saved");
    let circle = MockServer::replying([found(0..1, Some("same"))]);
    let end = results(&circle).last().unwrap().unwrap_err();
    assert_eq!(
        (end.kind(), circle.requests().len()),
        (ErrorKind::Unexpected, 2)
    );
}
