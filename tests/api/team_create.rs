//! Team Create, permissions and activation: requests, responses, and ids that are left out.

use std::time::Duration;

use crate::support::{MockServer, json, ok};
use rblx_open_cloud::{Client, ErrorKind, Result, RetryPolicy};

/// Returns the request of a call with its body, and its result.
fn sent<T>(response: &str, call: impl FnOnce(Client) -> Result<T>) -> (String, Result<T>) {
    let peer = MockServer::replying([ok(response)]);
    let result = call(peer.client());
    let requests = peer.requests();
    assert_eq!(requests.len(), 1);
    let body = String::from_utf8_lossy(&requests[0].body);
    let line = format!("{} {} {body}", requests[0].method, requests[0].target);
    (line.trim_end().to_owned(), result)
}

#[test]
fn requests_without_a_response() {
    let game = "5d8f0a6e-0000-4000-8000-000000000001";
    type Call<'a> = &'a dyn Fn(Client) -> Result<()>;
    let table: [(&str, Call<'_>); 6] = [
        ("POST /legacy-develop/v1/universes/5/activate", &|client| {
            client.universe(5).activate()
        }),
        (
            "POST /legacy-develop/v1/universes/5/deactivate",
            &|client| client.universe(5).deactivate(),
        ),
        (
            r#"PATCH /legacy-develop/v1/universes/5/teamcreate {"isEnabled":true}"#,
            &|client| client.universe(5).team_create().set_enabled(true),
        ),
        (
            r#"PATCH /legacy-develop/v1/universes/5/teamcreate {"isEnabled":false}"#,
            &|client| client.universe(5).team_create().set_enabled(false),
        ),
        (
            r#"DELETE /legacy-develop/v1/universes/5/teamcreate/memberships {"userId":156}"#,
            &|client| client.universe(5).team_create().remove_member(156),
        ),
        (
            "DELETE /legacy-develop/v2/teamtest/6?gameId=5d8f0a6e-0000-4000-8000-000000000001",
            &|client| client.universe(5).place(6).close_team_test(game),
        ),
    ];
    for (line, call) in table {
        for response in ["{}", ""] {
            let (sent, result) = sent(response, call);
            assert_eq!(sent, line);
            result.unwrap();
        }
        // Each of them sets or removes, and is sent again.
        let peer = MockServer::replying([json(503, "{}"), ok("{}")]);
        let millisecond = Duration::from_millis(1);
        let retry = RetryPolicy::default()
            .initial_backoff(millisecond)
            .max_backoff(millisecond);
        call(peer.builder().retry(retry).build().unwrap()).unwrap();
        assert_eq!(peer.requests().len(), 2, "{line}");
    }
}

#[test]
fn permissions() {
    let (line, permissions) = sent(r#"{"canManage":true,"canCloudEdit":null}"#, |client| {
        client.universe(5).my_permissions()
    });
    let permissions = permissions.unwrap();
    assert_eq!(line, "GET /legacy-develop/v1/universes/5/permissions");
    assert_eq!(
        (permissions.can_manage, permissions.can_cloud_edit),
        (Some(true), None)
    );
    // The second one does not exist.
    let response =
        r#"{"data":[{"universeId":1,"canManage":true,"canCloudEdit":false},{"universeId":"3"}]}"#;
    let (line, list) = sent(response, |client| client.universe_permissions([1, 2, 3]));
    assert_eq!(
        line,
        "GET /legacy-develop/v1/universes/multiget/permissions?ids=1&ids=2&ids=3"
    );
    let list = list.unwrap();
    assert_eq!((list[0].0, list[1].0, list.len()), (1.into(), 3.into(), 2));
    assert_eq!(list[0].1.can_cloud_edit, Some(false));

    let (line, groups) = sent(r#"{"data":[{"id":7,"name":"Fans"},{"id":8}]}"#, |client| {
        client.manageable_groups()
    });
    let groups = groups.unwrap();
    assert_eq!(line, "GET /legacy-develop/v1/user/groups/canmanage");
    assert_eq!(
        (groups[0].id, groups[0].name.as_deref()),
        (7.into(), Some("Fans"))
    );
}

#[test]
fn team_create() {
    let (line, is_enabled) = sent(r#"{"isEnabled":true}"#, |client| {
        client.universe(5).team_create().is_enabled()
    });
    assert_eq!(line, "GET /legacy-develop/v1/universes/5/teamcreate");
    assert!(is_enabled.unwrap());
    let (_, silent) = sent("{}", |client| client.universe(5).team_create().is_enabled());
    assert_eq!(silent.unwrap_err().kind(), ErrorKind::Decode);

    let response = r#"{"data":[{"id":1,"isEnabled":true},{"id":2}]}"#;
    let (line, settings) = sent(response, |client| client.team_create_settings([1, 404, 2]));
    let settings = settings.unwrap();
    assert_eq!(
        line,
        "GET /legacy-develop/v1/universes/multiget/teamcreate?ids=1&ids=404&ids=2"
    );
    assert_eq!(
        (settings[0].universe_id, settings[0].is_enabled),
        (1.into(), Some(true))
    );
    assert_eq!((settings[1].is_enabled, settings.len()), (None, 2));
}

#[test]
fn a_list_of_members_ends_without_a_next_page() {
    let peer = MockServer::replying([
        ok(
            r#"{"data":[{"id":156,"name":"builderman","displayName":"Builder"}],"nextPageCursor":"c"}"#,
        ),
        ok(r#"{"data":[{"id":2}]}"#),
    ]);
    let place = peer.client().universe(5).place(6);
    let members: Vec<_> = place
        .list_team_create_members()
        .collect::<Result<_>>()
        .unwrap();
    assert_eq!(
        (members[0].user_id, members[0].display_name.as_deref()),
        (156.into(), Some("Builder"))
    );
    assert_eq!((members[1].user_id, members.len()), (2.into(), 2));
    let path = "/legacy-develop/v1/places/6/teamcreate/active_session/members";
    let targets: Vec<_> = peer.requests().into_iter().map(|one| one.target).collect();
    let pages = [
        format!("{path}?limit=100"),
        format!("{path}?limit=100&cursor=c"),
    ];
    assert_eq!(targets, pages);
}

#[test]
fn a_request_without_ids_is_not_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    for error in [
        client.universe_permissions([0; 0]).unwrap_err(),
        client.team_create_settings([0; 0]).unwrap_err(),
        client.universe(5).place(6).close_team_test("").unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    }
    assert!(peer.requests().is_empty());
}
