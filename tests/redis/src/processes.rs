//! Processes that share a limit over the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::call_processes::{self, assert_limit_is_shared, role, run};
use crate::server::Server;
use crate::support::{KEY, LimitedServer, wait_until};
use rblx_open_cloud::rate_limit::RedisLimiter;
use rblx_open_cloud::{Client, RetryPolicy};

/// Makes calls as a child of a test, and prints the numbers of successes and of calls without the limiter.
fn make_calls(role: &[String]) {
    let (url, redis) = (&role[0], &role[1]);
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
    let served = call_processes::make_calls(&client);
    println!("served {served} {}", fallbacks.load(Ordering::Relaxed));
}

#[test]
fn processes_share_a_limit_and_none_starves() {
    const TEST: &str = "processes::processes_share_a_limit_and_none_starves";
    if let Some(role) = role() {
        return make_calls(&role);
    }
    let Some(redis) = Server::start("shared") else {
        return;
    };
    let service = LimitedServer::new(64, Duration::from_millis(600));
    let url = redis.url();
    let role = [service.server.url.as_str(), &url];
    let (served, rejected) = (|| service.served(), || service.rejected());
    assert_limit_is_shared(TEST, &role, 256, served, rejected);
    let keys = redis.command("KEYS *");
    assert!(
        keys.contains("rblx-open-cloud:users/156:GET /cloud/v2/users/{user_id}"),
        "{keys}"
    );
}

#[test]
fn no_call_fails_when_the_server_is_killed_and_restarted() {
    const TEST: &str = "processes::no_call_fails_when_the_server_is_killed_and_restarted";
    if let Some(role) = role() {
        return make_calls(&role);
    }
    let Some(mut redis) = Server::start("killed") else {
        return;
    };
    let url = redis.url();
    let service = LimitedServer::new(100_000, Duration::from_secs(60));
    let progress = |what: &str| {
        let before = service.served();
        wait_until(what, || service.served() >= before + 200);
    };
    run(TEST, &[&service.server.url, &url], 4, || {
        progress("at first");
        redis.kill();
        progress("without the server");
        redis.restart();
        // Each process comes back to it by itself.
        wait_until("the limiter", || {
            redis.command("KEYS *").contains("rblx-open-cloud")
        });
        progress("with the server again");
    });
    assert_eq!(service.rejected(), 0);
}
