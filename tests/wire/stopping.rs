//! Shutdown, deadlines and events of calls.

use std::io::Read;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use crate::support::{KEY, MockServer, json, ok, wait_until, with_headers};
use rblx_open_cloud::models::{Asset, InventoryFilter};
use rblx_open_cloud::{Client, ErrorKind, Result, RetryPolicy};

/// Runs a call in a thread, stops the client as soon as `is_blocked` says so, and returns the call's error.
fn stopped<T: Send + 'static>(
    client: &Client,
    call: impl FnOnce(&Client) -> Result<T> + Send + 'static,
    is_blocked: impl FnOnce(),
) -> rblx_open_cloud::Error {
    let (sender, result) = mpsc::channel();
    let worker = client.clone();
    std::thread::spawn(move || sender.send(call(&worker).err()).unwrap());
    is_blocked();
    std::thread::sleep(Duration::from_millis(3));
    let stopped = Instant::now();
    client.shutdown();
    let error = result.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(
        stopped.elapsed() < Duration::from_secs(10),
        "{:?}",
        stopped.elapsed()
    );
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Shutdown, "{error}");
    error
}

/// Starts a peer that accepts, reads and sends only this.
fn silent_after(head: &'static str) -> (String, Arc<Mutex<usize>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(0));
    let count = Arc::clone(&seen);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let count = Arc::clone(&count);
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                let read = stream.read(&mut buffer).unwrap_or(0);
                let _ = std::io::Write::write_all(&mut stream, head.as_bytes());
                *count.lock().unwrap() += read;
                while stream.read(&mut buffer).is_ok_and(|read| read > 0) {}
            });
        }
    });
    (url, seen)
}

fn client(url: &str) -> Client {
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    Client::builder(KEY)
        .base_url(url)
        .retry(policy)
        .build()
        .unwrap()
}

#[test]
fn a_shutdown_ends_a_call_that_waits_for_head_or_body() {
    for head in [
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{",
    ] {
        let (url, seen) = silent_after(head);
        let error = stopped(
            &client(&url),
            |client| client.user(1).get(),
            || wait_until("a request", || *seen.lock().unwrap() > 0),
        );
        assert!(!error.outcome_unknown(), "a read changes nothing");
        let (url, seen) = silent_after(head);
        let error = stopped(
            &client(&url),
            |client| client.group(7).accept_join_request(5),
            || wait_until("a request", || *seen.lock().unwrap() > 0),
        );
        assert!(error.outcome_unknown(), "{error}");
    }
}

#[test]
fn a_body_that_ends_with_the_connection_is_not_taken_for_a_whole_one() {
    let (url, seen) = silent_after("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}");
    let call = |client: &Client| {
        client
            .request(rblx_open_cloud::Method::Get, "/a")
            .send::<serde_json::Value>()
    };
    stopped(&client(&url), call, || {
        wait_until("a request", || *seen.lock().unwrap() > 0);
    });
}

#[test]
fn a_shutdown_ends_delays_waits_and_lists() {
    // The delay before a retry.
    let peer = MockServer::replying([with_headers(429, "retry-after: 60\r\n", "{}")]);
    let patient = peer
        .builder()
        .retry(RetryPolicy::default())
        .build()
        .unwrap();
    stopped(
        &patient,
        |client| client.user(1).get(),
        || wait_until("a request", || peer.requests().len() == 1),
    );
    // The delay before a poll.
    let peer = MockServer::replying([ok(r#"{"path":"operations/1","done":false}"#)]);
    let minute = Duration::from_secs(60);
    let slow = peer
        .builder()
        .poll_interval(minute, minute)
        .build()
        .unwrap();
    let wait = move |client: &Client| client.operation::<Asset>("operations/1").wait(minute);
    let error = stopped(&slow, wait, || {
        wait_until("a request", || peer.requests().len() == 1);
    });
    assert_eq!(error.operation(), Some("operations/1"));
    // The limit of the wait is not over.
    let message = error.message();
    assert!(
        message.contains("is still working on it after "),
        "{message}"
    );
    assert!(!message.contains("60s"), "{message}");
    // A rate-limit wait in the middle of a list.
    let used_up =
        "x-ratelimit-limit: 1;w=60\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 60\r\n";
    let page = r#"{"inventoryItems":[],"nextPageToken":"t"}"#;
    let peer = MockServer::new(move |_, _| with_headers(200, used_up, page));
    let waiting = peer.builder().wait_on_rate_limit(true).build().unwrap();
    let list = |client: &Client| {
        let items = client.user(1).list_inventory(InventoryFilter::all());
        items.collect::<Result<Vec<_>>>()
    };
    stopped(&waiting, list, || {
        wait_until("a request", || peer.requests().len() == 1);
    });
}

#[test]
fn later_calls_of_every_clone_end_at_once_and_send_nothing() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let clone = client.with_deadline(Duration::from_secs(60));
    client.shutdown();
    let error = clone.group(7).accept_join_request(5).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Shutdown, 0));
    assert!(!error.outcome_unknown(), "{error}");
    assert!(peer.requests().is_empty());
}

#[test]
fn a_deadline_covers_all_attempts_and_shares_the_connections() {
    let (url, _) = silent_after("");
    let all = client(&url);
    let quick = all.with_deadline(Duration::from_millis(50));
    let started = Instant::now();
    let error = quick.user(1).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(started.elapsed() < Duration::from_secs(10));
    let peer = MockServer::replying([json(429, "{}")]);
    let quick = client(&peer.url).with_deadline(Duration::from_millis(30));
    let started = Instant::now();
    assert_eq!(
        quick.user(1).get().unwrap_err().kind(),
        ErrorKind::RateLimited
    );
    assert!(started.elapsed() < Duration::from_secs(10));
    // Both use one pool.
    let body = r#"{"path":"users/1","id":"1","name":"n","displayName":"d","createTime":"2006-03-08T14:01:02Z"}"#;
    let peer = MockServer::replying([ok(body)]);
    let all = peer.client();
    all.user(1).get().unwrap();
    all.with_deadline(Duration::from_secs(60))
        .user(1)
        .get()
        .unwrap();
    assert!(
        peer.requests()
            .iter()
            .all(|request| request.connection == 0)
    );
}

#[test]
fn the_first_success_brings_retries_back() {
    let body = r#"{"path":"users/1","id":"1","name":"n","displayName":"d","createTime":"2006-03-08T14:01:02Z"}"#;
    let outage = 100;
    let peer = MockServer::new(move |number, _| {
        if number < outage || number % 2 == 1 {
            json(503, "{}")
        } else {
            ok(body)
        }
    });
    let policy = RetryPolicy::default()
        .initial_backoff(Duration::from_millis(1))
        .quota(28);
    let client = peer.builder().retry(policy).build().unwrap();
    let failed = (0..10 * outage)
        .take_while(|_| client.user(1).get().is_err())
        .count();
    assert_eq!(failed, outage - 2, "two retries were affordable");
    for _ in 0..60 {
        let _ = client.user(1).get();
    }
    // Enough successes later a failure is followed by a retry again.
    assert!((0..10).all(|_| client.user(1).get().is_ok()));
}

#[test]
fn events_are_reported_without_secrets() {
    let peer = MockServer::replying([
        with_headers(429, "retry-after: 0\r\n", "{}"),
        ok(
            r#"{"path":"users/1","id":"1","name":"n","displayName":"d","createTime":"2006-03-08T14:01:02Z"}"#,
        ),
    ]);
    let events = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&events);
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client = peer
        .builder()
        .retry(policy)
        .on_event(move |event| log.lock().unwrap().push(format!("{event} {event:?}")))
        .build()
        .unwrap();
    client.user(1).get().unwrap();
    let events = events.lock().unwrap();
    let starts = [
        "GET /cloud/v2/users/1: attempt 1",
        "GET /cloud/v2/users/1: 429, 2 bytes",
        "GET /cloud/v2/users/1: attempt 1 failed (rate limited, 429)",
        "GET /cloud/v2/users/1: attempt 2",
        "GET /cloud/v2/users/1: 200, ",
    ];
    assert_eq!(events.len(), starts.len(), "{events:?}");
    for (event, start) in events.iter().zip(starts) {
        assert!(event.starts_with(start), "{event}");
        assert!(!event.contains(KEY), "{event}");
    }
}
