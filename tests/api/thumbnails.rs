//! 3D thumbnails: requests at a base URL, and responses, which are not documented.

use crate::support::{KEY, MockServer, Received, json as response, ok};
use rblx_open_cloud::models::{AssetId, OutfitId, Thumbnail3d, ThumbnailState};
use rblx_open_cloud::{Client, ErrorKind, Result};
use serde_json::json;

const PICTURE: &str = r#"{"targetId":201872425,"state":"Completed","imageUrl":"https://t3.rbxcdn.com/a4a3","version":"TN3"}"#;

/// A call, and its name.
type Call = (&'static str, fn(&Client) -> Result<Thumbnail3d>);

const CALLS: [Call; 4] = [
    ("/v1/assets-thumbnail-3d?assetId=5", |client| {
        client.asset(5).get_thumbnail_3d()
    }),
    ("/v1/assets-thumbnail-3d?assetId=5&useGltf=true", |client| {
        client.asset(AssetId::from(5)).get_thumbnail_gltf()
    }),
    ("/v1/users/avatar-3d?userId=156", |client| {
        client.user(156).get_avatar_3d()
    }),
    (
        "/v1/users/outfit-3d?outfitId=18446744073709551615",
        |client| client.get_outfit_3d(OutfitId::from(u64::MAX)),
    ),
];

fn with_response(body: impl Into<String>) -> Result<Thumbnail3d> {
    MockServer::replying([ok(body.into())])
        .client()
        .user(1)
        .get_avatar_3d()
}

#[test]
fn a_base_url_moves_the_pictures_as_well() {
    for (target, call) in CALLS {
        let peer = MockServer::replying([ok(PICTURE)]);
        let picture = call(&peer.client()).unwrap();
        assert_eq!(picture.state, ThumbnailState::Completed);
        assert_eq!(picture.finished(), Some("https://t3.rbxcdn.com/a4a3"));
        assert_eq!(picture.target_id, Some(201_872_425));
        assert_eq!(picture.version.as_deref(), Some("TN3"));
        let requests: Vec<Received> = peer.requests();
        let request = requests.first().unwrap();
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("GET", target)
        );
        assert_eq!(request.header("x-api-key"), Some(KEY));
        assert!(request.body.is_empty());
        assert_eq!(requests.len(), 1);
    }
    // A path before the path counts for both hosts.
    let peer = MockServer::replying([ok(PICTURE)]);
    let client = Client::builder(KEY)
        .base_url(format!("{}/open/", peer.url))
        .build()
        .unwrap();
    client.user(1).get_avatar_3d().unwrap();
    assert_eq!(
        peer.requests().first().unwrap().path(),
        "/open/v1/users/avatar-3d"
    );
}

#[test]
fn a_pending_thumbnail_is_neither_an_error_nor_a_url() {
    for body in [
        r#"{"targetId":1,"state":"Pending","imageUrl":null,"version":null}"#,
        r#"{"targetId":"1","state":"Pending","imageUrl":""}"#,
        r#"{"state":"Pending"}"#,
    ] {
        let picture = with_response(body).unwrap();
        assert_eq!(picture.state, ThumbnailState::Pending, "{body}");
        assert_eq!(
            (picture.finished(), &picture.image_url),
            (None, &None),
            "{body}"
        );
    }
    let blocked =
        with_response(r#"{"state":"Blocked","imageUrl":"https://t0.rbxcdn.com/placeholder"}"#)
            .unwrap();
    assert_eq!(blocked.finished(), None, "a placeholder is not a picture");
    assert!(blocked.image_url.is_some());
    let new = with_response(r#"{"state":"Melting","targetId":7}"#).unwrap();
    assert!(matches!(new.state, ThumbnailState::Unknown(ref state) if state.as_str() == "Melting"));
    let bare =
        with_response(r#"{"imageUrl":"30DAY-bbdb80c2b573bf222da3e92f5f148330","later":{"a":1}}"#)
            .unwrap();
    assert_eq!(
        bare.finished(),
        Some("30DAY-bbdb80c2b573bf222da3e92f5f148330")
    );
}

#[test]
fn a_response_without_a_picture_is_an_error() {
    for body in ["{}", "", "null", "[]", r#"{"state":null,"imageUrl":null}"#] {
        let error = with_response(body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.endpoint(), Some("/v1/users/avatar-3d"));
    }
    let inside =
        with_response(r#"{"errors":[{"code":4,"message":"The requested Ids are invalid"}]}"#);
    assert_eq!(
        inside.unwrap_err().message(),
        "The requested Ids are invalid"
    );
    let rejected = response(
        400,
        r#"{"errors":[{"code":4,"message":"The requested Ids are invalid, of an invalid type or missing."}]}"#,
    );
    for (_, call) in CALLS {
        let error = call(&MockServer::replying([rejected.clone()]).client()).unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::BadRequest, Some("4"))
        );
        assert!(error.message().starts_with("The requested Ids"), "{error}");
    }
}

#[test]
fn an_error_names_the_base_url_or_the_missing_scope() {
    // The server closes the connection without a response.
    let silent = MockServer::replying([Vec::new()]);
    let error = silent.client().user(1).get_avatar_3d().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains(&silent.url), "{error}");
    let forbidden = MockServer::replying([response(403, "{}")])
        .client()
        .asset(1)
        .get_thumbnail_3d();
    assert!(
        forbidden
            .unwrap_err()
            .to_string()
            .contains("thumbnail:read")
    );
}

#[test]
fn a_thumbnail_can_be_serialized() {
    let picture = with_response(PICTURE).unwrap();
    let written = serde_json::to_value(&picture).unwrap();
    assert_eq!(
        written,
        json!({"targetId": 201_872_425, "state": "Completed", "imageUrl": "https://t3.rbxcdn.com/a4a3", "version": "TN3"})
    );
    assert_eq!(
        serde_json::from_value::<Thumbnail3d>(written).unwrap(),
        picture
    );
}
