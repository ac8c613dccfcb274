//! What an outage costs, in each of its kinds.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::{MockServer, USER, json, ok};
use rblx_open_cloud::{Client, ClientEvent, RetryPolicy};

/// A client of this server, and how many attempts it has made.
fn client(url: &str, timeout: Duration) -> (Client, Arc<AtomicUsize>) {
    let attempts = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&attempts);
    let client = Client::builder("key")
        .base_url(url)
        .timeout(timeout)
        .retry(RetryPolicy::default().initial_backoff(Duration::from_millis(1)))
        .on_event(move |event| {
            let is_attempt = matches!(event, ClientEvent::Attempt { .. });
            count.fetch_add(usize::from(is_attempt), Ordering::Relaxed);
        })
        .build()
        .unwrap();
    (client, attempts)
}

/// Makes calls that fail, and returns the number of attempts.
fn attempts(url: &str, calls: usize, threads: usize) -> usize {
    let (client, attempts) = client(url, Duration::from_millis(5));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let client = client.clone();
            scope.spawn(move || {
                for _ in 0..calls / threads {
                    client.user(1).get().unwrap_err();
                }
            });
        }
    });
    attempts.load(Ordering::Relaxed)
}

fn check(kind: &str, url: &str) {
    for (calls, threads, most) in [
        (100, 1, 140),
        (96, 8, 134),
        (1000, 1, 1100),
        (1000, 8, 1100),
    ] {
        let sent = attempts(url, calls, threads);
        println!("{kind}: {calls} calls of {threads} threads, {sent} attempts");
        assert!(
            (calls..=most).contains(&sent),
            "{kind}: {calls} calls made {sent} attempts"
        );
    }
}

#[test]
fn an_outage_with_503_is_not_multiplied() {
    check("503", &MockServer::replying([json(503, "{}")]).url);
}

#[test]
fn an_outage_with_refused_connections_is_not_multiplied() {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    check("refused", &format!("http://{port}"));
}

#[test]
fn an_outage_with_timeouts_is_not_multiplied() {
    // Connections are made by the kernel, and nobody reads from them.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let held: Vec<_> = listener.incoming().collect();
        drop(held);
    });
    check("timeout", &url);
}

#[test]
fn the_client_recovers_with_the_first_success() {
    let is_down = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&is_down);
    let peer = MockServer::new(move |_, _| {
        if state.load(Ordering::Relaxed) {
            json(503, "{}")
        } else {
            ok(USER)
        }
    });
    // Long enough for a busy machine: no call of this test runs out of time.
    let (client, _) = client(&peer.url, Duration::from_secs(60));
    for _ in 0..200 {
        client.user(1).get().unwrap_err();
    }
    is_down.store(false, Ordering::Relaxed);
    let before = peer.requests().len();
    for _ in 0..100 {
        client.user(1).get().unwrap();
    }
    assert_eq!(peer.requests().len() - before, 100);
}
