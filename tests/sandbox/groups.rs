//! Groups, roles, changes of memberships, join requests.

use crate::common::{Raw, Reply, assert_error};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

const GROUP: &str = "/cloud/v2/groups/7";

fn assert_rejected(reply: &Reply) {
    assert_error(reply, 400, "INVALID_ARGUMENT");
}

fn assert_missing(reply: &Reply) {
    assert_error(reply, 404, "NOT_FOUND");
}

fn role(path: &str) -> String {
    json!({ "role": path }).to_string()
}

#[test]
fn a_group_in_the_documented_shape() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    assert_eq!(
        raw.get(GROUP).json(),
        json!({
            "path": "groups/7", "createTime": "2020-01-01T00:00:00Z", "updateTime": "2020-01-01T00:00:00Z", "id": "7",
            "displayName": "Roblox", "description": "The group Roblox of the sandbox.", "owner": "users/156",
            "memberCount": 25, "publicEntryAllowed": false, "locked": false, "verified": false
        })
    );
    let abandoned = raw.get("/cloud/v2/groups/9").json();
    assert_eq!(
        (abandoned.get("owner"), &abandoned["memberCount"]),
        (None, &json!(2))
    );
    assert_missing(&raw.get("/cloud/v2/groups/12345"));
    assert_rejected(&raw.get("/cloud/v2/groups/x"));
    assert_rejected(&raw.get("/cloud/v2/groups/-"));
    sandbox.add_group(50, "New");
    sandbox.add_role(50, 4, "Boss", 255);
    sandbox.add_member(50, 5, 4);
    let added = raw.get("/cloud/v2/groups/50").json();
    assert_eq!(
        (&added["displayName"], &added["owner"]),
        (&json!("New"), &json!("users/5"))
    );
    sandbox.add_group(50, "Newer");
    assert_eq!(
        raw.get("/cloud/v2/groups/50").json()["displayName"],
        "Newer"
    );
}

#[test]
fn groups_need_a_key_and_the_right_method() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for (method, target) in [
        ("GET", "/cloud/v2/groups/7"),
        ("GET", "/cloud/v2/groups/7/roles"),
        ("GET", "/cloud/v2/groups/7/roles/9"),
        ("PATCH", "/cloud/v2/groups/7/memberships/156"),
        ("POST", "/cloud/v2/groups/7/memberships/156:assignRole"),
        ("POST", "/cloud/v2/groups/7/memberships/156:unassignRole"),
        ("GET", "/cloud/v2/groups/7/join-requests"),
        ("POST", "/cloud/v2/groups/7/join-requests/2:accept"),
        ("POST", "/cloud/v2/groups/7/join-requests/2:decline"),
        ("GET", "/cloud/v2/users/156:generateThumbnail"),
        ("GET", "/cloud/v2/users/156/operations/x"),
        ("GET", "/cloud/v2/users/156/asset-quotas"),
        ("GET", "/assets/v1/assets/1/versions"),
        ("GET", "/assets/v1/assets/1/versions/1"),
        ("POST", "/assets/v1/assets/1/versions:rollback"),
        ("POST", "/assets/v1/assets/1:archive"),
        ("POST", "/assets/v1/assets/1:restore"),
    ] {
        raw.send(format!(
            "{method} {target} HTTP/1.1\r\nhost: sandbox\r\ncontent-length: 0\r\n\r\n"
        ));
        assert_eq!(raw.reply().status, 401, "{method} {target}");
        let wrong = raw.bare("DELETE", target);
        assert_eq!(
            (wrong.status, wrong.header("allow")),
            (405, Some(method)),
            "{target}"
        );
    }
    for target in [
        "/cloud/v2/groups/7/memberships/156:other",
        "/cloud/v2/groups/7/join-requests/2",
        "/cloud/v2/groups/7/join-requests/2:other",
        "/cloud/v2/users/156:other",
        "/assets/v1/assets/1:other",
        "/cloud/v2/groups",
    ] {
        assert_eq!(raw.bare("POST", target).status, 404, "{target}");
    }
    sandbox.fail_next(Fault::rate_limited(1));
    assert_error(&raw.get(GROUP), 429, "RESOURCE_EXHAUSTED");
}

#[test]
fn roles_end_with_an_empty_page() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let target = format!("{GROUP}/roles?maxPageSize=3");
    let (mut ids, mut token, mut sizes) = (Vec::new(), String::new(), Vec::new());
    loop {
        let page = raw.get(&format!("{target}&pageToken={token}")).json();
        let roles = page["groupRoles"].as_array().unwrap();
        sizes.push(roles.len());
        ids.extend(roles.iter().map(|r| r["id"].as_str().unwrap().to_owned()));
        token = page["nextPageToken"].as_str().unwrap().to_owned();
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(
        (sizes, ids),
        (
            vec![3, 1, 0],
            ["70", "9", "98", "99"].map(str::to_owned).to_vec()
        )
    );
    for id in 100..130 {
        sandbox.add_role(8, id, "Extra", 2);
    }
    for (size, count) in [("", 10), ("0", 10), ("20", 20), ("21", 20), ("5000", 20)] {
        let page = raw.get(&format!("/cloud/v2/groups/8/roles?maxPageSize={size}"));
        assert_eq!(page.json()["groupRoles"].as_array().unwrap().len(), count);
    }
    assert_rejected(&raw.get(&format!("{GROUP}/roles?maxPageSize=x")));
    assert_rejected(&raw.get(&format!("{GROUP}/roles?pageToken=x")));
    assert_missing(&raw.get("/cloud/v2/groups/12345/roles"));
    sandbox.add_group(50, "Empty");
    assert_eq!(
        raw.get("/cloud/v2/groups/50/roles").json(),
        json!({"groupRoles": [], "nextPageToken": ""})
    );
}

#[test]
fn a_role_in_the_documented_shape() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let mut member = raw.get(&format!("{GROUP}/roles/9")).json();
    let permissions = member["permissions"].take();
    assert_eq!(
        member,
        json!({
            "path": "groups/7/roles/9", "createTime": "2020-01-01T00:00:00Z", "updateTime": "2020-01-01T00:00:00Z",
            "id": "9", "displayName": "Member", "description": "The role Member.", "rank": 1, "memberCount": 25,
            "permissions": null
        })
    );
    let permissions = permissions.as_object().unwrap();
    assert_eq!(permissions.len(), 30);
    assert!(permissions.values().all(Value::is_boolean));
    assert_eq!(
        (&permissions["createWallPosts"], &permissions["changeRank"]),
        (&json!(true), &json!(false))
    );
    let owner = raw.get(&format!("{GROUP}/roles/99")).json();
    assert_eq!(
        (&owner["rank"], &owner["permissions"]["manageApiKeys"]),
        (&json!(255), &json!(true))
    );
    let guest = raw.get(&format!("{GROUP}/roles/70")).json();
    assert_eq!(
        (&guest["rank"], guest.get("memberCount")),
        (&json!(0), None)
    );
    assert_missing(&raw.get(&format!("{GROUP}/roles/80")));
    assert_missing(&raw.get("/cloud/v2/groups/12345/roles/9"));
    assert_rejected(&raw.get(&format!("{GROUP}/roles/x")));
    sandbox.add_member(7, 1001, 55);
    let held = raw.get(&format!("{GROUP}/roles/55")).json();
    assert_eq!(
        (&held["displayName"], &held["rank"], &held["memberCount"]),
        (&json!("Role 55"), &json!(1), &json!(1))
    );
    sandbox.add_role(7, 55, "Scout", 30);
    let named = raw.get(&format!("{GROUP}/roles/55")).json();
    assert_eq!(
        (&named["displayName"], &named["rank"]),
        (&json!("Scout"), &json!(30))
    );
    let filter = "filter=user%20==%20'users/1001'";
    let ranked = raw.get(&format!("{GROUP}/memberships?{filter}")).json();
    assert_eq!(ranked["groupMemberships"][0]["role"], "groups/7/roles/55");
}

#[test]
fn changes_of_a_membership() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let member = format!("{GROUP}/memberships/1001");
    let changed = raw.json("PATCH", &member, &role("groups/7/roles/98"));
    assert_eq!(changed.status, 200, "{}", changed.text());
    let changed = changed.json();
    assert_eq!(
        (&changed["path"], &changed["user"], &changed["createTime"]),
        (
            &json!("groups/7/memberships/MTAwMQ"),
            &json!("users/1001"),
            &json!("2020-01-01T00:00:00Z")
        )
    );
    assert_ne!(changed["updateTime"], "2020-01-01T00:00:00Z");
    assert_eq!(changed["roles"], json!(["groups/7/roles/98"]));
    let assign = format!("{member}:assignRole");
    let unassign = format!("{member}:unassignRole");
    for _ in 0..2 {
        let both = raw.json("POST", &assign, &role("groups/7/roles/9")).json();
        assert_eq!(
            (&both["role"], &both["roles"]),
            (
                &json!("groups/7/roles/98"),
                &json!(["groups/7/roles/98", "groups/7/roles/9"])
            )
        );
    }
    let one = raw
        .json("POST", &unassign, &role("groups/7/roles/98"))
        .json();
    assert_eq!(one["roles"], json!(["groups/7/roles/9"]));
    assert_rejected(&raw.json("POST", &unassign, &role("groups/7/roles/9")));
    assert_rejected(&raw.json("POST", &unassign, &role("groups/7/roles/99")));
    let listed = raw
        .get(&format!("{GROUP}/memberships?filter=user=='users/1001'"))
        .json();
    assert_eq!(listed["groupMemberships"][0], one);
    let filter = "filter=role=='groups/7/roles/98'";
    let nobody = raw.get(&format!("{GROUP}/memberships?{filter}")).json();
    assert_eq!(nobody["groupMemberships"], json!([]));
}

#[test]
fn memberships_are_named_by_user_and_by_id() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let listed = raw
        .get(&format!("{GROUP}/memberships?filter=user=='users/1001'"))
        .json();
    let path = listed["groupMemberships"][0]["path"].as_str().unwrap();
    assert_eq!(path, "groups/7/memberships/MTAwMQ");
    for (member, role_id) in [(path, 98), ("groups/7/memberships/1001", 9)] {
        let role_path = format!("groups/7/roles/{role_id}");
        let changed = raw
            .json("PATCH", &format!("/cloud/v2/{member}"), &role(&role_path))
            .json();
        assert_eq!(
            (&changed["path"], &changed["role"]),
            (&json!(path), &json!(role_path))
        );
    }
    for id in ["MTAwMQ==", "MTAwMR", "Zm9v", "-1", "1001%20"] {
        let target = format!("{GROUP}/memberships/{id}");
        assert_rejected(&raw.json("PATCH", &target, &role("groups/7/roles/9")));
    }
}

#[test]
fn changes_that_cannot_be_made() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let member = format!("{GROUP}/memberships/1001");
    for (method, target) in [
        ("PATCH", member.clone()),
        ("POST", format!("{member}:assignRole")),
        ("POST", format!("{member}:unassignRole")),
    ] {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "x",
            r#"{"role":"#,
            r#"{"role":null}"#,
            r#"{"role":9}"#,
            r#"{"role":"9"}"#,
            r#"{"role":"roles/9"}"#,
            r#"{"role":"groups/7/roles/x"}"#,
            r#"{"role":"groups/7/roles/9/x"}"#,
            r#"{"role":"groups/8/roles/80"}"#,
        ] {
            assert_rejected(&raw.json(method, &target, body));
        }
        assert_missing(&raw.json(method, &target, &role("groups/7/roles/12345")));
        assert_missing(&raw.json(
            method,
            &target.replace("1001", "2"),
            &role("groups/7/roles/9"),
        ));
        assert_missing(&raw.json(
            method,
            &target.replace("/7/", "/12345/"),
            &role("groups/7/roles/9"),
        ));
        assert_rejected(&raw.json(
            method,
            &target.replace("1001", "x"),
            &role("groups/7/roles/9"),
        ));
        let long = format!(r#"{{"role":"{}"}}"#, "x".repeat(2 << 20));
        // A body that is not read to its end ends the connection.
        assert_rejected(&Raw::connect(&sandbox).json(method, &target, &long));
        assert_rejected(&raw.form(method, &target, "b", role("groups/7/roles/9").as_bytes()));
    }
    for (method, target) in [
        ("PATCH", member.clone()),
        ("POST", format!("{member}:assignRole")),
    ] {
        assert_rejected(&raw.json(method, &target, &role("groups/7/roles/70")));
    }
    let unchanged = raw
        .get(&format!("{GROUP}/memberships?filter=user=='users/1001'"))
        .json();
    assert_eq!(
        (
            &unchanged["groupMemberships"][0]["roles"],
            &unchanged["groupMemberships"][0]["updateTime"]
        ),
        (&json!(["groups/7/roles/9"]), &json!("2020-01-01T00:00:00Z"))
    );
}

#[test]
fn join_requests_accepted_and_declined() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let target = format!("{GROUP}/join-requests");
    assert_eq!(
        raw.get(&target).json(),
        json!({"groupJoinRequests": [
            {"path": "groups/7/join-requests/2", "createTime": "2020-01-01T00:00:00Z", "user": "users/2"}
        ], "nextPageToken": ""})
    );
    let accept = format!("{target}/2:accept");
    assert_rejected(&raw.json("POST", &accept, "[]"));
    assert_missing(&raw.json("POST", &format!("{target}/1:accept"), "{}"));
    assert_rejected(&raw.json("POST", &format!("{target}/x:accept"), "{}"));
    assert_missing(&raw.json(
        "POST",
        "/cloud/v2/groups/12345/join-requests/2:accept",
        "{}",
    ));
    let accepted = raw.json("POST", &accept, "{}");
    assert_eq!((accepted.status, accepted.json()), (200, json!({})));
    assert_missing(&raw.json("POST", &accept, "{}"));
    let member = raw
        .get(&format!("{GROUP}/memberships?filter=user=='users/2'"))
        .json();
    assert_eq!(
        member["groupMemberships"][0]["roles"],
        json!(["groups/7/roles/9"])
    );
    assert_eq!(raw.get(GROUP).json()["memberCount"], 26);

    sandbox.add_join_request(7, 5);
    assert_eq!(raw.get("/cloud/v2/users/5").status, 200);
    // Without a body, and even without a content length.
    let decline = raw.head("POST", &format!("{target}/5:decline"), &[]);
    raw.send(decline);
    let declined = raw.reply();
    assert_eq!((declined.status, declined.json()), (200, json!({})));
    assert_missing(&raw.json("POST", &format!("{target}/5:decline"), "{}"));
    assert_eq!(raw.get(&target).json()["groupJoinRequests"], json!([]));
    assert_eq!(raw.get(GROUP).json()["memberCount"], 26);
}

#[test]
fn join_requests_listed() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let target = "/cloud/v2/groups/8/join-requests";
    for user in 1001..=1024 {
        sandbox.add_join_request(8, user);
        sandbox.add_join_request(8, user);
    }
    sandbox.add_join_request(8, 156);
    for (query, count) in [
        ("", 10),
        ("?maxPageSize=20", 20),
        ("?maxPageSize=100", 20),
        ("?filter=user%20==%20'users/1003'", 1),
        ("?filter=user==\"users/1003\"", 1),
        ("?filter=user%20==%20'users/156'", 0),
    ] {
        let page = raw.get(&format!("{target}{query}"));
        assert_eq!(page.status, 200, "{query}: {}", page.text());
        assert_eq!(
            page.json()["groupJoinRequests"].as_array().unwrap().len(),
            count,
            "{query}"
        );
    }
    let first = raw.get(&format!("{target}?maxPageSize=20")).json();
    let token = first["nextPageToken"].as_str().unwrap();
    let second = raw
        .get(&format!("{target}?maxPageSize=20&pageToken={token}"))
        .json();
    assert_eq!(second["groupJoinRequests"].as_array().unwrap().len(), 4);
    assert_eq!(second["nextPageToken"], "");
    for filter in [
        "user",
        "user==users/1",
        "user=='1'",
        "role=='groups/8/roles/80'",
        "user%20in%20['users/1']",
    ] {
        assert_rejected(&raw.get(&format!("{target}?filter={filter}")));
    }
    assert_missing(&raw.get("/cloud/v2/groups/12345/join-requests"));
    sandbox.add_member(8, 1001, 82);
    assert_eq!(
        raw.get(&format!("{target}?filter=user=='users/1001'"))
            .json()["groupJoinRequests"],
        json!([])
    );
    sandbox.add_join_request(60, 5);
    raw.json("POST", "/cloud/v2/groups/60/join-requests/5:accept", "{}");
    let role = raw.get("/cloud/v2/groups/60/roles").json();
    assert_eq!(
        (
            &role["groupRoles"][0]["displayName"],
            &role["groupRoles"][0]["memberCount"]
        ),
        (&json!("Member"), &json!(1)),
        "a group without roles gets one"
    );
}
