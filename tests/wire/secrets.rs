//! No Debug, Display or error shows a key.

use std::fmt::Debug;

use crate::support::{self, KEY, MockServer, ok, shown};
use rblx_open_cloud::models::{Asset, InventoryFilter};
use rblx_open_cloud::{AccessToken, ApiKey, Client, Credential, Error};
use serde_json::json;

const USER: &str = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;

fn assert_clean(text: &str) {
    assert!(!text.contains(KEY), "the key is in: {text}");
}

fn assert_debug_is_clean(value: &dyn Debug) {
    assert_clean(&format!("{value:?}"));
    assert_clean(&format!("{value:#?}"));
}

fn assert_error_is_clean(error: &Error) {
    assert_clean(&shown(error));
}

#[test]
fn no_output_contains_the_key() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    assert_debug_is_clean(&ApiKey::from(KEY));
    assert_debug_is_clean(&AccessToken::from(KEY));
    assert_debug_is_clean(&Credential::from(KEY));
    assert_debug_is_clean(&Client::builder(KEY).proxy(format!("http://u:{KEY}@127.0.0.1:1")));
    assert_debug_is_clean(&client);
    assert_debug_is_clean(&client.user(1));
    assert_debug_is_clean(&client.group(1));
    assert_debug_is_clean(&client.user(1).list_inventory(InventoryFilter::all()));
    assert_debug_is_clean(&client.user(1).list_groups().pages());
    assert_debug_is_clean(&client.operation::<Asset>("operations/1"));
}

#[test]
fn a_server_that_sends_the_key_back_cannot_make_an_error_hold_it() {
    let escaped: Vec<String> = KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    let escaped = escaped.concat();
    let bodies = [
        json!({"code": KEY, "message": format!("bad key {KEY}!"), "details": [{KEY: [KEY]}], "traceId": "t"}).to_string(),
        format!(r#"{{"message":"bad {escaped}","{escaped}":1}}"#),
        format!("plain {KEY}"),
        format!("plain {}", KEY.replace('-', "%2D")),
        format!("<html><title>{KEY}</title></html>"),
        json!(KEY).to_string(),
    ];
    for body in bodies {
        for status in [200, 302, 400, 401, 500] {
            let bytes = support::with_headers(
                status,
                &format!("location: http://{KEY}.example/{KEY}\r\n"),
                &body,
            );
            let error = MockServer::replying([bytes])
                .client()
                .user(1)
                .get()
                .unwrap_err();
            assert_error_is_clean(&error);
        }
    }
    let headers = format!("x-request-id: {KEY}\r\n");
    let error = MockServer::replying([support::with_headers(404, &headers, "{}")])
        .client()
        .user(1)
        .get()
        .unwrap_err();
    assert_error_is_clean(&error);
    let user = USER.replace("\"1\"", &format!("\"{KEY}\""));
    assert_error_is_clean(
        &MockServer::replying([ok(user)])
            .client()
            .user(1)
            .get()
            .unwrap_err(),
    );
    let failed = format!(
        r#"{{"done":true,"error":{{"code":"{KEY}","message":"{KEY}","details":["{KEY}"]}}}}"#
    );
    let mut operation = MockServer::replying([ok(failed)])
        .client()
        .operation::<Asset>("operations/1");
    assert_error_is_clean(&operation.poll().unwrap_err());
    assert_debug_is_clean(&operation);
    let malformed = format!(r#"{{"done":true,"response":{{"assetId":"{KEY}"}}}}"#);
    assert_error_is_clean(
        &MockServer::replying([ok(malformed)])
            .client()
            .operation::<Asset>("operations/1")
            .poll()
            .unwrap_err(),
    );
}

#[test]
fn a_token_is_kept_like_a_key() {
    let body = json!({"message": format!("bad token {KEY}"), "code": KEY}).to_string();
    let peer = MockServer::replying([support::json(401, body)]);
    let client = Client::builder(AccessToken::from(KEY))
        .base_url(&peer.url)
        .build()
        .unwrap();
    assert_debug_is_clean(&client);
    assert_error_is_clean(&client.user(1).get().unwrap_err());
    assert_eq!(
        peer.requests()[0].header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );
}

#[cfg(feature = "sandbox")]
#[test]
fn the_sandbox_shows_no_key() {
    let sandbox = rblx_open_cloud::sandbox::Sandbox::start_with_key(0, KEY).unwrap();
    sandbox.client().user(156).get().unwrap();
    assert_debug_is_clean(&sandbox);
    assert_debug_is_clean(&sandbox.requests());
    assert_debug_is_clean(&sandbox.client_builder());
}

#[cfg(feature = "upload")]
#[test]
fn uploaded_content_appears_in_no_text() {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{AssetType, AssetUpdate, AssetUpload};

    // The content is the planted secret here.
    let file = || AssetFile::bytes("a.tga", KEY).on_progress(|_, _| {});
    assert_debug_is_clean(&file());
    let upload = || AssetUpload::new(AssetType::Decal, "n", "d", file());
    assert_debug_is_clean(&upload());
    assert_debug_is_clean(&AssetUpdate::new().file(file()));
    for response in [
        support::json(400, "{}"),
        support::json(503, "{}"),
        Vec::new(),
        ok("[]"),
    ] {
        let peer = MockServer::replying([response]);
        let client = Client::builder("another-key")
            .base_url(&peer.url)
            .build()
            .unwrap();
        assert_error_is_clean(&client.user(1).upload_asset(upload()).map(drop).unwrap_err());
    }
    // A response that cannot be decoded and contains the key of the client.
    let malformed = format!(r#"{{"path":"operations/1","done":"true","note":"{KEY}"}}"#);
    let new = AssetUpload::new(AssetType::Decal, "n", "d", AssetFile::bytes("a.tga", [1]));
    let error = MockServer::replying([ok(malformed)])
        .client()
        .user(1)
        .upload_asset(new)
        .unwrap_err();
    assert!(error.body().unwrap().contains("redacted"));
    assert_error_is_clean(&error);
    let gone = AssetFile::reader("a.tga", 1000, std::io::Cursor::new(KEY));
    let gone = AssetUpload::new(AssetType::Decal, "n", "d", gone);
    let peer = MockServer::replying([ok("{}")]);
    assert_error_is_clean(
        &peer
            .client()
            .user(1)
            .upload_asset(gone)
            .map(drop)
            .unwrap_err(),
    );
}

#[test]
fn signed_urls_are_shown_nowhere() {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{LuauScript, SignedUrl};
    use std::time::Duration;

    // The URL holds the planted secret here; the key is another one.
    let url = format!("http://127.0.0.1:1/{KEY}?signature={KEY}");
    assert_debug_is_clean(&SignedUrl::from(url.as_str()));
    let path = "universes/5/places/6/luau-execution-session-tasks/t";
    let client = |response: Vec<u8>| {
        let peer = MockServer::replying([response]);
        let client = Client::builder("another-key").base_url(&peer.url);
        client
            .retry(rblx_open_cloud::RetryPolicy::none())
            .build()
            .unwrap()
    };
    // Nothing listens there.
    let created = ok(json!({"path": "universes/5/i/b", "uploadUri": url}).to_string());
    let file = || AssetFile::bytes("a.bin", [1]);
    assert_error_is_clean(&client(created).universe(5).luau_input(file()).unwrap_err());
    let malformed = ok(json!({"path": 7, "uploadUri": url}).to_string());
    assert_error_is_clean(
        &client(malformed)
            .universe(5)
            .luau_input(file())
            .unwrap_err(),
    );
    let state = |state: &str, error: &str| {
        ok(json!({"path": path, "state": state, "binaryOutputUri": url, "error": {"message": error}}).to_string())
    };
    let complete = client(state("COMPLETE", ""));
    let mut task = complete.luau_task(path);
    let result = task.wait(Duration::from_secs(5)).unwrap();
    assert_debug_is_clean(&task);
    assert_debug_is_clean(&result);
    assert_debug_is_clean(&task.get().unwrap());
    let output = result.binary_output.unwrap();
    assert_error_is_clean(&complete.download_url(&output, Vec::new()).unwrap_err());
    for response in [
        state("FAILED", "boom"),
        ok(json!({"path": path, "state": 7, "binaryOutputUri": url}).to_string()),
        ok(format!(r#"{{"path":"{path}","binaryOutputUri":"{url}"#)),
        support::json(500, json!({"binaryOutputUri": url}).to_string()),
    ] {
        let client = client(response);
        assert_error_is_clean(&client.luau_task(path).poll().unwrap_err());
        let run = client
            .universe(5)
            .place(6)
            .run(LuauScript::source("x").binary_output());
        let _ = run.start().map_err(|error| assert_error_is_clean(&error));
    }
}

#[cfg(feature = "sandbox")]
#[test]
fn the_sandbox_shows_no_signed_url() {
    use rblx_open_cloud::AssetFile;

    let sandbox = rblx_open_cloud::sandbox::Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    universe.luau_input(AssetFile::bytes("a.bin", [1])).unwrap();
    let put = sandbox.requests().pop().unwrap();
    let signature = put.query_value("signature").unwrap().to_owned();
    assert!(!format!("{put:?}").contains(&signature));
}

#[test]
fn a_stored_secret_is_shown_nowhere() {
    use rblx_open_cloud::models::NewSecret;

    // The sealed content is planted here, and sent back in every way; and with the feature the plain text.
    let sealed =
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==";
    let mut plants: Vec<(&str, NewSecret)> =
        vec![(sealed, NewSecret::sealed(sealed, "k").domain("*"))];
    #[cfg(feature = "secrets")]
    {
        use rblx_open_cloud::models::SecretText;

        const PLAIN: &str = "planted-plain-text/+=";
        plants.push((PLAIN, NewSecret::plain(PLAIN)));
        assert_eq!(
            format!("{:?}", SecretText::from(PLAIN)),
            "SecretText([redacted])"
        );
    }
    let key = ok(r#"{"key_id":"k","secret":"aYtHQtI3104oFAJWBHw62eUUFa4bICJN8lIjBmQcPno="}"#);
    for (plant, secret) in plants {
        assert!(!format!("{secret:?} {secret:#?}").contains(plant));
        let is_clean = |text: String| assert!(!text.contains(plant), "{plant} is in: {text}");
        for (status, body) in [
            (
                400,
                json!({"title": plant, "status": "400", "detail": format!("no: {plant}")})
                    .to_string(),
            ),
            (
                403,
                json!({"errors": {"secret": [plant]}, "traceId": plant}).to_string(),
            ),
            (409, format!("plain {plant}")),
            (500, json!({"detail": plant}).to_string()),
            (201, json!({"id": 7, "secret": plant}).to_string()),
            (200, format!("[\"{plant}\"]")),
            (302, String::new()),
        ] {
            let response =
                support::with_headers(status, &format!("location: http://x/{plant}\r\n"), &body);
            let key = key.clone();
            let peer = MockServer::new(move |_, request| match request.method.as_str() {
                "GET" => key.clone(),
                _ => response.clone(),
            });
            let secrets = peer.client().universe(5).secrets();
            let errors = [
                secrets.create("a", secret.clone()).unwrap_err(),
                secrets.update("a", secret.clone()).unwrap_err(),
                secrets.set("a", secret.clone()).unwrap_err(),
            ];
            for error in errors {
                assert_error_is_clean(&error);
                is_clean(format!(
                    "{error} {error:?} {:?} {:?}",
                    error.details(),
                    error.body()
                ));
                let mut source = std::error::Error::source(&error);
                while let Some(cause) = source {
                    is_clean(format!("{cause} {cause:?}"));
                    source = cause.source();
                }
            }
            is_clean(format!("{secrets:?}"));
        }
    }
}
