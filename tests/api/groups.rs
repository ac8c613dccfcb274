//! The groups of a user.

use crate::support::{MockServer, ok};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::GroupMembership;
use serde_json::{Value, json};

fn membership() -> Value {
    json!({"path": "groups/7/memberships/MTU2", "createTime": "2020-01-02T03:04:05Z", "updateTime": "2021-01-02T03:04:05.5Z",
        "user": "users/156", "role": "groups/7/roles/99513316", "roles": ["groups/7/roles/99513316", "groups/7/roles/8"]})
}

fn page(memberships: &[Value]) -> String {
    json!({"groupMemberships": memberships, "nextPageToken": ""}).to_string()
}

#[test]
fn all_groups_of_one_user_are_requested() {
    let peer = MockServer::replying([ok(page(&[membership()]))]);
    let memberships: Vec<GroupMembership> = peer
        .client()
        .user(156)
        .list_groups()
        .collect::<Result<_, _>>()
        .unwrap();
    let request = peer.requests().remove(0);
    assert_eq!(request.path(), "/cloud/v2/groups/-/memberships");
    assert_eq!(
        request.query("filter").as_deref(),
        Some("user == 'users/156'")
    );
    assert_eq!(request.query("maxPageSize").as_deref(), Some("100"));
    assert_eq!(request.query("pageToken"), None);

    let one = &memberships[0];
    assert_eq!(
        (one.group_id.get(), one.user_id.get(), one.role_id.get()),
        (7, 156, 99_513_316)
    );
    assert_eq!(
        one.role_ids
            .iter()
            .map(|role| role.get())
            .collect::<Vec<_>>(),
        [99_513_316, 8]
    );
    assert_eq!(one.update_time.unwrap().millisecond(), 500);
    assert_eq!(
        serde_json::to_value(one).unwrap(),
        json!({"groupId": "7", "userId": "156", "roleId": "99513316", "roleIds": ["99513316", "8"],
            "createTime": "2020-01-02T03:04:05Z", "updateTime": "2021-01-02T03:04:05.5Z"})
    );
}

#[test]
fn bare_ids_and_missing_optional_fields_are_decoded() {
    let bare = json!({"path": "groups/7/memberships/x", "user": "156", "role": "9", "roles": null});
    let one: GroupMembership = serde_json::from_value(bare).unwrap();
    assert_eq!(
        (
            one.group_id.get(),
            one.user_id.get(),
            one.role_id.get(),
            one.role_ids.len()
        ),
        (7, 156, 9, 0)
    );
    assert_eq!((one.create_time, one.update_time), (None, None));

    let escaped =
        r#"{"path":"groups\/7\/memberships\/x","user":"users\/156","role":"groups\/7\/roles\/9"}"#;
    assert_eq!(
        serde_json::from_str::<GroupMembership>(escaped)
            .unwrap()
            .role_id
            .get(),
        9
    );

    let no_path = json!({"user": "users/156", "role": "groups/7/roles/9"});
    assert_eq!(
        serde_json::from_value::<GroupMembership>(no_path)
            .unwrap()
            .group_id
            .get(),
        7
    );
}

#[test]
fn a_missing_required_field_is_named() {
    for (field, broken) in [
        (
            "user",
            json!({"path": "groups/7/memberships/x", "role": "groups/7/roles/9"}),
        ),
        (
            "role",
            json!({"path": "groups/7/memberships/x", "user": "users/156"}),
        ),
        ("path", json!({"user": "users/156", "role": "9"})),
        (
            "user",
            json!({"path": "groups/7/memberships/x", "user": "users/", "role": "groups/7/roles/9"}),
        ),
        (
            "role",
            json!({"path": "groups/7/memberships/x", "user": "users/1", "role": "groups/7/roles/x"}),
        ),
    ] {
        let peer = MockServer::replying([ok(page(&[broken]))]);
        let error = peer
            .client()
            .user(156)
            .list_groups()
            .next()
            .unwrap()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.message().contains(&format!("`{field}`")), "{error}");
    }
}
