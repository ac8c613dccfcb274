//! Every call with all of its parameters, as it goes over the wire.

use super::utc;
use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{
    PlaceHistoryFilter, PlaceUpdate, PlaceVersions, RestartPlan, RestartServers,
    RestrictionLogFilter, ServerFilter, ServerLogFilter, SocialLink, SocialPlatform, Speech,
    Translation, UniverseUpdate, VersionNotes,
};
use rblx_open_cloud::{AssetFile, Client, ErrorKind};
use serde_json::json;

#[test]
fn universes_and_places() {
    let update = || {
        UniverseUpdate::new()
            .voice_chat_enabled(true)
            .desktop_enabled(true)
            .mobile_enabled(false)
            .tablet_enabled(false)
            .console_enabled(true)
            .vr_enabled(false)
            .private_server_price_robux(10)
            .social_link(SocialPlatform::Roblox, "https://www.roblox.com/groups/7")
            .social_link(
                SocialPlatform::Discord,
                SocialLink::new("https://discord.gg/x").title("Chat"),
            )
            .remove_social_link(SocialPlatform::Twitch)
    };
    assert_sends! {
        "GET /cloud/v2/universes/5" => |client| client.universe(5).get();
        "PATCH /cloud/v2/universes/5?updateMask=voiceChatEnabled,privateServerPriceRobux,desktopEnabled,mobileEnabled,\
         tabletEnabled,consoleEnabled,vrEnabled,discordSocialLink,robloxGroupSocialLink,twitchSocialLink \
         {\"consoleEnabled\":true,\"desktopEnabled\":true,\
         \"discordSocialLink\":{\"title\":\"Chat\",\"uri\":\"https://discord.gg/x\"},\"mobileEnabled\":false,\
         \"privateServerPriceRobux\":10,\"robloxGroupSocialLink\":{\"uri\":\"https://www.roblox.com/groups/7\"},\
         \"tabletEnabled\":false,\"voiceChatEnabled\":true,\"vrEnabled\":false}"
            => |client| client.universe(5).update(update());
        "PATCH /cloud/v2/universes/5?updateMask=privateServerPriceRobux {}"
            => |client| client.universe(5).update(UniverseUpdate::new().private_server_price_robux(0).no_private_servers());
        "GET /cloud/v2/universes/5/places/6" => |client| client.universe(5).place(6).get();
        "PATCH /cloud/v2/universes/5/places/6?updateMask=displayName,description,serverSize \
         {\"description\":\"d\",\"displayName\":\"n\",\"serverSize\":30}"
            => |client| client.universe(5).place(6)
                .update(PlaceUpdate::new().server_size(30).description("d").display_name("n"));
    }
}

#[test]
fn the_lookup_of_a_place_carries_no_key() {
    let peer = MockServer::replying([ok(r#"{"universeId":13058}"#)]);
    assert_eq!(peer.client().place_universe(90).unwrap().get(), 13_058);
    let request = peer.only_request();
    assert_eq!(request.line(), "GET /universes/v1/places/90/universe");
    assert_eq!(request.header("x-api-key"), None);
    let none = MockServer::replying([ok(r#"{"universeId":null}"#)]);
    let error = none.client().place_universe(90).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn publishing_and_history() {
    let binary = || AssetFile::bytes("game.rbxl", b"<roblox!\x89\xFF\r\n\x1A\n".to_vec());
    let xml = || AssetFile::bytes("game.rbxlx", b"<roblox></roblox>".to_vec());
    let filter = || {
        PlaceHistoryFilter::all()
            .published(true)
            .has_notes(false)
            .save_type(2)
            .text("a & b")
            .contributor(156)
            .since(utc("2026-01-02T03:04:05.5Z"))
            .until(utc("2026-02-02T00:00:00Z"))
    };
    assert_sends! {
        "POST /universes/v1/5/places/6/versions?versionType=Published <roblox></roblox>"
            => |client| client.universe(5).place(6).publish(xml());
        "POST /universes/v1/5/places/6/versions?versionType=Saved <roblox!\u{fffd}\u{fffd}\r\n\u{1a}"
            => |client| client.universe(5).place(6).save(binary());
        "GET /place-version-history-api/v1/6/history?pageSize=50"
            => |client| client.universe(5).place(6).list_versions(PlaceHistoryFilter::all()).next();
        "GET /place-version-history-api/v1/6/history?isPublished=true&hasNotes=false&saveType=2&searchTerm=a & b&contributor=156\
         &startTime=2026-01-02T03:04:05.5Z&endTime=2026-02-02T00:00:00Z&pageSize=100&cursor=c"
            => |client| client.universe(5).place(6).list_versions(filter()).page_size(1000).starting_at("c").next();
        "GET /place-version-history-api/v1/6/contributors?pageSize=7"
            => |client| client.universe(5).place(6).list_contributors().limit(7).next();
        "POST /place-version-history-api/v1/6/version/3/notes {\"title\":\"t\"}"
            => |client| client.universe(5).place(6).set_version_notes(3, VersionNotes::new("t"));
        "POST /place-version-history-api/v1/6/version/3/notes {\"description\":\"d\",\"title\":\"t\"}"
            => |client| client.universe(5).place(6).set_version_notes(3, VersionNotes::new("t").description("d"));
    }
}

#[test]
fn messages_and_language() {
    assert_sends! {
        "POST /cloud/v2/universes/5:publishMessage {\"message\":\"hello\",\"topic\":\"a/b\"}"
            => |client| client.universe(5).publish_message("a/b", "hello");
        "POST /cloud/v2/universes/5:publishMessage {\"message\":\"{\\\"kick\\\":156}\",\"topic\":\"t\"}"
            => |client| client.universe(5).publish_message_json("t", &json!({"kick": 156}));
        "POST /messaging-service/v1/universes/5/topics/a b {\"message\":\"hello\"}"
            => |client| client.universe(5).publish_message_v1("a b", "hello");
        "POST /cloud/v2/universes/5:translateText {\"targetLanguageCodes\":[\"fr-fr\",\"ja-jp\"],\"text\":\"Hello\"}"
            => |client| client.universe(5).translate(Translation::new("Hello", ["fr-FR", "ja-jp"]));
        "POST /cloud/v2/universes/5:translateText \
         {\"sourceLanguageCode\":\"en-us\",\"targetLanguageCodes\":[\"pt-br\"],\"text\":\"Hello\"}"
            => |client| client.universe(5).translate(Translation::new("Hello", ["pt-br"]).source("en-US"));
        "POST /cloud/v2/universes/5:generateSpeechAsset {\"text\":\"Hello\"}"
            => |client| client.universe(5).generate_speech(Speech::new("Hello"));
        "POST /cloud/v2/universes/5:generateSpeechAsset \
         {\"speechStyle\":{\"pitch\":1.5,\"speed\":0.5,\"voiceId\":\"1\"},\"text\":\"Hello\"}"
            => |client| client.universe(5).generate_speech(Speech::new("Hello").voice("1").pitch(1.5).speed(0.5));
    }
    let peer = MockServer::replying([ok("")]);
    peer.client()
        .universe(5)
        .publish_message_v1("a/b", "x")
        .unwrap();
    assert_eq!(
        peer.requests()[0].path(),
        "/messaging-service/v1/universes/5/topics/a%2Fb"
    );
}

#[test]
fn restrictions() {
    assert_sends! {
        "GET /cloud/v2/universes/5/user-restrictions/156" => |client| client.universe(5).restriction(156);
        "GET /cloud/v2/universes/5/places/6/user-restrictions/156" => |client| client.universe(5).place(6).restriction(156);
        "GET /cloud/v2/universes/5/user-restrictions?maxPageSize=100"
            => |client| client.universe(5).list_restrictions().next();
        "GET /cloud/v2/universes/5/places/6/user-restrictions?maxPageSize=100"
            => |client| client.universe(5).place(6).list_restrictions().next();
        "GET /cloud/v2/universes/5/user-restrictions?maxPageSize=100&pageToken=t"
            => |client| client.universe(5).list_active_restrictions().starting_at("t").next();
        "GET /cloud/v2/universes/5/places/6/user-restrictions?maxPageSize=100"
            => |client| client.universe(5).place(6).list_active_restrictions().next();
        "GET /cloud/v2/universes/5/user-restrictions:listLogs?maxPageSize=100"
            => |client| client.universe(5).list_restriction_logs(RestrictionLogFilter::all()).next();
        "GET /cloud/v2/universes/5/user-restrictions:listLogs?filter=user == 'users/1' && place == 'places/2'&maxPageSize=100"
            => |client| client.universe(5).list_restriction_logs(RestrictionLogFilter::all().place(2).user(1)).next();
        "GET /cloud/v2/universes/5/user-restrictions:listLogs?filter=place == 'places/6'&maxPageSize=100"
            => |client| client.universe(5).place(6).list_restriction_logs(RestrictionLogFilter::all().place(2)).next();
    }
}

#[test]
fn servers_and_restarts() {
    let servers = "/server-management/v1/universes/5/places/6/versions/7/game-servers";
    let restarts = "/server-management/v1/universes/5/restarts";
    let plan = || {
        RestartPlan::for_place(6, PlaceVersions::ExceptCurrent)
            .and_place(8, PlaceVersions::All)
            .and_place(9, PlaceVersions::All)
            .and_place(9, PlaceVersions::These(vec![1, 2]))
            .bleed_off(240)
            .attributes(json!({"reason": "r"}))
    };
    assert_sends! {
        format!("GET {servers}?MaxPageSize=100")
            => |client| client.universe(5).place(6).list_servers(7, ServerFilter::all()).next();
        format!("GET {servers}?OrderBy=uptime desc&Filter=full == true && shutDown == false && engineVersion == '0.\\'7' \
                 && occupancy > 3&MaxPageSize=20&PageToken=t")
            => |client| client.universe(5).place(6).list_servers(7, ServerFilter::all().full(true).shut_down(false)
                .engine_version("0.'7").raw("occupancy > 3").order_by_descending("uptime"))
                .page_size(20).starting_at("t").next();
        format!("GET {servers}?OrderBy=uptime&MaxPageSize=0")
            => |client| client.universe(5).place(6).count_servers(7, ServerFilter::all().order_by("uptime"));
        format!("GET {servers}/job-1/logs?OrderBy=severity desc&Filter=severity >= 2 && message in ['a']&MaxPageSize=100")
            => |client| client.universe(5).place(6).list_server_logs(7, "job-1", ServerLogFilter::all()
                .at_least("Warning".into()).raw("message in ['a']").order_by_descending("severity")).next();
        "GET /server-management/v1/universes/5/places/6/game-servers:filter-options"
            => |client| client.universe(5).place(6).server_filters();
        format!("GET {restarts}:forecast") => |client| client.universe(5).forecast_restart();
        format!("GET {restarts}") => |client| client.universe(5).restarts();
        format!("GET {restarts}") => |client| client.universe(5).restart("r").poll();
        format!("POST {restarts} {{}}") => |client| client.universe(5).launch_restart(RestartPlan::all());
        format!("POST {restarts} {{\"attributes\":{{\"reason\":\"r\"}},\"bleedOffDurationMinutes\":240,\
                 \"places\":{{\"6\":{{\"excludeCurrentVersion\":true}},\"8\":{{}},\"9\":{{\"versions\":[1,2]}}}}}}")
            => |client| client.universe(5).launch_restart(plan());
        "POST /cloud/v2/universes/5:restartServers {\"closeAllVersions\":true}"
            => |client| client.universe(5).restart_servers(RestartServers::all());
        "POST /cloud/v2/universes/5:restartServers \
         {\"bleedOffDurationMinutes\":60,\"bleedOffServers\":true,\"closeAllVersions\":false,\"placeIds\":[6,8]}"
            => |client| client.universe(5).restart_servers(RestartServers::outdated().places([6, 8]).bleed_off(60));
    }
}

/// Asserts that a call ends before anything is sent, with an error of this text.
fn assert_rejected<T>(why: &str, call: impl FnOnce(Client) -> rblx_open_cloud::Result<T>) {
    let peer = MockServer::replying([ok("{}")]);
    let error = call(peer.client()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    assert!(error.to_string().contains(why), "{error}");
    assert!(peer.requests().is_empty(), "{why}");
}

#[test]
fn invalid_arguments_are_not_sent() {
    let four_bytes = "🎩";
    assert_rejected("the update of a universe changes nothing", |client| {
        client.universe(5).update(UniverseUpdate::new())
    });
    assert_rejected("no social link to the platform \"github\"", |client| {
        let update = UniverseUpdate::new().social_link(SocialPlatform::GitHub, "x");
        client.universe(5).update(update)
    });
    assert_rejected("the update of a place changes nothing", |client| {
        client.universe(5).place(6).update(PlaceUpdate::new())
    });
    assert_rejected("the topic of a message cannot be empty", |client| {
        client.universe(5).publish_message("", "m")
    });
    assert_rejected("the topic of a message cannot be \"..\"", |client| {
        client.universe(5).publish_message_v1("..", "m")
    });
    assert_rejected("the topic of a message has 81 characters", |client| {
        client
            .universe(5)
            .publish_message_v1(four_bytes.repeat(81), "m")
    });
    assert_rejected(
        "the message has 1025 characters; the maximum is 1024",
        |client| {
            client
                .universe(5)
                .publish_message("t", four_bytes.repeat(1025))
        },
    );
    assert_rejected("the message has 1025 characters", |client| {
        client
            .universe(5)
            .publish_message_json("t", &"x".repeat(1023))
    });
    assert_rejected("cannot be written as JSON", |client| {
        let no_json = std::collections::BTreeMap::from([(vec![1], 2)]);
        client.universe(5).publish_message_json("t", &no_json)
    });
    assert_rejected(
        "the pitch of speech must be a finite number, not NaN",
        |client| {
            client
                .universe(5)
                .generate_speech(Speech::new("t").pitch(f64::NAN))
        },
    );
    for minutes in [0, 61] {
        assert_rejected("1 to 60 minutes", |client| {
            client
                .universe(5)
                .restart_servers(RestartServers::all().bleed_off(minutes))
        });
    }
    for minutes in [0, 241] {
        assert_rejected("1 to 240 minutes", |client| {
            client
                .universe(5)
                .launch_restart(RestartPlan::all().bleed_off(minutes))
        });
    }
    for attributes in [json!(1), json!([]), json!({"long": "x".repeat(490)})] {
        assert_rejected("a JSON object of up to 500 bytes", |client| {
            client
                .universe(5)
                .launch_restart(RestartPlan::all().attributes(attributes))
        });
    }
    assert_rejected("no version of place 6 is named", |client| {
        client
            .universe(5)
            .launch_restart(RestartPlan::for_place(6, PlaceVersions::These(vec![])))
    });
    assert_rejected("the JobId cannot be empty", |client| {
        let mut logs = client
            .universe(5)
            .place(6)
            .list_server_logs(7, "", ServerLogFilter::all());
        logs.next().unwrap()
    });
    assert_rejected("the RestartId cannot be empty", |client| {
        client.universe(5).restart("").poll()
    });
    // At the limits, in characters that take four bytes each.
    let peer = MockServer::replying([ok("")]);
    let universe = peer.client().universe(5);
    universe
        .publish_message(four_bytes.repeat(80), four_bytes.repeat(1024))
        .unwrap();
    let attributes = json!({"x": "x".repeat(500 - r#"{"x":""}"#.len())});
    let _ = universe.launch_restart(RestartPlan::all().attributes(attributes));
    assert_eq!(peer.requests().len(), 2);
}
