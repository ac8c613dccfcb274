//! Profiles of users.

use crate::support::{self, KEY, MockServer, ok};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{SocialNetworkVisibility, User, UserId};
use serde_json::{Value, json};
use time::OffsetDateTime;

fn full_user() -> Value {
    json!({
        "path": "users/156", "createTime": "2006-03-08T14:01:02.123456700Z", "id": "156", "name": "builderman",
        "displayName": "Builder \"Man\" ü", "about": "", "locale": "en_us", "premium": true, "idVerified": false,
        "socialNetworkProfiles": {"facebook": "f", "twitter": "@t", "youtube": "y", "twitch": "w", "guilded": "g",
            "visibility": "FRIENDS_AND_FOLLOWING"},
    })
}

#[test]
fn the_request_is_the_documented_one() {
    let peer = MockServer::replying([ok(full_user().to_string())]);
    peer.client().user(156).get().unwrap();
    let request = peer.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", "/cloud/v2/users/156")
    );
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert!(
        request
            .header("user-agent")
            .unwrap()
            .starts_with("rblx-open-cloud-rust/")
    );
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.body, b"");
}

#[test]
fn every_field_is_decoded_and_encoded() {
    let peer = MockServer::replying([ok(full_user().to_string())]);
    let user = peer.client().user(156).get().unwrap();
    assert_eq!(user.id, UserId::from(156));
    assert_eq!(user.display_name, "Builder \"Man\" ü");
    assert_eq!(user.create_time.nanosecond(), 123_456_700);
    let profiles = user.social_network_profiles.as_ref().unwrap();
    assert_eq!(
        profiles.visibility,
        Some(SocialNetworkVisibility::FriendsAndFollowing)
    );
    let mut expected = full_user();
    expected["createTime"] = json!("2006-03-08T14:01:02.1234567Z");
    assert_eq!(serde_json::to_value(&user).unwrap(), expected);
}

#[test]
fn absent_and_null_fields_are_none() {
    let least = json!({"createTime": "2006-03-08T14:01:02Z", "id": 156, "name": "n", "displayName": "d",
        "about": null, "premium": null, "socialNetworkProfiles": null, "unknown": [1, {"a": 2}]});
    let user: User = serde_json::from_value(least).unwrap();
    assert_eq!(
        (user.id.get(), user.about, user.premium, user.path),
        (156, None, None, None)
    );
}

#[test]
fn timestamps_come_with_any_number_of_digits() {
    for (fraction, nanoseconds) in [
        ("", 0),
        (".123", 123_000_000),
        (".123456", 123_456_000),
        (".1234567", 123_456_700),
        (".123456789", 123_456_789),
    ] {
        let mut user = full_user();
        user["createTime"] = json!(format!("2023-07-05T12:34:56{fraction}Z"));
        let user: User = serde_json::from_value(user).unwrap();
        assert_eq!(user.create_time.nanosecond(), nanoseconds);
    }
}

#[test]
fn missing_fields_are_empty_or_taken_from_the_request() {
    for field in ["id", "name", "displayName", "createTime"] {
        let mut null = full_user();
        null[field] = Value::Null;
        let mut absent = full_user();
        absent.as_object_mut().unwrap().remove(field);
        for user in [null, absent] {
            let peer = MockServer::replying([ok(user.to_string())]);
            let user = peer.client().user(156).get().unwrap();
            assert_eq!(user.id, 156.into());
            assert_eq!(user.name.is_empty(), field == "name");
            assert_eq!(user.display_name.is_empty(), field == "displayName");
            let is_unknown = user.create_time == OffsetDateTime::UNIX_EPOCH;
            assert_eq!(is_unknown, field == "createTime");
        }
    }
}

#[test]
fn a_response_that_is_not_a_user_names_the_missing_field() {
    let peer = MockServer::replying([ok(r#"{"status":"up"}"#)]);
    let error = peer.client().user(156).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("`id`"), "{error}");
    let body = error.body();
    assert_eq!(body, Some(r#"{"status":"up"}"#), "it helps to find out why");
}

#[test]
fn a_byte_order_mark_does_no_harm_and_an_empty_response_is_reported() {
    let peer = MockServer::replying([
        ok(format!("\u{feff}{}", full_user())),
        ok(""),
        support::json(204, ""),
    ]);
    let client = peer.client();
    assert_eq!(client.user(156).get().unwrap().name, "builderman");
    for _ in 0..2 {
        let error = client.user(156).get().unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Decode, "the response is empty")
        );
    }
}

#[test]
fn connections_are_used_again() {
    let peer = MockServer::replying([ok(full_user().to_string())]);
    let client = peer.client();
    for _ in 0..3 {
        client.clone().user(156).get().unwrap();
    }
    assert_eq!(
        peer.requests()
            .iter()
            .map(|request| request.connection)
            .collect::<Vec<_>>(),
        [0, 0, 0]
    );
}

#[test]
fn a_base_url_may_carry_a_path() {
    let peer = MockServer::replying([ok(full_user().to_string())]);
    let client = peer
        .builder()
        .base_url(format!("{}/prefix/", peer.url))
        .build()
        .unwrap();
    client.user(156).get().unwrap();
    assert_eq!(
        peer.requests().remove(0).target,
        "/prefix/cloud/v2/users/156"
    );
}
