//! A malformed item costs one item, and the rest of the list is still read.

use crate::support::{MockServer, ok};
use rblx_open_cloud::models::GroupRole;
use rblx_open_cloud::{Error, ErrorKind, Items, Method, Result};
use serde_json::{Value, json};

fn role(id: u64) -> Value {
    json!({
        "path": format!("groups/7/roles/{id}"), "id": id.to_string(), "displayName": "R", "rank": 1
    })
}

/// Two pages: the second item of the first and the last item of the second are malformed.
fn peer() -> MockServer {
    MockServer::replying([
        ok(json!({"groupRoles": [role(1), {"id": []}, role(3)], "nextPageToken": "t"}).to_string()),
        ok(json!({"groupRoles": [role(4), null]}).to_string()),
    ])
}

fn roles(peer: &MockServer) -> Items<GroupRole> {
    peer.client().group(7).list_roles()
}

fn outcome(roles: impl Iterator<Item = Result<GroupRole>>) -> Vec<Result<u64, bool>> {
    roles
        .map(|role| {
            role.map(|role| role.id.get())
                .map_err(|error| error.is_item())
        })
        .collect()
}

#[test]
fn malformed_items_are_errors_at_their_positions_and_the_list_goes_on() {
    let peer = peer();
    let expected = [Ok(1), Err(true), Ok(3), Ok(4), Err(true)];
    assert_eq!(outcome(roles(&peer)), expected);
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn the_error_names_the_item_the_path_and_what_came() {
    let error: Error = roles(&peer()).nth(1).unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.path(), Some("/cloud/v2/groups/7/roles"));
    assert_eq!(error.body(), Some(r#"{"id":[]}"#));
    let text = error.to_string();
    assert!(text.contains("item 2 of the page"), "{text}");
    assert!(!error.outcome_unknown());
}

#[test]
fn an_item_is_an_object_unless_its_type_is_the_users_own() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Point {
        x: f64,
        y: f64,
    }
    let listed = json!(["groups/7/roles/9", "9", "R", null, 1, 3, null, null, null]);
    let mut nested = role(2);
    nested["permissions"] = json!(vec![true; 30]);
    let peer = MockServer::replying([
        ok(json!({"groupRoles": [listed, role(1), nested]}).to_string()),
        ok(json!({"points": [[1.5, -2], {"x": 0, "y": 1}, "?"]}).to_string()),
        ok(json!({"items": [{"id": "p", "value": [1.5, -2]}, {"id": "q", "value": {"x": 0, "y": 1}}]}).to_string()),
    ]);
    assert_eq!(outcome(roles(&peer)), [Err(true), Ok(1), Err(true)]);
    let request = peer.client().request(Method::Get, "/cloud/v2/points");
    let points = request.list::<Point>("points", 10);
    let points: Vec<_> = points
        .map(|point| point.map_err(|error| error.is_item()))
        .collect();
    let expected = || (Point { x: 1.5, y: -2.0 }, Point { x: 0.0, y: 1.0 });
    let (one, other) = expected();
    assert_eq!(points, [Ok(one), Ok(other), Err(true)]);
    #[cfg(feature = "memory-stores")]
    {
        let map = peer.client().universe(5).sorted_map("Points");
        let values = map.list::<Point>(rblx_open_cloud::models::MapFilter::all());
        let values: Vec<_> = values.map(|item| item.unwrap().value).collect();
        assert_eq!(values, <[Point; 2]>::from(expected()));
    }
}

#[test]
fn malformed_items_count_toward_the_limit() {
    for (limit, expected) in [
        (0, vec![]),
        (1, vec![Ok(1)]),
        (2, vec![Ok(1), Err(true)]),
        (4, vec![Ok(1), Err(true), Ok(3), Ok(4)]),
        (9, vec![Ok(1), Err(true), Ok(3), Ok(4), Err(true)]),
    ] {
        assert_eq!(outcome(roles(&peer()).limit(limit)), expected, "{limit}");
    }
    // A limit that is set in the middle of a page.
    let peer = peer();
    let mut rest = roles(&peer);
    rest.next().unwrap().unwrap();
    assert_eq!(outcome(rest.limit(3)), [Err(true), Ok(3)]);
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn pages_hold_items_and_failures_apart() {
    let counts = |pages: rblx_open_cloud::Pages<GroupRole>| -> Vec<(usize, usize)> {
        pages
            .map(|page| page.unwrap())
            .map(|page| (page.items.len(), page.failed.len()))
            .collect()
    };
    assert_eq!(counts(roles(&peer()).pages()), [(2, 1), (1, 1)]);
    let mut started = roles(&peer());
    started.next().unwrap().unwrap();
    assert_eq!(counts(started.pages()), [(1, 1), (1, 1)]);
    assert_eq!(counts(roles(&peer()).limit(4).pages()), [(2, 1), (1, 0)]);
}

#[test]
fn a_response_that_is_not_a_page_ends_the_list() {
    for body in ["[]", "{\"groupRoles\":7}", "{\"groupRoles\":[1", "7"] {
        let peer = MockServer::replying([ok(body)]);
        assert_eq!(outcome(roles(&peer)), [Err(false)], "{body}");
    }
}
