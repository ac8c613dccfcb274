//! Values of enums that have the letters of a known one, but not its case or separators, are rejected before anything is sent.

use crate::support::{MockServer, first, ok};
use rblx_open_cloud::models::{
    AssetField, AssetGrant, GroupAuditLogFilter, GroupId, InstanceUpdate, LocationRequest,
    PermissionGrant, StoreAsset, StoreAudioFilter, StoreModelFilter, StoreSaveFilter, StoreSearch,
    StoreSort, StoreSortDirection, ThumbnailRequest,
};
use rblx_open_cloud::{Client, DownloadOptions, ErrorKind, Result};

type Call = fn(&Client) -> Result<()>;

/// Calls with a misspelled value, and the value that was probably meant.
const CALLS: &[(&str, Call)] = &[
    ("description", |client| {
        let fields = [AssetField::from("displayName"), "Description".into()];
        client.asset(1).get_with(fields).map(drop)
    }),
    ("Model", |client| {
        let request = LocationRequest::new().expected_type("model".into());
        client.asset(1).location_with(request).map(drop)
    }),
    ("Model", |client| {
        let options = DownloadOptions::new().expected_type("model".into());
        client.asset(1).download_with(Vec::new(), options).map(drop)
    }),
    ("Use", |client| {
        let grant = PermissionGrant::new("use".into(), GroupId::from(7)).asset(AssetGrant::new(1));
        client.grant_permissions(grant).map(drop)
    }),
    ("JPEG", |client| {
        let request = ThumbnailRequest::new().format("jpeg".into());
        client.user(1).generate_thumbnail(request).map(drop)
    }),
    ("SQUARE", |client| {
        let request = ThumbnailRequest::new().shape("Square".into());
        client.user(1).generate_thumbnail(request).map(drop)
    }),
    ("ChangeRank", |client| {
        let filter = GroupAuditLogFilter::all().action("CHANGE_RANK".into());
        first(client.group(7).list_audit_log(filter))
    }),
    ("ForumPostCreatedNotification", |client| {
        let kind = "forumPostCreatedNotification".into();
        let group = client.group(7);
        group.set_notification_preference(&kind, true).map(drop)
    }),
    ("Server", |client| {
        let update = InstanceUpdate::script().run_context("SERVER".into());
        let script = client.universe(5).place(6).instance("i");
        script.update(update).map(drop)
    }),
    ("MeshPart", |client| {
        search(client, StoreSearch::of("meshPart".into()))
    }),
    ("Ratings", |client| {
        search(client, models().sort_by("ratings".into()))
    }),
    ("Descending", |client| {
        search(client, models().sort_direction("descending".into()))
    }),
    ("Full", |client| {
        search(client, models().view("full".into()))
    }),
    ("SoundEffect", |client| {
        let sounds = StoreAudioFilter::new().types(["Sound Effect".into()]);
        search(client, models().audio(sounds))
    }),
    ("Week", |client| {
        let sounds = StoreAudioFilter::new().chart("week".into());
        search(client, models().audio(sounds))
    }),
    ("Package", |client| {
        let packages = StoreModelFilter::new().sub_types(["PACKAGE".into()]);
        search(client, models().models(packages))
    }),
    ("MaterialPack", |client| {
        let others = StoreModelFilter::new().without_sub_types(["Material_Pack".into()]);
        search(client, models().models(others))
    }),
    ("Script", |client| {
        let scripted = StoreModelFilter::new().containing(["script".into()]);
        let search = models().models(scripted);
        first(client.creator_store().search_by_url(search))
    }),
    ("Decal", |client| {
        let filter = StoreSaveFilter::all().asset_type("decal".into());
        first(client.creator_store().list_saves(filter))
    }),
    ("Price", |client| {
        let filter = StoreSaveFilter::all().sort_by("price".into(), StoreSortDirection::None);
        first(client.creator_store().list_saves(filter))
    }),
    ("Plugin", |client| client.creator_store().save(plugin())),
    ("Plugin", |client| client.creator_store().unsave(plugin())),
    ("Plugin", |client| {
        client.creator_store().unsave_all([plugin()]).map(drop)
    }),
    #[cfg(feature = "upload")]
    ("openUse", |client| {
        let upload = upload().privacy("OpenUse".into());
        client.user(1).upload_asset(upload).map(drop)
    }),
    #[cfg(feature = "upload")]
    ("twitch", |client| {
        use rblx_open_cloud::models::AssetUpdate;
        let update = AssetUpdate::new().social_link("Twitch".into(), "https://twitch.tv/a");
        client.asset(1).update(update).map(drop)
    }),
];

#[test]
fn misspelled_values_are_not_sent() {
    for (index, (meant, call)) in CALLS.iter().enumerate() {
        let peer = MockServer::replying([ok("{}")]);
        let error = call(&peer.client()).unwrap_err();
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{index}: {text}");
        let hint = format!("did you mean {meant:?}?");
        assert!(text.contains(&hint), "{index}: {text}");
        assert!(peer.requests().is_empty(), "{index}: {text}");
    }
}

#[test]
fn values_that_are_really_new_are_sent() {
    let peer = MockServer::replying([ok("{}"), ok("{}")]);
    let store = peer.client().creator_store();
    let search = models().sort_by(StoreSort::from("Loudness"));
    first(store.search(search)).unwrap();
    assert!(peer.only_request().line().contains("Loudness"));
    let filter = GroupAuditLogFilter::all().action("PaintRoom".into());
    first(peer.client().group(7).list_audit_log(filter)).unwrap();
    assert_eq!(peer.requests().len(), 2);
}

fn models() -> StoreSearch {
    StoreSearch::of("Model".into())
}

fn plugin() -> StoreAsset {
    StoreAsset::new("plugin".into(), 1)
}

#[cfg(feature = "upload")]
fn upload() -> rblx_open_cloud::models::AssetUpload {
    use rblx_open_cloud::models::{AssetType, AssetUpload};
    let file = rblx_open_cloud::AssetFile::bytes("a.png", b"\x89PNG\r\n\x1a\n".to_vec());
    AssetUpload::new(AssetType::Image, "a", "", file)
}

fn search(client: &Client, search: StoreSearch) -> Result<()> {
    first(client.creator_store().search(search))
}
