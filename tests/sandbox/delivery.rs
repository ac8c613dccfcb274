//! Locations of content in the sandbox, and the content itself.

use std::io::Read as _;

use crate::common::{BOUNDARY, Raw, Reply, decal, finished, form};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

const MODEL: (&str, &str, &[u8]) = ("a.rbxm", "model/x-rbxm", b"<roblox!first");

/// A new model with a second version: its id.
fn model(sandbox: &Sandbox, raw: &mut Raw) -> String {
    sandbox.polls_until_done(0);
    let asset = finished(raw, &decal("x").replace("Decal", "Model"), MODEL);
    let id = asset["assetId"].as_str().unwrap().to_owned();
    let second = (MODEL.0, MODEL.1, &b"<roblox!second"[..]);
    let request = json!({ "assetId": id }).to_string();
    let target = format!("/assets/v1/assets/{id}");
    let changed = raw.form("PATCH", &target, BOUNDARY, &form(&request, Some(second)));
    assert_eq!(changed.status, 200, "{}", changed.text());
    id
}

fn location(raw: &mut Raw, target: &str) -> Value {
    let reply = raw.get(&format!("/asset-delivery-api/v1/assetId/{target}"));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// Requests a location with these headers, and without a key.
fn fetch(sandbox: &Sandbox, location: &str, headers: &str) -> Reply {
    let target = location.strip_prefix(&sandbox.url()).unwrap();
    let mut raw = Raw::connect(sandbox);
    raw.send(format!(
        "GET {target} HTTP/1.1\r\nhost: cdn\r\n{headers}\r\n"
    ));
    raw.reply()
}

#[test]
fn content_of_every_version() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let id = model(&sandbox, &mut raw);
    let rollback = json!({"assetVersion": format!("assets/{id}/versions/1")}).to_string();
    let mut seen = Vec::new();
    for (target, content) in [
        (id.clone(), "<roblox!second"),
        (format!("{id}/version/1"), "<roblox!first"),
        (format!("{id}/version/2"), "<roblox!second"),
    ] {
        let response = location(&mut raw, &target);
        assert_eq!(response["isArchived"], false);
        assert_eq!(
            response["assetMetadatas"][0],
            json!({"metadataType": 1, "value": content.len().to_string()})
        );
        let location = response["location"].as_str().unwrap().to_owned();
        for _ in 0..2 {
            let reply = fetch(&sandbox, &location, "");
            assert_eq!((reply.status, reply.text().as_str()), (200, content));
        }
        seen.push(location);
    }
    seen.dedup();
    assert_eq!(seen.len(), 3, "each has a place of its own");
    let target = format!("/assets/v1/assets/{id}/versions:rollback");
    assert_eq!(raw.json("POST", &target, &rollback).status, 200);
    let third = location(&mut raw, &id)["location"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(fetch(&sandbox, &third, "").text(), "<roblox!first");
    raw.bare("POST", &format!("/assets/v1/assets/{id}:archive"));
    assert_eq!(location(&mut raw, &id)["isArchived"], true);
}

#[test]
fn missing_content_is_an_error_with_the_status_of_a_success() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let id = model(&sandbox, &mut raw);
    for (target, code) in [
        ("5".to_owned(), 404),
        ("5/version/1".to_owned(), 404),
        (format!("{id}/version/3"), 404),
        (format!("{id}/version/0"), 404),
        (format!("{id}?expectedAssetType=Decal"), 400),
    ] {
        let response = location(&mut raw, &target);
        assert_eq!(response["errors"][0]["code"], code, "{response}");
        assert_eq!(response.get("location"), None);
    }
    let right = location(&mut raw, &format!("{id}?expectedAssetType=Model"));
    assert!(right["location"].is_string());
    for target in ["x", "-1", "1/version/x", "1/versions/1", ""] {
        let reply = raw.get(&format!("/asset-delivery-api/v1/assetId/{target}"));
        assert!([400, 404].contains(&reply.status), "{target}");
    }
    let wrong = raw.bare("POST", "/asset-delivery-api/v1/assetId/5");
    assert_eq!(wrong.status, 405);
    let mut other = Raw::connect(&sandbox);
    other.send("GET /asset-delivery-api/v1/assetId/5 HTTP/1.1\r\nhost: x\r\n\r\n");
    let reply = other.reply();
    assert_eq!(
        (reply.status, &reply.json()["errors"][0]["code"]),
        (401, &json!(0))
    );
}

#[test]
fn content_is_returned_to_anyone_with_the_location_but_not_to_a_key() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let id = model(&sandbox, &mut raw);
    let good = location(&mut raw, &id)["location"]
        .as_str()
        .unwrap()
        .to_owned();
    let key = format!("x-api-key: {}\r\n", sandbox.api_key());
    for leak in [
        key.as_str(),
        "x-api-key: another\r\n",
        "authorization: Bearer token\r\n",
        "cookie: a=b\r\n",
    ] {
        let reply = fetch(&sandbox, &good, leak);
        assert_eq!(reply.status, 400, "{leak}");
        assert!(reply.text().contains("<Error>"), "{}", reply.text());
    }
    let (path, _) = good.split_once('?').unwrap();
    for bad in [
        path.to_owned(),
        format!("{path}?signature=x"),
        good.replace("/cdn/", "/cdn/0"),
    ] {
        let reply = fetch(&sandbox, &bad, "");
        assert_eq!(reply.status, 403, "{bad}");
        assert!(reply.text().contains("<Code>AccessDenied</Code>"));
    }
    assert_eq!(fetch(&sandbox, &good, "").status, 200, "still there");
}

#[test]
fn long_content_comes_compressed_to_those_who_take_it() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.polls_until_done(0);
    let mut raw = Raw::connect(&sandbox);
    let content = [b"<roblox!", &vec![7; 100_000][..]].concat();
    let request = decal("x").replace("Decal", "Model");
    let asset = finished(&mut raw, &request, (MODEL.0, MODEL.1, &content));
    let id = asset["assetId"].as_str().unwrap().to_owned();
    let location = location(&mut raw, &id)["location"]
        .as_str()
        .unwrap()
        .to_owned();
    let plain = fetch(&sandbox, &location, "");
    assert_eq!(
        (plain.header("content-encoding"), &plain.body),
        (None, &content)
    );
    let packed = fetch(&sandbox, &location, "accept-encoding: gzip\r\n");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&packed.body[..])
        .read_to_end(&mut unpacked)
        .unwrap();
    assert!(packed.body.len() < 2000 && unpacked == content);
}

#[test]
fn fields_have_their_form() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let id = model(&sandbox, &mut raw);
    let target = format!("/assets/v1/assets/{id}");
    let mut change = |request: Value| {
        raw.form(
            "PATCH",
            &target,
            BOUNDARY,
            &form(&request.to_string(), None),
        )
    };
    for good in [
        json!({"icon": "assets/5"}),
        json!({"previews": []}),
        json!({"previews": [{"asset": "assets/5"}, {"asset": "assets/6", "altText": null}]}),
        json!({"twitchSocialLink": {"uri": "u", "title": null}}),
        json!({"tryAssetSocialLink": {"uri": "95206881"}}),
        json!({"tryAssetSocialLink": {"uri": 95_206_881}}),
    ] {
        let reply = change(good.clone());
        assert_eq!(reply.status, 200, "{good}: {}", reply.text());
        let (name, value) = good.as_object().unwrap().iter().next().unwrap();
        assert_eq!(reply.json()[name], *value);
    }
    for bad in [
        json!({"icon": 5}),
        json!({"icon": "5"}),
        json!({"icon": "assets/x"}),
        json!({"previews": {}}),
        json!({"previews": ["assets/5"]}),
        json!({"previews": [{"asset": "5"}]}),
        json!({"previews": [{"asset": "assets/5", "altText": 1}]}),
        json!({"twitchSocialLink": "u"}),
        json!({"twitchSocialLink": {"title": "t"}}),
        json!({"twitchSocialLink": {"uri": ""}}),
        json!({"twitchSocialLink": {"uri": "u", "title": 1}}),
        json!({"tryAssetSocialLink": {"uri": "x"}}),
        json!({"tryAssetSocialLink": {}}),
    ] {
        let reply = change(bad.clone());
        assert_eq!(
            (reply.status, reply.json()["code"].as_str()),
            (400, Some("INVALID_ARGUMENT")),
            "{bad}"
        );
    }
    // In the mask and not in the body: gone.
    let removed = raw.form(
        "PATCH",
        &format!("{target}?updateMask=icon,twitchSocialLink"),
        BOUNDARY,
        &form("{}", None),
    );
    assert_eq!(removed.json(), json!({"path": format!("assets/{id}")}));
    let mask = "icon,previews,twitchSocialLink,tryAssetSocialLink";
    let read = raw.get(&format!("{target}?readMask={mask}")).json();
    assert_eq!(
        (read.get("icon"), read.get("twitchSocialLink")),
        (None, None)
    );
    assert_eq!(read["previews"].as_array().unwrap().len(), 2);
    assert_eq!(read["tryAssetSocialLink"], json!({"uri": 95_206_881}));
    let few = raw.get(&format!("{target}?readMask=previews")).json();
    assert_eq!(few.get("tryAssetSocialLink"), None);
    assert_eq!(
        (&few["previews"], &few["assetId"]),
        (&read["previews"], &json!(id))
    );
}

#[test]
fn privacy_is_kept() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.polls_until_done(0);
    let mut raw = Raw::connect(&sandbox);
    let request = |privacy: Value| {
        let mut request: Value =
            serde_json::from_str(&decal("x").replace("Decal", "Model")).unwrap();
        request["creationContext"]["assetPrivacy"] = privacy;
        request.to_string()
    };
    for privacy in ["default", "restricted", "openUse"] {
        let asset = finished(&mut raw, &request(json!(privacy)), MODEL);
        assert_eq!(asset["creationContext"]["assetPrivacy"], privacy);
        assert_eq!(asset["creationContext"]["creator"]["userId"], "156");
    }
    let asset = finished(&mut raw, &request(Value::Null), MODEL);
    assert_eq!(asset["creationContext"].get("assetPrivacy"), None);
    for malformed in [json!("friends"), json!(1), json!("")] {
        let reply = crate::common::upload(&mut raw, &request(malformed), MODEL);
        assert_eq!(reply.status, 400, "{}", reply.text());
    }
}
