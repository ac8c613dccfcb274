//! Waiting for scripts.

use std::time::{Duration, Instant};

use super::{PATH, complete, peer, start, task};
use crate::support::{MockServer, json, ok};
use rblx_open_cloud::ErrorKind;

const LONG: Duration = Duration::from_secs(60);

#[test]
fn three_lost_connections_in_a_row_only_lengthen_the_wait() {
    let lost = Vec::new();
    let polls = vec![
        task("PROCESSING", ""),
        lost.clone(),
        lost.clone(),
        lost,
        task("PROCESSING", ""),
        json(503, "{}"),
        complete(),
    ];
    let peer = peer(polls, |_| ok("{}"));
    // The policy of this client sends every request once.
    assert!(start(&peer.client()).unwrap().wait(LONG).is_ok());
    assert_eq!(peer.requests().len(), 8);
}

#[test]
fn a_permanent_error_ends_the_wait_and_not_the_task() {
    let polls = vec![
        json(404, r#"{"code":"NOT_FOUND","message":"gone"}"#),
        complete(),
    ];
    let peer = peer(polls, |_| ok("{}"));
    let mut task = start(&peer.client()).unwrap();
    let error = task.wait(LONG).unwrap_err();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::NotFound, Some(PATH))
    );
    assert!(task.wait(LONG).is_ok());
}

#[test]
fn a_wait_that_times_out_names_the_path_to_resume_with() {
    let peer = peer(vec![task("PROCESSING", "")], |_| ok("{}"));
    let client = peer.builder().poll_interval(LONG, LONG).build().unwrap();
    let mut started = start(&client).unwrap();
    let before = Instant::now();
    let error = started.wait(Duration::from_millis(20)).unwrap_err();
    assert!(before.elapsed() < Duration::from_secs(20));
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::StillRunning, Some(PATH))
    );
    assert!(
        error.to_string().contains("its state is PROCESSING"),
        "{error}"
    );
}

#[test]
fn a_shutdown_ends_the_wait_at_once() {
    let peer = peer(vec![task("PROCESSING", "")], |_| ok("{}"));
    let client = peer.builder().poll_interval(LONG, LONG).build().unwrap();
    let mut started = start(&client).unwrap();
    let waiting = std::thread::spawn(move || started.wait(LONG).unwrap_err());
    std::thread::sleep(Duration::from_millis(5));
    let before = Instant::now();
    client.shutdown();
    assert_eq!(waiting.join().unwrap().kind(), ErrorKind::Shutdown);
    assert!(before.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_script_that_has_ended_at_once_needs_no_poll() {
    let peer = MockServer::replying([complete()]);
    let result = start(&peer.client()).unwrap().wait(LONG).unwrap();
    assert_eq!(result.results.len(), 3);
    assert_eq!(peer.requests().len(), 1);
}
