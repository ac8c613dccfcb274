//! Every call about universes and places, with every parameter.

use std::time::Duration;

use rblx_open_cloud::models::{
    Ban, PlaceHistoryFilter, PlaceUpdate, PlaceVersions, RestartPlan, RestartServers,
    RestrictionLogFilter, ServerFilter, ServerLogFilter, SocialLink, SocialPlatform, Speech,
    Translation, UniverseUpdate, VersionNotes,
};
use rblx_open_cloud::{AssetFile, Client, ErrorKind, Items, Result};
use serde::de::DeserializeOwned;
use serde_json::json;
use time::OffsetDateTime;

/// The proxies know one content type of places, that of binary ones; they read bodies as text, and so mangle it.
fn place_file() -> AssetFile {
    AssetFile::bytes("game.rbxl", b"<roblox!\x89\xFF\r\n\x1A\n".to_vec())
}

/// The mock makes up texts where the document describes an id without an example, so a response may be unreadable; that
/// the request was accepted is checked for all of them together.
pub(crate) fn accepted<T>(result: Result<T>) {
    if let Err(error) = result {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

pub(crate) fn some<T: DeserializeOwned>(items: Items<T>) {
    items.page_size(2).limit(2).for_each(accepted);
}

fn update() -> UniverseUpdate {
    let link = || SocialLink::new("https://example.com/").title("Page");
    UniverseUpdate::new()
        .voice_chat_enabled(true)
        .private_server_price_robux(10)
        .desktop_enabled(true)
        .mobile_enabled(true)
        .tablet_enabled(true)
        .console_enabled(true)
        .vr_enabled(true)
        .social_link(SocialPlatform::Facebook, link())
        .social_link(SocialPlatform::Twitter, link())
        .social_link(SocialPlatform::YouTube, link())
        .social_link(SocialPlatform::Twitch, link())
        .social_link(SocialPlatform::Discord, link())
        .social_link(SocialPlatform::Roblox, link())
        .social_link(SocialPlatform::Guilded, link())
}

pub(crate) fn call(client: &Client) {
    let universe = client.universe(123);
    let place = universe.place(456);
    accepted(universe.get());
    accepted(universe.update(update()));
    accepted(place.get());
    let update = PlaceUpdate::new()
        .display_name("n")
        .description("d")
        .server_size(30);
    accepted(place.update(update));
    accepted(place.publish(place_file()));
    accepted(place.save(place_file()));

    let time = OffsetDateTime::UNIX_EPOCH;
    let filter = PlaceHistoryFilter::all()
        .published(true)
        .has_notes(true)
        .save_type(1)
        .text("t");
    some(place.list_versions(PlaceHistoryFilter::all()));
    some(place.list_versions(filter.contributor(156).since(time).until(time)));
    some(place.list_contributors());
    accepted(place.set_version_notes(3, VersionNotes::new("t").description("d")));

    accepted(universe.publish_message("topic", "message"));
    accepted(universe.publish_message_json("topic", &json!({"x": 1})));
    accepted(universe.publish_message_v1("topic", "message"));
    accepted(universe.translate(Translation::new("Hello", ["fr-fr"]).source("en-us")));
    let speech = Speech::new("Hello").voice("1").pitch(1.5).speed(1.5);
    accepted(universe.generate_speech(speech));

    restrictions(client);
    servers(client);
}

fn restrictions(client: &Client) {
    let universe = client.universe(123);
    let place = universe.place(456);
    let ban = || {
        Ban::for_days(2)
            .display_reason("d")
            .private_reason("p")
            .exclude_alt_accounts()
    };
    accepted(universe.restriction(156));
    accepted(place.restriction(156));
    accepted(universe.ban(156, ban()));
    accepted(place.ban(156, ban()));
    accepted(universe.ban(156, Ban::permanent()));
    accepted(universe.unban(156));
    accepted(place.unban(156));
    some(universe.list_restrictions());
    some(place.list_restrictions());
    some(universe.list_restriction_logs(RestrictionLogFilter::all()));
    some(universe.list_restriction_logs(RestrictionLogFilter::all().user(156).place(456)));
}

fn servers(client: &Client) {
    let universe = client.universe(123);
    let place = universe.place(456);
    let filter = || {
        ServerFilter::all()
            .full(true)
            .engine_version("1")
            .order_by("uptime")
    };
    let mut servers = place.list_servers(7, filter()).page_size(2).limit(2);
    // Random flags of the mock may say that the page lacks servers.
    assert!(servers.all(|server| server.is_ok() || server.is_err_and(|error| error.is_item())));
    accepted(place.count_servers(7, ServerFilter::all()));
    let lines = ServerLogFilter::all()
        .at_least("Warning".into())
        .order_by_descending("severity");
    some(place.list_server_logs(7, "job", lines));
    accepted(place.server_filters());
    accepted(universe.forecast_restart());
    accepted(universe.restarts());
    let plan = RestartPlan::for_place(456, PlaceVersions::ExceptCurrent)
        .and_place(457, PlaceVersions::These(vec![1, 2]))
        .and_place(458, PlaceVersions::All)
        .bleed_off(10)
        .attributes(json!({"reason": "update"}));
    accepted(universe.launch_restart(RestartPlan::all()));
    accepted(universe.launch_restart(plan));
    accepted(universe.restart_servers(RestartServers::all()));
    accepted(universe.restart_servers(RestartServers::outdated().places([456]).bleed_off(10)));
}

/// Makes every call that the sandbox supports.
pub(crate) fn call_sandbox(client: &Client) {
    let universe = client.universe(13_058);
    let place = universe.place(90);
    universe.get().unwrap();
    universe
        .update(UniverseUpdate::new().vr_enabled(true))
        .unwrap();
    place.get().unwrap();
    place.update(PlaceUpdate::new().server_size(30)).unwrap();
    some(place.list_contributors());
    assert_eq!(place.list_versions(PlaceHistoryFilter::all()).count(), 1);
    place.set_version_notes(1, VersionNotes::new("t")).unwrap();
    universe.publish_message("topic", "message").unwrap();
    universe.publish_message_v1("topic", "message").unwrap();
    universe
        .translate(Translation::new("Hello", ["fr-fr"]))
        .unwrap();
    let mut speech = universe.generate_speech(Speech::new("Hello")).unwrap();
    speech.wait(Duration::from_secs(5)).unwrap();

    universe.ban(1001, Ban::for_days(2)).unwrap();
    // The pattern of the validated document does not allow a place in the path of a restriction.
    universe.restriction(1001).unwrap();
    universe.unban(1001).unwrap();
    assert_eq!(universe.list_restrictions().map(Result::unwrap).count(), 2);
    // The log contains bare ids, as the service has been seen to write them; the validated document requires paths.

    let servers: Vec<_> = place
        .list_servers(1, ServerFilter::all())
        .map(Result::unwrap)
        .collect();
    assert_eq!(servers.len(), 4);
    let job = servers[0].job_id.as_ref().unwrap();
    assert_eq!(
        place
            .list_server_logs(1, job, ServerLogFilter::all())
            .count(),
        4
    );
    place.server_filters().unwrap();
    universe.forecast_restart().unwrap();
    let mut restart = universe.launch_restart(RestartPlan::all()).unwrap();
    restart.wait(Duration::from_secs(5)).unwrap();
    universe
        .restart_servers(RestartServers::outdated())
        .unwrap();
}
