//! Secrets and subscriptions of the sandbox: through the client, and as other clients write to it.

use crate::common::Raw;
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{NewSecret, SubscriptionState};
use rblx_open_cloud::sandbox::Sandbox;

const SECRETS: &str = "/cloud/v2/universes/13058/secrets";

#[cfg(feature = "secrets")]
#[test]
fn secrets_are_sealed_stored_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let secrets = sandbox.client().universe(13_058).secrets();
    let secret = NewSecret::plain("é first").domain("*.example.com");
    let created = secrets.create("hook", secret).unwrap();
    assert_eq!(
        (created.id.as_str(), created.domain.as_deref()),
        ("hook", Some("*.example.com"))
    );
    assert_eq!(sandbox.secret(13_058, "hook").as_deref(), Some("é first"));
    let taken = secrets.create("hook", NewSecret::plain("x")).unwrap_err();
    assert_eq!(
        (taken.kind(), taken.status()),
        (ErrorKind::Conflict, Some(409))
    );
    let changed = secrets.update("hook", NewSecret::plain("second")).unwrap();
    assert_eq!(changed.domain.as_deref(), Some("*.example.com"), "it stays");
    assert_eq!(sandbox.secret(13_058, "hook").as_deref(), Some("second"));
    let error = secrets.update("none", NewSecret::plain("x")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let ids: Vec<_> = secrets
        .list()
        .page_size(2)
        .map(|one| one.unwrap().id.to_string())
        .collect();
    assert_eq!(ids, ["api_key", "hook", "signing_key"]);
    secrets.delete("hook").unwrap();
    assert_eq!(
        secrets.delete("hook").unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(sandbox.secret(13_058, "hook"), None);
}

#[cfg(feature = "secrets")]
#[test]
fn a_rotated_key_is_noticed() {
    let sandbox = Sandbox::start().unwrap();
    let secrets = sandbox.client().universe(13_058).secrets();
    secrets.set("api_key", NewSecret::plain("one")).unwrap();
    sandbox.rotate_secret_key(13_058);
    secrets.set("api_key", NewSecret::plain("two")).unwrap();
    secrets.set("other", NewSecret::plain("three")).unwrap();
    assert_eq!(sandbox.secret(13_058, "api_key").as_deref(), Some("two"));
    assert_eq!(sandbox.secret(13_058, "other").as_deref(), Some("three"));
    let asked = sandbox
        .requests()
        .iter()
        .filter(|one| one.path().ends_with("/public-key"))
        .count();
    assert_eq!(asked, 2);
    // A box for the key of another universe.
    let key = sandbox
        .client()
        .universe(13_059)
        .secrets()
        .public_key()
        .unwrap();
    let sealed = NewSecret::sealed(
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==",
        key.key_id,
    );
    let error = secrets.create("x", sealed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    let key = secrets.public_key().unwrap();
    let sealed = NewSecret::sealed(
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==",
        key.key_id,
    );
    let error = secrets.create("x", sealed).unwrap_err();
    assert!(error.message().contains("cannot be decrypted"), "{error}");
}

#[test]
fn other_clients() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let page = raw.get(&format!("{SECRETS}?maxPageSize=500&limit=1"));
    let body = page.json();
    assert_eq!(
        (page.status, body["secrets"].as_array().unwrap().len()),
        (200, 1)
    );
    assert!(!body["nextPageCursor"].as_str().unwrap().is_empty());
    assert_eq!(body["secrets"][0]["id"], "api_key");
    assert_eq!(body["secrets"][0].get("secret"), None);
    for (body, words) in [
        (
            r#"{"id":"1a","secret":"x","key_id":"k"}"#,
            "The id of the secret",
        ),
        (r#"{"id":"a","secret":"x","key_id":"k"}"#, "key_id"),
        (r#"{"secret":"x","key_id":"k"}"#, "The id of the secret"),
    ] {
        let reply = raw.json("POST", SECRETS, body);
        assert_eq!(
            (reply.status, &reply.json()["status"]),
            (400, &"400".into())
        );
        assert!(
            reply.json()["detail"].as_str().unwrap().contains(words),
            "{}",
            reply.text()
        );
    }
    let reply = raw.bare("DELETE", &format!("{SECRETS}/api_key"));
    assert_eq!(
        (reply.status, reply.header("content-type"), reply.body.len()),
        (200, None, 0)
    );
    assert_eq!(raw.get("/cloud/v2/universes/1/secrets").status, 403);
    let sealed = NewSecret::sealed("A".repeat(68), "k");
    let error = sandbox
        .client()
        .universe(13_058)
        .secrets()
        .create("a", sealed);
    assert_eq!(error.unwrap_err().kind(), ErrorKind::BadRequest);
}

#[test]
fn subscriptions() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let active = universe.subscription("EXP-1", 156).unwrap();
    assert_eq!(
        (active.user.get(), active.is_active, active.will_renew),
        (156, true, true)
    );
    assert!(active.next_renew_time.unwrap() > active.last_billing_time.unwrap());
    let expired = universe.subscription("EXP-1", 2).unwrap();
    assert_eq!(
        (expired.is_active, expired.state),
        (false, Some(SubscriptionState::Expired))
    );
    assert!(expired.expiration_reason.is_some() && expired.expire_time.is_some());
    assert_eq!(
        universe.subscription("EXP-1", 1001).unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(
        universe.subscription("EXP-2", 156).unwrap_err().kind(),
        ErrorKind::NotFound
    );

    let mut raw = Raw::connect(&sandbox);
    let path = "/cloud/v2/universes/13058/subscription-products/EXP-1/subscriptions/156";
    let basic = raw.get(path).json();
    assert_eq!(basic.as_object().unwrap().len(), 3, "{basic}");
    assert_eq!(raw.get(&format!("{path}?view=ALL")).status, 400);
}
