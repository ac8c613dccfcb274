//! Groups, pictures, quotas and versions: requests and responses.

use std::time::Duration;

use crate::support::{MockServer, Received, attempts, ok, sent};
use rblx_open_cloud::models::{
    AssetField, AssetQuotaFilter, AssetType, MembershipFilter, QuotaPeriod, QuotaType,
    ThumbnailFormat, ThumbnailRequest, ThumbnailShape,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{ErrorKind, Result};

const MEMBERSHIP: &str = r#"{"path":"groups/7/memberships/156","user":"users/156","role":"groups/7/roles/9","roles":[]}"#;
const PICTURE: &str = r#"{"path":"users/156/operations/p","done":true,"response":{"imageUri":"https://tr.rbxcdn.com/p"}}"#;

#[test]
fn requests_are_the_documented_ones() {
    let next = |items: &mut dyn Iterator<Item = Result<()>>| items.next().transpose();
    let cases: Vec<(Received, &str, &str, &str)> = vec![
        (
            sent(|client| client.group(7).get()),
            "GET",
            "/cloud/v2/groups/7",
            "",
        ),
        (
            sent(|client| next(&mut client.group(7).list_roles().map(|role| role.map(drop)))),
            "GET",
            "/cloud/v2/groups/7/roles?maxPageSize=20",
            "",
        ),
        (
            sent(|client| client.group(7).get_role(9)),
            "GET",
            "/cloud/v2/groups/7/roles/9",
            "",
        ),
        (
            sent(|client| client.group(7).set_role(156, 9)),
            "PATCH",
            "/cloud/v2/groups/7/memberships/156",
            r#"{"role":"groups/7/roles/9"}"#,
        ),
        (
            sent(|client| client.group(7).assign_role(156, 9)),
            "POST",
            "/cloud/v2/groups/7/memberships/156:assignRole",
            r#"{"role":"groups/7/roles/9"}"#,
        ),
        (
            sent(|client| client.group(7).unassign_role(156, 9)),
            "POST",
            "/cloud/v2/groups/7/memberships/156:unassignRole",
            r#"{"role":"groups/7/roles/9"}"#,
        ),
        (
            sent(|client| {
                next(
                    &mut client
                        .group(7)
                        .list_join_requests()
                        .map(|wish| wish.map(drop)),
                )
            }),
            "GET",
            "/cloud/v2/groups/7/join-requests?maxPageSize=20",
            "",
        ),
        (
            sent(|client| client.group(7).find_join_request(156)),
            "GET",
            "/cloud/v2/groups/7/join-requests?filter=user%20%3D%3D%20%27users%2F156%27&maxPageSize=20",
            "",
        ),
        (
            sent(|client| client.group(7).accept_join_request(156)),
            "POST",
            "/cloud/v2/groups/7/join-requests/156:accept",
            "{}",
        ),
        (
            sent(|client| client.group(7).decline_join_request(156)),
            "POST",
            "/cloud/v2/groups/7/join-requests/156:decline",
            "{}",
        ),
        (
            sent(|client| client.user(156).generate_thumbnail(ThumbnailRequest::new())),
            "GET",
            "/cloud/v2/users/156:generateThumbnail",
            "",
        ),
        (
            sent(|client| {
                client.user(156).generate_thumbnail(
                    ThumbnailRequest::new()
                        .size(150)
                        .format(ThumbnailFormat::Jpeg)
                        .shape(ThumbnailShape::Square),
                )
            }),
            "GET",
            "/cloud/v2/users/156:generateThumbnail?size=150&format=JPEG&shape=SQUARE",
            "",
        ),
        (
            sent(|client| client.asset(5).get()),
            "GET",
            "/assets/v1/assets/5",
            "",
        ),
        (
            sent(|client| {
                client
                    .asset(5)
                    .get_with([AssetField::Description, AssetField::Previews])
            }),
            "GET",
            "/assets/v1/assets/5?readMask=description%2Cpreviews",
            "",
        ),
        (
            sent(|client| client.asset(5).get_version(2)),
            "GET",
            "/assets/v1/assets/5/versions/2",
            "",
        ),
        (
            sent(|client| {
                next(
                    &mut client
                        .asset(5)
                        .list_versions()
                        .map(|version| version.map(drop)),
                )
            }),
            "GET",
            "/assets/v1/assets/5/versions?maxPageSize=50",
            "",
        ),
        (
            sent(|client| client.asset(5).archive()),
            "POST",
            "/assets/v1/assets/5:archive",
            "",
        ),
        (
            sent(|client| client.asset(5).restore()),
            "POST",
            "/assets/v1/assets/5:restore",
            "",
        ),
    ];
    for (request, method, target, body) in cases {
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            (method, target)
        );
        assert_eq!(String::from_utf8_lossy(&request.body), body, "{target}");
        let content_type = (!body.is_empty()).then_some("application/json");
        assert_eq!(request.header("content-type"), content_type, "{target}");
        assert_eq!(request.header("transfer-encoding"), None, "{target}");
    }
}

#[test]
fn filters_are_spelled_as_the_service_reads_them() {
    let memberships = |filter: MembershipFilter| {
        sent(|client| client.group(7).list_memberships(filter).next().transpose()).query("filter")
    };
    assert_eq!(memberships(MembershipFilter::all()), None);
    assert_eq!(
        memberships(MembershipFilter::user(156)).as_deref(),
        Some("user == 'users/156'")
    );
    assert_eq!(
        memberships(MembershipFilter::role(9)).as_deref(),
        Some("role == 'groups/7/roles/9'")
    );
    let several = sent(|client| client.list_memberships([1, 2]).next().transpose());
    assert_eq!(several.path(), "/cloud/v2/groups/-/memberships");
    assert_eq!(
        several.query("filter").as_deref(),
        Some("user in ['users/1','users/2']")
    );
    let quotas = |filter: AssetQuotaFilter| {
        sent(|client| client.user(1).list_asset_quotas(filter).next().transpose()).query("filter")
    };
    assert_eq!(quotas(AssetQuotaFilter::all()), None);
    let both = AssetQuotaFilter::all()
        .uploads()
        .asset_type(AssetType::Audio);
    assert_eq!(
        quotas(both).as_deref(),
        Some("quotaType == RateLimitUpload && assetType == Audio")
    );

    let client = MockServer::replying([ok("{}")]).client();
    for users in [Vec::new(), (1..=51).collect::<Vec<u64>>()] {
        let error = client.list_memberships(users).next().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    let malformed = AssetQuotaFilter::all().asset_type(AssetType::from("Audio || true"));
    assert_eq!(
        client
            .user(1)
            .list_asset_quotas(malformed)
            .next()
            .unwrap()
            .unwrap_err()
            .kind(),
        ErrorKind::InvalidInput
    );
}

#[test]
fn only_idempotent_calls_are_sent_again() {
    assert_eq!(attempts(|client| client.group(7).accept_join_request(1)), 1);
    assert_eq!(attempts(|client| client.group(7).set_status("x")), 1);
    assert_eq!(attempts(|client| client.asset(7).archive()), 1);
    assert_eq!(attempts(|client| client.group(7).set_role(1, 2)), 4);
    // The document says that a member who has the role keeps it.
    assert_eq!(attempts(|client| client.group(7).assign_role(1, 2)), 4);
    assert_eq!(attempts(|client| client.group(7).unassign_role(1, 2)), 4);
    assert_eq!(attempts(|client| client.group(7).get()), 4);
    // Nor is it sent over an idle connection that the server may have closed.
    let peer = MockServer::replying([ok(MEMBERSHIP)]);
    let client = peer.client();
    client.group(7).set_role(156, 9).unwrap();
    client.group(7).accept_join_request(156).unwrap();
    client.group(7).set_role(156, 9).unwrap();
    assert_eq!(
        peer.requests()
            .iter()
            .map(|request| request.connection)
            .collect::<Vec<_>>(),
        [0, 1, 0]
    );
}

#[test]
fn a_picture_comes_at_once_or_is_polled_under_its_user() {
    let peer = MockServer::replying([ok(PICTURE)]);
    let picture = peer
        .client()
        .user(156)
        .generate_thumbnail(ThumbnailRequest::new())
        .unwrap()
        .wait(Duration::ZERO)
        .unwrap();
    assert_eq!(
        (picture.image_uri.as_str(), peer.requests().len()),
        ("https://tr.rbxcdn.com/p", 1)
    );
    let peer = MockServer::replying([
        ok(r#"{"path":"users/156/operations/p","done":null}"#),
        ok(PICTURE),
    ]);
    peer.client()
        .user(156)
        .generate_thumbnail(ThumbnailRequest::new())
        .unwrap()
        .wait(Duration::from_secs(9))
        .unwrap();
    assert_eq!(
        peer.requests()[1].target,
        "/cloud/v2/users/156/operations/p"
    );
}

#[test]
fn a_picture_that_cannot_be_decoded_still_names_its_operation() {
    let malformed = r#"{"path":"users/156/operations/p","done":true,"response":{}}"#;
    let client = MockServer::replying([ok(malformed)]).client();
    let error = client
        .user(156)
        .generate_thumbnail(ThumbnailRequest::new())
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Decode, Some("users/156/operations/p"))
    );
}

#[test]
fn versions_come_as_a_page_or_as_a_bare_list() {
    let versions = r#"[{"path":"assets/5/versions/2","published":true,"moderationResult":{"moderationState":"Approved"}}]"#;
    for response in [
        versions.to_owned(),
        format!(r#"{{"assetVersions":{versions},"nextPageToken":""}}"#),
    ] {
        let peer = MockServer::replying([ok(response)]);
        let versions: Vec<_> = peer
            .client()
            .asset(5)
            .list_versions()
            .collect::<Result<_>>()
            .unwrap();
        assert_eq!(
            (versions.len(), versions[0].number, versions[0].published),
            (1, Some(2), Some(true))
        );
    }
    let bare = MockServer::replying([ok("[]")])
        .client()
        .user(1)
        .list_groups()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(
        bare.kind(),
        ErrorKind::Decode,
        "only where it is documented"
    );
}

#[test]
fn the_sandbox_supports_all_of_it() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let group = client.group(7);
    assert_eq!(group.get().unwrap().owner_id, Some(156.into()));
    let roles: Vec<_> = group.list_roles().collect::<Result<_>>().unwrap();
    assert!(roles.len() >= 4 && roles.iter().any(|role| role.rank == Some(255)));
    let role = group.get_role(roles[1].id).unwrap();
    assert_eq!(role.id, roles[1].id);

    assert_eq!(
        group.find_join_request(2).unwrap().map(|wish| wish.user_id),
        Some(2.into())
    );
    group.accept_join_request(2).unwrap();
    assert!(group.find_join_request(2).unwrap().is_none());
    assert_eq!(group.list_memberships(MembershipFilter::user(2)).count(), 1);
    assert_eq!(group.assign_role(2, 98).unwrap().role_ids.len(), 2);
    assert_eq!(group.unassign_role(2, 98).unwrap().role_ids.len(), 1);
    assert_eq!(group.set_role(2, 98).unwrap().role_id, 98.into());
    assert_eq!(
        group.decline_join_request(999).unwrap_err().kind(),
        ErrorKind::NotFound
    );

    let quotas = AssetQuotaFilter::all()
        .uploads()
        .asset_type(AssetType::Audio);
    let quota = client
        .user(156)
        .list_asset_quotas(quotas)
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(
        (quota.quota_type, quota.capacity, quota.period),
        (Some(QuotaType::Upload), Some(10), Some(QuotaPeriod::Month))
    );
    #[cfg(feature = "upload")]
    {
        use rblx_open_cloud::AssetFile;
        use rblx_open_cloud::models::{AssetState, AssetUpload};
        let file = AssetFile::bytes("tree.fbx", [1]);
        let upload = AssetUpload::new(AssetType::Model, "Tree", "", file);
        let asset = client
            .user(156)
            .upload_asset(upload)
            .unwrap()
            .wait(Duration::from_secs(9))
            .unwrap();
        let asset = client.asset(asset.asset_id);
        assert_eq!(asset.roll_back(1).unwrap().number, Some(2));
        assert_eq!(asset.list_versions().count(), 2);
        assert_eq!(asset.archive().unwrap().state, Some(AssetState::Archived));
        assert_eq!(asset.restore().unwrap().state, Some(AssetState::Active));
        assert_eq!(asset.get().unwrap().display_name.as_deref(), Some("Tree"));
    }
}
