//! Uploads, operations and changes of assets.

use crate::common::{BOUNDARY, PNG, Raw, decal, finished, form, upload};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

const FILE: (&str, &str, &[u8]) = ("a.png", "image/png", PNG);

fn assert_rejected(reply: &crate::common::Reply, message: &str) {
    crate::common::assert_error(reply, 400, "INVALID_ARGUMENT");
    assert!(
        reply.json()["message"].as_str().unwrap().contains(message),
        "{message}: {}",
        reply.text()
    );
}

#[test]
fn an_upload_from_start_to_end() {
    let sandbox = Sandbox::builder().clock_speed(0.0).start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let started = upload(&mut raw, &decal("Näme"), FILE).json();
    let id = started["operationId"].as_str().unwrap();
    assert_eq!(
        started,
        json!({"path": format!("operations/{id}"), "operationId": id, "done": false})
    );
    assert_eq!(
        id.split('-').map(str::len).collect::<Vec<_>>(),
        [8, 4, 4, 4, 12]
    );
    let path = format!("/assets/v1/operations/{id}");
    assert_eq!(raw.get(&path).json(), started, "a poll finds it pending");
    sandbox.advance(std::time::Duration::from_millis(100));
    let done = raw.get(&path).json();
    assert_eq!(done["done"], true);
    let response = &done["response"];
    let asset = response["assetId"].as_str().unwrap();
    assert_eq!(response["path"], format!("assets/{asset}"));
    assert_eq!(
        response["@type"],
        "type.googleapis.com/roblox.open_cloud.assets.v1.Asset"
    );
    assert_eq!(
        (&response["displayName"], &response["description"]),
        (&json!("Näme"), &json!("d"))
    );
    assert_eq!(
        (&response["assetType"], &response["revisionId"]),
        (&json!("Decal"), &json!("1"))
    );
    assert_eq!(
        response["creationContext"],
        json!({"creator": {"userId": "156"}})
    );
    assert_eq!(
        response["moderationResult"],
        json!({"moderationState": "Approved"})
    );
    assert_eq!(response["state"], "Active");
    assert!(
        response["revisionCreateTime"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
    assert_eq!(raw.get(&path).json(), done, "and so it stays");
    let mut fetched = raw.get(&format!("/assets/v1/assets/{asset}")).json();
    fetched["@type"] = response["@type"].clone();
    assert_eq!(&fetched, response);
    let owned = raw
        .get(&format!(
            "/cloud/v2/users/156/inventory-items?filter=assetIds={asset}"
        ))
        .json();
    assert_eq!(
        owned["inventoryItems"][0]["assetDetails"]["inventoryItemAssetType"],
        "DECAL"
    );
    let seen = &sandbox.uploads()[0];
    assert_eq!(
        (
            seen.asset_id(),
            seen.creator_user().unwrap().get(),
            seen.creator_group()
        ),
        (None, 156, None)
    );
    assert_eq!(
        (
            seen.display_name(),
            seen.description(),
            seen.expected_price()
        ),
        (Some("Näme"), Some("d"), Some(0))
    );
    assert_eq!(
        (seen.file_name(), seen.content_type()),
        (Some("a.png"), Some("image/png"))
    );
    assert_eq!(
        (seen.content(), seen.content_length()),
        (PNG, PNG.len() as u64)
    );
    assert_eq!(seen.asset_type().to_string(), "Decal");
    assert_eq!(seen.request_json(), decal("Näme"));
}

#[test]
fn operations_take_the_configured_number_of_polls() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    sandbox.polls_until_done(0);
    let done = upload(&mut raw, &decal("x"), FILE).json();
    assert_eq!(
        (&done["done"], &done["response"]["displayName"]),
        (&json!(true), &json!("x"))
    );
    sandbox.polls_until_done(3);
    let path = upload(&mut raw, &decal("x"), FILE).json()["path"]
        .as_str()
        .unwrap()
        .to_owned();
    let responses: Vec<Value> = (0..4)
        .map(|_| raw.get(&format!("/assets/v1/{path}")).json()["done"].clone())
        .collect();
    assert_eq!(
        responses,
        [json!(false), json!(false), json!(false), json!(true)]
    );
    assert_eq!(raw.get("/assets/v1/operations/unknown").status, 404);
}

#[test]
fn operations_that_fail() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    sandbox.polls_until_done(0);
    sandbox.fail_next_operation("3", "no");
    sandbox.fail_next_operation("INVALID_ARGUMENT", "never");
    assert_eq!(
        upload(&mut raw, &decal("x"), FILE).json()["error"],
        json!({"code": 3, "message": "no"})
    );
    let failed = upload(&mut raw, &decal("x"), FILE).json();
    assert_eq!(
        (&failed["error"]["code"], failed.get("response")),
        (&json!("INVALID_ARGUMENT"), None)
    );
    assert_eq!(
        upload(&mut raw, &decal("x"), FILE).json()["response"]["displayName"],
        "x"
    );
}

#[test]
fn creators() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    sandbox.polls_until_done(0);
    let request = |creator: Value| {
        json!({"assetType": "Image", "displayName": "n", "description": "", "creationContext": {"creator": creator}}).to_string()
    };
    for (creator, response) in [
        (json!({"userId": 156}), json!({"userId": "156"})),
        (
            json!({"userId": "2", "groupId": null}),
            json!({"userId": "2"}),
        ),
        (json!({"groupId": "7"}), json!({"groupId": "7"})),
    ] {
        let done = upload(&mut raw, &request(creator), FILE).json();
        assert_eq!(done["response"]["creationContext"]["creator"], response);
    }
    for creator in [
        json!(null),
        json!({}),
        json!({"userId": 1}),
        json!({"groupId": 1}),
        json!({"userId": "x"}),
        json!({"userId": 156, "groupId": 7}),
        json!(5),
    ] {
        assert_rejected(&upload(&mut raw, &request(creator), FILE), "creat");
    }
}

#[test]
fn requests_that_are_rejected() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let with = |name: &str, value: Value| {
        let mut request: Value = serde_json::from_str(&decal("n")).unwrap();
        request[name] = value;
        request.to_string()
    };
    for (request, message) in [
        (String::new(), "JSON"),
        ("[]".to_owned(), "JSON"),
        ("{\"a\":".to_owned(), "JSON"),
        ("{}".to_owned(), "assetType"),
        (with("assetType", json!(null)), "assetType"),
        (with("assetType", json!("a b")), "assetType"),
        (with("assetType", json!("Nonsense")), "assetType"),
        (with("assetType", json!("decal")), "assetType"),
        (with("displayName", json!("")), "displayName"),
        (with("displayName", json!(5)), "displayName"),
        (with("displayName", json!("ü".repeat(51))), "50"),
        (with("description", json!("ü".repeat(1001))), "1000"),
        (with("creationContext", json!(null)), "creator"),
        (
            with("displayName", json!("a moderated-name")),
            "AssetName is moderated.",
        ),
        (
            with("description", json!("moderated-description")),
            "AssetDescription is moderated.",
        ),
    ] {
        assert_rejected(&upload(&mut raw, &request, FILE), message);
    }
    assert_eq!(
        upload(&mut raw, &with("displayName", json!("ü".repeat(50))), FILE).status,
        200
    );
    assert_eq!(
        upload(
            &mut raw,
            &with("description", json!("ü".repeat(1000))),
            FILE
        )
        .status,
        200
    );
    assert_rejected(
        &raw.form(
            "POST",
            "/assets/v1/assets",
            BOUNDARY,
            &form(&decal("n"), None),
        ),
        "fileContent",
    );
    assert_rejected(
        &raw.form(
            "POST",
            "/assets/v1/assets",
            "other",
            &form(&decal("n"), Some(FILE)),
        ),
        "boundary",
    );
    assert_rejected(
        &raw.form("POST", "/assets/v1/assets", "\"\"", b"x"),
        "multipart",
    );
    assert_rejected(
        &raw.form("POST", "/assets/v1/assets", BOUNDARY, b""),
        "boundary",
    );
    raw.send(
        raw.head(
            "POST",
            "/assets/v1/assets",
            &["content-length: 2", "content-type: application/json"],
        ) + "{}",
    );
    assert_rejected(&raw.reply(), "multipart");
    sandbox.price(10);
    let priced = |price: Value| {
        let mut request: Value = serde_json::from_str(&decal("n")).unwrap();
        request["creationContext"]["expectedPrice"] = price;
        request.to_string()
    };
    assert_rejected(&upload(&mut raw, &priced(json!(9)), FILE), "10 Robux");
    assert_rejected(&upload(&mut raw, &priced(json!(null)), FILE), "10 Robux");
    assert_rejected(
        &upload(&mut raw, &priced(json!("x")), FILE),
        "expectedPrice",
    );
    assert_eq!(upload(&mut raw, &priced(json!("10")), FILE).status, 200);
    assert_eq!(sandbox.uploads().len(), 3);
}

#[test]
fn content_must_fit_the_asset_type() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let mut upload_message = |kind: &str, content_type: &str, content: &[u8]| {
        let request = decal("n").replace("Decal", kind);
        let reply = upload(&mut raw, &request, ("f", content_type, content));
        reply.json()["message"]
            .as_str()
            .map_or("ok".to_owned(), str::to_owned)
    };
    let jpeg: &[u8] = b"\xff\xd8\xff\xe0";
    for (kind, content_type, content) in [
        ("Decal", "image/png", PNG),
        ("Decal", "IMAGE/PNG; q=1", PNG),
        ("Image", "image/jpeg", jpeg),
        ("Image", "image/bmp", b"BM.."),
        ("Decal", "image/tga", b"\0"),
        ("Audio", "audio/flac", b"fLaC"),
        ("Model", "model/gltf+json", b"{}"),
        ("Animation", "model/x-rbxm", b"<roblox!"),
        ("Video", "video/mov", b"...."),
        ("Mesh", "model/x-file-mesh-data", b"version"),
        ("TShirtAccessory", "application/anything", b"x"),
    ] {
        assert_eq!(
            upload_message(kind, content_type, content),
            "ok",
            "{kind} {content_type}"
        );
    }
    for (kind, content_type, content) in [
        ("Decal", "image/png", jpeg),
        ("Decal", "image/png", &PNG[..7]),
        ("Decal", "image/png", b""),
        ("Image", "image/jpeg", PNG),
        ("Image", "image/bmp", PNG),
        ("Image", "image/gif", b"GIF89a"),
        ("Image", "image/tga", b""),
        ("Decal", "audio/mpeg", PNG),
    ] {
        assert_eq!(
            upload_message(kind, content_type, content),
            "\"InvalidImage\"",
            "{kind} {content_type}"
        );
    }
    for (kind, content_type) in [
        ("Audio", "image/png"),
        ("Model", "application/octet-stream"),
        ("Animation", "model/fbx"),
        ("Video", "video/webm"),
    ] {
        assert_eq!(
            upload_message(kind, content_type, PNG),
            "Unsupported file type"
        );
    }
    assert_eq!(
        upload_message("Audio", "audio/mpeg", b""),
        "The file is empty"
    );
}

#[test]
fn metadata_changes() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let id = finished(&mut raw, &decal("old"), FILE)["assetId"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/assets/v1/assets/{id}");
    let mut change = |query: &str, request: &str| {
        raw.form(
            "PATCH",
            &format!("{path}{query}"),
            BOUNDARY,
            &form(request, None),
        )
    };
    let changed = change(
        "?updateMask=displayName",
        &format!("{{\"assetId\":{id},\"displayName\":\"new\",\"description\":\"ignored\"}}"),
    );
    assert_eq!(
        changed.json(),
        json!({"path": format!("assets/{id}"), "displayName": "new"})
    );
    let changed = change(
        "?updateMask=displayName%2Cdescription",
        &format!("{{\"assetId\":\"{id}\",\"displayName\":\"newer\"}}"),
    );
    assert_eq!(
        changed.json()["description"],
        "",
        "in the mask, not in the body: cleared"
    );
    let changed = change(
        "",
        "{\"description\":\"d2\",\"displayName\":null,\"nothing\":1}",
    );
    assert_eq!(
        changed.json(),
        json!({"path": format!("assets/{id}"), "description": "d2"})
    );
    let link = json!({"title": "t", "uri": "u"});
    let changed = change(
        "?updateMask=twitterSocialLink",
        &json!({"twitterSocialLink": link}).to_string(),
    );
    assert_eq!(changed.json()["twitterSocialLink"], link);
    assert_rejected(&change("?updateMask=assetType", "{}"), "assetType");
    assert_rejected(&change("?updateMask=displayName,", "{}"), "updateMask");
    assert_rejected(&change("", "{\"assetId\":5}"), "assetId");
    assert_rejected(
        &change("", &json!({"displayName": "x".repeat(51)}).to_string()),
        "50",
    );
    assert_rejected(
        &change("", &json!({"displayName": "moderated-name"}).to_string()),
        "AssetName is moderated.",
    );
    let asset = raw.get(&path).json();
    assert_eq!(
        (
            &asset["displayName"],
            &asset["description"],
            &asset["revisionId"]
        ),
        (&json!("newer"), &json!("d2"), &json!("1"))
    );
    assert_eq!(asset.get("twitterSocialLink"), None, "not requested");
    let requested = raw.get(&format!("{path}?readMask=twitterSocialLink"));
    assert_eq!(requested.json()["twitterSocialLink"], link);
    let uploads = sandbox.uploads();
    assert_eq!(uploads.len(), 5);
    assert_eq!(
        (
            uploads[1].asset_id().unwrap().to_string(),
            uploads[1].file_name()
        ),
        (id.clone(), None)
    );
    let gone = raw.form("PATCH", "/assets/v1/assets/4", BOUNDARY, &form("{}", None));
    assert_eq!(
        (
            gone.status,
            raw.get("/assets/v1/assets/4").status,
            raw.get("/assets/v1/assets/x").status
        ),
        (404, 404, 400)
    );
    sandbox.updates_as_operations(true);
    let operation = raw
        .form(
            "PATCH",
            &path,
            BOUNDARY,
            &form("{\"displayName\":\"newest\"}", None),
        )
        .json();
    assert_eq!(operation["done"], false);
}

#[test]
fn content_changes() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let model = finished(
        &mut raw,
        &decal("m").replace("Decal", "Model"),
        ("m.fbx", "model/fbx", b"1"),
    );
    let picture = finished(&mut raw, &decal("p"), FILE);
    let mut change = |asset: &Value, kind: &str| {
        let target = format!("/assets/v1/{}", asset["path"].as_str().unwrap());
        raw.form(
            "PATCH",
            &target,
            BOUNDARY,
            &form("{\"displayName\":\"m2\"}", Some(("m2", kind, b"2"))),
        )
    };
    assert_rejected(&change(&picture, "image/png"), "Decal");
    assert_rejected(&change(&model, "image/png"), "Unsupported file type");
    let started = change(&model, "model/x-rbxm").json();
    let path = format!("/assets/v1/{}", started["path"].as_str().unwrap());
    sandbox.advance(std::time::Duration::from_secs(1));
    let done = raw.get(&path).json();
    assert_eq!(
        (
            &done["response"]["revisionId"],
            &done["response"]["displayName"]
        ),
        (&json!("2"), &json!("m2"))
    );
    assert_eq!(sandbox.uploads()[2].content(), b"2");
    let owned = raw
        .get("/cloud/v2/users/156/inventory-items?filter=inventoryItemAssetTypes=MODEL")
        .json();
    assert_eq!(
        owned["inventoryItems"].as_array().unwrap().len(),
        1,
        "an update is not a second item"
    );
}
