//! Every call about assets, with every parameter.

use rblx_open_cloud::models::{
    Asset, AssetField, AssetId, AssetPreview, AssetPrivacy, AssetType, AssetUpdate, AssetUpload,
    LocationRequest, SocialLink, SocialPlatform,
};
use rblx_open_cloud::{Client, DownloadOptions, ErrorKind};

use crate::model;

pub(crate) fn call(client: &Client) {
    let user = client.user(156);
    let upload = || {
        AssetUpload::new(AssetType::Model, "Name", "Description", model())
            .expected_price(10)
            .privacy(AssetPrivacy::Restricted)
    };
    let link = || SocialLink::new("https://example.com").title("Title");
    let everything = || {
        AssetUpdate::new()
            .display_name("n")
            .description("d")
            .file(model())
            .expected_price(1)
            .icon(5)
            .previews([AssetPreview::new(6).alt_text("six"), AssetPreview::new(7)])
            .social_link(SocialPlatform::Facebook, link())
            .social_link(SocialPlatform::Twitter, link())
            .social_link(SocialPlatform::YouTube, link())
            .social_link(SocialPlatform::Twitch, link())
            .social_link(SocialPlatform::Discord, link())
            .social_link(SocialPlatform::GitHub, link())
            .social_link(SocialPlatform::Roblox, link())
            .social_link(SocialPlatform::Guilded, link())
            .social_link(SocialPlatform::DevForum, "https://example.com")
            .try_place(8)
    };
    let asset = client.asset(42);
    asset.get().unwrap();
    asset
        .get_with([AssetField::Description, AssetField::TwitchSocialLink])
        .unwrap();
    asset
        .list_versions()
        .page_size(2)
        .limit(2)
        .for_each(|one| assert!(one.is_ok()));
    asset.get_version(2).unwrap();
    asset.roll_back(1).unwrap();
    asset.archive().unwrap();
    asset.restore().unwrap();

    user.upload_asset(upload()).map(drop).unwrap();
    client.group(7).upload_asset(upload()).map(drop).unwrap();
    client
        .group(7)
        .update_asset(42, everything())
        .map(drop)
        .unwrap();
    asset.update(everything()).map(drop).unwrap();
    let removed = AssetUpdate::new()
        .remove_icon()
        .previews([])
        .remove_social_link(SocialPlatform::Twitch)
        .remove_try_place();
    asset.update(removed).map(drop).unwrap();
    locations(client);
    let mut operation = user.update_asset(42, everything()).unwrap();
    // The response is random: the operation may be done, failed or running.
    let polled = operation.poll();
    println!("the operation polled: {polled:?}");
    let polled = client.operation::<Asset>("operations/1").poll();
    println!("another one: {polled:?}");
}

/// The document does not describe the responses, so the mock returns empty ones.
fn locations(client: &Client) {
    let asset = client.asset(42);
    let all = || {
        LocationRequest::new()
            .expected_type(AssetType::Model)
            .skip_signing_scripts(true)
    };
    let download = DownloadOptions::new().expected_type(AssetType::Model);
    for outcome in [
        asset.location().map(drop),
        asset.version_location(3).map(drop),
        asset.location_with(all()).map(drop),
        asset.location_with(all().version(3)).map(drop),
        asset.download(Vec::new()).map(drop),
        asset
            .download_with(Vec::new(), download.version(3).skip_signing_scripts(false))
            .map(drop),
    ] {
        let error = outcome.unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Decode, None),
            "{error}"
        );
    }
}

/// Makes the calls about a model of user 156 in the sandbox.
pub(crate) fn call_sandbox(client: &Client, id: AssetId) {
    let asset = client.asset(id);
    let change = AssetUpdate::new()
        .icon(5)
        .previews([AssetPreview::new(6).alt_text("six")])
        .social_link(SocialPlatform::Twitch, "https://twitch.tv/x")
        .try_place(8);
    asset.update(change).map(drop).unwrap();
    let fields = [
        AssetField::Icon,
        AssetField::Previews,
        AssetField::TwitchSocialLink,
        AssetField::TryAssetSocialLink,
    ];
    assert_eq!(asset.get_with(fields).unwrap().social_links.len(), 1);
    let length = asset.download(Vec::new()).unwrap();
    assert_eq!(asset.location().unwrap().size(), Some(length));
}
