//! Grants: requests, and outcomes in which a rejection never looks like a success.

use std::time::Duration;

use crate::support::{self, MockServer, json as response, ok};
use rblx_open_cloud::models::{
    AssetAction, AssetGrant, AssetId, GrantErrorCode, GrantOutcome, GroupId, PermissionGrant,
    PermissionSubject, RoleId, UniverseId, UserId,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{ErrorKind, Result, RetryPolicy};
use serde_json::{Value, json};

fn grant(assets: impl IntoIterator<Item = u64>) -> PermissionGrant {
    PermissionGrant::new(AssetAction::Use, UniverseId::from(13_058)).assets(assets)
}

fn ids(ids: impl IntoIterator<Item = u64>) -> Vec<AssetId> {
    ids.into_iter().map(AssetId::from).collect()
}

/// Returns the outcome of a grant on the assets 1, 2 and 3.
fn outcome(body: &Value) -> Result<GrantOutcome> {
    let peer = MockServer::replying([ok(body.to_string())]);
    peer.client().grant_each_permission(grant([1, 2, 3]))
}

fn all(body: &Value) -> Result<Vec<AssetId>> {
    let peer = MockServer::replying([ok(body.to_string())]);
    peer.client().grant_permissions(grant([1, 2, 3]))
}

fn body(grant: PermissionGrant) -> Value {
    let peer = MockServer::replying([ok("{}")]);
    drop(peer.client().grant_each_permission(grant));
    let request = peer.requests().remove(0);
    assert_eq!(request.method, "PATCH");
    assert_eq!(
        request.target,
        "/asset-permissions-api/v1/assets/permissions"
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
    serde_json::from_slice(&request.body).unwrap()
}

#[test]
fn every_subject_and_every_option_as_the_document_has_it() {
    for (subject, kind, id) in [
        (UniverseId::from(13_058).into(), "Universe", "13058"),
        (UserId::from(156).into(), "User", "156"),
        (GroupId::from(7).into(), "Group", "7"),
        (RoleId::from(9).into(), "GroupRoleset", "9"),
        (PermissionSubject::Everyone, "All", ""),
    ] {
        let sent = body(PermissionGrant::new(AssetAction::Download, subject).asset(5));
        assert_eq!(
            sent,
            json!({"subjectType": kind, "subjectId": id, "action": "Download", "requests": [{"assetId": 5}]})
        );
    }
    let sent = body(
        grant([u64::MAX])
            .asset(
                AssetGrant::new(AssetId::from(2))
                    .with_dependencies()
                    .parent_version(4),
            )
            .assets(ids([3]).iter())
            .asset(AssetId::from(4)),
    );
    assert_eq!(
        sent["requests"],
        json!([
            {"assetId": u64::MAX},
            {"assetId": 2, "grantToDependencies": true, "parentVersionNumber": 4},
            {"assetId": 3},
            {"assetId": 4},
        ])
    );
    for (action, text) in [
        (AssetAction::Use, "Use"),
        (AssetAction::Edit, "Edit"),
        (AssetAction::CopyFromRcc, "CopyFromRcc"),
        (AssetAction::UpdateFromRcc, "UpdateFromRcc"),
        (AssetAction::from("Admire"), "Admire"),
    ] {
        let sent = body(PermissionGrant::new(action, UserId::from(1)).asset(1));
        assert_eq!(sent["action"], text);
    }
}

#[test]
fn a_grant_on_nothing_is_not_sent() {
    let peer = MockServer::replying([ok("{}")]);
    for error in [
        peer.client().grant_permissions(grant([])).unwrap_err(),
        peer.client().grant_each_permission(grant([])).unwrap_err(),
    ] {
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidInput, 0)
        );
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn only_reported_assets_count_as_granted() {
    for success in [json!([1, 2, 3]), json!(["1", "2", "3"]), json!([3, "2", 1])] {
        for errors in [json!([]), Value::Null] {
            let body = json!({"successAssetIds": success, "errors": errors, "later": true});
            let mut granted = all(&body).unwrap();
            granted.sort();
            assert_eq!(granted, ids([1, 2, 3]));
            assert!(outcome(&body).unwrap().refused.is_empty());
        }
    }
    assert!(all(&json!({"successAssetIds": [1, 2, 3]})).is_ok());
}

#[test]
fn a_success_that_holds_a_rejection_is_an_error_that_names_it() {
    let body = json!({"successAssetIds": [1], "errors": [
        {"assetId": "2", "code": "CannotManageAsset"},
        {"assetId": 3, "code": "AssetNotFound"},
    ]});
    let error = all(&body).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest, "no reason in common");
    assert_eq!(
        error.message(),
        "2 of 3 assets were refused: 2 (CannotManageAsset), 3 (AssetNotFound)"
    );
    assert_eq!(
        (error.code(), error.status(), error.attempts()),
        (None, None, 1)
    );
    assert_eq!(
        error.endpoint(),
        Some("/asset-permissions-api/v1/assets/permissions")
    );
    let details = json!([
        {"assetId": "2", "code": "CannotManageAsset"},
        {"assetId": "3", "code": "AssetNotFound"},
    ]);
    assert_eq!(error.details(), Some(&details));

    let outcome = outcome(&body).unwrap();
    assert_eq!(outcome.granted, ids([1]));
    assert_eq!(outcome.refused[0].asset_id, 2.into());
    assert_eq!(
        outcome.refused[0].code,
        Some(GrantErrorCode::CannotManageAsset)
    );
    assert_eq!(outcome.refused[1].code, Some(GrantErrorCode::AssetNotFound));
    assert_eq!(
        outcome.into_result().unwrap_err().message(),
        error.message()
    );
}

#[test]
fn reasons_in_common_are_reported_as_kind_and_code() {
    for (code, kind) in [
        ("AssetNotFound", ErrorKind::NotFound),
        ("SubjectNotFound", ErrorKind::NotFound),
        ("RequestNotFound", ErrorKind::NotFound),
        ("CannotManageAsset", ErrorKind::PermissionDenied),
        ("CannotManageSubject", ErrorKind::PermissionDenied),
        ("CallerNotOwner", ErrorKind::PermissionDenied),
        ("NotRequestable", ErrorKind::PermissionDenied),
        ("RequesterNotAConnection", ErrorKind::PermissionDenied),
        ("RateLimited", ErrorKind::RateLimited),
        ("UnknownError", ErrorKind::Unexpected),
        ("NeverHeardOf", ErrorKind::Unexpected),
        ("InvalidRequest", ErrorKind::BadRequest),
        ("PublicAssetCannotBeGrantedTo", ErrorKind::BadRequest),
        ("AssetTypeNotEnabled", ErrorKind::BadRequest),
        ("PermissionLimitReached", ErrorKind::BadRequest),
        ("DependenciesLimitReached", ErrorKind::BadRequest),
        ("AlreadyPending", ErrorKind::BadRequest),
        ("InvalidRequestStatus", ErrorKind::BadRequest),
        ("BatchSizeLimitExceeded", ErrorKind::BadRequest),
    ] {
        let rejection = |asset: u64| json!({"assetId": asset, "code": code});
        let body =
            json!({"successAssetIds": [], "errors": [rejection(1), rejection(2), rejection(3)]});
        let error = all(&body).unwrap_err();
        assert_eq!((error.kind(), error.code()), (kind, Some(code)));
        let reported = outcome(&body).unwrap().refused.remove(0).code.unwrap();
        assert_eq!(reported.as_str(), code);
        let is_new = code == "NeverHeardOf";
        assert_eq!(
            matches!(reported, GrantErrorCode::Unknown(_)),
            is_new,
            "{code}"
        );
    }
    // Permissions that exist already count as granted.
    let body = json!({"successAssetIds": [1], "errors": [{"assetId": 2, "code": "AlreadyHasAccess"}, {"assetId": 3, "code": "AlreadyHasAccess"}]});
    assert_eq!(all(&body).unwrap().len(), 3);
    // The same kind for two reasons.
    let body = json!({"successAssetIds": [1], "errors": [
        {"assetId": 2, "code": "AssetNotFound"}, {"assetId": 3, "code": "SubjectNotFound"},
    ]});
    let error = all(&body).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, None));
}

#[test]
fn an_unreported_asset_was_not_granted() {
    for body in [
        json!({}),
        json!({"successAssetIds": null, "errors": null}),
        json!({"successAssetIds": [], "errors": []}),
        json!({"successAssetIds": [4, 5]}),
    ] {
        let error = all(&body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unexpected, "{body}");
        assert!(
            error
                .message()
                .contains("2 (the service did not report it)"),
            "{error}"
        );
        let outcome = outcome(&body).unwrap();
        let rejected: Vec<_> = outcome
            .refused
            .iter()
            .map(|rejection| rejection.asset_id)
            .collect();
        assert_eq!(rejected, ids([1, 2, 3]));
        assert!(
            outcome
                .refused
                .iter()
                .all(|rejection| rejection.code.is_none())
        );
    }
    let partly = json!({"successAssetIds": [1, 3]});
    let error = all(&partly).unwrap_err();
    assert_eq!(
        error.message(),
        "1 of 3 assets were refused: 2 (the service did not report it)"
    );
}

#[test]
fn a_response_is_matched_with_its_request() {
    // More assets than requested, some of them twice, in another order.
    let body = json!({
        "successAssetIds": [9, 3, 3, 1],
        "errors": [
            {"assetId": 2, "code": "CannotManageAsset"},
            {"assetId": 2, "code": "UnknownError"},
            {"assetId": 8, "code": "AlreadyHasAccess"},
        ],
    });
    let matched = outcome(&body).unwrap();
    assert_eq!(matched.granted, ids([1, 3]));
    assert_eq!(matched.refused.len(), 1, "{matched:?}");
    assert_eq!(
        matched.refused[0].code,
        Some(GrantErrorCode::CannotManageAsset)
    );
    // An asset that was named twice is one asset.
    let client = MockServer::replying([ok(r#"{"successAssetIds": [1, 1]}"#)]).client();
    let granted = client.grant_permissions(grant([1, 1])).unwrap();
    assert_eq!(granted, ids([1]));
}

#[test]
fn contradictions_count_as_rejections() {
    // In both lists.
    let body =
        json!({"successAssetIds": [1, 2, 3], "errors": [{"assetId": 2, "code": "UnknownError"}]});
    let outcome = outcome(&body).unwrap();
    assert_eq!(outcome.granted, ids([1, 3]));
    assert_eq!(outcome.refused.len(), 1);
    assert!(all(&body).is_err());
    // About an asset that was not requested, and without a reason.
    let body = json!({"successAssetIds": [1, 2, 3], "errors": [{"assetId": 0}]});
    let error = all(&body).unwrap_err();
    assert_eq!(
        error.message(),
        "1 of 4 assets were refused: 0 (UnknownError)"
    );
    // Without an asset the response cannot be decoded, and is not a success.
    let body = json!({"successAssetIds": [1, 2, 3], "errors": [{"code": "InvalidRequest"}]});
    assert_eq!(all(&body).unwrap_err().kind(), ErrorKind::Decode);
    for malformed in [
        json!([]),
        json!({"successAssetIds": {}}),
        json!({"errors": "no"}),
        json!("granted"),
    ] {
        assert_eq!(
            all(&malformed).unwrap_err().kind(),
            ErrorKind::Decode,
            "{malformed}"
        );
    }
    let error = MockServer::replying([ok("")])
        .client()
        .grant_permissions(grant([1]))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn codes_of_the_service_are_sanitized() {
    let code = format!("leak {}\u{1b}[31m", support::KEY);
    let body = json!({"successAssetIds": [1, 2], "errors": [{"assetId": 3, "code": code}]});
    let error = all(&body).unwrap_err();
    let reported = format!("{error} {error:?} {:?}", error.details());
    assert!(!reported.contains(support::KEY), "{reported}");
    assert!(!error.to_string().contains('\u{1b}'), "{reported}");
}

#[test]
fn a_grant_is_tried_again_and_errors_of_the_service_are_reported() {
    let done = ok(json!({"successAssetIds": [1]}).to_string());
    let peer = MockServer::replying([response(503, "{}"), response(429, "{}"), done]);
    let quick = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client = peer.builder().retry(quick).build().unwrap();
    assert_eq!(client.grant_permissions(grant([1])).unwrap(), ids([1]));
    assert_eq!(peer.requests().len(), 3);

    let rejected = response(403, r#"{"error":{"code":"Forbidden","message":"no"}}"#);
    let error = MockServer::replying([rejected])
        .client()
        .grant_permissions(grant([1]))
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::PermissionDenied, Some("Forbidden"))
    );
    assert!(
        error.to_string().contains("asset-permissions:write"),
        "{error}"
    );
}

#[cfg(feature = "upload")]
#[test]
fn the_sandbox_grants_permissions_on_existing_assets() {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{AssetType, AssetUpload};

    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let file = AssetFile::bytes("tree.fbx", [1]);
    let upload = AssetUpload::new(AssetType::Model, "Tree", "", file);
    let mut upload = client.user(156).upload_asset(upload).unwrap();
    let tree = upload.wait(Duration::from_secs(9)).unwrap().asset_id;
    assert_eq!(
        client.grant_permissions(grant([tree.get()])).unwrap(),
        [tree]
    );
    let outcome = client
        .grant_each_permission(grant([tree.get(), 404]))
        .unwrap();
    assert_eq!(outcome.granted, [tree]);
    assert_eq!(outcome.refused[0].code, Some(GrantErrorCode::AssetNotFound));
    for (subject, is_there) in [
        (PermissionSubject::User(156.into()), true),
        (PermissionSubject::User(1.into()), false),
        (PermissionSubject::Group(7.into()), true),
        (PermissionSubject::Group(1.into()), false),
        (PermissionSubject::GroupRole(9.into()), true),
        (PermissionSubject::Everyone, true),
    ] {
        let grant = PermissionGrant::new(AssetAction::Edit, subject).asset(tree);
        let rejected = client.grant_permissions(grant).err();
        let code = rejected.as_ref().and_then(|error| error.code());
        assert_eq!(
            code,
            (!is_there).then_some("SubjectNotFound"),
            "{subject:?}"
        );
    }
}

#[test]
fn the_sandbox_rejects_invalid_grants() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let error = client.grant_permissions(grant([404])).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("AssetNotFound"))
    );
    let malformed = PermissionGrant::new(AssetAction::from("Admire"), UserId::from(156)).asset(1);
    assert_eq!(
        client.grant_permissions(malformed).unwrap_err().kind(),
        ErrorKind::BadRequest
    );
    let raw = |body: Value| {
        let method = rblx_open_cloud::Method::Patch;
        let path = "/asset-permissions-api/v1/assets/permissions";
        client
            .request(method, path)
            .json(&body)
            .send::<Value>()
            .map_err(|error| error.kind())
    };
    let good = json!({"subjectType": "All", "subjectId": "", "action": "Use", "requests": [{"assetId": "1"}]});
    assert!(raw(good.clone()).is_ok());
    for (field, value) in [
        ("subjectType", json!("Invalid")),
        ("subjectId", json!("5")),
        ("requests", json!([])),
        ("requests", json!([{"assetId": null}])),
        ("action", Value::Null),
    ] {
        let mut body = good.clone();
        body[field] = value;
        assert_eq!(raw(body), Err(ErrorKind::BadRequest), "{field}");
    }
}
