//! Responses: complete ones, sparse ones, and other spellings.

use std::time::Duration;

use super::{read, utc, with_response};
use crate::support::{MockServer, ok};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{
    AgeRating, Creator, NumberOrText, Place, PlaceHistoryFilter, PlaceUpdate, PlaceVersion,
    SocialPlatform, Speech, SpeechAsset, Translated, Translation, Universe, UniverseUpdate,
    UniverseVisibility, VersionNotes,
};
use serde_json::{Value, json};

fn full_universe() -> Value {
    json!({
        "path": "universes/123", "createTime": "2023-07-05T12:34:56Z", "updateTime": "2023-07-05T12:34:56.1234567Z",
        "displayName": "ROBLOX Battle [OPEN]", "description": "OPEN SOURCE!", "user": "users/156",
        "visibility": "PUBLIC", "ageRating": "AGE_RATING_9_PLUS", "voiceChatEnabled": true, "desktopEnabled": true,
        "mobileEnabled": false, "tabletEnabled": false, "consoleEnabled": true, "vrEnabled": false,
        "privateServerPriceRobux": 100, "rootPlace": "universes/123/places/90",
        "discordSocialLink": {"title": "Chat", "uri": "https://discord.gg/x"},
        "robloxGroupSocialLink": {"title": "", "uri": "https://www.roblox.com/groups/7"},
        "twitchSocialLink": null, "guildedSocialLink": {"title": "", "uri": ""},
        "aFieldOfTomorrow": {"x": 1},
    })
}

#[test]
fn a_universe() {
    let universe: Universe = read(&full_universe());
    assert_eq!(universe.id.get(), 123);
    assert_eq!(universe.owner, Some(Creator::User(156.into())));
    assert_eq!(universe.visibility, Some(UniverseVisibility::Public));
    assert_eq!(universe.age_rating, Some(AgeRating::NinePlus));
    assert_eq!(
        (universe.mobile_enabled, universe.vr_enabled),
        (Some(false), Some(false))
    );
    assert_eq!(
        (universe.desktop_enabled, universe.console_enabled),
        (Some(true), Some(true))
    );
    assert_eq!(
        (universe.tablet_enabled, universe.voice_chat_enabled),
        (Some(false), Some(true))
    );
    assert_eq!(universe.private_server_price_robux, Some(100));
    assert_eq!(universe.root_place_id, Some(90.into()));
    assert_eq!(universe.create_time, Some(utc("2023-07-05T12:34:56Z")));
    assert_eq!(
        universe.social_links.len(),
        2,
        "{:?}",
        universe.social_links
    );
    let discord = universe.social_link(&SocialPlatform::Discord).unwrap();
    assert_eq!(
        (discord.title.as_deref(), discord.uri.as_str()),
        (Some("Chat"), "https://discord.gg/x")
    );
    assert_eq!(
        universe.social_link(&SocialPlatform::Roblox).unwrap().title,
        None
    );
    assert_eq!(universe.social_link(&SocialPlatform::Twitch), None);
}

#[test]
fn a_sparse_universe_of_a_group_with_unknown_values() {
    let wire = json!({"path": "universes/123", "group": "7", "visibility": "FRIENDS", "ageRating": null,
        "privateServerPriceRobux": null, "rootPlace": "", "displayName": null, "createTime": ""});
    let universe: Universe = read(&wire);
    assert_eq!(universe.owner, Some(Creator::Group(7.into())));
    assert!(
        matches!(&universe.visibility, Some(UniverseVisibility::Unknown(value)) if value.as_str() == "FRIENDS")
    );
    assert_eq!(
        (universe.private_server_price_robux, universe.root_place_id),
        (None, None)
    );
    let error = serde_json::from_value::<Universe>(json!({"displayName": "n"})).unwrap_err();
    assert!(error.to_string().contains("`path`"), "{error}");
}

#[test]
fn an_update_may_return_the_changed_fields_alone() {
    let universe = with_response(r#"{"voiceChatEnabled":true}"#, |client| {
        client
            .universe(5)
            .update(UniverseUpdate::new().voice_chat_enabled(true))
            .unwrap()
    });
    assert_eq!(
        (universe.id.get(), universe.voice_chat_enabled),
        (5, Some(true))
    );
    let place = with_response(r#"{"path":null,"serverSize":"30"}"#, |client| {
        client
            .universe(5)
            .place(6)
            .update(PlaceUpdate::new().server_size(30))
            .unwrap()
    });
    assert_eq!(
        (place.id.get(), place.universe_id, place.server_size),
        (6, Some(5.into()), Some(30))
    );
    let error = with_response("<html>", |client| {
        client
            .universe(5)
            .update(UniverseUpdate::new().voice_chat_enabled(true))
            .unwrap_err()
    });
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn a_place() {
    let place: Place = read(&json!({
        "path": "universes/123/places/456", "createTime": "2023-07-05T12:34:56Z", "updateTime": null,
        "displayName": "Arena", "description": "", "serverSize": 50, "root": true, "universeRuntimeCreation": false,
    }));
    assert_eq!((place.id.get(), place.universe_id), (456, Some(123.into())));
    assert_eq!(
        (place.is_root, place.is_universe_runtime_creation),
        (Some(true), Some(false))
    );
    assert_eq!(
        (place.server_size, place.description.as_deref()),
        (Some(50), Some(""))
    );
    let bare: Place = read(&json!({"path": "places/456"}));
    assert_eq!(
        (bare.id.get(), bare.universe_id, bare.is_root),
        (456, None, None)
    );
}

#[test]
fn versions_are_listed_until_the_service_says_that_there_are_no_more() {
    let page = |version: &str, more: &str| {
        format!(
            r#"{{"placeVersions":[{{"version":"{version}"}}],"nextCursor":"c","hasMore":{more}}}"#
        )
    };
    let peer = MockServer::replying([
        ok(page("3", "true")),
        ok(r#"{"placeVersions":null,"nextCursor":"d","hasMore":true}"#),
        ok(page("2", "false")),
    ]);
    let versions = peer
        .client()
        .universe(5)
        .place(6)
        .list_versions(PlaceHistoryFilter::all());
    let numbers: Vec<_> = versions.map(|version| version.unwrap().version).collect();
    assert_eq!(numbers, [Some(3), Some(2)]);
    let cursors: Vec<_> = peer
        .requests()
        .iter()
        .map(|request| request.query("cursor"))
        .collect();
    assert_eq!(cursors, [None, Some("c".to_owned()), Some("d".to_owned())]);

    let end = r#"{"contributors":[156,"157"],"nextCursor":null,"hasMore":true}"#;
    let users = with_response(end, |client| {
        let users = client.universe(5).place(6).list_contributors();
        users.map(|user| user.unwrap().get()).collect::<Vec<_>>()
    });
    assert_eq!(users, [156, 157], "no cursor ends the list, too");
}

#[test]
fn a_version() {
    let version: PlaceVersion = read(&json!({
        "version": "12", "title": "t", "description": "d", "contributors": [156], "saveType": 1, "isPublished": true,
        "publishStatus": "Published", "hasNotes": true, "createdTime": "2026-01-02T03:04:05.123Z", "createdBy": 156,
    }));
    assert_eq!(
        (version.version, version.created_by),
        (Some(12), Some(156.into()))
    );
    assert_eq!(version.save_type, Some(NumberOrText::Number(1)));
    assert_eq!(
        version.publish_status,
        Some(NumberOrText::from("Published"))
    );
    let sparse: PlaceVersion =
        read(&json!({"version": null, "contributors": null, "createdBy": null}));
    assert_eq!((sparse.version, sparse.contributors.len()), (None, 0));

    let body = r#"{"placeVersion":{"version":"3","title":"t"}}"#;
    let noted = with_response(body, |client| {
        client
            .universe(5)
            .place(6)
            .set_version_notes(3, VersionNotes::new("t"))
    });
    assert_eq!(noted.unwrap().title.as_deref(), Some("t"));
    let error = with_response(r#"{"placeVersion":null}"#, |client| {
        client
            .universe(5)
            .place(6)
            .set_version_notes(3, VersionNotes::new("t"))
            .unwrap_err()
    });
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn messages_have_no_response() {
    for body in ["", "{}", "null"] {
        with_response(body, |client| {
            client.universe(5).publish_message("t", "m").unwrap();
        });
    }
}

#[test]
fn translations_keep_their_order() {
    let translated: Translated = serde_json::from_str(
        r#"{"sourceLanguageCode":"en-us","translations":{"ja-jp":"こんにちは","fr-fr":"Bonjour","de-de":"Hallo"}}"#,
    )
    .unwrap();
    let codes: Vec<_> = translated
        .translations
        .iter()
        .map(|(code, _)| code.as_str())
        .collect();
    assert_eq!(codes, ["ja-jp", "fr-fr", "de-de"]);
    assert_eq!(
        (translated.to("FR-fr"), translated.to("xx")),
        (Some("Bonjour"), None)
    );
    let text = serde_json::to_string(&translated).unwrap();
    assert_eq!(
        serde_json::from_str::<Translated>(&text).unwrap(),
        translated
    );
    let none = with_response("{}", |client| {
        client
            .universe(5)
            .translate(Translation::new("x", ["fr-fr"]))
            .unwrap()
    });
    assert!(none.translations.is_empty() && none.source_language_code.is_none());
}

#[test]
fn speech_is_described_in_two_ways() {
    let described: SpeechAsset = read(&json!({"@type": "x", "assetId": "42", "remainingQuota": 7}));
    assert_eq!(
        (described.asset_id.get(), described.remaining_quota),
        (42, Some(7))
    );
    assert!(described.asset.is_none());
    let asset: SpeechAsset =
        read(&json!({"path": "assets/42", "displayName": "n", "assetType": "Audio"}));
    assert_eq!(asset.asset_id.get(), 42);
    assert_eq!(asset.asset.unwrap().display_name.as_deref(), Some("n"));

    let peer = MockServer::replying([
        ok(r#"{"path":"operations/s","done":null}"#),
        ok(r#"{"path":"operations/s","done":true,"response":{"assetId":42,"remainingQuota":"3"}}"#),
    ]);
    let mut operation = peer
        .client()
        .universe(5)
        .generate_speech(Speech::new("x"))
        .unwrap();
    let speech = operation.wait(Duration::from_secs(60)).unwrap();
    assert_eq!(
        (speech.asset_id.get(), speech.remaining_quota),
        (42, Some(3))
    );
    assert_eq!(peer.requests()[1].path(), "/assets/v1/operations/s");
}
