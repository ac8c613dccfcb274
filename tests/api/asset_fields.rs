//! The fields of an asset: requests that set and remove them, invalid values, and responses.

use std::time::Duration;

use crate::form::parts;
use crate::support::{MockServer, Received, ok};
use rblx_open_cloud::models::{
    Asset, AssetField, AssetId, AssetPreview, AssetPrivacy, AssetType, AssetUpdate, AssetUpload,
    PlaceId, SocialLink, SocialPlatform,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, ErrorKind};
use serde_json::{Value, from_value, json, to_value};

const PENDING: &str = r#"{"path":"operations/op-1","done":false}"#;

fn file() -> AssetFile {
    AssetFile::bytes("model.fbx", [1, 2, 3])
}

fn json_of(request: &Received) -> Value {
    let parts = parts(request.header("content-type").unwrap(), &request.body);
    serde_json::from_slice(&parts[0].content).unwrap()
}

/// The mask and the JSON that a change sends.
fn sent(change: AssetUpdate) -> (Option<String>, Value) {
    let peer = MockServer::replying([ok(PENDING)]);
    peer.client().asset(42).update(change).map(drop).unwrap();
    let request = peer.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), request.path()),
        ("PATCH", "/assets/v1/assets/42")
    );
    (request.query("updateMask"), json_of(&request))
}

#[test]
fn every_field_is_sent_under_its_name() {
    let platforms = [
        (SocialPlatform::Facebook, "facebookSocialLink"),
        (SocialPlatform::Twitter, "twitterSocialLink"),
        (SocialPlatform::YouTube, "youtubeSocialLink"),
        (SocialPlatform::Twitch, "twitchSocialLink"),
        (SocialPlatform::Discord, "discordSocialLink"),
        (SocialPlatform::GitHub, "githubSocialLink"),
        (SocialPlatform::Roblox, "robloxSocialLink"),
        (SocialPlatform::Guilded, "guildedSocialLink"),
        (SocialPlatform::DevForum, "devForumSocialLink"),
        (SocialPlatform::from("bluesky"), "blueskySocialLink"),
        (SocialPlatform::Unspecified, "socialLink"),
    ];
    for (platform, field) in platforms {
        let plain = AssetUpdate::new().social_link(platform.clone(), "https://example.com/a");
        let (mask, json) = sent(plain);
        assert_eq!(mask.as_deref(), Some(field));
        assert_eq!(
            json,
            json!({"assetId": "42", field: {"uri": "https://example.com/a"}})
        );
        let link = SocialLink::new("https://example.com/a").title("Tïtle");
        let (_, json) = sent(AssetUpdate::new().social_link(platform, link));
        assert_eq!(
            json[field],
            json!({"title": "Tïtle", "uri": "https://example.com/a"})
        );
    }
    let everything = AssetUpdate::new()
        .try_place(PlaceId::from(95_206_881))
        .social_link(SocialPlatform::Twitch, "t".to_owned())
        .previews([AssetPreview::new(1).alt_text("one"), AssetPreview::new(2)])
        .icon(7)
        .description("")
        .display_name("n")
        .expected_price(3)
        .file(file());
    let (mask, json) = sent(everything);
    assert_eq!(
        mask.as_deref(),
        Some("displayName,description,icon,previews,tryAssetSocialLink,twitchSocialLink")
    );
    assert_eq!(
        json,
        json!({"assetId": "42", "displayName": "n", "description": "", "icon": "assets/7",
            "previews": [{"asset": "assets/1", "altText": "one"}, {"asset": "assets/2"}],
            "tryAssetSocialLink": {"uri": "95206881"}, "twitchSocialLink": {"uri": "t"},
            "creationContext": {"expectedPrice": 3}})
    );
}

#[test]
fn removed_fields_are_only_in_the_mask() {
    let removed = AssetUpdate::new()
        .remove_icon()
        .previews([])
        .remove_social_link(SocialPlatform::DevForum)
        .remove_try_place();
    let (mask, json) = sent(removed);
    assert_eq!(
        mask.as_deref(),
        Some("devForumSocialLink,icon,previews,tryAssetSocialLink")
    );
    assert_eq!(json, json!({"assetId": "42"}));
}

#[test]
fn the_last_setting_of_a_field_counts() {
    let twitch = SocialPlatform::Twitch;
    let gone = AssetUpdate::new()
        .icon(1)
        .previews([AssetPreview::new(1)])
        .social_link(twitch.clone(), "a")
        .try_place(1)
        .remove_icon()
        .previews([])
        .remove_social_link(twitch.clone())
        .remove_try_place();
    let (mask, json) = sent(gone);
    let fields = "icon,previews,tryAssetSocialLink,twitchSocialLink";
    assert_eq!(mask.as_deref(), Some(fields), "each once");
    assert_eq!(json, json!({"assetId": "42"}));
    let back = AssetUpdate::new()
        .remove_icon()
        .previews([])
        .remove_social_link(twitch.clone())
        .remove_try_place()
        .icon(1)
        .previews([AssetPreview::new(1)])
        .social_link(twitch.clone(), "a")
        .social_link(twitch, "b")
        .try_place(2);
    let (mask, json) = sent(back);
    assert_eq!(mask.as_deref(), Some(fields));
    assert_eq!(
        json,
        json!({"assetId": "42", "icon": "assets/1", "previews": [{"asset": "assets/1"}],
            "tryAssetSocialLink": {"uri": "2"}, "twitchSocialLink": {"uri": "b"}})
    );
}

#[test]
fn both_handles_send_the_same_change() {
    let change = || AssetUpdate::new().display_name("n").icon(5);
    let peer = MockServer::replying([ok(r#"{"displayName":"n"}"#)]);
    let client = peer.client();
    let by_user = client.user(1).update_asset(42, change()).unwrap().poll();
    let by_asset = client.asset(42).update(change()).unwrap().poll();
    assert_eq!(by_user.unwrap(), by_asset.unwrap());
    let requests = peer.requests();
    assert_eq!(
        (&requests[0].target, json_of(&requests[0])),
        (&requests[1].target, json_of(&requests[1]))
    );
}

#[test]
fn the_name_of_a_platform_cannot_become_another_field() {
    let peer = MockServer::replying([ok(PENDING)]);
    for malformed in ["a,displayName", "a b", "a/b", "ü", "a\n"] {
        let platform = SocialPlatform::from(malformed);
        for change in [
            AssetUpdate::new().social_link(platform.clone(), "u"),
            AssetUpdate::new().remove_social_link(platform),
        ] {
            let error = peer.client().asset(42).update(change).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{malformed:?}");
        }
    }
    let nothing = peer.client().asset(42).update(AssetUpdate::new());
    assert_eq!(nothing.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(peer.requests().len(), 0);
}

#[test]
fn privacy_is_sent_if_it_is_set() {
    let peer = MockServer::replying([ok(PENDING)]);
    let user = peer.client().user(156);
    let upload = || AssetUpload::new(AssetType::Model, "n", "d", file());
    for privacy in [
        AssetPrivacy::Default,
        AssetPrivacy::Restricted,
        AssetPrivacy::OpenUse,
        AssetPrivacy::from("friends"),
    ] {
        user.upload_asset(upload().privacy(privacy))
            .map(drop)
            .unwrap();
    }
    user.upload_asset(upload()).map(drop).unwrap();
    let sent: Vec<Value> = peer
        .requests()
        .iter()
        .map(|request| json_of(request)["creationContext"]["assetPrivacy"].clone())
        .collect();
    assert_eq!(
        sent,
        [
            json!("default"),
            json!("restricted"),
            json!("openUse"),
            json!("friends"),
            Value::Null
        ]
    );
    let context = json_of(&peer.requests()[4])["creationContext"].clone();
    assert_eq!(
        context,
        json!({"creator": {"userId": "156"}, "expectedPrice": 0})
    );
}

#[test]
fn texts_that_are_too_long_are_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([ok(PENDING)]);
    let client = peer.client();
    let attempt = |name: &str, description: &str| {
        let upload = AssetUpload::new(AssetType::Model, name, description, file());
        let created = client.user(1).upload_asset(upload).map(drop);
        let change = AssetUpdate::new()
            .display_name(name)
            .description(description);
        let changed = client.asset(42).update(change).map(drop);
        [created, changed]
    };
    // Characters count, not bytes.
    for outcome in attempt(&"ü".repeat(50), &"🎩".repeat(1000)) {
        outcome.unwrap();
    }
    assert_eq!(peer.requests().len(), 2);
    for (name, description, words) in [
        ("ü".repeat(51), String::new(), ["display name", "51", "50"]),
        (
            "n".into(),
            "🎩".repeat(1001),
            ["description", "1001", "1000"],
        ),
        (String::new(), String::new(), ["display name", "empty", ""]),
    ] {
        for outcome in attempt(&name, &description) {
            let error = outcome.unwrap_err();
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::InvalidInput, 0)
            );
            for word in words {
                assert!(error.to_string().contains(word), "{error}");
            }
        }
    }
    assert_eq!(peer.requests().len(), 2, "nothing more was sent");
}

fn asset(fields: Value) -> Asset {
    let mut json = fields;
    json["assetId"] = json!("42");
    from_value(json).unwrap()
}

#[test]
fn links_are_read_whatever_the_platform() {
    let read = asset(json!({
        "twitchSocialLink": {"title": "t", "uri": "https://twitch.tv/x"},
        "devForumSocialLink": {"uri": "https://devforum.roblox.com/t/1", "new": [1]},
        "blueskySocialLink": {"title": null, "uri": "https://bsky.app/x"},
        "socialLink": {"uri": "https://example.com"},
        "facebookSocialLink": null,
        "twitterSocialLink": {},
        "guildedSocialLink": {"title": "", "uri": ""},
        "discordSocialLink": [1],
        "githubSocialLink": {"title": "only a title"},
        "tryAssetSocialLink": {"uri": "95206881"},
        "unknown": {"deep": {"er": [null]}},
    }));
    let uri = |platform: SocialPlatform| read.social_link(&platform).map(|link| link.uri.as_str());
    assert_eq!(uri(SocialPlatform::Twitch), Some("https://twitch.tv/x"));
    assert_eq!(
        uri(SocialPlatform::DevForum),
        Some("https://devforum.roblox.com/t/1")
    );
    assert_eq!(
        uri(SocialPlatform::from("bluesky")),
        Some("https://bsky.app/x")
    );
    assert_eq!(
        uri(SocialPlatform::Unspecified),
        Some("https://example.com")
    );
    assert_eq!(uri(SocialPlatform::GitHub), Some(""));
    for none in [
        SocialPlatform::Facebook,
        SocialPlatform::Twitter,
        SocialPlatform::Guilded,
        SocialPlatform::Discord,
    ] {
        assert_eq!(uri(none), None);
    }
    assert_eq!(read.social_links.len(), 5);
    assert_eq!(read.try_place, Some(PlaceId::from(95_206_881)));
    let flat = to_value(&read).unwrap();
    assert_eq!(
        flat["socialLinks"]["twitch"],
        json!({"title": "t", "uri": "https://twitch.tv/x"})
    );
    assert_eq!(flat["tryPlace"], "95206881");
    assert_eq!(asset(json!({})).social_links, []);
}

#[test]
fn the_place_to_try_comes_in_several_forms() {
    for (uri, place) in [
        (json!("95206881"), Some(95_206_881)),
        (json!(95_206_881), Some(95_206_881)),
        (json!("places/95206881"), Some(95_206_881)),
        (
            json!("https://www.roblox.com/games/95206881/Name"),
            Some(95_206_881),
        ),
        (json!("https://example.com"), None),
        (json!(""), None),
        (json!(null), None),
        (json!(-1), None),
        (json!({}), None),
    ] {
        let read = asset(json!({"tryAssetSocialLink": {"uri": uri}}));
        assert_eq!(read.try_place.map(PlaceId::get), place, "{uri}");
        assert_eq!(read.social_links, [], "it is not a link");
    }
}

#[test]
fn icon_previews_and_privacy_of_a_response() {
    let read = asset(json!({
        "icon": "assets/5",
        "previews": [{"asset": "assets/123", "altText": "p"}, {"asset": "odd"}, {"asset": null}, {}],
        "creationContext": {"creator": {"groupId": 7}, "assetPrivacy": "openUse"},
    }));
    assert_eq!(read.icon_id().map(AssetId::get), Some(5));
    let previews: Vec<_> = read.previews.iter().map(AssetPreview::asset_id).collect();
    assert_eq!(previews, [Some(123.into()), None, None, None]);
    assert_eq!(read.privacy, Some(AssetPrivacy::OpenUse));
    let other =
        asset(json!({"icon": "", "previews": null, "creationContext": {"assetPrivacy": "new"}}));
    assert_eq!((other.icon_id(), other.previews.len()), (None, 0));
    assert_eq!(other.privacy, Some(AssetPrivacy::from("new")));
    assert_eq!(asset(json!({"creationContext": null})).privacy, None);
}

#[test]
fn fields_are_requested_by_name() {
    let peer = MockServer::replying([ok(r#"{"assetId":"42"}"#)]);
    let fields = [
        AssetField::Description,
        AssetField::DisplayName,
        AssetField::AssetType,
        AssetField::Icon,
        AssetField::Previews,
        AssetField::State,
        AssetField::ModerationResult,
        AssetField::FacebookSocialLink,
        AssetField::TwitterSocialLink,
        AssetField::YouTubeSocialLink,
        AssetField::TwitchSocialLink,
        AssetField::DiscordSocialLink,
        AssetField::GitHubSocialLink,
        AssetField::RobloxSocialLink,
        AssetField::GuildedSocialLink,
        AssetField::DevForumSocialLink,
        AssetField::TryAssetSocialLink,
        AssetField::from("blueskySocialLink"),
    ];
    peer.client().asset(42).get_with(fields).unwrap();
    let mask = peer.requests()[0].query("readMask").unwrap();
    assert_eq!(
        mask,
        "description,displayName,assetType,icon,previews,state,moderationResult,facebookSocialLink,twitterSocialLink,\
         youtubeSocialLink,twitchSocialLink,discordSocialLink,githubSocialLink,robloxSocialLink,guildedSocialLink,\
         devForumSocialLink,tryAssetSocialLink,blueskySocialLink"
    );
}

/// Each field that is set is returned on request, and absent after it was removed.
#[test]
fn the_sandbox_stores_what_is_set() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let upload = AssetUpload::new(AssetType::Model, "Tree", "", file());
    let made = client
        .user(156)
        .upload_asset(upload.privacy(AssetPrivacy::Restricted))
        .unwrap()
        .wait(Duration::from_secs(10))
        .unwrap();
    assert_eq!(made.privacy, Some(AssetPrivacy::Restricted));
    let asset = client.asset(made.asset_id);
    let link = SocialLink::new("https://twitch.tv/x").title("t");
    let change = AssetUpdate::new()
        .icon(5)
        .previews([AssetPreview::new(6).alt_text("six")])
        .social_link(SocialPlatform::Twitch, link.clone())
        .try_place(7);
    let changed = asset.update(change).unwrap().poll().unwrap().unwrap();
    let all = [
        AssetField::Icon,
        AssetField::Previews,
        AssetField::TwitchSocialLink,
        AssetField::TryAssetSocialLink,
    ];
    let read = asset.get_with(all.clone()).unwrap();
    for known in [&changed, &read] {
        assert_eq!(known.icon_id(), Some(5.into()));
        assert_eq!(known.previews, [AssetPreview::new(6).alt_text("six")]);
        assert_eq!(known.social_link(&SocialPlatform::Twitch), Some(&link));
        assert_eq!(known.try_place, Some(7.into()));
    }
    let bare = asset.get().unwrap();
    assert_eq!((bare.icon, bare.try_place), (None, None), "not requested");

    let removed = AssetUpdate::new()
        .remove_icon()
        .previews([])
        .remove_social_link(SocialPlatform::Twitch);
    asset.update(removed).map(drop).unwrap();
    let read = asset.get_with(all).unwrap();
    assert_eq!((read.icon, read.previews.len()), (None, 0));
    assert_eq!(read.social_links, []);
    assert_eq!(read.try_place, Some(7.into()), "it was not removed");
}

#[test]
fn an_empty_id_is_read_from_the_path() {
    for id in [json!(""), json!("0"), json!(0), json!(null)] {
        let read: Asset = from_value(json!({"assetId": id, "path": "assets/42"})).unwrap();
        assert_eq!(read.asset_id.get(), 42, "{id}");
        let nameless = from_value::<Asset>(json!({"assetId": id, "displayName": "n"}));
        assert!(
            nameless.unwrap_err().to_string().contains("assetId"),
            "{id}"
        );
    }
}

#[test]
fn a_misspelled_type_is_rejected_with_a_suggestion() {
    let peer = MockServer::replying([ok(PENDING)]);
    let file = AssetFile::bytes("icon.png", [1]).content_type("image/png");
    let upload = AssetUpload::new(AssetType::from("decal"), "n", "", file);
    let error = peer.client().user(1).upload_asset(upload).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error.to_string().contains("did you mean \"Decal\"?"),
        "{error}"
    );
    assert!(peer.requests().is_empty());
}
