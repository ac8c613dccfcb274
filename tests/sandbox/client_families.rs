//! The crate's own client against the sandbox, one test for each family of endpoints.

use std::time::Duration;

use rblx_open_cloud::models::{
    AssetQuotaFilter, AssetType, AssetUpload, MembershipFilter, ThumbnailRequest,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, ErrorKind};

const SOON: Duration = Duration::from_secs(10);

#[test]
fn groups() {
    let sandbox = Sandbox::start().unwrap();
    let group = sandbox.client().group(7);
    assert_eq!(group.get().unwrap().member_count, Some(25));
    let ranks: Vec<_> = group
        .list_roles()
        .map(|role| role.unwrap().rank.unwrap())
        .collect();
    assert_eq!(ranks, [0, 1, 254, 255]);
    assert_eq!(group.get_role(98).unwrap().id.get(), 98);
    assert_eq!(group.set_role(1001, 98).unwrap().role_id.get(), 98);
    assert_eq!(group.assign_role(1001, 9).unwrap().role_ids.len(), 2);
    let left = group.unassign_role(1001, 98).unwrap();
    assert_eq!(left.role_id.get(), 9);
    let rejected = group.unassign_role(1001, 9).unwrap_err();
    assert_eq!(rejected.kind(), ErrorKind::BadRequest);

    sandbox.add_join_request(7, 5);
    assert_eq!(group.list_join_requests().count(), 2);
    assert!(group.find_join_request(2).unwrap().is_some());
    group.accept_join_request(2).unwrap();
    group.decline_join_request(5).unwrap();
    assert!(group.find_join_request(2).unwrap().is_none());
    let is_member = |user: u64| {
        group
            .list_memberships(MembershipFilter::user(user))
            .next()
            .is_some()
    };
    assert!(is_member(2) && !is_member(5));
    let gone = group.accept_join_request(5).unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
}

#[test]
fn users() {
    let sandbox = Sandbox::start().unwrap();
    let user = sandbox.client().user(156);
    for polls in [0, 3] {
        sandbox.thumbnails_take_polls(polls);
        let mut picture = user
            .generate_thumbnail(ThumbnailRequest::new().size(150))
            .unwrap();
        let uri = picture.wait(SOON).unwrap().image_uri;
        assert!(uri.ends_with("/150/150/AvatarHeadshot/Png"), "{uri}");
    }
    let malformed = user.generate_thumbnail(ThumbnailRequest::new().size(151));
    assert_eq!(malformed.unwrap_err().kind(), ErrorKind::BadRequest);
    let filter = AssetQuotaFilter::all()
        .uploads()
        .asset_type(AssetType::Audio);
    let quotas: Vec<_> = user.list_asset_quotas(filter).map(Result::unwrap).collect();
    assert_eq!(quotas.len(), 1);
    assert_eq!(
        (
            quotas.first().unwrap().usage,
            quotas.first().unwrap().capacity
        ),
        (Some(0), Some(10))
    );
}

#[test]
fn assets() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let file = AssetFile::bytes("a.fbx", vec![1, 2, 3]);
    let upload = AssetUpload::new(AssetType::Model, "x", "", file);
    let mut made = client.user(156).upload_asset(upload).unwrap();
    let asset = client.asset(made.wait(SOON).unwrap().asset_id);
    asset.roll_back(1).unwrap();
    assert_eq!(asset.list_versions().map(Result::unwrap).count(), 2);
    asset.get_version(2).unwrap();
    let missing = asset.get_version(3).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    let state = |asset: rblx_open_cloud::models::Asset| asset.state.unwrap().to_string();
    assert_eq!(state(asset.archive().unwrap()), "Archived");
    assert_eq!(state(asset.restore().unwrap()), "Active");
}
