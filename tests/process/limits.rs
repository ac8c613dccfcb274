//! Processes that share a rate limit over a file.

use std::io::{BufReader, Read};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::call_processes::{self, assert_limit_is_shared, child, role, start, wait_for};
use crate::support::{KEY, LimitedServer, TemporaryPath, wait_until};
use rblx_open_cloud::rate_limit::FileLimiter;
use rblx_open_cloud::{Client, RetryPolicy};

fn client(url: &str, path: &str) -> Client {
    Client::builder(KEY)
        .base_url(url)
        .retry(RetryPolicy::none())
        .wait_on_rate_limit(true)
        .rate_limiter(FileLimiter::open(path).unwrap())
        .build()
        .unwrap()
}

/// Makes calls as a child of a test.
fn make_calls(role: &[String]) {
    let served = call_processes::make_calls(&client(&role[0], &role[1]));
    println!("served {served}");
}

#[test]
fn processes_share_a_limit_and_none_starves() {
    const TEST: &str = "limits::processes_share_a_limit_and_none_starves";
    if let Some(role) = role() {
        return make_calls(&role);
    }
    let service = LimitedServer::new(64, Duration::from_millis(600));
    let file = TemporaryPath::new("shared");
    let path = file.0.to_str().unwrap();
    let role = [service.server.url.as_str(), path];
    let (served, rejected) = (|| service.served(), || service.rejected());
    assert_limit_is_shared(TEST, &role, 256, served, rejected);
    let text = std::fs::read_to_string(path).unwrap();
    let line = text.lines().nth(1).unwrap();
    assert!(
        line.contains("of 000000064") && line.contains(" GET /cloud/v2/users/{user_id} "),
        "{text}"
    );
}

#[test]
fn a_process_that_is_stopped_with_the_lock_blocks_no_other_process() {
    const TEST: &str = "limits::a_process_that_is_stopped_with_the_lock_blocks_no_other_process";
    if let Some(role) = role() {
        let file = std::fs::File::options().write(true).open(&role[0]).unwrap();
        file.lock().unwrap();
        println!("locked");
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        return;
    }
    let service = LimitedServer::new(1000, Duration::from_secs(60));
    let file = TemporaryPath::new("stopped");
    let path = file.0.to_str().unwrap();
    let events = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&events);
    let client = service
        .server
        .builder()
        .wait_on_rate_limit(true)
        .rate_limiter(FileLimiter::open(path).unwrap())
        .on_event(move |event| log.lock().unwrap().push(event.to_string()))
        .build()
        .unwrap();
    client.user(1).get().unwrap();
    let mut holder = child(TEST, &[path]);
    wait_for(&mut BufReader::new(holder.stdout.take().unwrap()), "locked");
    FileLimiter::open(path).unwrap();
    let started = Instant::now();
    client.user(1).get().unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    // The lock of a process that is killed ends with it.
    holder.kill().unwrap();
    holder.wait().unwrap();
    let started = Instant::now();
    let has = |text: &str| {
        events
            .lock()
            .unwrap()
            .iter()
            .any(|event| event.contains(text))
    };
    while !has("the rate limiter is back") {
        client.user(1).get().unwrap();
        assert!(started.elapsed() < Duration::from_secs(20));
    }
    assert!(has("continues without the rate limiter") && has("it may be suspended"));
}

#[test]
fn processes_that_are_killed_leave_a_file_that_works() {
    const TEST: &str = "limits::processes_that_are_killed_leave_a_file_that_works";
    if let Some(role) = role() {
        return make_calls(&role);
    }
    let service = LimitedServer::new(100_000, Duration::from_secs(60));
    let file = TemporaryPath::new("killed");
    let path = file.0.to_str().unwrap();
    for _ in 0..5 {
        let mut children: Vec<_> = (0..4)
            .map(|_| {
                let mut child = child(TEST, &[&service.server.url, path]);
                start(&mut child);
                child
            })
            .collect();
        let before = service.served();
        wait_until("a hundred calls", || service.served() >= before + 100);
        for child in &mut children {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
    let client = client(&service.server.url, path);
    let started = Instant::now();
    for _ in 0..10 {
        client.user(1).get().unwrap();
    }
    assert!(started.elapsed() < Duration::from_secs(10));
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
}
