//! Pictures of users, and their quotas.

use crate::common::{BOUNDARY, PNG, Raw, assert_error, decal, encode, form};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

const PICTURE: &str = "/cloud/v2/users/156:generateThumbnail";
const QUOTAS: &str = "/cloud/v2/users/156/asset-quotas";

#[test]
fn a_picture_is_there_at_once() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let done = raw
        .get(&format!("{PICTURE}?size=150&format=PNG&shape=SQUARE"))
        .json();
    let path = done["path"].as_str().unwrap();
    assert!(path.starts_with("users/156/operations/"), "{path}");
    assert_eq!(
        done,
        json!({"path": path, "done": true, "response": {
            "@type": "apis.roblox.com/roblox.open_cloud.cloud.v2.GenerateUserThumbnailResponse",
            "imageUri": "https://tr.rbxcdn.com/sandbox-156-square/150/150/AvatarHeadshot/Png"
        }})
    );
    assert_eq!(raw.get(&format!("/cloud/v2/{path}")).json(), done);
    for (query, end) in [
        ("", "156-round/420/420/AvatarHeadshot/Png"),
        (
            "?size=720&format=JPEG",
            "156-round/720/720/AvatarHeadshot/Jpeg",
        ),
        (
            "?format=FORMAT_UNSPECIFIED&shape=SHAPE_UNSPECIFIED",
            "156-round/420/420/AvatarHeadshot/Png",
        ),
    ] {
        let picture = raw.get(&format!("{PICTURE}{query}")).json();
        let uri = picture["response"]["imageUri"].as_str().unwrap();
        assert!(uri.ends_with(end), "{uri}");
    }
}

#[test]
fn pictures_that_cannot_be_made() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for query in [
        "size=0",
        "size=149",
        "size=-1",
        "size=x",
        "format=png",
        "format=GIF",
        "shape=CIRCLE",
    ] {
        assert_error(
            &raw.get(&format!("{PICTURE}?{query}")),
            400,
            "INVALID_ARGUMENT",
        );
    }
    assert_error(
        &raw.get("/cloud/v2/users/x:generateThumbnail"),
        400,
        "INVALID_ARGUMENT",
    );
    assert_error(
        &raw.get("/cloud/v2/users/1:generateThumbnail"),
        404,
        "NOT_FOUND",
    );
}

#[test]
fn pictures_take_the_configured_number_of_polls() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    sandbox.thumbnails_take_polls(2);
    let started = raw.get(PICTURE).json();
    let path = started["path"].as_str().unwrap();
    assert_eq!(started, json!({"path": path, "done": false}));
    let target = format!("/cloud/v2/{path}");
    let responses: Vec<Value> = (0..4)
        .map(|_| raw.get(&target).json()["done"].clone())
        .collect();
    assert_eq!(
        responses,
        [json!(false), json!(false), json!(true), json!(true)]
    );
    assert_error(&raw.get(&target.replace("156", "2")), 404, "NOT_FOUND");
    assert_error(
        &raw.get("/cloud/v2/users/156/operations/unknown"),
        404,
        "NOT_FOUND",
    );
}

#[test]
fn quotas_count_uploads() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let audio = |raw: &mut Raw| raw.get(QUOTAS).json()["assetQuotas"][0].clone();
    let mut quota = audio(&mut raw);
    let reset = quota["usageResetTime"].take();
    assert_eq!(
        quota,
        json!({"path": "users/156/asset-quotas/RateLimitUpload-Audio", "quotaType": "RATE_LIMIT_UPLOAD",
            "assetType": "AUDIO", "usage": 0, "capacity": 10, "period": "MONTH", "usageResetTime": null})
    );
    let reset = reset.as_str().unwrap();
    assert!(reset.ends_with("-01T00:00:00Z"), "{reset}");
    let sound = |creator: &str| {
        decal("x")
            .replace("Decal", "Audio")
            .replace(r#""userId":"156""#, creator)
    };
    let mut send = |request: &str, kind: &str, status: u16| {
        let body = form(request, Some(("a.ogg", kind, PNG)));
        let sent = raw.form("POST", "/assets/v1/assets", BOUNDARY, &body);
        assert_eq!(sent.status, status, "{}", sent.text());
    };
    send(&sound(r#""userId":"156""#), "audio/ogg", 200);
    send(&sound(r#""userId":"156""#), "audio/ogg", 200);
    send(&sound(r#""userId":"2""#), "audio/ogg", 200);
    send(&sound(r#""groupId":"7""#), "audio/ogg", 200);
    send(&sound(r#""userId":"156""#), "audio/odd", 400);
    send(&decal("x"), "image/png", 200);
    assert_eq!(audio(&mut raw)["usage"], 2);
    sandbox.clear_requests();
    assert_eq!(audio(&mut raw)["usage"], 2);
}

#[test]
fn quota_filters() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for (filter, count) in [
        ("", 4),
        (" ", 4),
        ("quotaType == RateLimitUpload && assetType == Audio", 1),
        ("assetType==Audio&&quotaType==RateLimitUpload", 1),
        ("quotaType == RateLimitUpload", 2),
        ("quotaType == RateLimitCreatorStoreDistribute", 2),
        ("assetType == Model", 1),
        ("assetType == Hat", 0),
        ("quotaType == RateLimitUpload && assetType == Model", 0),
    ] {
        let page = raw.get(&format!("{QUOTAS}?filter={}", encode(filter)));
        assert_eq!(page.status, 200, "{filter}: {}", page.text());
        assert_eq!(
            page.json()["assetQuotas"].as_array().unwrap().len(),
            count,
            "{filter}"
        );
    }
    for filter in [
        "quotaType",
        "quotaType = RateLimitUpload",
        "quotaType == RATE_LIMIT_UPLOAD",
        "quotaType == 'RateLimitUpload'",
        "quotaType == ",
        "assetType == ",
        "assetType == \"Audio\"",
        "assetType == A B",
        "assetType == Audio && assetType == Audio",
        "assetType == Audio &&",
        "&& assetType == Audio",
        "assetType == Audio || assetType == Model",
        "assetType != Audio",
        "usage == 1",
    ] {
        assert_error(
            &raw.get(&format!("{QUOTAS}?filter={}", encode(filter))),
            400,
            "INVALID_ARGUMENT",
        );
    }
    let first = raw.get(&format!("{QUOTAS}?maxPageSize=3")).json();
    assert_eq!(first["assetQuotas"].as_array().unwrap().len(), 3);
    let token = first["nextPageToken"].as_str().unwrap();
    let second = raw
        .get(&format!("{QUOTAS}?maxPageSize=3&pageToken={token}"))
        .json();
    assert_eq!(
        (
            second["assetQuotas"].as_array().unwrap().len(),
            &second["nextPageToken"]
        ),
        (1, &json!(""))
    );
    assert_error(&raw.get("/cloud/v2/users/1/asset-quotas"), 404, "NOT_FOUND");
    assert_error(
        &raw.get("/cloud/v2/users/x/asset-quotas"),
        400,
        "INVALID_ARGUMENT",
    );
}
