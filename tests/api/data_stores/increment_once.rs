//! `increment_once`, request by request.

use super::entry;
use crate::support::{MockServer, Received, json, ok};
use rblx_open_cloud::ErrorKind;

const CREATED: &str = "08D9E6A3F2188CFF";

/// The id of the revision with a number, in the form of the service.
fn id(number: u32) -> String {
    format!("{CREATED}.{number:010}.08D9E6A3F218{number:04}.01")
}

fn time(number: u32) -> String {
    format!("2024-07-22T19:46:{number:02}.123456700Z")
}

fn fields(number: u32) -> String {
    format!(
        r#""id":"k","revisionId":"{}","revisionCreateTime":"{}","createTime":"{}""#,
        id(number),
        time(number),
        time(1)
    )
}

/// A revision with its value and the marker of its writer.
fn read(number: u32, value: i64, marker: &str) -> Vec<u8> {
    ok(format!(
        r#"{{{},"value":{value},"users":["users/7"],"attributes":{{"a":1,"_once":"{marker}"}}}}"#,
        fields(number)
    ))
}

/// A list of revisions: negative ones mark the entry as deleted.
fn revisions(numbers: &[i32]) -> Vec<u8> {
    let revisions = numbers.iter().map(|number| {
        let state = if *number < 0 { "DELETED" } else { "ACTIVE" };
        format!(r#"{{{},"state":"{state}"}}"#, fields(number.unsigned_abs()))
    });
    ok(format!(
        r#"{{"dataStoreEntries":[{}]}}"#,
        revisions.collect::<Vec<_>>().join(",")
    ))
}

fn written(number: u32) -> Vec<u8> {
    ok(format!(r#"{{"version":"{}"}}"#, id(number)))
}

fn missing() -> Vec<u8> {
    json(404, r#"{"code":"NOT_FOUND","message":"m"}"#)
}

fn lost() -> Vec<u8> {
    Vec::new()
}

fn writes(peer: &MockServer) -> Vec<String> {
    let lines = peer
        .requests()
        .into_iter()
        .filter(|request| request.method == "POST");
    let end = |line: String| line.split_once("entryKey=k&").unwrap().1.to_owned();
    lines.map(|request| end(request.line())).collect()
}

/// Adds 3 with the marker `m` at a peer with these responses.
fn add(
    responses: &[Vec<u8>],
) -> (
    rblx_open_cloud::Result<rblx_open_cloud::models::Entry<i64>>,
    MockServer,
) {
    let peer = MockServer::replying(responses);
    let result = entry(&peer.retrying_client()).increment_once(3, "m");
    assert_eq!(
        peer.requests().len(),
        responses.len(),
        "{:?}",
        peer.requests()
            .iter()
            .map(Received::line)
            .collect::<Vec<_>>()
    );
    (result, peer)
}

#[test]
fn it_reads_and_compares_and_sets_with_its_marker() {
    let (entry, peer) = add(&[read(1, 5, "old"), written(2)]);
    let entry = entry.unwrap();
    assert_eq!(
        (entry.value, entry.revision_id.as_str()),
        (8, id(2).as_str())
    );
    assert_eq!(writes(&peer), [format!("matchVersion={} 8", id(1))]);
    let request = &peer.requests()[1];
    assert_eq!(
        request.header("roblox-entry-attributes"),
        Some("{\"a\":1,\"_once\":\"m\"}")
    );
    assert_eq!(request.header("roblox-entry-userids"), Some("[7]"));
}

#[test]
fn after_a_lost_response_the_next_revision_decides() {
    // The next revision is its own, which another writer has replaced since.
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[3, 2, 1]),
        read(2, 8, "m"),
    ]);
    assert_eq!(entry.unwrap().value, 8);
    assert_eq!(writes(&peer).len(), 1);
    let list = peer.requests()[2].line();
    assert!(
        list.contains(&format!(
            "filter=revision_create_time >= {}",
            time(1).replace("700Z", "7Z")
        )),
        "{list}"
    );
    assert!(
        peer.requests()[3]
            .line()
            .ends_with(&format!("entries/k@{}", id(2)))
    );

    // The next revision is another writer's.
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[3, 2, 1]),
        read(2, 50, "other"),
        read(3, 60, "m"),
        written(4),
    ]);
    assert_eq!(
        entry.unwrap().value,
        63,
        "a marker in a later revision is of another call"
    );
    assert_eq!(
        writes(&peer),
        [
            format!("matchVersion={} 8", id(1)),
            format!("matchVersion={} 63", id(3))
        ]
    );

    // There is no next revision.
    for list in [revisions(&[1]), revisions(&[])] {
        let (entry, peer) = add(&[read(1, 5, "m"), lost(), list, read(1, 5, "m"), written(2)]);
        assert_eq!(entry.unwrap().value, 8);
        assert_eq!(writes(&peer).len(), 2);
    }
}

#[test]
fn any_order_of_revisions_and_any_unknown_outcome_works() {
    for failure in [
        lost(),
        json(503, "{}"),
        ok("{}"),
        crate::support::response(502, "text/html", "<html>"),
    ] {
        let (entry, _) = add(&[
            read(1, 5, "old"),
            failure,
            revisions(&[1, 2, 3]),
            read(2, 8, "m"),
        ]);
        assert_eq!(entry.unwrap().value, 8);
    }
}

#[test]
fn a_missing_entry_is_created_once() {
    let (entry, peer) = add(&[missing(), missing(), written(1)]);
    assert_eq!(entry.unwrap().value, 3);
    assert_eq!(writes(&peer), ["exclusiveCreate=true 3"]);

    let (entry, _) = add(&[
        missing(),
        revisions(&[]),
        lost(),
        revisions(&[2, 1]),
        read(1, 3, "m"),
    ]);
    assert_eq!(entry.unwrap().value, 3);

    // It was deleted before, and had the same marker once.
    let (entry, _) = add(&[
        missing(),
        revisions(&[-2]),
        lost(),
        revisions(&[4, 3, -2, 1]),
        read(3, 3, "m"),
    ]);
    assert_eq!(entry.unwrap().value, 3);
    let (entry, peer) = add(&[
        missing(),
        revisions(&[-2]),
        lost(),
        revisions(&[-2, 1]),
        missing(),
        revisions(&[-2, 1]),
        written(3),
    ]);
    assert_eq!((entry.unwrap().value, writes(&peer).len()), (3, 2));

    // Somebody creates it between two reads.
    let (entry, peer) = add(&[missing(), revisions(&[1]), read(1, 5, "old"), written(2)]);
    assert_eq!((entry.unwrap().value, writes(&peer).len()), (8, 1));
}

#[test]
fn a_deletion_that_follows_is_of_another_writer() {
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[-2, 1]),
        missing(),
        revisions(&[-2, 1]),
        written(3),
    ]);
    assert_eq!((entry.unwrap().value, writes(&peer).len()), (3, 2));
}

#[test]
fn a_write_that_arrives_late_is_not_added_twice() {
    // While the second try is on its way.
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[1]),
        read(1, 5, "old"),
        json(412, "{}"),
        revisions(&[2, 1]),
        read(2, 8, "m"),
    ]);
    assert_eq!((entry.unwrap().value, writes(&peer).len()), (8, 2));

    // Before the second read, which shows the value that another writer derived from it.
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[1]),
        read(3, 9, "x"),
        revisions(&[3, 2, 1]),
        read(2, 8, "m"),
    ]);
    assert_eq!((entry.unwrap().value, writes(&peer).len()), (8, 1));

    // It creates the entry.
    let (entry, peer) = add(&[
        missing(),
        revisions(&[]),
        lost(),
        revisions(&[]),
        read(1, 3, "m"),
        revisions(&[1]),
        read(1, 3, "m"),
    ]);
    assert_eq!((entry.unwrap().value, writes(&peer).len()), (3, 1));

    // It cannot arrive any more, since another writer replaced what it was based on.
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[1]),
        read(1, 5, "old"),
        json(412, "{}"),
        revisions(&[2, 1]),
        read(2, 50, "other"),
        read(2, 50, "other"),
        written(3),
    ]);
    assert_eq!((entry.unwrap().value, writes(&peer).len()), (53, 3));
}

#[test]
fn a_later_error_does_not_hide_an_unknown_outcome() {
    let denied = || json(403, r#"{"code":"PERMISSION_DENIED","message":"no"}"#);
    for rest in [&[denied()][..], &[read(1, 5, "old"), denied()]] {
        let first = [read(1, 5, "old"), lost(), revisions(&[1])];
        let (entry, _) = add(&[&first[..], rest].concat());
        let error = entry.unwrap_err();
        assert!(error.outcome_unknown(), "{error}");
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(
            error
                .to_string()
                .contains("it is not known whether the amount was added"),
            "{error}"
        );
    }
}

#[test]
fn an_undecidable_outcome_is_an_error_and_not_a_second_write() {
    // The service has dropped the second revision, which may have been its own.
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[3, 1]),
        read(3, 60, "other"),
    ]);
    let error = entry.unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
    assert!(
        error.to_string().contains(
            "it is not known whether the amount was added (conflict: the service no longer keeps the revision that followed)"
        ),
        "{error}"
    );
    assert_eq!(writes(&peer).len(), 1);
    // But another writer kept its marker.
    let (entry, _) = add(&[
        read(1, 5, "old"),
        lost(),
        revisions(&[3, 1]),
        read(3, 60, "m"),
    ]);
    assert_eq!(entry.unwrap().value, 60);
    // The list cannot be read.
    let (entry, peer) = add(&[
        read(1, 5, "old"),
        lost(),
        json(403, r#"{"code":"PERMISSION_DENIED","message":"no"}"#),
    ]);
    let error = entry.unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
    assert_eq!(
        (error.kind(), writes(&peer).len()),
        (ErrorKind::Transport, 1)
    );
}

#[test]
fn conflicts_are_tried_again_up_to_eight_times() {
    let conflict = || json(412, "{}");
    let (entry, _) = add(&[read(1, 5, "old"), conflict(), read(2, 6, "x"), written(3)]);
    assert_eq!(entry.unwrap().value, 9);
    let peer = MockServer::new(move |number, request| match request.method.as_str() {
        "GET" => read(u32::try_from(number).unwrap() + 1, 5, "old"),
        _ => conflict(),
    });
    let error = entry_of(&peer).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome_unknown()),
        (ErrorKind::Conflict, false)
    );
    assert_eq!(writes(&peer).len(), 8);
    // The writes never arrive, but the last one may still be on its way.
    let peer = MockServer::new(|_, request| {
        match (
            request.method.as_str(),
            request.path().ends_with(":listRevisions"),
        ) {
            ("GET", true) => revisions(&[1]),
            ("GET", false) => read(1, 5, "old"),
            _ => lost(),
        }
    });
    let error = entry_of(&peer).unwrap_err();
    assert!(error.outcome_unknown());
    assert_eq!(writes(&peer).len(), 8);
}

fn entry_of(peer: &MockServer) -> rblx_open_cloud::Result<rblx_open_cloud::models::Entry<i64>> {
    entry(&peer.retrying_client()).increment_once(3, "m")
}

#[test]
fn only_whole_numbers_in_range_are_added() {
    let (entry, peer) = add(&[read(1, i64::MAX - 2, "old")]);
    assert_eq!(
        (entry.unwrap_err().kind(), writes(&peer).len()),
        (ErrorKind::InvalidInput, 0)
    );
    let (entry, _) = add(&[ok(format!(r#"{{{},"value":1.5}}"#, fields(1)))]);
    assert_eq!(entry.unwrap_err().kind(), ErrorKind::Decode);
}
