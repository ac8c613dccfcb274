//! Notifications, followings, forums, and the older service of groups.

use crate::common::{Raw, Reply, assert_error};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

const NOTIFICATIONS: &str = "/cloud/v2/users/156/notifications";
const FORUM: &str = "/cloud/v2/groups/7/forum-categories";
const POSTS: &str =
    "/cloud/v2/groups/7/forum-categories/00000001-0000-4000-8000-000000000000/posts";
const WELCOME: &str = "00000000-0000-4000-9000-000000000000";
const GROUP: &str = "/legacy-groups/v1/groups/7";

/// An error of one of the older services.
fn assert_legacy_error(reply: &Reply, status: u16, code: u64) {
    let json = reply.json();
    let reported = json["errors"][0]["code"].as_u64();
    assert_eq!(
        (reply.status, reported),
        (status, Some(code)),
        "{}",
        reply.text()
    );
}

#[test]
fn notifications_are_checked_like_those_of_the_service() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let minimal = json!({"source": {"universe": "universes/9"}, "payload": {"type": "MOMENT", "messageId": "m"}});
    let with = |path: &str, value: Value| {
        let mut body = minimal.clone();
        *body.pointer_mut(path).unwrap() = value;
        body
    };
    let and = |name: &str, value: Value| {
        let mut body = minimal.clone();
        body["payload"][name] = value;
        body
    };
    let parameter = |value: Value| and("parameters", json!({ "name": value }));
    let launch = |data: &str| and("joinExperience", json!({ "launchData": data }));
    for fits in [
        minimal.clone(),
        parameter(json!({"stringValue": ""})),
        parameter(json!({"int64Value": -3})),
        parameter(json!({"int64Value": "3"})),
        launch(&"ü".repeat(100)),
        and("analyticsData", json!({"category": "c"})),
        and("parameters", json!(null)),
    ] {
        let reply = raw.json("POST", NOTIFICATIONS, &fits.to_string());
        assert_eq!(reply.status, 200, "{fits}: {}", reply.text());
        let response = reply.json();
        let id = response["id"].as_str().unwrap();
        assert_eq!(response["path"], format!("users/156/notifications/{id}"));
    }
    for rejected in [
        json!({}),
        with("/source/universe", json!("9")),
        with("/source/universe", json!("universes/x")),
        with("/source/universe", json!(9)),
        with("/source", json!("universes/9")),
        with("/payload/type", json!("TYPE_UNSPECIFIED")),
        with("/payload/messageId", json!("")),
        with("/payload/messageId", json!(null)),
        with("/payload", json!([])),
        parameter(json!("text")),
        parameter(json!({})),
        parameter(json!({"stringValue": 3})),
        parameter(json!({"int64Value": "three"})),
        parameter(json!({"int64Value": 1.5})),
        parameter(json!({"stringValue": "", "int64Value": 3})),
        parameter(json!({"boolValue": true})),
        launch(&"x".repeat(201)),
        and("analyticsData", json!({"category": 3})),
    ] {
        let reply = raw.json("POST", NOTIFICATIONS, &rejected.to_string());
        assert_error(&reply, 400, "INVALID_ARGUMENT");
    }
    assert_eq!(sandbox.notifications().len(), 7);
    let nobody = NOTIFICATIONS.replace("156", "1");
    assert_error(
        &raw.json("POST", &nobody, &minimal.to_string()),
        404,
        "NOT_FOUND",
    );
    assert_eq!(raw.get(NOTIFICATIONS).status, 405);
}

#[test]
fn notifications_in_both_spellings_of_protobuf_json() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let snake = json!({
        "source": {"universe": "universes/9"},
        "payload": {
            "type": "MOMENT",
            "message_id": "m",
            "parameters": {"user_count": {"int64_value": "3"}, "aName": {"string_value": "x"}},
            "join_experience": {"launch_data": "data"},
            "analytics_data": {"category": "c"},
        },
    });
    let reply = raw.json("POST", NOTIFICATIONS, &snake.to_string());
    assert_eq!(reply.status, 200, "{}", reply.text());
    let received = sandbox.notifications().remove(0);
    assert_eq!(received.message_id(), "m");
    assert_eq!(received.launch_data(), Some("data"));
    assert_eq!(received.analytics_category(), Some("c"));
    assert_eq!(received.parameter("user_count"), Some(&json!("3")));
    assert_eq!(received.parameter("aName"), Some(&json!("x")));
    let mut long = snake.clone();
    long["payload"]["join_experience"]["launch_data"] = json!("x".repeat(201));
    let long = raw.json("POST", NOTIFICATIONS, &long.to_string());
    assert_error(&long, 400, "INVALID_ARGUMENT");
}

#[test]
fn followings_in_the_documented_shapes() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let universes = "/legacy-followings/v1/users/156/universes";
    let one = format!("{universes}/9");
    assert_eq!(raw.get(universes).json(), json!([]));
    let following = json!({"universeId": 9, "userId": 156});
    assert_eq!(raw.bare("POST", &one).json(), following);
    assert_eq!(raw.get(universes).json(), json!([following]));
    let dated = raw.get("/legacy-followings/v2/users/156/universes").json();
    assert!(dated["followedSources"]["9"].is_string(), "{dated}");
    assert_eq!(
        (
            &dated["followerId"],
            &dated["followerType"],
            &dated["sourceType"]
        ),
        (&json!(156), &json!(1), &json!(1))
    );
    assert_eq!(
        raw.get(&format!("{one}/status")).json(),
        json!({
            "UniverseId": 9, "UserId": 156, "CanFollow": true, "IsFollowing": true, "FollowingCountByType": 1,
            "FollowingLimitByType": 200
        })
    );
    assert_eq!(raw.bare("DELETE", &one).json(), following);
    assert_eq!(raw.get(universes).json(), json!([]));
    assert_legacy_error(&raw.bare("POST", &format!("{universes}/x")), 400, 0);
    assert_legacy_error(&raw.get("/legacy-followings/v1/users/1/universes"), 404, 0);
    assert_eq!(raw.get(&one).status, 405);
    assert_eq!(
        raw.get("/legacy-followings/v3/users/1/universes").status,
        404
    );
}

#[test]
fn a_forum_in_the_documented_shapes() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let time = "2020-01-01T00:00:00Z";
    let categories = raw.get(FORUM).json();
    let path = "groups/7/forum-categories/00000001-0000-4000-8000-000000000000";
    assert_eq!(
        categories["groupForumCategories"][0],
        json!({
            "path": path, "createTime": time, "updateTime": time, "displayName": "General", "creator": "users/156",
            "groupForumCategoryId": "00000001-0000-4000-8000-000000000000",
        })
    );
    assert_eq!(categories["nextPageToken"], "");
    let archived = raw
        .get(&format!("{FORUM}?filter=archived%3D%3Dtrue"))
        .json();
    let python = raw.get(&format!("{FORUM}?filter=archived==True")).json();
    assert_eq!(python, archived);
    let unfiltered = raw.get(&format!("{FORUM}?filter=")).json();
    assert_eq!(unfiltered, raw.get(FORUM).json());
    let old = &archived["groupForumCategories"][2];
    assert_eq!(
        (&old["archiveTime"], &old["archiver"]),
        (&json!(time), &json!("users/156"))
    );

    let posts = raw.get(&format!("{POSTS}?filter=pinned%3D%3Dtrue")).json();
    let path = format!("{path}/posts/{WELCOME}");
    let comment = format!("{path}/comments/00000000-0000-4000-a000-000000000000");
    assert_eq!(
        posts["groupForumPosts"],
        json!([{
            "path": path, "createTime": time, "updateTime": time, "pinned": true, "locked": false, "title": "Welcome",
            "groupForumPostId": WELCOME, "firstComment": {"path": comment}, "author": "users/156", "commentCount": 4,
        }])
    );
    let full = raw
        .get(&format!(
            "{POSTS}?maxPageSize=1&view=FULL_WITH_FIRST_COMMENT"
        ))
        .json();
    let content = &full["groupForumPosts"][0]["firstComment"];
    let comments = format!("{POSTS}/{WELCOME}/comments");
    let listed = raw.get(&comments).json();
    assert_eq!(&listed["groupForumComments"][0], content);
    assert_eq!(
        content["message"],
        json!({
            "createTime": time, "updateTime": time, "plainText": "Be kind to each other.", "author": "users/156",
            "messageReaction": [],
        })
    );
    let question = listed["groupForumComments"][1]["groupForumCommentId"].as_str();
    let question = question.unwrap();
    for quote in ["", "'"] {
        let filter = format!("repliesToCommentId%20%3D%3D%20{quote}{question}{quote}");
        let responses = raw.get(&format!("{comments}?filter={filter}")).json();
        assert_eq!(responses["groupForumComments"].as_array().unwrap().len(), 1);
    }
    for malformed in [
        format!("{FORUM}?filter=archived"),
        format!("{FORUM}?filter=pinned%3D%3Dtrue"),
        format!("{POSTS}?filter=pinned%3D%3Dfalse"),
        format!("{POSTS}?view=BRIEF"),
        format!("{comments}?filter=x%3D%3Dy"),
    ] {
        assert_error(&raw.get(&malformed), 400, "INVALID_ARGUMENT");
    }
    for missing in [
        FORUM.replace('7', "12345"),
        format!("{FORUM}/x/posts"),
        format!("{POSTS}/x/comments"),
    ] {
        assert_error(&raw.get(&missing), 404, "NOT_FOUND");
    }
    let posts = raw.get(&format!("{POSTS}?maxPageSize=5&view=FULL")).json();
    let token = posts["nextPageToken"].as_str().unwrap();
    let other = format!("{POSTS}?maxPageSize=5&pageToken={token}");
    assert_error(&raw.get(&other), 400, "INVALID_ARGUMENT");
    assert_eq!(raw.get(&format!("{other}&view=FULL")).status, 200);
}

#[test]
fn an_audit_log_in_pages_by_cursor() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let log = format!("{GROUP}/audit-log");
    let page = raw.get(&format!("{log}?sortOrder=Asc")).json();
    assert_eq!(page["data"].as_array().unwrap().len(), 10);
    assert_eq!(
        page["data"][0],
        json!({
            "actor": {
                "user": {"hasVerifiedBadge": false, "userId": 156, "username": "builderman", "displayName": "builderman"},
                "role": {"id": 99, "name": "Owner", "rank": 255},
            },
            "actionType": "Accept Join Request",
            "description": {"TargetId": 1001, "TargetName": "member1001"},
            "created": "2020-01-01T00:00:00Z",
        })
    );
    let cursor = page["nextPageCursor"].as_str().unwrap();
    let next = raw
        .get(&format!("{log}?sortOrder=Asc&cursor={cursor}"))
        .json();
    assert_eq!(next["data"][0]["description"]["TargetId"], 1011);
    for malformed in [
        "limit=20",
        "limit=x",
        "cursor=x",
        &format!("cursor={cursor}"),
    ] {
        assert_legacy_error(&raw.get(&format!("{log}?{malformed}")), 400, 8);
    }
    assert_legacy_error(&raw.get(&format!("{log}?userId=x")), 400, 0);
    assert_legacy_error(&raw.get(&log.replace('7', "12345")), 400, 1);
    let newest = raw.get(&log).json();
    assert_eq!(newest["data"][0]["description"]["TargetId"], 1024);

    let membership = "/cloud/v2/groups/7/memberships/1001";
    for verb in ["assignRole", "unassignRole"] {
        let body = r#"{"role":"groups/7/roles/98"}"#;
        assert_eq!(
            raw.json("POST", &format!("{membership}:{verb}"), body)
                .status,
            200
        );
    }
    let decline = "/cloud/v2/groups/7/join-requests/2:decline";
    assert_eq!(raw.json("POST", decline, "{}").status, 200);
    let newest = raw.get(&log).json();
    let actions: Vec<_> = (0..3).map(|at| &newest["data"][at]["actionType"]).collect();
    assert_eq!(
        actions,
        ["Decline Join Request", "Unassign Role", "Assign Role"]
    );
}

#[test]
fn changes_of_a_group_in_the_documented_shapes() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let mut patch = |what: &str, body: &str| raw.json("PATCH", &format!("{GROUP}/{what}"), body);
    assert_eq!(patch("settings", r#"{"slowmode":3}"#).json(), json!({}));
    for malformed in [
        r#"{"slowmode":4}"#,
        r#"{"slowmode":"Slow"}"#,
        r#"{"isApprovalRequired":1}"#,
        r#"{"isGroupNameChangeEnabled":true}"#,
    ] {
        assert_legacy_error(&patch("settings", malformed), 400, 0);
    }
    assert_eq!(
        patch("description", r#"{"description":"New"}"#).json(),
        json!({"newDescription": "New"})
    );
    assert_legacy_error(&patch("description", "{}"), 400, 29);
    assert_legacy_error(&patch("status", r#"{"message":""}"#), 400, 7);
    let first = patch("status", r#"{"message":"One"}"#).json();
    let second = patch("status", r#"{"message":"Two"}"#).json();
    assert_eq!(
        (&second["body"], &second["created"]),
        (&json!("Two"), &first["created"])
    );
    assert_eq!(second["poster"]["userId"], 156);
    let prefer = "notification-preference";
    let wanted = r#"{"type":4,"notificationsEnabled":true}"#;
    assert_eq!(patch(prefer, wanted).json(), 1);
    assert_eq!(patch(prefer, wanted).json(), 0);
    for malformed in [r#"{"type":5,"notificationsEnabled":true}"#, r#"{"type":4}"#] {
        assert_legacy_error(&patch(prefer, malformed), 400, 0);
    }

    let settings = raw.get(&format!("{GROUP}/settings")).json();
    assert_eq!(
        (&settings["slowmode"], &settings["isApprovalRequired"]),
        (&json!(3), &json!(false))
    );
    let policies = "/legacy-groups/v1/groups/policies";
    assert_eq!(
        raw.json("POST", policies, r#"{"groupIds":[7,"8",12345]}"#)
            .json(),
        json!({"groups": [{"canViewGroup": true, "groupId": 7}, {"canViewGroup": true, "groupId": 8}]})
    );
    for malformed in ["{}", r#"{"groupIds":[]}"#, r#"{"groupIds":["x"]}"#] {
        assert_legacy_error(&raw.json("POST", policies, malformed), 400, 2);
    }
    let pending = "/legacy-groups/v1/user/groups/pending";
    assert_eq!(raw.get(pending).json(), json!({"data": []}));
    sandbox.add_group(7, "Roblox");
    sandbox.add_group(20, "Twenty");
    sandbox.add_join_request(20, 156);
    let data = raw.get(pending).json();
    assert_eq!(
        data["data"],
        json!([{
            "id": 20, "name": "Twenty", "description": "The group Twenty of the sandbox.", "memberCount": 0,
            "isBuildersClubOnly": false, "publicEntryAllowed": false, "isLocked": false, "hasVerifiedBadge": false,
            "hasSocialModules": false,
        }])
    );
    assert_eq!(raw.get(&format!("{GROUP}/description")).status, 405);
    assert_eq!(raw.get(&format!("{GROUP}/other")).status, 404);
}

#[test]
fn the_legacy_services_return_errors_like_the_gateway() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let head = raw
        .head("GET", &format!("{GROUP}/settings"), &[])
        .replace(sandbox.api_key(), "wrong");
    raw.send(head);
    assert_legacy_error(&raw.reply(), 401, 0);
    sandbox.fail_next(rblx_open_cloud::sandbox::Fault::rate_limited(1));
    assert_legacy_error(
        &raw.get("/legacy-followings/v1/users/156/universes"),
        429,
        0,
    );
}
