//! The official document as validator: servers that are made from it check the calls of the crate and the responses of the
//! sandbox.
//!
//! Needs the folder that `.ci/conformance` prepares (`CONFORMANCE_DIR`), with Node and Java; skipped without it.
#![cfg(all(feature = "sandbox", feature = "upload"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a failed test is a panic, and what was skipped is said"
)]

#[path = "../support/endpoints.rs"]
mod endpoints;
#[path = "../support/official.rs"]
mod official;

mod assets;
#[cfg(feature = "configs")]
mod configs;
mod data_stores;
mod experience;
mod groups;
#[cfg(feature = "localization")]
mod home_thumbnails;
#[cfg(feature = "localization")]
mod localization;
mod luau;
mod people;
mod selling;
mod store;
mod stores;
mod universes;
mod users;
mod validator;

use std::path::PathBuf;
use std::time::Duration;

use rblx_open_cloud::models::{
    AssetAction, AssetQuotaFilter, AssetType, AssetUpdate, AssetUpload, InventoryFilter,
    MembershipFilter, PermissionGrant, ThumbnailRequest, UniverseId,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, Client, RetryPolicy};

use validator::{Validator, assert_accepted, recorder};

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("CONFORMANCE_DIR").map(PathBuf::from);
    if folder.is_none() {
        println!("CONFORMANCE_DIR is not set: skipped");
    }
    folder
}

fn client(url: &str, key: &str) -> Client {
    let millisecond = Duration::from_millis(1);
    Client::builder(key)
        .base_url(url)
        .retry(RetryPolicy::none())
        .poll_interval(millisecond, millisecond)
        .build()
        .unwrap()
}

/// The proxies read bodies as text, so the content is text.
fn model() -> AssetFile {
    AssetFile::bytes("model.fbx", b"; FBX 7.4.0 project file".to_vec())
}

#[test]
fn every_call_with_every_parameter_is_accepted() {
    let Some(folder) = folder() else { return };
    let strict = Validator::start(&folder, None, &["strict"]);
    let chain = Validator::start(
        &folder,
        Some("openapi.closed.json"),
        &["proxy", &strict.url],
    );
    let (url, seen) = recorder(&chain.url);
    let client = client(&url, "key");

    users::call(&client);
    groups::call(&client);
    assets::call(&client);
    people::call(&client);
    store::call(&client);
    universes::call(&client);
    luau::call(&client);
    data_stores::call(&client);
    stores::call(&client);
    selling::call(&client);
    experience::call(&client);
    #[cfg(feature = "configs")]
    configs::call(&client);
    #[cfg(feature = "localization")]
    home_thumbnails::call(&client);
    #[cfg(feature = "localization")]
    localization::call(&client);

    assert_accepted(&seen);
    let seen = seen.lock().unwrap();
    let is_newer = |method: &str, template: &str| {
        let rows = official::rows();
        let mut newer = rows.iter().filter(|row| !row.is_official());
        newer.any(|row| row.call() == (method, template))
    };
    for (method, template) in endpoints::endpoints() {
        if is_newer(&method, &template) {
            continue; // the validating document does not have it
        }
        let is_seen = seen
            .iter()
            .any(|(known, path, _)| *known == method && endpoints::is_of(path, &template));
        assert!(is_seen, "{method} {template} was never called");
    }
    println!("{} requests accepted", seen.len());
}

#[test]
fn the_sandbox_responds_as_the_document_says() {
    let Some(folder) = folder() else { return };
    let sandbox = Sandbox::start().unwrap();
    let validator = Validator::start(
        &folder,
        Some("openapi.sliced.json"),
        &["proxy", &sandbox.url()],
    );
    let (url, seen) = recorder(&validator.url);
    let client = client(&url, sandbox.api_key());
    let user = client.user(156);

    universes::call_sandbox(&client);
    luau::call_sandbox(&client);
    data_stores::call_sandbox(&client);
    stores::call_sandbox(&client);
    selling::call_sandbox(&client);
    experience::call_sandbox(&sandbox, &client);
    #[cfg(feature = "configs")]
    configs::call_sandbox(&client);
    assert_eq!(user.get().unwrap().name, "builderman");
    assert_eq!(user.list_groups().map(Result::unwrap).count(), 3);
    assert_eq!(
        user.list_inventory(InventoryFilter::all())
            .map(Result::unwrap)
            .count(),
        150
    );
    let collectibles = InventoryFilter::by_type().only_collectibles();
    assert_eq!(
        user.list_inventory(collectibles)
            .map(Result::unwrap)
            .count(),
        20
    );
    let picture = user
        .generate_thumbnail(ThumbnailRequest::new().size(150))
        .unwrap();
    assert!(picture.is_done());
    assert!(
        user.list_asset_quotas(AssetQuotaFilter::all())
            .map(Result::unwrap)
            .count()
            > 1
    );
    let group = client.group(7);
    group.get().unwrap();
    let roles: Vec<_> = group.list_roles().map(Result::unwrap).collect();
    group.get_role(roles[0].id).unwrap();
    assert!(
        group
            .list_memberships(MembershipFilter::all())
            .map(Result::unwrap)
            .count()
            > 20
    );
    assert_eq!(group.list_join_requests().map(Result::unwrap).count(), 1);
    group.accept_join_request(2).unwrap();
    group.assign_role(2, 98).unwrap();
    group.unassign_role(2, 98).unwrap();
    group.set_role(2, 98).unwrap();
    people::call_sandbox(&sandbox, &client);
    let upload = AssetUpload::new(AssetType::Model, "Tree", "A tree", model());
    let asset = user
        .upload_asset(upload)
        .unwrap()
        .wait(Duration::from_secs(5))
        .unwrap();
    let change = AssetUpdate::new().display_name("Oak").file(model());
    let asset = user
        .update_asset(asset.asset_id, change)
        .unwrap()
        .wait(Duration::from_secs(5))
        .unwrap();
    assert_eq!(asset.display_name.as_deref(), Some("Oak"));
    let renamed = user
        .update_asset(asset.asset_id, AssetUpdate::new().display_name("Elm"))
        .unwrap();
    assert!(renamed.is_done());
    assets::call_sandbox(&client, asset.asset_id);
    let asset = client.asset(asset.asset_id);
    asset.get().unwrap();
    asset.archive().unwrap();
    asset.restore().unwrap();
    asset.get_version(1).unwrap();
    let grant = PermissionGrant::new(AssetAction::Use, UniverseId::from(13_058)).asset(asset.id());
    assert_eq!(
        client.grant_permissions(grant.clone()).unwrap(),
        [asset.id()]
    );
    let outcome = client.grant_each_permission(grant.asset(404)).unwrap();
    assert_eq!((outcome.granted.len(), outcome.refused.len()), (1, 1));
    assert_accepted(&seen);
}
