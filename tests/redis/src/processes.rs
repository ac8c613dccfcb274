//! Processes that share a limit over the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::server::Server;
use crate::support::{KEY, LimitedServer};
use rblx_open_cloud::rate_limit::RedisLimiter;
use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};

const ROLE: &str = "TEST_LIMITS";

/// Runs this test again, in a process that makes calls.
fn child(test: &str, role: &[&str]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ROLE, role.join("|"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits for the start, makes calls until the end of the input, and prints how many succeeded.
fn make_calls(role: &str) {
    let (url, redis) = role.split_once('|').unwrap();
    let fallbacks = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&fallbacks);
    let client = Client::builder(KEY)
        .base_url(url)
        .retry(RetryPolicy::none())
        .wait_on_rate_limit(true)
        .rate_limiter(
            RedisLimiter::open(redis)
                .unwrap()
                .prefix("users/156")
                .timeout(Duration::from_secs(5)),
        )
        .on_event(move |event| {
            count.fetch_add(
                usize::from(event.to_string().contains("without the rate limiter")),
                Ordering::Relaxed,
            );
        })
        .build()
        .unwrap();
    let stop = client.clone();
    println!("ready");
    std::io::stdin().read_exact(&mut [0]).unwrap();
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        stop.shutdown();
    });
    let mut served = 0;
    loop {
        match client.user(1).get() {
            Ok(_) => served += 1,
            Err(error) if error.kind() == ErrorKind::Shutdown => break,
            Err(error) => assert_eq!(error.kind(), ErrorKind::RateLimited, "{error}"),
        }
    }
    println!("served {served} {}", fallbacks.load(Ordering::Relaxed));
}

fn wait_for(output: &mut BufReader<ChildStdout>, start: &str) -> String {
    let mut line = String::new();
    while !line.starts_with(start) {
        line.clear();
        assert!(output.read_line(&mut line).unwrap() > 0, "the child ended");
    }
    line[start.len()..].trim().to_owned()
}

/// Runs processes for a time, during which `meanwhile` is called. Returns the number of successful calls of each.
fn run(test: &str, role: &[&str], processes: usize, meanwhile: impl FnOnce()) -> Vec<u64> {
    let mut children: Vec<_> = (0..processes).map(|_| child(test, role)).collect();
    let mut outputs: Vec<_> = children
        .iter_mut()
        .map(|child| BufReader::new(child.stdout.take().unwrap()))
        .collect();
    for output in &mut outputs {
        wait_for(output, "ready");
    }
    for child in &mut children {
        child.stdin.as_mut().unwrap().write_all(b"!").unwrap();
    }
    meanwhile();
    for child in &mut children {
        drop(child.stdin.take());
    }
    let counts = outputs.iter_mut().map(|output| wait_for(output, "served "));
    let counts: Vec<u64> = counts
        .map(|line| line.split(' ').next().unwrap().parse().unwrap())
        .collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    counts
}

#[test]
fn processes_share_a_limit_and_none_is_rejected_or_starves() {
    const TEST: &str = "processes::processes_share_a_limit_and_none_is_rejected_or_starves";
    if let Ok(role) = std::env::var(ROLE) {
        return make_calls(&role);
    }
    let Some(redis) = Server::start("shared") else {
        return;
    };
    let (windows, window, limit) = (10, Duration::from_millis(600), 64);
    let service = LimitedServer::new(limit, window);
    let mut seen = (0, 0);
    let counts = run(TEST, &[&service.server.url, &redis.url()], 32, || {
        std::thread::sleep(window * windows);
        seen = (service.served(), service.rejected());
    });
    let (served, rejected) = seen;
    let (min, max) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
    println!("{served} served, {rejected} rejected, from {min} to {max}");
    assert_eq!(rejected, 0);
    // The first window begins in the middle.
    let capacity = usize::try_from(limit).unwrap() * windows as usize;
    assert!(served * 100 >= capacity * 85, "{served} of {capacity}");
    assert!(*max <= 3 * min, "{counts:?}");
    let keys = redis.command("KEYS *");
    assert!(
        keys.contains("rblx-open-cloud:users/156:GET /cloud/v2/users/{user_id}"),
        "{keys}"
    );
}

#[test]
fn no_call_fails_when_the_server_is_killed_and_restarted() {
    const TEST: &str = "processes::no_call_fails_when_the_server_is_killed_and_restarted";
    if let Ok(role) = std::env::var(ROLE) {
        return make_calls(&role);
    }
    let Some(mut redis) = Server::start("killed") else {
        return;
    };
    let url = redis.url();
    let service = LimitedServer::new(100_000, Duration::from_secs(60));
    let progress = |what: &str| {
        let (before, started) = (service.served(), Instant::now());
        while service.served() < before + 200 {
            assert!(started.elapsed() < Duration::from_secs(30), "{what}");
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    run(TEST, &[&service.server.url, &url], 4, || {
        progress("at first");
        redis.kill();
        progress("without the server");
        redis.restart();
        let started = Instant::now();
        // Each process comes back to it by itself.
        while !redis.command("KEYS *").contains("rblx-open-cloud") {
            assert!(started.elapsed() < Duration::from_secs(30));
            std::thread::sleep(Duration::from_millis(10));
        }
        progress("with the server again");
    });
    assert_eq!(service.rejected(), 0);
}
