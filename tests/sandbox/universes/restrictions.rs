//! Bans: their ends, their log, and what other clients send.

use std::time::Duration;

use super::UNIVERSE;
use crate::common::Raw;
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{Ban, RestrictionLogFilter, RestrictionModerator};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

#[test]
fn bans_end_are_inherited_and_are_logged() {
    let sandbox = Sandbox::builder().clock_speed(0.0).start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let place = universe.place(91);
    let ban = Ban::for_days(2)
        .display_reason("d")
        .private_reason("p")
        .exclude_alt_accounts();
    let restriction = universe.ban(1001, ban).unwrap();
    let details = restriction.game_join_restriction.unwrap();
    assert_eq!(
        (
            details.display_reason.as_deref(),
            details.private_reason.as_deref()
        ),
        (Some("d"), Some("p"))
    );
    assert_eq!(
        (details.exclude_alt_accounts, details.inherited),
        (Some(true), Some(false))
    );
    assert_eq!(
        details.end_time(),
        Some(sandbox.now() + Duration::from_secs(2 * 86_400))
    );
    let inherited = place.restriction(1001).unwrap();
    assert_eq!(inherited.place_id, Some(91.into()));
    assert_eq!(
        inherited.game_join_restriction.unwrap().inherited,
        Some(true)
    );
    place.ban(1002, Ban::permanent()).unwrap();
    assert!(
        !universe.restriction(1002).unwrap().is_active(),
        "a place is not the universe"
    );
    let active = |users: Vec<u64>| {
        let bans = universe
            .list_active_restrictions()
            .map(|ban| ban.unwrap().user_id.get());
        assert_eq!(bans.collect::<Vec<_>>(), users);
    };
    active(vec![2, 1001]);
    sandbox.advance(Duration::from_secs(2 * 86_400));
    active(vec![2]);
    assert_eq!(
        universe.list_restrictions().count(),
        2,
        "who was banned stays in the list"
    );
    assert_eq!(place.list_restrictions().count(), 3);
    universe.unban(2).unwrap();
    active(vec![]);
    assert!(
        !universe.restriction(1005).unwrap().is_active(),
        "never banned"
    );
    assert_eq!(
        universe.restriction(1).unwrap_err().kind(),
        ErrorKind::NotFound
    );

    let logs = |filter| -> Vec<_> {
        universe
            .list_restriction_logs(filter)
            .page_size(1)
            .map(Result::unwrap)
            .collect()
    };
    let all = logs(RestrictionLogFilter::all());
    let entries: Vec<_> = all
        .iter()
        .map(|log| (log.user_id.get(), log.active))
        .collect();
    assert_eq!(entries, [(2, false), (1002, true), (1001, true), (2, true)]);
    assert_eq!(
        all[0].moderator,
        Some(RestrictionModerator::User(156.into()))
    );
    assert_eq!((all[0].duration, all[0].start_time), (None, None));
    assert_eq!(all[1].place_id, Some(91.into()));
    assert_eq!(logs(RestrictionLogFilter::all().user(2)).len(), 2);
    assert_eq!(
        logs(RestrictionLogFilter::all().user(1002).place(91)).len(),
        1
    );
    assert_eq!(
        place
            .list_restriction_logs(RestrictionLogFilter::all())
            .count(),
        1
    );
}

#[test]
fn a_ban_whose_response_is_lost_is_logged_once() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    for fault in [
        Fault::lost_answer(),
        Fault::unavailable(),
        Fault::close_connection(),
    ] {
        sandbox.fail_next(fault);
        universe.ban(1001, Ban::permanent()).unwrap();
    }
    let logs = universe.list_restriction_logs(RestrictionLogFilter::all().user(1001));
    assert_eq!(logs.count(), 3, "one for each ban");
}

#[test]
fn bans_of_other_clients() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let target = format!("{UNIVERSE}/user-restrictions/1001");
    let body = json!({"game_join_restriction": {"active": "True", "duration": null, "display_reason": "d"}});
    let reply = raw.json("PATCH", &target, &body.to_string());
    assert_eq!(reply.status, 200, "{}", reply.text());
    let ban = &reply.json()["gameJoinRestriction"];
    assert_eq!(
        (&ban["active"], &ban["displayReason"], &ban["duration"]),
        (&json!(true), &json!("d"), &Value::Null)
    );
    assert_eq!(
        (&ban["privateReason"], &ban["excludeAltAccounts"]),
        (&json!(""), &json!(false))
    );
    // The Python client reads these fields of every restriction.
    let never = raw
        .get(&format!("{UNIVERSE}/user-restrictions/1005"))
        .json();
    for field in [
        "active",
        "displayReason",
        "privateReason",
        "excludeAltAccounts",
    ] {
        assert!(!never["gameJoinRestriction"][field].is_null(), "{never}");
    }
    let logs = raw
        .get(&format!("{UNIVERSE}/user-restrictions:listLogs?filter="))
        .json();
    assert_eq!(logs["logs"][0]["moderator"], json!({"robloxUser": "156"}));
    assert_eq!(logs["logs"][0]["place"], "");
    for (query, body) in [
        (
            "?updateMask=gameJoinRestriction.active",
            json!({"gameJoinRestriction": {"active": true}}),
        ),
        (
            "",
            json!({"gameJoinRestriction": {"active": true, "duration": "3.5s"}}),
        ),
        (
            "",
            json!({"gameJoinRestriction": {"active": true, "duration": "PT3S"}}),
        ),
        (
            "",
            json!({"gameJoinRestriction": {"active": true, "displayReason": "x".repeat(401)}}),
        ),
        ("", json!({"gameJoinRestriction": 1})),
    ] {
        let reply = raw.json("PATCH", &format!("{target}{query}"), &body.to_string());
        assert_eq!(reply.status, 400, "{query} {body}");
    }
    let wrong = raw.get(&format!(
        "{UNIVERSE}/user-restrictions:listLogs?filter=moderator%20==%20%27users/1%27"
    ));
    assert_eq!(wrong.status, 400);
}
