//! No item is lost or invented, and no page is requested without need.

use crate::support::{self, MockServer, Received, ok};
use rblx_open_cloud::models::{InventoryFilter, InventoryItem};
use rblx_open_cloud::{ErrorKind, Items, Method, PageToken};
use serde_json::{Value, json};

/// A page of badges with these ids.
fn page(ids: impl IntoIterator<Item = u64>, next: Option<&str>) -> Vec<u8> {
    let items: Vec<_> = ids
        .into_iter()
        .map(|id| json!({"badgeDetails": {"badgeId": id.to_string()}}))
        .collect();
    ok(json!({"inventoryItems": items, "nextPageToken": next}).to_string())
}

fn list(peer: &MockServer) -> Items<InventoryItem> {
    peer.client()
        .user(1)
        .list_inventory(InventoryFilter::by_type().badges())
}

fn id(item: &InventoryItem) -> u64 {
    match item {
        InventoryItem::Badge(badge) => badge.badge_id.get(),
        other => unreachable!("{other:?}"),
    }
}

fn ids(items: Items<InventoryItem>) -> Vec<u64> {
    items.map(|item| id(&item.unwrap())).collect()
}

fn tokens(peer: &MockServer) -> Vec<Option<String>> {
    peer.requests()
        .iter()
        .map(|request| request.query("pageToken"))
        .collect()
}

/// A server with 250 items, in pages of the requested size, with tokens that need encoding.
fn two_hundred_and_fifty() -> MockServer {
    MockServer::new(|_, request: &Received| {
        let size: u64 = request.query("maxPageSize").unwrap().parse().unwrap();
        let start: u64 = request
            .query("pageToken")
            .map_or(0, |token| token.trim_start_matches("+/=&").parse().unwrap());
        let end = (start + size).min(250);
        page(
            start..end,
            (end < 250).then(|| format!("+/=&{end}")).as_deref(),
        )
    })
}

#[test]
fn every_item_of_every_page_comes_once() {
    let peer = two_hundred_and_fifty();
    assert_eq!(ids(list(&peer)), (0..250).collect::<Vec<_>>());
    assert_eq!(
        tokens(&peer),
        [None, Some("+/=&100".to_owned()), Some("+/=&200".to_owned())]
    );
    for request in peer.requests() {
        assert_eq!(
            request.query("maxPageSize").as_deref(),
            Some("100"),
            "equal on every page"
        );
        assert_eq!(
            request.query("filter").as_deref(),
            Some("badges=true"),
            "equal on every page"
        );
    }
}

#[test]
fn a_list_under_another_name_is_not_an_empty_page() {
    for (other, is_error) in [
        (json!([{"badgeDetails": {"badgeId": "1"}}]), true),
        (json!([]), false),
        (json!({}), false),
        (json!("[text]"), false),
    ] {
        let renamed = json!({"items": other, "nextPageToken": ""});
        let peer = MockServer::replying([ok(renamed.to_string())]);
        let Some(first) = list(&peer).next() else {
            assert!(!is_error, "{other}");
            continue;
        };
        let error = first.unwrap_err();
        assert_eq!((error.kind(), is_error), (ErrorKind::Decode, true));
        assert!(
            error
                .to_string()
                .contains("has no list `inventoryItems`, but a list `items`"),
            "{error}"
        );
    }
    // The field of a list of one's own may be misspelled.
    let peer = MockServer::replying([ok(r#"{"groupRoles": [{"id": "1"}]}"#)]);
    let roles = peer
        .client()
        .request(Method::Get, "/cloud/v2/groups/7/roles");
    let error = roles
        .list::<Value>("roles", 20)
        .next()
        .unwrap()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("has no list `roles`, but a list `groupRoles`"),
        "{error}"
    );
    // An own list, even null, is used whatever other lists there are.
    for own in [json!([]), json!(null)] {
        let both = json!({"inventoryItems": own, "others": [1]});
        let peer = MockServer::replying([ok(both.to_string())]);
        assert!(list(&peer).next().is_none());
    }
}

#[test]
fn no_page_is_requested_before_it_is_needed() {
    let peer = two_hundred_and_fifty();
    let mut items = list(&peer);
    assert_eq!(peer.requests().len(), 0);
    assert_eq!(items.by_ref().take(100).count(), 100);
    assert_eq!(
        peer.requests().len(),
        1,
        "the second page is not needed yet"
    );
    items.next().unwrap().unwrap();
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn limit_and_page_size_as_they_go_over_the_wire() {
    for (limit, page_size, size, requests) in [
        (Some(0), None, None, 0),
        (Some(1), None, Some("1"), 1),
        (Some(30), None, Some("30"), 1),
        (Some(100), None, Some("100"), 1),
        (Some(101), None, Some("100"), 2),
        (Some(250), Some(50), Some("50"), 5),
        (Some(10_000), None, Some("100"), 3),
        (Some(usize::MAX), Some(u32::MAX), Some("100"), 3),
        (None, Some(0), Some("1"), 250),
        (None, Some(1000), Some("100"), 3),
        (Some(5), Some(3), Some("3"), 2),
    ] {
        let peer = two_hundred_and_fifty();
        let mut items = list(&peer);
        if let Some(limit) = limit {
            items = items.limit(limit);
        }
        if let Some(page_size) = page_size {
            items = items.page_size(page_size);
        }
        let expected: Vec<u64> = (0..250).take(limit.unwrap_or(250)).collect();
        assert_eq!(
            ids(items),
            expected,
            "limit {limit:?}, page size {page_size:?}"
        );
        let sizes: Vec<_> = peer
            .requests()
            .iter()
            .map(|request| request.query("maxPageSize"))
            .collect();
        assert_eq!(
            sizes,
            vec![size.map(str::to_owned); requests],
            "limit {limit:?}, page size {page_size:?}"
        );
    }
}

#[test]
fn an_empty_page_with_a_token_goes_on() {
    let peer = MockServer::replying([
        page([], Some("a")),
        page([], Some("b")),
        page([7], Some("c")),
        page([], None),
    ]);
    assert_eq!(ids(list(&peer)), [7]);
    assert_eq!(peer.requests().len(), 4);
}

#[test]
fn an_empty_page_that_repeats_its_token_ends_the_list() {
    let peer = MockServer::replying([page([7], Some("a")), page([], Some("a"))]);
    assert_eq!(ids(list(&peer)), [7]);
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn an_empty_token_or_a_null_one_or_none_ends_the_list() {
    for end in [
        "\"nextPageToken\":\"\"",
        "\"nextPageToken\":null",
        "\"x\":1",
    ] {
        let peer = MockServer::replying([ok(format!("{{\"inventoryItems\":null,{end}}}"))]);
        assert_eq!(ids(list(&peer)), [0; 0]);
        assert_eq!(peer.requests().len(), 1);
    }
}

#[test]
fn a_page_with_items_that_repeats_its_token_is_an_error() {
    let peer = MockServer::replying([page([1], Some("a")), page([2], Some("a"))]);
    let mut items = list(&peer);
    assert_eq!(id(&items.next().unwrap().unwrap()), 1);
    let error = items.next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(error.message().contains("never end"), "{error}");
    assert!(items.next().is_none());
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn after_an_error_the_list_ends() {
    let peer = MockServer::replying([
        page([1], Some("a")),
        support::json(500, "{}"),
        page([2], None),
    ]);
    let mut items = list(&peer);
    assert!(items.next().unwrap().is_ok());
    assert_eq!(
        items.next().unwrap().unwrap_err().kind(),
        ErrorKind::ServiceUnavailable
    );
    assert_eq!(
        items.resume_token().map(PageToken::as_str),
        Some("a"),
        "the page that failed"
    );
    for _ in 0..3 {
        assert!(items.next().is_none());
    }
    assert_eq!(peer.requests().len(), 2);
    // `filter_map(Result::ok)` must come to an end too.
    let peer = MockServer::replying([page([1], Some("a")), support::json(500, "{}")]);
    assert_eq!(list(&peer).filter_map(Result::ok).count(), 1);
}

#[test]
fn a_resume_repeats_at_most_one_page_and_skips_nothing() {
    for seen in [0, 1, 99, 100, 101, 150, 199, 200, 201, 249, 250, 251] {
        let peer = two_hundred_and_fifty();
        let mut items = list(&peer);
        let first: Vec<u64> = items
            .by_ref()
            .take(seen)
            .map(|item| id(&item.unwrap()))
            .collect();
        let token = items.resume_token().cloned();
        let rest = match token {
            Some(token) => ids(list(&peer).starting_at(token)),
            None => ids(list(&peer)),
        };
        let repeated = first.len() + rest.len() - 250;
        assert!(repeated <= 100, "after {seen}: {repeated} repeated");
        let mut all: Vec<u64> = first.into_iter().chain(rest).collect();
        all.dedup();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, (0..250).collect::<Vec<_>>(), "after {seen}");
    }
}

#[test]
fn resume_tokens_name_the_page_being_consumed() {
    let peer = two_hundred_and_fifty();
    let mut items = list(&peer);
    let token =
        |items: &Items<InventoryItem>| items.resume_token().map(|token| token.as_str().to_owned());
    assert_eq!(token(&items), None, "not started");
    items.by_ref().take(100).count();
    assert_eq!(token(&items), None, "the first page has no token");
    items.next();
    assert_eq!(token(&items).as_deref(), Some("+/=&100"));
    items.by_ref().count();
    assert_eq!(
        token(&items).as_deref(),
        Some("+/=&200"),
        "at the end the last page"
    );
    let resumed = list(&peer).starting_at("+/=&100");
    assert_eq!(
        token(&resumed).as_deref(),
        Some("+/=&100"),
        "before anything is requested"
    );
    assert_eq!(
        ids(list(&peer).starting_at("")).len(),
        250,
        "an empty token is the start"
    );
}

#[test]
fn whole_pages_and_the_limit_that_cuts_the_last() {
    let peer = two_hundred_and_fifty();
    let pages: Vec<_> = list(&peer)
        .limit(130)
        .pages()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(
        pages
            .iter()
            .map(|page| page.items.len())
            .collect::<Vec<_>>(),
        [100, 30]
    );
    assert_eq!(
        pages[0].next_token.as_ref().map(PageToken::as_str),
        Some("+/=&100")
    );
    assert_eq!(peer.requests().len(), 2);
    let mut pages = list(&peer).pages();
    pages.next().unwrap().unwrap();
    pages.next().unwrap().unwrap();
    assert_eq!(pages.resume_token().map(PageToken::as_str), Some("+/=&100"));
}

#[test]
fn lists_can_be_stored_and_sent_to_threads() {
    fn is_sent<T: Send + 'static>(value: T) -> T {
        value
    }
    let peer = two_hundred_and_fifty();
    let items = is_sent(list(&peer));
    assert_eq!(items.size_hint(), (0, None));
    assert_eq!(
        std::thread::spawn(move || ids(items).len()).join().unwrap(),
        250
    );
}

#[test]
fn a_response_that_is_not_a_page_is_an_error() {
    for body in [
        "[]",
        "null",
        "\"x\"",
        "{\"inventoryItems\":{}}",
        "{\"inventoryItems\":[]",
        "{} {}",
    ] {
        let peer = MockServer::replying([ok(body)]);
        let error = list(&peer).next().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
}

#[test]
fn an_error_with_the_status_of_a_success_is_not_an_empty_list() {
    for body in [
        r#"{"errors":[{"code":0,"message":"m"}]}"#,
        r#"{"code":"NOT_FOUND","message":"m"}"#,
    ] {
        let error = list(&MockServer::replying([ok(body)]))
            .next()
            .unwrap()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.body().unwrap().contains("\"m\""), "{error:?}");
    }
    let twice = r#"{"inventoryItems":[{}],"inventoryItems":[]}"#;
    assert_eq!(
        list(&MockServer::replying([ok(twice)]))
            .next()
            .unwrap()
            .unwrap_err()
            .kind(),
        ErrorKind::Decode
    );
}

#[test]
fn settings_in_the_middle_of_a_list_lose_nothing() {
    let peer = two_hundred_and_fifty();
    let mut items = list(&peer);
    items.by_ref().take(30).count();
    let pages: Vec<_> = items.pages().collect::<Result<_, _>>().unwrap();
    assert_eq!(
        pages
            .iter()
            .map(|page| page.items.len())
            .collect::<Vec<_>>(),
        [70, 100, 50]
    );
    let mut items = list(&peer);
    items.by_ref().take(30).count();
    assert_eq!(
        ids(items.limit(40)),
        (30..40).collect::<Vec<_>>(),
        "the limit counts from the start"
    );
    let mut items = list(&peer).limit(60);
    items.by_ref().take(30).count();
    let again = items
        .resume_token()
        .map_or("", PageToken::as_str)
        .to_owned();
    assert_eq!(
        ids(items.starting_at(again)),
        (0..30).collect::<Vec<_>>(),
        "items of a discarded page do not count against the limit"
    );
}

#[test]
fn empty_pages_do_not_count_against_the_limit_and_come_to_an_end() {
    let peer = MockServer::replying([page([], Some("a")), page([1], Some("b")), page([2], None)]);
    assert_eq!(ids(list(&peer).limit(2)), [1, 2]);
    // Tokens in circles, with nothing on the pages.
    let peer = MockServer::new(|number, _| page([], Some(if number % 2 == 0 { "a" } else { "b" })));
    let error = list(&peer).next().unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), peer.requests().len()),
        (ErrorKind::Unexpected, 1001)
    );
}
