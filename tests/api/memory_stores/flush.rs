//! Flushes are polled at their actual path, whatever path the response contains.

use std::time::Duration;

use crate::support::{MockServer, json, ok};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{Finished, FlushScope, Thumbnail};

const SOON: Duration = Duration::from_secs(10);
const PATHS: [&str; 5] = [
    "cloud/v2/universes/5/operations/o1",
    "cloud/v2/universes/5/memory-store/operations/o1",
    "universes/5/memory-store/operations/o1",
    "/cloud/v2/universes/5/memory-store/operations/o1",
    "universes/5/operations/o1",
];

#[test]
fn both_shapes_of_paths_lead_to_the_same_place() {
    for path in PATHS {
        for (scope, text) in [(FlushScope::Live, "LIVE"), (FlushScope::Test, "TEST")] {
            let start = format!(r#"{{"path":"{path}","done":null}}"#);
            let running = format!(r#"{{"path":"{path}","done":null,"metadata":{{}}}}"#);
            let done = format!(r#"{{"path":"{path}","done":true,"response":{{"@type":"x"}}}}"#);
            let peer = MockServer::replying([ok(start), ok(running), ok(done)]);
            let client = peer.client();
            let mut flush = client.universe(5).flush_memory_stores(scope).unwrap();
            assert!(!flush.is_done());
            assert_eq!(flush.wait(SOON).unwrap(), Finished::default());
            let resumed = client.operation::<Finished>(flush.path()).poll().unwrap();
            assert_eq!(resumed, Some(Finished::default()));
            let poll = format!("/cloud/v2/universes/5/memory-store/operations/o1?scope={text}");
            let requests = peer.requests();
            let targets: Vec<&str> = requests.iter().map(|request| &*request.target).collect();
            let bare = poll.trim_end_matches("?scope=LIVE");
            assert_eq!(targets[1..], [&poll, &poll, bare], "{path}");
        }
    }
}

#[test]
fn a_path_is_all_that_is_needed_to_resume() {
    let done = r#"{"done":true}"#;
    for path in PATHS {
        for (query, sent) in [
            ("", ""),
            ("?scope=TEST", "?scope=TEST"),
            ("?a=b&scope=LIVE", "?scope=LIVE"),
            ("?scope=a%26b", "?scope=a%26b"),
        ] {
            let peer = MockServer::replying([ok(done)]);
            let mut operation = peer
                .client()
                .operation::<Finished>(format!("{path}{query}"));
            operation.poll().unwrap();
            let target = format!("/cloud/v2/universes/5/memory-store/operations/o1{sent}");
            assert_eq!(peer.requests()[0].target, target);
        }
    }
}

#[test]
fn an_empty_result_is_success_for_operations_without_a_result() {
    for end in [
        r#"{"path":"universes/5/operations/o1","done":true}"#,
        r#"{"done":true,"response":null,"error":null}"#,
        r#"{"done":true,"response":{}}"#,
        r#"{"done":true,"response":{"@type":"t","x":[1]}}"#,
    ] {
        let peer = MockServer::replying([ok(end)]);
        let mut flush = peer
            .client()
            .operation::<Finished>("universes/5/operations/o1");
        assert_eq!(flush.poll().unwrap(), Some(Finished::default()), "{end}");
        assert!(flush.is_done());
        // At once, without a poll.
        let started = peer
            .client()
            .universe(5)
            .flush_memory_stores(FlushScope::Live);
        assert_eq!(
            started.unwrap().wait(SOON).unwrap(),
            Finished::default(),
            "{end}"
        );
    }
    let peer = MockServer::replying([ok(r#"{"done":true}"#)]);
    for error in [
        peer.client()
            .operation::<Thumbnail>("users/5/operations/o1")
            .poll()
            .unwrap_err(),
        peer.client()
            .operation::<Option<u8>>("users/5/operations/o1")
            .poll()
            .unwrap_err(),
        peer.client()
            .operation::<serde_json::Value>("users/5/operations/o1")
            .poll()
            .unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::OperationFailed);
        assert!(
            error.to_string().contains("neither a result nor an error"),
            "{error}"
        );
    }
}

#[test]
fn failures_count_once_it_is_done() {
    let path = PATHS[0];
    let running =
        format!(r#"{{"path":"{path}","done":false,"error":{{"code":5,"message":"later"}}}}"#);
    let failed = format!(r#"{{"path":"{path}","done":true,"error":{{"code":13,"message":"no"}}}}"#);
    let peer = MockServer::replying([ok(&running), json(503, "{}"), ok(&running), ok(failed)]);
    let mut flush = peer
        .client()
        .universe(5)
        .flush_memory_stores(FlushScope::Test)
        .unwrap();
    let error = flush.wait(SOON).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::OperationFailed, Some("13"))
    );
    assert_eq!(peer.requests().len(), 4);
}
