//! Universes and places: names, settings, masks, messages.

use super::{SOON, UNIVERSE};
use crate::common::{Raw, Reply, assert_error};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{PlaceUpdate, SocialPlatform, Speech, UniverseUpdate};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

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
    // A nested field, and the other spelling.
    let title = json!({"discord_social_link": {"title": "Talk"}, "vr_enabled": true});
    let changed = patch("?updateMask=discord_social_link.title,vr_enabled", &title).json();
    let expected = json!({"title": "Talk", "uri": "https://discord.gg/x"});
    assert_eq!(
        (&changed["discordSocialLink"], &changed["vrEnabled"]),
        (&expected, &json!(true))
    );
    // Without a mask the fields of the body are set, except for those that only the service sets.
    let changed = patch("", &json!({"consoleEnabled": true, "displayName": "x"})).json();
    assert_eq!(
        (&changed["consoleEnabled"], &changed["displayName"]),
        (&json!(true), &json!("Arena"))
    );
    let rejected = patch("?updateMask=displayName", &json!({"displayName": "x"}));
    assert_eq!(
        (rejected.status, &rejected.json()["code"]),
        (400, &json!("INVALID_ARGUMENT"))
    );
}

#[test]
fn an_update_with_an_invalid_field_changes_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let place = format!("{UNIVERSE}/places/91");
    let body = json!({"displayName": "Hall", "serverSize": 701}).to_string();
    let target = format!("{place}?updateMask=displayName,serverSize");
    assert_error(&raw.json("PATCH", &target, &body), 400, "INVALID_ARGUMENT");
    assert_eq!(raw.get(&place).json()["displayName"], "Lobby");
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
