//! Operations: slow, failed, malformed and finished ones.

use std::time::{Duration, Instant};

use crate::support::{self, MockServer, ok};
use rblx_open_cloud::models::{Asset, AssetState, AssetType, Creator, ModerationState};
use rblx_open_cloud::{ErrorKind, Operation};

const DONE: &str = r#"{"path":"operations/op-1","done":true,"response":{"@type":"x","path":"assets/123","revisionId":"1",
    "revisionCreateTime":"2023-07-05T12:34:56.1234567Z","assetId":"123","displayName":"n","description":"d",
    "assetType":"ASSET_TYPE_MODEL","creationContext":{"creator":{"userId":"1"}},
    "moderationResult":{"moderationState":"MODERATION_STATE_APPROVED"},"state":"Active"}}"#;
const LONG: Duration = Duration::from_secs(60);

fn operation(peer: &MockServer) -> Operation<Asset> {
    peer.client().operation("operations/op-1")
}

#[test]
fn a_slow_operation_is_polled_until_it_is_done() {
    // A new operation may lack `done`, or have null.
    let peer = MockServer::replying([
        ok(r#"{"path":"operations/op-1"}"#),
        ok(r#"{"path":"operations/op-1","done":null}"#),
        ok(
            r#"{"path":"operations/op-1","done":false,"error":{"code":1,"message":"not yet"},"response":{"assetId":"9"}}"#,
        ),
        ok("{}"),
        ok(DONE),
    ]);
    let mut operation = operation(&peer);
    assert_eq!(peer.requests().len(), 0, "nothing is sent yet");
    assert!(!operation.is_done());
    let asset = operation.wait(LONG).unwrap();
    assert_eq!(
        (asset.asset_id.get(), asset.asset_type),
        (123, Some(AssetType::Model))
    );
    assert_eq!(asset.moderation_state, Some(ModerationState::Approved));
    assert_eq!(
        (asset.state, asset.creator),
        (Some(AssetState::Active), Some(Creator::User(1.into())))
    );
    assert_eq!(asset.revision_id.as_deref(), Some("1"));
    assert!(asset.revision_create_time.is_some());

    assert_eq!(peer.requests().len(), 5);
    assert_eq!(peer.requests()[0].target, "/assets/v1/operations/op-1");
    assert!(operation.is_done());
    assert_eq!(operation.poll().unwrap().unwrap().asset_id.get(), 123);
    assert_eq!(operation.wait(Duration::ZERO).unwrap().asset_id.get(), 123);
    assert_eq!(
        peer.requests().len(),
        5,
        "a known result is returned without a request"
    );
}

#[test]
fn poll_sends_one_request() {
    let peer = MockServer::replying([ok("{}"), ok(DONE)]);
    let mut operation = operation(&peer);
    assert!(operation.poll().unwrap().is_none());
    assert_eq!(peer.requests().len(), 1);
    assert!(operation.poll().unwrap().is_some());
}

#[test]
fn a_failed_operation_is_an_error_with_code_and_message() {
    for (error, kind, code, message) in [
        (
            r#"{"code":13,"message":"it broke"}"#,
            ErrorKind::OperationFailed,
            Some("13"),
            "it broke",
        ),
        (
            r#"{"code":"INTERNAL","message":"it broke"}"#,
            ErrorKind::OperationFailed,
            Some("INTERNAL"),
            "it broke",
        ),
        (
            r#"{"code":3,"message":"AssetName is moderated."}"#,
            ErrorKind::ModeratedText,
            Some("3"),
            "AssetName is moderated.",
        ),
        (
            r#"{"message":"\"InvalidImage\""}"#,
            ErrorKind::InvalidAsset,
            None,
            "InvalidImage",
        ),
        (
            r#""only text""#,
            ErrorKind::OperationFailed,
            None,
            "only text",
        ),
        (
            r#"{"code":"","errorType":"INTERNAL","message":"","errorMessage":"it broke"}"#,
            ErrorKind::OperationFailed,
            Some("INTERNAL"),
            "it broke",
        ),
        (
            "{}",
            ErrorKind::OperationFailed,
            None,
            "the service gave no reason",
        ),
        (
            "7",
            ErrorKind::OperationFailed,
            None,
            "the service gave no reason",
        ),
    ] {
        let peer = MockServer::replying([ok(format!(
            r#"{{"path":"operations/op-1","done":true,"error":{error}}}"#
        ))]);
        let mut operation = operation(&peer);
        for _ in 0..2 {
            let error = operation.wait(LONG).unwrap_err();
            assert_eq!(
                (error.kind(), error.code(), error.message()),
                (kind, code, message)
            );
            assert_eq!(error.operation(), Some("operations/op-1"));
        }
        assert!(operation.is_done());
        assert_eq!(
            peer.requests().len(),
            1,
            "an operation that has ended is not polled again"
        );
    }
}

#[test]
fn an_operation_without_a_result_is_an_error() {
    for end in [
        r#"{"done":true}"#,
        r#"{"done":true,"error":null,"response":null}"#,
    ] {
        let peer = MockServer::replying([ok(end)]);
        let error = operation(&peer).wait(LONG).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OperationFailed);
        assert!(error.message().contains("neither"), "{error}");
    }
}

#[test]
fn a_result_that_is_not_an_asset_is_an_error_that_names_the_field() {
    let peer = MockServer::replying([ok(r#"{"done":true,"response":{"displayName":"n"}}"#)]);
    let error = operation(&peer).poll().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("assetId"), "{error}");
}

#[test]
fn running_out_of_time_names_the_path_and_the_handle_lives_on() {
    let peer = MockServer::new(|number, _| if number < 5 { ok("{}") } else { ok(DONE) });
    let mut operation = operation(&peer);
    let error = operation.wait(Duration::ZERO).unwrap_err();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::StillRunning, Some("operations/op-1"))
    );
    assert!(error.to_string().contains("operations/op-1"), "{error}");
    assert!(operation.wait(LONG).is_ok());
}

#[test]
fn delays_are_cut_to_the_time_that_is_left() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.builder().poll_interval(LONG, LONG).build().unwrap();
    let started = Instant::now();
    let error = client
        .operation::<Asset>("operations/op-1")
        .wait(Duration::from_millis(5))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StillRunning);
    assert!(started.elapsed() < LONG);
    assert_eq!(
        peer.requests().len(),
        2,
        "polled at the beginning and at the end"
    );
}

#[test]
fn a_poll_has_no_more_time_than_is_left() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = rblx_open_cloud::Client::builder("key")
        .base_url(url)
        .build()
        .unwrap();
    let started = Instant::now();
    let error = client
        .operation::<Asset>("operations/op-1")
        .wait(Duration::from_millis(1))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StillRunning, "{error}");
    assert!(
        started.elapsed() < Duration::from_secs(15),
        "not the 30 seconds of a call"
    );
}

#[test]
fn a_response_that_is_not_understood_names_the_operation() {
    for malformed in [r#"{"done":"true"}"#, r#"{"done":true,"response":{}}"#] {
        let error = operation(&MockServer::replying([ok(malformed)]))
            .poll()
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Decode, Some("operations/op-1"))
        );
        assert!(error.body().is_some() && error.attempts() == 1);
    }
}

#[test]
fn an_error_of_the_request_leaves_the_operation_as_it_was() {
    let peer = MockServer::replying([support::json(503, "{}"), ok(DONE)]);
    let mut operation = operation(&peer);
    assert_eq!(
        operation.poll().unwrap_err().kind(),
        ErrorKind::ServiceUnavailable
    );
    assert!(!operation.is_done());
    assert!(operation.poll().unwrap().is_some());
}

#[test]
fn paths_in_all_their_forms() {
    let peer = MockServer::replying([ok(DONE)]);
    for path in [
        "operations/a b",
        "/operations/a b",
        "assets/v1/operations/a b",
        "a b",
    ] {
        peer.client().operation::<Asset>(path).poll().unwrap();
    }
    for request in peer.requests() {
        assert_eq!(request.target, "/assets/v1/operations/a%20b");
    }
    peer.client()
        .operation::<Asset>("operations/..")
        .poll()
        .unwrap();
    assert_eq!(peer.requests()[4].target, "/assets/v1/operations/%2E%2E");
    for path in [
        "",
        "/",
        "operations/",
        "assets/123",
        "../../users/1",
        "places/3/operations/7",
        "operations/x/y",
    ] {
        let error = peer
            .client()
            .operation::<Asset>(path)
            .wait(LONG)
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
    }
    assert_eq!(peer.requests().len(), 5);
}

#[cfg(feature = "upload")]
mod started {
    use super::{Asset, DONE, ErrorKind, LONG, MockServer, Operation, ok};
    use rblx_open_cloud::models::{AssetType, AssetUpload};
    use rblx_open_cloud::{AssetFile, Result};

    fn create(peer: &MockServer) -> Result<Operation<Asset>> {
        let file = AssetFile::bytes("a.tga", [1]);
        peer.client()
            .user(1)
            .upload_asset(AssetUpload::new(AssetType::Decal, "n", "d", file))
    }

    #[test]
    fn an_operation_that_is_done_at_once_needs_no_second_request() {
        let peer = MockServer::replying([ok(DONE)]);
        let mut operation = create(&peer).unwrap();
        assert!(operation.is_done());
        assert_eq!(operation.wait(LONG).unwrap().asset_id.get(), 123);
        assert_eq!(peer.requests().len(), 1);
    }

    #[test]
    fn an_operation_that_failed_at_once_reports_it_when_polled() {
        let peer = MockServer::replying([ok(
            r#"{"path":"operations/x","done":true,"error":{"message":"AssetDescription is moderated."}}"#,
        )]);
        let mut operation = create(&peer).unwrap();
        assert_eq!(
            operation.wait(LONG).unwrap_err().kind(),
            ErrorKind::ModeratedText
        );
        assert_eq!(peer.requests().len(), 1);
    }

    #[test]
    fn the_path_may_be_missing_where_there_is_an_id() {
        for started in [
            r#"{"operationId":"op-1"}"#,
            r#"{"path":null,"operationId":"op-1","done":null}"#,
            r#"{"path":"operations/op-1"}"#,
        ] {
            let peer = MockServer::replying([ok(started), ok(DONE)]);
            let mut operation = create(&peer).unwrap();
            assert_eq!(operation.path(), "operations/op-1");
            operation.wait(LONG).unwrap();
            assert_eq!(peer.requests()[1].target, "/assets/v1/operations/op-1");
        }
    }

    #[test]
    fn a_started_operation_is_named_even_if_its_response_is_malformed() {
        let malformed = r#"{"path":"operations/op-7","done":true,"response":{"assetId":"77","moderationResult":"Approved"}}"#;
        for started in [
            malformed,
            r#"{"path":"operations/op-7","done":"true"}"#,
            r#"{"path":"operations/op-7","done":fal"#,
        ] {
            let peer = MockServer::replying([ok(started)]);
            let error = create(&peer).unwrap_err();
            assert_eq!(
                (error.kind(), error.operation()),
                (ErrorKind::Decode, Some("operations/op-7")),
                "{started}"
            );
            assert!(error.body().unwrap().contains("op-7") && error.attempts() == 1);
            assert!(
                error.to_string().contains("may have been carried out"),
                "{error}"
            );
        }
        // Cut by its length, too.
        let cut = b"HTTP/1.1 200 X\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"path\":\"operations/op-7\",".to_vec();
        assert_eq!(
            create(&MockServer::replying([cut]))
                .unwrap_err()
                .operation(),
            Some("operations/op-7")
        );
        let peer =
            MockServer::replying([ok(r#"{"path":"assets/5","displayName":"x","done":null}"#)]);
        assert!(create(&peer).unwrap().is_done(), "null is nothing");
    }

    #[test]
    fn a_response_that_is_neither_operation_nor_asset_is_an_error() {
        for started in [
            "{}",
            r#"{"done":false}"#,
            "[]",
            "null",
            r#"{"displayName":"n"}"#,
        ] {
            let peer = MockServer::replying([ok(started)]);
            assert_eq!(
                create(&peer).unwrap_err().kind(),
                ErrorKind::Decode,
                "{started}"
            );
        }
    }
}
