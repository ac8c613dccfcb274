//! Universes of the sandbox: as the service behaves, for this crate's client and for others.

use std::time::Duration;

use crate::common::{Raw, Reply};
use rblx_open_cloud::models::{
    Ban, PlaceHistoryFilter, PlaceUpdate, PlaceVersions, RestartPlan, RestartServers, RestartState,
    RestrictionLogFilter, RestrictionModerator, ServerFilter, ServerLogFilter, SocialPlatform,
    Speech, UniverseUpdate, VersionNotes,
};
use rblx_open_cloud::resource::Place;
use rblx_open_cloud::sandbox::{Fault, Sandbox, SandboxUniverse};
use rblx_open_cloud::{AssetFile, ErrorKind};
use serde_json::{Value, json};

const SOON: Duration = Duration::from_secs(10);
const UNIVERSE: &str = "/cloud/v2/universes/13058";

fn file(content: &str) -> AssetFile {
    AssetFile::bytes("game.rbxlx", format!("<roblox>{content}</roblox>"))
}

fn versions(place: &Place, filter: PlaceHistoryFilter) -> Vec<u64> {
    let versions = place.list_versions(filter).page_size(1);
    versions
        .map(|version| version.unwrap().version.unwrap())
        .collect()
}

#[test]
fn names_of_a_universe_are_those_of_its_root_place() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    universe
        .place(91)
        .update(PlaceUpdate::new().display_name("Hall").server_size(8))
        .unwrap();
    assert_eq!(
        universe.get().unwrap().display_name.as_deref(),
        Some("Arena")
    );
    universe
        .place(90)
        .update(
            PlaceUpdate::new()
                .display_name("Ring")
                .description("A ring"),
        )
        .unwrap();
    let changed = universe.get().unwrap();
    assert_eq!(
        (
            changed.display_name.as_deref(),
            changed.description.as_deref()
        ),
        (Some("Ring"), Some("A ring"))
    );
    let hall = universe.place(91).get().unwrap();
    assert_eq!((hall.is_root, hall.server_size), (Some(false), Some(8)));
    for (place, kind) in [(95, ErrorKind::NotFound), (1, ErrorKind::NotFound)] {
        assert_eq!(universe.place(place).get().unwrap_err().kind(), kind);
    }
    assert_eq!(
        sandbox.client().universe(1).get().unwrap_err().kind(),
        ErrorKind::NotFound
    );
    let owner = sandbox.client().universe(13_059).get().unwrap().owner;
    assert_eq!(
        serde_json::to_value(owner).unwrap(),
        json!({"groupId": "7"})
    );
    assert_eq!(sandbox.client().place_universe(95).unwrap().get(), 13_059);
    assert_eq!(
        sandbox.client().place_universe(1).unwrap_err().kind(),
        ErrorKind::NotFound
    );
    sandbox.open_in_team_create(91, true);
    let locked = universe
        .place(91)
        .update(PlaceUpdate::new().server_size(9))
        .unwrap_err();
    assert_eq!(locked.kind(), ErrorKind::Conflict);
    assert!(locked.to_string().contains("Team Create"), "{locked}");
}

#[test]
fn settings_and_links_are_set_and_removed() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let update = UniverseUpdate::new()
        .private_server_price_robux(5)
        .social_link(SocialPlatform::Discord, "https://discord.gg/x");
    let changed = universe.update(update).unwrap();
    assert_eq!(changed.private_server_price_robux, Some(5));
    assert!(changed.social_link(&SocialPlatform::Discord).is_some());
    assert_eq!(
        changed.desktop_enabled,
        Some(true),
        "the whole object comes back"
    );
    let removal = UniverseUpdate::new()
        .no_private_servers()
        .remove_social_link(SocialPlatform::Discord);
    let changed = universe.update(removal).unwrap();
    assert_eq!(
        (
            changed.private_server_price_robux,
            changed.social_links.len()
        ),
        (None, 0)
    );
}

#[test]
fn masks_of_other_clients() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let mut patch = |mask: &str, body: &Value| -> Reply {
        raw.json("PATCH", &format!("{UNIVERSE}{mask}"), &body.to_string())
    };
    let link = json!({"discordSocialLink": {"title": "Chat", "uri": "https://discord.gg/x"}});
    assert_eq!(patch("?updateMask=discordSocialLink", &link).status, 200);
    // A field of a field, and the other spelling.
    let title = json!({"discord_social_link": {"title": "Talk"}, "vr_enabled": true});
    let changed = patch("?updateMask=discord_social_link.title,vr_enabled", &title).json();
    let expected = json!({"title": "Talk", "uri": "https://discord.gg/x"});
    assert_eq!(
        (&changed["discordSocialLink"], &changed["vrEnabled"]),
        (&expected, &json!(true))
    );
    // Without a mask the fields of the body count, but for those that only the service sets.
    let changed = patch("", &json!({"consoleEnabled": true, "displayName": "x"})).json();
    assert_eq!(
        (&changed["consoleEnabled"], &changed["displayName"]),
        (&json!(true), &json!("Arena"))
    );
    let refused = patch("?updateMask=displayName", &json!({"displayName": "x"}));
    assert_eq!(
        (refused.status, &refused.json()["code"]),
        (400, &json!("INVALID_ARGUMENT"))
    );
}

#[test]
fn versions_are_numbered_and_equal_content_keeps_its_number() {
    let sandbox = Sandbox::start().unwrap();
    let place = sandbox.client().universe(13_058).place(90);
    assert_eq!(place.save(file("a")).unwrap(), 2);
    assert_eq!(place.save(file("a")).unwrap(), 2);
    assert_eq!(
        versions(&place, PlaceHistoryFilter::all().published(true)),
        [1]
    );
    assert_eq!(
        place.publish(file("a")).unwrap(),
        2,
        "publishing what was saved makes no version"
    );
    assert_eq!(place.publish(file("b")).unwrap(), 3);
    assert_eq!(place.publish(file("a")).unwrap(), 4, "going back does");
    assert_eq!(versions(&place, PlaceHistoryFilter::all()), [4, 3, 2, 1]);
    assert_eq!(
        sandbox
            .client()
            .universe(13_058)
            .place(91)
            .publish(file("a"))
            .unwrap(),
        2
    );

    let noted = place
        .set_version_notes(3, VersionNotes::new("Winter").description("Snow"))
        .unwrap();
    assert_eq!(
        (noted.has_notes, noted.description.as_deref()),
        (Some(true), Some("Snow"))
    );
    for (filter, expected) in [
        (PlaceHistoryFilter::all().has_notes(true), vec![3]),
        (PlaceHistoryFilter::all().text("SNOW"), vec![3]),
        (PlaceHistoryFilter::all().text("rain"), vec![]),
        (
            PlaceHistoryFilter::all()
                .contributor(156)
                .until(sandbox.now() - Duration::from_secs(3600)),
            vec![1],
        ),
        (PlaceHistoryFilter::all().contributor(2), vec![]),
    ] {
        assert_eq!(versions(&place, filter), expected);
    }
    let users: Vec<_> = place
        .list_contributors()
        .map(|user| user.unwrap().get())
        .collect();
    assert_eq!(users, [156]);
    let error = place
        .set_version_notes(9, VersionNotes::new("x"))
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("404"))
    );
}

#[test]
fn a_lost_publish_is_repeated_and_makes_one_version() {
    let sandbox = Sandbox::start().unwrap();
    let place = sandbox.client().universe(13_058).place(90);
    sandbox.fail_next(Fault::lost_answer());
    assert_eq!(place.publish(file("a")).unwrap(), 2);
    assert_eq!(sandbox.requests().len(), 2);
    assert_eq!(versions(&place, PlaceHistoryFilter::all()), [2, 1]);
}

#[test]
fn what_cannot_be_published() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let locks: [fn(&Sandbox, bool); 2] = [
        |sandbox, yes| sandbox.open_in_studio(90, yes),
        |sandbox, yes| sandbox.open_in_team_create(90, yes),
    ];
    for lock in locks {
        lock(&sandbox, true);
        let error = universe.place(90).publish(file("a")).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Conflict, Some(409))
        );
        lock(&sandbox, false);
    }
    let other = universe.place(95).publish(file("a")).unwrap_err();
    assert!(
        other.to_string().contains("Place not part of the universe"),
        "{other}"
    );
    let gone = sandbox
        .client()
        .universe(1)
        .place(90)
        .publish(file("a"))
        .unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
    universe.place(90).publish(file("a")).unwrap();

    let mut raw = Raw::connect(&sandbox);
    let target = "/universes/v1/13058/places/90/versions";
    for (query, body, status) in [
        ("?versionType=Published", "<roblox!\u{89}", 400),
        ("?versionType=Published", "game", 400),
        ("?versionType=Published", "", 400),
        ("?versionType=Draft", "<roblox></roblox>", 400),
        ("", "<roblox></roblox>", 400),
        ("?versionType=Saved", "<roblox></roblox>", 200),
    ] {
        assert_eq!(
            raw.json("POST", &format!("{target}{query}"), body).status,
            status,
            "{query} {body}"
        );
    }
    let reply = raw.json(
        "POST",
        &format!("{target}?versionType=Saved"),
        "<roblox>2</roblox>",
    );
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[test]
fn messages_and_speech() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    universe.publish_message("news", "one").unwrap();
    universe.publish_message_v1("a/b", "two").unwrap();
    let received: Vec<_> = sandbox.messages();
    assert_eq!(received.len(), 2);
    assert_eq!((received[1].topic(), received[1].message()), ("a/b", "two"));
    assert_eq!(received[0].universe_id().get(), 13_058);
    sandbox.clear_requests();
    assert!(sandbox.messages().is_empty());
    let mut raw = Raw::connect(&sandbox);
    let long = json!({"topic": "t", "message": "x".repeat(1025)}).to_string();
    assert_eq!(
        raw.json("POST", &format!("{UNIVERSE}:publishMessage"), &long)
            .status,
        400
    );
    let reply = raw.json(
        "POST",
        &format!("{UNIVERSE}:publishMessage"),
        r#"{"topic":"t","message":"m"}"#,
    );
    assert_eq!(
        (reply.status, reply.body.len(), reply.header("content-type")),
        (200, 0, None)
    );

    let speech = universe
        .generate_speech(Speech::new("Hello"))
        .unwrap()
        .wait(SOON)
        .unwrap();
    let asset = sandbox.client().asset(speech.asset_id).get().unwrap();
    assert_eq!(asset.description.as_deref(), Some("Hello"));
}

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

#[test]
fn servers_and_their_logs() {
    let sandbox = Sandbox::start().unwrap();
    let place = sandbox.client().universe(13_058).place(90);
    let count = |filter| place.count_servers(1, filter).unwrap();
    assert_eq!(count(ServerFilter::all()), Some(4));
    assert_eq!(count(ServerFilter::all().shut_down(false)), Some(3));
    assert_eq!(
        count(ServerFilter::all().raw("occupancy >= 2").full(false)),
        Some(2)
    );
    assert_eq!(
        count(ServerFilter::all().raw("status in ['crashed', 'moderated']")),
        Some(1)
    );
    assert_eq!(
        place.count_servers(2, ServerFilter::all()).unwrap(),
        Some(0)
    );
    let running = ServerFilter::all()
        .shut_down(false)
        .order_by_descending("occupancy");
    let servers: Vec<_> = place
        .list_servers(1, running)
        .page_size(1)
        .map(Result::unwrap)
        .collect();
    let players: Vec<_> = servers
        .iter()
        .map(|server| server.occupancy.unwrap())
        .collect();
    assert_eq!(players, [3, 2, 1]);
    assert!(servers[0].uptime.unwrap() > Duration::from_secs(86_400));
    let job = servers[0].job_id.as_ref().unwrap();
    assert_eq!(
        place
            .list_server_logs(1, job, ServerLogFilter::all())
            .count(),
        4
    );
    let errors = ServerLogFilter::all().at_least("Error".into());
    let error = place
        .list_server_logs(1, job, errors)
        .next()
        .unwrap()
        .unwrap();
    assert!(error.stack_trace.is_some() && error.message_time.is_some());
    let gone = place
        .list_server_logs(1, "none", ServerLogFilter::all())
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
    let wrong = place
        .list_servers(1, ServerFilter::all().raw("occupancy ~ 3"))
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::BadRequest);
    assert_eq!(place.server_filters().unwrap().len(), 2);
}

#[test]
fn restarts_follow_the_clock() {
    let sandbox = Sandbox::builder().clock_speed(0.0).start().unwrap();
    sandbox.operations_take(Duration::from_secs(30));
    let universe = sandbox.client().universe(13_058);
    let place = universe.place(90);
    assert_eq!(place.publish(file("a")).unwrap(), 2);
    let forecast = universe.forecast_restart().unwrap().remove(0);
    assert_eq!(
        (
            forecast.place_id.get(),
            forecast.players_impacted,
            forecast.instances_impacted
        ),
        (90, Some(6), Some(3))
    );

    let plan = RestartPlan::for_place(90, PlaceVersions::ExceptCurrent).bleed_off(10);
    let mut restart = universe.launch_restart(plan).unwrap();
    assert_eq!(
        (restart.players_impacted(), restart.instances_impacted()),
        (Some(6), Some(3))
    );
    let state = |wanted: RestartState, players: u64| {
        let listed = universe.restarts().unwrap().remove(0);
        assert_eq!(listed.places[0].state, Some(wanted));
        assert_eq!(listed.remaining_players(), players);
    };
    state(RestartState::Delaying, 6);
    assert_eq!(restart.poll().unwrap(), None);
    sandbox.advance(Duration::from_secs(600));
    state(RestartState::Restarting, 3);
    sandbox.advance(Duration::from_secs(30));
    let end = restart.poll().unwrap().unwrap();
    assert_eq!(
        (end.id.as_str(), end.places[0].latest_version),
        (restart.id().as_str(), Some(2))
    );
    state(RestartState::Succeeded, 0);
    assert_eq!(
        place
            .count_servers(1, ServerFilter::all().shut_down(false))
            .unwrap(),
        Some(0)
    );
    let moved = place
        .list_servers(2, ServerFilter::all())
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(
        moved.player_ids.len(),
        6,
        "the players join a server of the new version"
    );
    assert_eq!(
        universe.forecast_restart().unwrap()[0].players_impacted,
        Some(0)
    );
}

#[test]
fn restarts_of_chosen_places_and_of_nothing() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.add_universe(SandboxUniverse::new(5, "Small", 6).place(7, "Side"));
    let job = sandbox.add_server(6, [156, 2]);
    sandbox.add_server(7, [1001]);
    assert_eq!(sandbox.add_server(1, [156]).as_str(), "");
    let universe = sandbox.client().universe(5);
    let mut nothing = universe
        .launch_restart(RestartPlan::for_place(6, PlaceVersions::ExceptCurrent))
        .unwrap();
    assert_eq!(nothing.instances_impacted(), Some(0));
    nothing.wait(SOON).unwrap();
    let mut chosen = universe
        .launch_restart(RestartPlan::for_place(6, PlaceVersions::These(vec![1, 3])))
        .unwrap();
    assert_eq!(chosen.players_impacted(), Some(2));
    chosen.wait(SOON).unwrap();
    let servers = universe
        .place(6)
        .list_servers(1, ServerFilter::all())
        .map(Result::unwrap);
    let ended = servers.filter(|server| server.shut_down == Some(true));
    assert_eq!(
        ended.filter_map(|server| server.job_id).collect::<Vec<_>>(),
        [job]
    );
    assert_eq!(
        universe
            .place(7)
            .count_servers(1, ServerFilter::all().shut_down(false))
            .unwrap(),
        Some(1)
    );

    universe
        .restart_servers(RestartServers::all().places([7]))
        .unwrap();
    sandbox.advance(Duration::from_secs(2));
    assert_eq!(
        universe
            .place(7)
            .count_servers(1, ServerFilter::all())
            .unwrap(),
        Some(2)
    );
    assert_eq!(
        universe.restarts().unwrap().len(),
        2,
        "the older call leaves no restart to ask for"
    );
    let foreign = universe
        .launch_restart(RestartPlan::for_place(90, PlaceVersions::All))
        .unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::BadRequest);
    let mut raw = Raw::connect(&sandbox);
    for body in [
        json!({"places": {"6": {"versions": [1], "excludeCurrentVersion": true}}}),
        json!({"bleedOffDurationMinutes": 241}),
        json!({"attributes": [1]}),
    ] {
        let reply = raw.json(
            "POST",
            "/server-management/v1/universes/5/restarts",
            &body.to_string(),
        );
        assert_eq!(reply.status, 400, "{body}");
    }
}
