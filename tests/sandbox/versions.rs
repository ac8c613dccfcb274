//! Versions of assets, archived assets, read masks.

use crate::common::{BOUNDARY, Raw, Reply, assert_error, decal, finished, form};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::json;

const MODEL: (&str, &str, &[u8]) = ("a.rbxm", "model/x-rbxm", b"<roblox!");

/// A new model with two versions: its id, and the target of its resource.
fn model(sandbox: &Sandbox, raw: &mut Raw) -> (String, String) {
    sandbox.polls_until_done(0);
    let asset = finished(raw, &decal("x").replace("Decal", "Model"), MODEL);
    let id = asset["assetId"].as_str().unwrap().to_owned();
    let target = format!("/assets/v1/assets/{id}");
    let request = json!({ "assetId": id }).to_string();
    let changed = raw.form("PATCH", &target, BOUNDARY, &form(&request, Some(MODEL)));
    assert_eq!(changed.status, 200, "{}", changed.text());
    (id, target)
}

fn paths(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let versions = reply.json()["assetVersions"].as_array().unwrap().clone();
    versions
        .iter()
        .map(|v| v["path"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn versions_newest_first() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let (id, target) = model(&sandbox, &mut raw);
    let versions = raw.get(&format!("{target}/versions"));
    assert_eq!(
        paths(&versions),
        [2, 1].map(|n| format!("assets/{id}/versions/{n}"))
    );
    assert_eq!(versions.json()["nextPageToken"], "");
    let one = raw.get(&format!("{target}/versions/1")).json();
    assert_eq!(
        one,
        json!({"path": format!("assets/{id}/versions/1"), "creationContext": {"creator": {"userId": "156"}},
            "moderationResult": {"moderationState": "Approved"}, "published": false})
    );
    assert_eq!(versions.json()["assetVersions"][1], one);
    for version in ["0", "3", "99999999999999999999999"] {
        let response = raw.get(&format!("{target}/versions/{version}"));
        assert!([400, 404].contains(&response.status), "{version}");
    }
    assert_error(&raw.get(&format!("{target}/versions/3")), 404, "NOT_FOUND");
    assert_error(
        &raw.get(&format!("{target}/versions/x")),
        400,
        "INVALID_ARGUMENT",
    );
    assert_error(&raw.get("/assets/v1/assets/5/versions"), 404, "NOT_FOUND");
    assert_error(&raw.get("/assets/v1/assets/5/versions/1"), 404, "NOT_FOUND");
}

#[test]
fn rollbacks_in_both_forms() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let (id, target) = model(&sandbox, &mut raw);
    let rollback = format!("{target}/versions:rollback");
    let body = json!({"assetVersion": format!("assets/{id}/versions/1")}).to_string();
    let third = raw.json("POST", &rollback, &body);
    assert_eq!(third.status, 200, "{}", third.text());
    assert_eq!(third.json()["path"], format!("assets/{id}/versions/3"));
    assert_eq!(raw.get(&target).json()["revisionId"], "3");
    let field = |value: &str| {
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"assetVersion\"\r\n\r\n{value}\r\n--{BOUNDARY}--\r\n"
        )
    };
    let good = field(&format!("assets/{id}/versions/3"));
    let fourth = raw.form("POST", &rollback, BOUNDARY, good.as_bytes());
    assert_eq!(fourth.json()["path"], format!("assets/{id}/versions/4"));
    for (version, status, code) in [
        (format!("assets/{id}/versions/9"), 404, "NOT_FOUND"),
        (format!("assets/{id}/versions/0"), 404, "NOT_FOUND"),
        ("assets/5/versions/1".to_owned(), 400, "INVALID_ARGUMENT"),
        (format!("assets/{id}"), 400, "INVALID_ARGUMENT"),
        ("1".to_owned(), 400, "INVALID_ARGUMENT"),
        (String::new(), 400, "INVALID_ARGUMENT"),
    ] {
        let body = json!({ "assetVersion": version }).to_string();
        assert_error(&raw.json("POST", &rollback, &body), status, code);
        let body = field(&version);
        assert_error(
            &raw.form("POST", &rollback, BOUNDARY, body.as_bytes()),
            status,
            code,
        );
    }
    for body in ["", "{}", "[]", r#"{"assetVersion":1}"#] {
        assert_error(&raw.json("POST", &rollback, body), 400, "INVALID_ARGUMENT");
    }
    assert_error(&raw.bare("POST", &rollback), 400, "INVALID_ARGUMENT");
    let other = rollback.replace(&id, "5");
    assert_error(&raw.json("POST", &other, &body), 404, "NOT_FOUND");

    let mut found = Vec::new();
    for _ in 0..7 {
        raw.json("POST", &rollback, &body);
    }
    let versions = format!("{target}/versions");
    let mut page = raw.get(&versions);
    assert_eq!(paths(&page).len(), 8, "the default");
    found.extend(paths(&page));
    let token = page.json()["nextPageToken"].as_str().unwrap().to_owned();
    page = raw.get(&format!("{versions}?pageToken={token}"));
    found.extend(paths(&page));
    assert_eq!(found.len(), 11);
    assert_eq!(page.json()["nextPageToken"], "");
    assert_eq!(
        paths(&raw.get(&format!("{versions}?maxPageSize=50"))).len(),
        11
    );
    for query in [
        "maxPageSize=0",
        "maxPageSize=51",
        "maxPageSize=x",
        "pageToken=x",
    ] {
        assert_error(
            &raw.get(&format!("{versions}?{query}")),
            400,
            "INVALID_ARGUMENT",
        );
    }
}

#[test]
fn archived_and_restored() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let (id, target) = model(&sandbox, &mut raw);
    for _ in 0..2 {
        let archived = raw.bare("POST", &format!("{target}:archive"));
        assert_eq!(archived.status, 200, "{}", archived.text());
        assert_eq!(archived.json()["state"], "Archived");
        assert_eq!(archived.json()["assetId"], id);
        assert_eq!(raw.get(&target).json(), archived.json());
    }
    // A change keeps the asset where it is.
    let request = json!({ "assetId": id }).to_string();
    let changed = raw.form("PATCH", &target, BOUNDARY, &form(&request, Some(MODEL)));
    assert_eq!(changed.json()["response"]["state"], "Archived");
    for body in ["", "{}"] {
        let restored = raw.json("POST", &format!("{target}:restore"), body);
        assert_eq!(restored.json()["state"], "Active");
    }
    assert_eq!(raw.get(&target).json()["state"], "Active");
    for verb in ["archive", "restore"] {
        assert_error(
            &raw.bare("POST", &format!("/assets/v1/assets/5:{verb}")),
            404,
            "NOT_FOUND",
        );
        assert_error(
            &raw.bare("POST", &format!("/assets/v1/assets/x:{verb}")),
            400,
            "INVALID_ARGUMENT",
        );
    }
}

#[test]
fn an_asset_archived_while_it_changes_stays_archived() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let (id, target) = model(&sandbox, &mut raw);
    sandbox.polls_until_done(1);
    let request = json!({ "assetId": id }).to_string();
    let started = raw
        .form("PATCH", &target, BOUNDARY, &form(&request, Some(MODEL)))
        .json();
    raw.bare("POST", &format!("{target}:archive"));
    let operation = format!("/assets/v1/{}", started["path"].as_str().unwrap());
    raw.get(&operation);
    let done = raw.get(&operation).json();
    assert_eq!(done["response"]["state"], "Archived");
    assert_eq!(raw.get(&target).json()["state"], "Archived");
    assert_eq!(raw.get(&target).json()["revisionId"], "3");
}

#[test]
fn read_masks_name_fields() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let (_, target) = model(&sandbox, &mut raw);
    let whole = raw.get(&target).json();
    for mask in [
        "",
        "displayName",
        "description,displayName",
        "previews%2CtwitchSocialLink",
        "icon,previews,state,moderationResult",
    ] {
        assert_eq!(
            raw.get(&format!("{target}?readMask={mask}")).json(),
            whole,
            "{mask}"
        );
    }
    for mask in ["unknown", "displayName,unknown", "displayName,", "*"] {
        assert_error(
            &raw.get(&format!("{target}?readMask={mask}")),
            400,
            "INVALID_ARGUMENT",
        );
    }
}
