//! A client that keeps pace waits for the next window instead of being rejected.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::support::{MockServer, with_headers};
use rblx_open_cloud::Client;

const USER: &str = r#"{"id":"1","name":"n","displayName":"d","createTime":"2020-01-01T00:00:00Z"}"#;
const WINDOW: Duration = Duration::from_millis(60);

/// A service that takes two requests in each window of 60 ms, counted from the first one in it.
fn strict() -> MockServer {
    let state: Mutex<(Option<Instant>, u64)> = Mutex::default();
    MockServer::new(move |_, _| {
        let mut state = state.lock().unwrap();
        let begin = match state.0 {
            Some(begin) if begin.elapsed() < WINDOW => begin,
            _ => {
                *state = (Some(Instant::now()), 0);
                Instant::now()
            }
        };
        state.1 += 1;
        let reset = WINDOW.saturating_sub(begin.elapsed()).as_secs_f64();
        let headers = format!(
            "x-ratelimit-limit: 2;w=60\r\nx-ratelimit-remaining: {}\r\nx-ratelimit-reset: {reset}\r\n",
            2_u64.saturating_sub(state.1)
        );
        let status = if state.1 > 2 { 429 } else { 200 };
        with_headers(status, &headers, USER)
    })
}

fn calls(client: &Client, count: usize) -> usize {
    (0..count).filter(|_| client.user(1).get().is_ok()).count()
}

#[test]
fn a_used_up_window_is_waited_for() {
    let peer = strict();
    let client = peer.builder().wait_on_rate_limit(true).build().unwrap();
    let started = Instant::now();
    assert_eq!(calls(&client, 5), 5);
    assert_eq!(peer.requests().len(), 5, "no request was rejected");
    assert!(started.elapsed() >= WINDOW, "two windows were waited for");
}

#[test]
fn without_waiting_the_service_rejects() {
    let peer = strict();
    assert!(calls(&peer.client(), 5) < 5);
}

#[test]
fn clones_and_threads_share_the_window() {
    let peer = strict();
    let client = peer.builder().wait_on_rate_limit(true).build().unwrap();
    // The limit is known only after the first response.
    client.user(1).get().unwrap();
    let good: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let client = client.clone();
                scope.spawn(move || calls(&client, 1))
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    assert_eq!(good, 3, "one at once, the others in the next window");
}

#[test]
fn an_operation_is_not_waited_for_beyond_its_limit() {
    let body = r#"{"path":"operations/1","done":false}"#;
    let headers =
        "x-ratelimit-limit: 1;w=60\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 60\r\n";
    let peer = MockServer::replying([with_headers(200, headers, body)]);
    let client = peer.builder().wait_on_rate_limit(true).build().unwrap();
    let mut operation = client.operation::<rblx_open_cloud::models::Thumbnail>("operations/1");
    assert!(operation.poll().unwrap().is_none());
    let started = Instant::now();
    let error = operation.wait(Duration::from_millis(30)).unwrap_err();
    assert_eq!(error.kind(), rblx_open_cloud::ErrorKind::StillRunning);
    assert!(started.elapsed() < Duration::from_secs(10));
}
