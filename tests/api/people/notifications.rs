use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{Notification, SentNotification, UserId};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::{assert_sent, attempts, sent, with_response};
use crate::support::MockServer;

const UUID: &str = "a6746f2e-2cc6-11ee-be56-0242ac120002";

fn body(notification: &Notification) -> Value {
    let request = sent(|client| client.user(156).send_notification(notification));
    assert_eq!(request.method, "POST");
    assert_eq!(request.target, "/cloud/v2/users/156/notifications");
    serde_json::from_slice(&request.body).unwrap()
}

#[test]
fn minimal_and_full_notifications() {
    let least = Notification::new(96_623_001, "5dd7024b");
    let request = sent(|client| client.user(156).send_notification(&least));
    assert_sent(
        &request,
        "POST",
        "/cloud/v2/users/156/notifications",
        r#"{"payload":{"messageId":"5dd7024b","type":"MOMENT"},"source":{"universe":"universes/96623001"}}"#,
    );
    let most = Notification::new(96_623_001, "5dd7024b")
        .parameter("egg_name", "bronze egg")
        .parameter("egg_name", "royal \"egg\"")
        .parameter("place", String::from("nest"))
        .parameter("count", -3)
        .parameter("most", i64::MAX)
        .parameter("userId-friend", UserId::from(156))
        .launch_data("from=notification")
        .analytics_category("Bronze egg hatched");
    assert_eq!(
        body(&most),
        json!({
            "source": {"universe": "universes/96623001"},
            "payload": {
                "type": "MOMENT",
                "messageId": "5dd7024b",
                "parameters": {
                    "egg_name": {"stringValue": "royal \"egg\""},
                    "place": {"stringValue": "nest"},
                    "count": {"int64Value": -3},
                    "most": {"int64Value": i64::MAX},
                    "userId-friend": {"int64Value": 156},
                },
                "joinExperience": {"launchData": "from=notification"},
                "analyticsData": {"category": "Bronze egg hatched"},
            },
        })
    );
}

#[test]
fn launch_data_is_counted_in_bytes_and_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([super::ok("{}")]);
    let user = peer.client().user(156);
    let with = |data: String| Notification::new(1, "m").launch_data(data);
    for fits in ["x".repeat(200), "ü".repeat(100), String::new()] {
        user.send_notification(&with(fits)).unwrap();
    }
    assert_eq!(peer.requests().len(), 3);
    for (too_long, bytes) in [("x".repeat(201), "201"), ("ü".repeat(101), "202")] {
        let error = user.send_notification(&with(too_long)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(bytes), "{error}");
    }
    let error = user.send_notification(&Notification::new(1, ""));
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(peer.requests().len(), 3);
}

#[test]
fn the_response_may_leave_everything_out() {
    let notification = Notification::new(1, "m");
    let send = |response: &str| {
        with_response(response, |client| {
            client.user(156).send_notification(&notification).unwrap()
        })
    };
    let path = format!("users/156/notifications/{UUID}");
    let full = send(&json!({"path": path, "id": UUID, "source": {}, "payload": null}).to_string());
    assert_eq!(full.id.as_deref(), Some(UUID));
    assert_eq!(full.path.as_deref(), Some(path.as_str()));
    let by_path = send(&json!({ "path": path, "id": null }).to_string());
    assert_eq!(by_path, full, "the path names it as well");
    for nothing in ["{}", "null", "", r#"{"path":null}"#, r#"{"path":"odd"}"#] {
        assert_eq!(send(nothing).id, None, "{nothing}");
    }
    let again = serde_json::to_value(&full).unwrap();
    assert_eq!(
        serde_json::from_value::<SentNotification>(again).unwrap(),
        full
    );
}

#[test]
fn a_notification_is_sent_once() {
    let notification = Notification::new(1, "m");
    assert_eq!(
        attempts(|client| client.user(156).send_notification(&notification)),
        1
    );
}

#[test]
fn the_sandbox_accepts_what_the_service_accepts() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let notification = Notification::new(7, "message")
        .parameter("egg_name", "royal egg")
        .parameter("count", 3)
        .launch_data("data")
        .analytics_category("eggs");
    let sent = client.user(156).send_notification(&notification).unwrap();
    client.user(2).send_notification(&notification).unwrap();
    let received = sandbox.notifications();
    assert_eq!(received.len(), 2);
    assert_eq!(Some(received[0].id()), sent.id.as_deref());
    assert_eq!(received[0].user_id(), 156.into());
    assert_eq!(received[1].user_id(), 2.into());
    assert_eq!(received[0].universe_id(), 7.into());
    assert_eq!(received[0].message_id(), "message");
    assert_eq!(received[0].parameter("egg_name"), Some(&json!("royal egg")));
    assert_eq!(received[0].parameter("count"), Some(&json!(3)));
    assert_eq!(received[0].parameter("other"), None);
    assert_eq!(received[0].launch_data(), Some("data"));
    assert_eq!(received[0].analytics_category(), Some("eggs"));

    let missing = client.user(1).send_notification(&notification).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    sandbox.fail_next(Fault::unavailable());
    let error = client.user(2).send_notification(&notification).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
    assert_eq!(sandbox.notifications().len(), 2);
    sandbox.clear_requests();
    assert!(sandbox.notifications().is_empty());
}
