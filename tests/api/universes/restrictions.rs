//! Bans and unbans, lists of them, and their log.

use std::time::Duration;

use super::{read, utc, with_response};
use crate::support::{MockServer, json as failure, ok};
use rblx_open_cloud::models::{
    Ban, RestrictionLog, RestrictionLogFilter, RestrictionModerator, RestrictionType,
    UserRestriction,
};
use rblx_open_cloud::{ErrorKind, RetryPolicy};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const RESTRICTION: &str = r#"{"path":"universes/5/user-restrictions/156","user":"users/156"}"#;

/// The body of a ban, and the names of its query parameters.
fn banned(ban: Ban) -> (Value, Vec<String>) {
    let peer = MockServer::replying([ok(RESTRICTION)]);
    peer.client().universe(5).ban(156, ban).unwrap();
    let request = peer.requests().remove(0);
    let (_, query) = request.target.split_once('?').unwrap();
    let names = query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap().to_owned());
    (
        serde_json::from_slice(&request.body).unwrap(),
        names.collect(),
    )
}

#[test]
fn a_ban_is_set_as_a_whole() {
    let ban = Ban::for_days(2)
        .display_reason("d".repeat(400))
        .private_reason("ü".repeat(1000))
        .exclude_alt_accounts();
    let (body, names) = banned(ban);
    let expected = json!({"gameJoinRestriction": {"active": true, "duration": "172800s", "excludeAltAccounts": true,
        "displayReason": "d".repeat(400), "privateReason": "ü".repeat(1000)}});
    assert_eq!(body, expected);
    assert_eq!(
        names,
        [
            "updateMask",
            "idempotencyKey.key",
            "idempotencyKey.firstSent"
        ]
    );
    let (body, _) = banned(Ban::permanent());
    assert_eq!(
        body,
        json!({"gameJoinRestriction": {"active": true, "excludeAltAccounts": false}})
    );
    let (body, _) = banned(Ban::for_duration(Duration::from_secs(315_576_000_000)));
    assert_eq!(body["gameJoinRestriction"]["duration"], "315576000000s");
}

#[test]
fn every_attempt_carries_the_same_key_and_every_call_another() {
    let peer = MockServer::new(|number, _| match number % 3 {
        0 => Vec::new(),
        1 => failure(503, "{}"),
        _ => ok(RESTRICTION),
    });
    let retry = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let universe = peer.builder().retry(retry).build().unwrap().universe(5);
    let before = OffsetDateTime::now_utc();
    universe.ban(156, Ban::permanent()).unwrap();
    universe.place(6).unban(156).unwrap();
    let requests = peer.requests();
    assert_eq!(requests.len(), 6);
    let keys: Vec<_> = requests
        .iter()
        .map(|request| request.query("idempotencyKey.key").unwrap())
        .collect();
    assert!(
        keys[0].len() == 36 && keys[..3].iter().all(|key| *key == keys[0]),
        "{keys:?}"
    );
    assert!(
        keys[3] != keys[0] && keys[3..].iter().all(|key| *key == keys[3]),
        "{keys:?}"
    );
    for request in &requests {
        assert_eq!(request.query("updateMask").unwrap(), "gameJoinRestriction");
        let first_sent = request.query("idempotencyKey.firstSent").unwrap();
        let first_sent = OffsetDateTime::parse(&first_sent, &Rfc3339).unwrap();
        assert!(
            (first_sent - before).abs() < time::Duration::minutes(1),
            "{first_sent}"
        );
    }
    let unban: Value = serde_json::from_slice(&requests[5].body).unwrap();
    assert_eq!(unban, json!({"gameJoinRestriction": {"active": false}}));
    assert_eq!(
        requests[5].path(),
        "/cloud/v2/universes/5/places/6/user-restrictions/156"
    );
}

#[test]
fn a_ban_that_the_service_would_reject_is_not_sent() {
    let peer = MockServer::replying([ok(RESTRICTION)]);
    for (ban, why) in [
        (Ban::for_days(0), "not 0ns"),
        (
            Ban::for_duration(Duration::from_millis(1500)),
            "whole seconds, not 1.5s",
        ),
        (
            Ban::for_duration(Duration::from_secs(315_576_000_001)),
            "315576000000 whole seconds",
        ),
        (Ban::for_duration(Duration::MAX), "whole seconds"),
        (Ban::for_days(u32::MAX), "whole seconds"),
        (
            Ban::permanent().display_reason("ü".repeat(401)),
            "the displayReason of a ban has 401 characters",
        ),
        (
            Ban::permanent().private_reason("ü".repeat(1001)),
            "the maximum is 1000",
        ),
    ] {
        let error = peer.client().universe(5).ban(156, ban).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(why), "{error}");
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn a_restriction() {
    let restriction: UserRestriction = read(&json!({
        "path": "universes/123/places/9/user-restrictions/156", "updateTime": "2023-07-05T12:34:56Z", "user": "users/156",
        "gameJoinRestriction": {"active": true, "startTime": "2023-07-05T12:34:56Z", "duration": "3.5s",
            "privateReason": "p", "displayReason": "d", "excludeAltAccounts": true, "inherited": true, "new": 1},
    }));
    assert_eq!(
        (restriction.user_id.get(), restriction.universe_id),
        (156, Some(123.into()))
    );
    assert_eq!(restriction.place_id, Some(9.into()));
    assert!(restriction.is_active());
    let ban = restriction.game_join_restriction.unwrap();
    assert_eq!(
        (ban.exclude_alt_accounts, ban.inherited),
        (Some(true), Some(true))
    );
    assert_eq!(ban.end_time(), Some(utc("2023-07-05T12:34:59.5Z")));

    let never: UserRestriction = read(&json!({"path": "universes/123/user-restrictions/156"}));
    assert_eq!(
        (never.user_id.get(), never.is_active(), never.place_id),
        (156, false, None)
    );
    let former: UserRestriction = read(
        &json!({"path": "universes/123/user-restrictions/x", "user": "156",
        "gameJoinRestriction": {"active": null, "startTime": null, "duration": null, "privateReason": null}}),
    );
    assert!(!former.is_active());
    let permanent: UserRestriction = read(&json!({"user": "users/156",
        "gameJoinRestriction": {"active": true, "startTime": "2023-07-05T12:34:56Z"}}));
    assert_eq!(permanent.game_join_restriction.unwrap().end_time(), None);
    assert!(serde_json::from_value::<UserRestriction>(json!({"path": "universes/1"})).is_err());
}

#[test]
fn only_active_bans_are_listed_on_request() {
    let page = |users: &[(u64, bool)], token: &str| {
        let items: Vec<_> = users
            .iter()
            .map(|(user, active)| json!({"user": user.to_string(), "gameJoinRestriction": {"active": active}}))
            .collect();
        ok(json!({"userRestrictions": items, "nextPageToken": token}).to_string())
    };
    let peer = MockServer::replying([
        page(&[(1, false), (2, true)], "a"),
        page(&[(3, false)], "b"),
        ok(
            r#"{"userRestrictions":[{"user":"users/x"},{"user":"4","gameJoinRestriction":{"active":true}}]}"#,
        ),
    ]);
    let mut bans = peer.client().universe(5).list_active_restrictions();
    assert_eq!(bans.next().unwrap().unwrap().user_id.get(), 2);
    assert!(bans.resume_token().is_none());
    let malformed = bans.next().unwrap().unwrap_err();
    assert!(malformed.is_item(), "{malformed}");
    assert_eq!(bans.next().unwrap().unwrap().user_id.get(), 4);
    assert_eq!(bans.resume_token().unwrap().as_str(), "b");
    assert!(bans.next().is_none() && bans.next().is_none());
}

#[test]
fn the_log_with_bare_ids_scripts_and_unbans() {
    let body = json!({"logs": [
        {"user": "users/156", "place": "", "moderator": {"robloxUser": "453"}, "createTime": "2023-07-05T12:34:56Z",
         "active": true, "startTime": "2023-07-05T12:34:56Z", "duration": "60s", "privateReason": "p",
         "displayReason": "d", "restrictionType": {"gameJoinRestriction": {}}, "excludeAltAccounts": false},
        {"user": "156", "place": "182", "moderator": {"gameServerScript": {}}, "active": false},
        {"user": "users/156", "place": "places/182", "moderator": {}, "restrictionType": {"chatRestriction": {}}},
        {"user": "users/156", "moderator": null, "restrictionType": null},
    ]});
    let logs: Vec<RestrictionLog> = with_response(body.to_string(), |client| {
        let logs = client
            .universe(5)
            .list_restriction_logs(RestrictionLogFilter::all());
        logs.map(Result::unwrap).collect()
    });
    for item in body["logs"].as_array().unwrap() {
        read::<RestrictionLog>(item);
    }
    assert_eq!(logs[0].place_id, None);
    assert_eq!(
        logs[0].moderator,
        Some(RestrictionModerator::User(453.into()))
    );
    assert_eq!(logs[0].restriction_type, Some(RestrictionType::GameJoin));
    assert_eq!(
        (logs[0].active, logs[0].duration),
        (true, Some(Duration::from_secs(60)))
    );
    assert_eq!(
        (logs[1].user_id.get(), logs[1].place_id),
        (156, Some(182.into()))
    );
    assert_eq!(
        logs[1].moderator,
        Some(RestrictionModerator::GameServerScript)
    );
    assert_eq!(
        (logs[1].active, logs[1].duration, logs[1].start_time),
        (false, None, None)
    );
    assert_eq!(
        (logs[2].place_id, logs[2].moderator),
        (Some(182.into()), None)
    );
    assert_eq!(
        logs[2].restriction_type.as_ref().unwrap().as_str(),
        "chatRestriction"
    );
    assert_eq!(logs[3].restriction_type, None);
}
