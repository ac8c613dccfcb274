//! Webhooks: accepted and rejected notifications, and the contents of events.

use std::time::Duration;

use rblx_open_cloud::models::{RawJson, UserId};
use rblx_open_cloud::time::OffsetDateTime;
use rblx_open_cloud::webhooks::{
    CommerceMerchant, CommerceOrderState, CommerceProductOrder, EventType, RightToErasureRequest,
    SampleNotification, SeenNotifications, SubscriptionEvent, Webhook, WebhookEvent,
};
use rblx_open_cloud::{Error, ErrorKind};
use ring::hmac;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SECRET: &str = "wh-secret-4242";
const NOW: i64 = 1_703_953_500;
const BODY: &str = r#"{"NotificationId":"n-1","EventType":"SampleNotification","EventTime":"2023-12-30T16:24:24.2118874Z","EventPayload":{"UserId":156}}"#;

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap()
}

/// A signature by another implementation than the crate's.
fn signature(secret: &str, time: impl std::fmt::Display, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let text = [format!("{time}.").as_bytes(), body].concat();
    let alphabet = base64::engine::general_purpose::STANDARD;
    base64::Engine::encode(&alphabet, hmac::sign(&key, &text))
}

fn header(secret: &str, time: i64, body: &str) -> String {
    format!("t={time},v1={}", signature(secret, time, body.as_bytes()))
}

fn verify(webhook: &Webhook, header: &str, body: &str) -> Result<WebhookEvent, Error> {
    webhook.verify_at(header, body.as_bytes(), at(NOW))
}

#[track_caller]
fn rejected(result: Result<WebhookEvent, Error>, reason: &str) {
    let error = result.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidSignature, "{error}");
    assert!(error.to_string().contains(reason), "{error}");
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("4242"), "{text}");
    }
}

#[test]
fn a_notification_signed_by_another_implementation_is_accepted() {
    let vector: Value = serde_json::from_str(include_str!("../data/webhook.json")).unwrap();
    let text = |name: &str| vector[name].as_str().unwrap();
    let webhook = Webhook::new(text("secret"));
    let sent = vector["sent"].as_i64().unwrap();
    let body = text("body").as_bytes();
    let event = webhook.verify_at(text("header"), body, at(sent)).unwrap();
    assert_eq!(event.event_type, EventType::RightToErasureRequest);
    assert_eq!(event.time.nanosecond(), 211_887_400);
    assert_eq!(
        event.payload.as_str(),
        r#"{"UserId":1,"GameIds":[1234, 2345],"Note":"caf\u00e9 é 1.10"}"#,
        "as it was sent"
    );
    let request: RightToErasureRequest = event.payload().unwrap();
    assert_eq!(request.user_id, UserId::from(1));
    assert_eq!(request.game_ids, [1234.into(), 2345.into()]);
}

#[test]
fn forged_and_changed_notifications_are_rejected() {
    let webhook = Webhook::new(SECRET);
    let good = header(SECRET, NOW, BODY);
    assert!(verify(&webhook, &good, BODY).is_ok());

    let reason = "no signature of the header matches";
    rejected(
        verify(&webhook, &header("wh-secret-4243", NOW, BODY), BODY),
        reason,
    );
    // Another user, another time, another length, another form of the same JSON.
    rejected(verify(&webhook, &good, &BODY.replace("156", "157")), reason);
    rejected(
        verify(&webhook, &good.replace("t=17039535", "t=17039534"), BODY),
        reason,
    );
    rejected(verify(&webhook, &good, &format!("{BODY}\n")), reason);
    rejected(verify(&webhook, &good, &BODY[..BODY.len() - 1]), reason);
    let value: Value = serde_json::from_str(BODY).unwrap();
    rejected(verify(&webhook, &good, &value.to_string()), reason);
    // The dot between time and body cannot be moved.
    let moved = format!(
        "t={},v1={}",
        NOW / 10,
        signature(SECRET, NOW / 10, BODY.as_bytes())
    );
    rejected(
        verify(&webhook, &moved.replacen("t=", "t=0", 1), BODY),
        reason,
    );
    // Every single bit of the signature counts.
    let (_, signed) = good.split_once("v1=").unwrap();
    for at in 0..signed.len() {
        let mut forged = signed.as_bytes().to_vec();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        rejected(
            verify(&webhook, &format!("t={NOW},v1={forged}"), BODY),
            reason,
        );
    }
}

#[test]
fn shapes_of_the_header() {
    let webhook = Webhook::new(SECRET);
    let v1 = signature(SECRET, NOW, BODY.as_bytes());
    let other = signature("other", NOW, BODY.as_bytes());
    for header in [
        format!("t={NOW},v1={v1}"),
        format!("v1={v1},t={NOW}"),
        format!("  t = {NOW} ,\tv1 = {v1} "),
        format!("t={NOW},v0=abc,v1={v1},v2=x,nonsense,,=,a=b=c"),
        format!("t={NOW},v1={other},v1={v1}"),
        format!("t={NOW},v1={v1},v1={other},v1=,v1=AAAA"),
    ] {
        let result = verify(&webhook, &header, BODY);
        assert!(result.is_ok(), "{header}: {result:?}");
    }
    let none = "has no signature";
    let no_match = "no signature of the header matches";
    for (header, reason) in [
        (String::new(), "no timestamp"),
        (format!("v1={v1}"), "no timestamp"),
        (format!("T={NOW},v1={v1}"), "no timestamp"),
        (format!("t={NOW}"), none),
        (format!("t={NOW},V1={v1}"), none),
        (format!("t={NOW},v2={v1}"), none),
        (format!("t={NOW},v1="), no_match),
        (format!("t={NOW},v1={}", v1.trim_end_matches('=')), no_match),
        (format!("t={NOW},v1={v1}="), no_match),
        (format!("t={NOW},v1={other}"), no_match),
        (
            format!("t={NOW},t={NOW},v1={v1}"),
            "more than one timestamp",
        ),
        (format!("t=1,t={NOW},v1={v1}"), "more than one timestamp"),
        (format!("t=,v1={v1}"), "not a number"),
        (format!("t=+{NOW},v1={v1}"), "not a number"),
        (format!("t=-{NOW},v1={v1}"), "not a number"),
        (format!("t={NOW}.0,v1={v1}"), "not a number"),
        (format!("t=99999999999999999999999,v1={v1}"), "not a number"),
        (format!("t=١٧٠٣,v1={v1}"), "not a number"),
    ] {
        rejected(verify(&webhook, &header, BODY), reason);
    }
    // The timestamp is signed as it was written.
    let padded = format!(
        "t=0{NOW},v1={}",
        signature(SECRET, format!("0{NOW}"), BODY.as_bytes())
    );
    assert!(verify(&webhook, &padded, BODY).is_ok());
}

#[test]
fn age_and_clocks() {
    let webhook = Webhook::new(SECRET);
    for (seconds, reason) in [
        (0, None),
        (600, None),
        (
            601,
            Some("was sent 601 s ago, and at most 600 s are accepted"),
        ),
        (NOW, Some("s ago")),
        (-60, None),
        (-61, Some("was sent 61 s in the future")),
        (-86_400 * 365, Some("in the future")),
    ] {
        let result = verify(&webhook, &header(SECRET, NOW - seconds, BODY), BODY);
        match reason {
            None => assert!(result.is_ok(), "{seconds}: {result:?}"),
            Some(reason) => rejected(result, reason),
        }
    }
    let old = header(SECRET, NOW - 3000, BODY);
    let strict = webhook.clone().tolerance(Duration::from_secs(30));
    let patient = webhook.clone().tolerance(Duration::MAX);
    rejected(
        verify(&strict, &header(SECRET, NOW - 31, BODY), BODY),
        "at most 30 s",
    );
    rejected(
        verify(&patient, &header(SECRET, NOW + 61, BODY), BODY),
        "in the future",
    );
    assert!(verify(&patient, &old, BODY).is_ok());
    let huge = u64::MAX;
    let huge = format!("t={huge},v1={}", signature(SECRET, huge, BODY.as_bytes()));
    rejected(verify(&webhook, &huge, BODY), "in the future");
    // By default the clock of this machine is used.
    rejected(webhook.verify(&old, BODY.as_bytes()), "s ago");
    let now = header(SECRET, OffsetDateTime::now_utc().unix_timestamp(), BODY);
    assert!(webhook.verify(&now, BODY.as_bytes()).is_ok());
    // The error for a forged notification does not mention its age.
    rejected(
        verify(&webhook, &header("x", NOW - 3000, BODY), BODY),
        "no signature",
    );
}

#[test]
fn two_secrets_while_one_is_replaced() {
    let both = Webhook::new(SECRET).or_secret("previous-4242");
    for secret in [SECRET, "previous-4242"] {
        assert!(verify(&both, &header(secret, NOW, BODY), BODY).is_ok());
    }
    rejected(
        verify(&both, &header("third", NOW, BODY), BODY),
        "no signature",
    );
    rejected(
        verify(
            &Webhook::new(SECRET),
            &header("previous-4242", NOW, BODY),
            BODY,
        ),
        "no signature",
    );
    assert!(!format!("{both:?}").contains("4242"), "{both:?}");

    // An empty environment variable must not accept everything.
    for webhook in [Webhook::new(""), Webhook::new(SECRET).or_secret("")] {
        let error = verify(&webhook, &header("", NOW, BODY), BODY).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    }
}

#[test]
fn without_a_secret_only_the_time_is_checked() {
    let webhook = Webhook::unsigned();
    assert!(verify(&webhook, &format!("t={NOW}"), BODY).is_ok());
    assert!(verify(&webhook, &format!("t={NOW},v1=x"), BODY).is_ok());
    rejected(verify(&webhook, &format!("t={}", NOW - 601), BODY), "s ago");
    rejected(verify(&webhook, "", BODY), "no timestamp");
}

#[test]
fn bodies_that_are_not_events() {
    let webhook = Webhook::unsigned();
    let header = format!("t={NOW}");
    let long = format!(
        r#"{{"NotificationId":"1","EventType":"x","EventTime":"{}"}}"#,
        "9".repeat(100_000)
    );
    let deep = "[".repeat(100_000);
    let nested = format!(
        r#"{{"NotificationId":"1","EventType":"x","EventTime":"2023-12-30T16:24:24Z","EventPayload":{deep}}}"#
    );
    for body in [
        b"" as &[u8],
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"{\"NotificationId\":1}",
        deep.as_bytes(),
        nested.as_bytes(),
        long.as_bytes(),
        br#"{"NotificationId":"1","EventType":"A","EventType":"B","EventTime":"2023-12-30T16:24:24Z"}"#,
        br#"{"NotificationId":"1","EventType":"A","EventTime":"yesterday\u0007"}"#,
    ] {
        let error = webhook.verify_at(&header, body, at(NOW)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        let text = format!("{error}{error:?}");
        assert!(text.len() < 1000 && !text.contains('\u{7}'), "{error}");
    }
}

#[test]
fn unknown_events_are_kept() {
    let body = r#"{"NotificationId":"n","EventType":"PetAdopted","EventTime":"2026-01-02T03:04:05Z","EventPayload":{"Price":1.10},"New":true}"#;
    let event = verify(&Webhook::new(SECRET), &header(SECRET, NOW, body), body).unwrap();
    assert_eq!(event.event_type.as_str(), "PetAdopted");
    assert_eq!(event.payload.as_str(), r#"{"Price":1.10}"#);
    assert!(event.payload::<SampleNotification>().is_err());
    let bare =
        r#"{"NotificationId":"n","EventType":"PetAdopted","EventTime":"2026-01-02T03:04:05Z"}"#;
    let event = verify(&Webhook::new(SECRET), &header(SECRET, NOW, bare), bare).unwrap();
    assert!(event.payload.is_null());
}

#[test]
fn events_are_written_as_they_are_read() {
    let event: WebhookEvent = serde_json::from_str(BODY).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), BODY);
}

/// What is read from the service's form and from its own.
#[track_caller]
fn payload<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: Value) -> T {
    let event = WebhookEvent::new("Any", &json).unwrap();
    let model: T = event.payload().unwrap();
    let written = RawJson::new(&model).unwrap();
    assert_eq!(written.parse_as::<T>().unwrap(), model, "{written}");
    assert!(!written.as_str().contains("null"), "{written}");
    model
}

#[test]
fn payloads() {
    let sample: SampleNotification = payload(json!({"UserId": 1}));
    assert_eq!(sample.user_id, UserId::from(1));
    let erasure: RightToErasureRequest = payload(json!({"UserId": 1, "GameIds": null}));
    assert!(erasure.game_ids.is_empty());

    let path = "universes/123/commerce-products/456/orders/123e4567-e89b-12d3-a456-426655440000";
    let order = json!({
        "path": path, "createTime": "2023-07-05T12:34:56Z", "updateTime": "2023-07-05T12:34:57.5Z",
        "state": "STATE_REFUNDED", "merchantOrderId": "gid://1", "merchant": "SHOPIFY", "user": "users/123"
    });
    for json in [order.clone(), json!({"CommerceProductOrder": order})] {
        let order: CommerceProductOrder = payload(json);
        assert_eq!(order.order_id, "123e4567-e89b-12d3-a456-426655440000");
        assert_eq!(order.commerce_product_id.as_deref(), Some("456"));
        assert_eq!(order.universe_id, Some(123.into()));
        assert_eq!(order.user, Some(123.into()));
        assert_eq!(order.state, Some(CommerceOrderState::Refunded));
        assert_eq!(order.merchant, Some(CommerceMerchant::Shopify));
        assert_eq!(order.merchant_order_id.as_deref(), Some("gid://1"));
        assert_eq!(
            order.update_time.unwrap() - order.create_time.unwrap(),
            Duration::from_millis(1500)
        );
    }
    assert!(
        RawJson::new(&json!({"state": "PAID"}))
            .unwrap()
            .parse_as::<CommerceProductOrder>()
            .is_err()
    );

    // The service does not document these: forms that it uses elsewhere.
    for json in [
        json!({"Subscription": "universes/1/subscription-products/EXP-1/subscriptions/156", "Subscriber": "users/156", "CancellationReason": "SUBSCRIBER_CANCELLED"}),
        json!({"UniverseId": 1, "SubscriptionProductId": "EXP-1", "UserId": 156, "CancellationReason": "SUBSCRIBER_CANCELLED"}),
        json!({"UniverseId": 1, "ProductId": "", "SubscriptionProductId": "EXP-1", "UserId": 156, "CancellationReason": "", "Reason": "SUBSCRIBER_CANCELLED"}),
        json!({"Subscription": {"path": "universes/1/subscription-products/EXP-1/subscriptions/156"}, "Subscriber": {"UserId": "156"}, "Reason": "SUBSCRIBER_CANCELLED"}),
    ] {
        let event: SubscriptionEvent = payload(json.clone());
        assert_eq!(event.user_id, Some(156.into()), "{json}");
        assert_eq!(event.product_id, Some("EXP-1".into()), "{json}");
        assert_eq!(event.universe_id, Some(1.into()), "{json}");
        assert_eq!(
            event.cancellation_reason.as_deref(),
            Some("SUBSCRIBER_CANCELLED")
        );
    }
    let empty: SubscriptionEvent = payload(json!({}));
    assert_eq!(empty.user_id, None);
}

#[test]
fn duplicates_are_recognized_in_bounded_memory() {
    let seen = SeenNotifications::with_capacity(3);
    for (id, is_new) in [
        ("a", true),
        ("b", true),
        ("a", false),
        ("c", true),
        ("d", true),
        ("b", false),
        ("a", true),
    ] {
        assert_eq!(seen.insert(id), is_new, "{id}");
    }
    seen.remove("a");
    seen.remove("unknown");
    assert!(seen.insert("a"));

    // Exactly one of many concurrent deliveries is new.
    let seen = SeenNotifications::default();
    let new = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| seen.insert("n"))).collect();
        let joined = threads.into_iter().map(|thread| thread.join().unwrap());
        joined.filter(|is_new| *is_new).count()
    });
    assert_eq!(new, 1);
    assert!(SeenNotifications::with_capacity(0).insert("a"));
}

#[cfg(feature = "sandbox")]
#[test]
fn the_sandbox_signs_as_the_service_does() {
    use rblx_open_cloud::sandbox::signed_webhook;

    let event = WebhookEvent::new(EventType::SampleNotification, &json!({"UserId": 156})).unwrap();
    let (header, body) = signed_webhook(SECRET, &event);
    let (time, signed) = header
        .strip_prefix("t=")
        .unwrap()
        .split_once(",v1=")
        .unwrap();
    assert_eq!(signed, signature(SECRET, time, &body));
    assert_eq!(Webhook::new(SECRET).verify(&header, &body).unwrap(), event);
    // A replay after the tolerance.
    let later = OffsetDateTime::now_utc() + Duration::from_secs(620);
    rejected(
        Webhook::new(SECRET).verify_at(&header, &body, later),
        "s ago",
    );
}
