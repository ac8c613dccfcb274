//! Rate limits that are enforced on demand.

use std::time::Duration;

use crate::common::{Raw, Reply};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::Value;

const GROUP: &str = "/cloud/v2/groups/7";
const QUOTAS: &str = "/cloud/v2/users/156/asset-quotas";

/// A sandbox that enforces limits, at the start of a minute that lasts until the test moves the clock.
fn enforcing() -> Sandbox {
    let sandbox = Sandbox::builder()
        .enforce_rate_limits(true)
        .clock_speed(0.0)
        .start()
        .unwrap();
    let second = u64::from(sandbox.now().second());
    sandbox.advance(Duration::from_secs(60 - second));
    sandbox
}

fn number(reply: &Reply, name: &str) -> Option<u64> {
    reply.header(name)?.parse().ok()
}

fn limit(reply: &Reply) -> (u16, Option<&str>, Option<u64>) {
    let remaining = number(reply, "x-ratelimit-remaining");
    (reply.status, reply.header("x-ratelimit-limit"), remaining)
}

#[test]
fn the_documented_limit_of_each_operation() {
    let sandbox = enforcing();
    let mut raw = Raw::connect(&sandbox);
    for left in (0..60).rev() {
        let reply = raw.get(QUOTAS);
        assert_eq!(limit(&reply), (200, Some("60;w=60"), Some(left)));
    }
    let rejected = raw.get(QUOTAS);
    assert_eq!(limit(&rejected), (429, Some("60;w=60"), Some(0)));
    assert_eq!(rejected.json()["code"], "RESOURCE_EXHAUSTED");
    assert_eq!(number(&rejected, "retry-after"), Some(5), "understated");
    let reset = number(&rejected, "x-ratelimit-reset").unwrap();
    assert!((59..=60).contains(&reset), "{reset}");
    // Another user is the same operation; another operation is not.
    assert_eq!(raw.get("/cloud/v2/users/2/asset-quotas").status, 429);
    assert_eq!(limit(&raw.get(GROUP)), (200, Some("150;w=60"), Some(149)));
    sandbox.advance(Duration::from_secs(58));
    let rejected = raw.get(QUOTAS);
    assert_eq!(rejected.status, 429);
    assert!(number(&rejected, "retry-after").unwrap() <= 2);
    sandbox.advance(Duration::from_secs(2));
    assert_eq!(limit(&raw.get(QUOTAS)), (200, Some("60;w=60"), Some(59)));
}

#[test]
fn methods_of_one_path_have_separate_limits() {
    let sandbox = enforcing();
    let mut raw = Raw::connect(&sandbox);
    let settings = "/legacy-groups/v1/groups/7/settings";
    for _ in 0..100 {
        assert_eq!(raw.get(settings).status, 200);
    }
    let rejected = raw.get(settings);
    let code = rejected.json().pointer("/errors/0/code").cloned();
    assert_eq!((rejected.status, code), (429, Some(Value::from(0))));
    assert_eq!(raw.json("PATCH", settings, "{}").status, 200);
}

#[test]
fn a_rejected_request_has_no_effect() {
    let sandbox = enforcing();
    let mut raw = Raw::connect(&sandbox);
    let universe = |id: u64| format!("/legacy-followings/v1/users/156/universes/{id}");
    for id in 1..=101 {
        raw.bare("POST", &universe(id));
    }
    let followed = raw.get("/legacy-followings/v1/users/156/universes").json();
    assert_eq!(followed.as_array().unwrap().len(), 100);
}

#[test]
fn a_404_does_not_count() {
    let sandbox = enforcing();
    let mut raw = Raw::connect(&sandbox);
    for _ in 0..200 {
        let missing = raw.get("/cloud/v2/groups/12345");
        assert_eq!(limit(&missing), (404, None, None));
    }
    assert_eq!(limit(&raw.get(GROUP)).2, Some(149));
    sandbox.fail_next(Fault::unavailable());
    assert_eq!(raw.get(GROUP).status, 503);
    assert_eq!(limit(&raw.get(GROUP)).2, Some(148));
}

#[test]
fn limits_per_second() {
    let sandbox = enforcing();
    let mut raw = Raw::connect(&sandbox);
    let notification =
        r#"{"source":{"universe":"universes/1"},"payload":{"type":"MOMENT","messageId":"m"}}"#;
    let sent = raw.json("POST", "/cloud/v2/users/156/notifications", notification);
    assert_eq!(limit(&sent), (200, Some("4000;w=1"), Some(3999)));
    assert_eq!(number(&sent, "x-ratelimit-reset"), Some(1));
}

#[test]
fn waits_are_in_the_time_of_the_client() {
    let fast = Sandbox::builder()
        .enforce_rate_limits(true)
        .clock_speed(60.0);
    let sandbox = fast.start().unwrap();
    let reply = Raw::connect(&sandbox).get(GROUP);
    assert_eq!(reply.header("x-ratelimit-limit"), Some("150;w=1"));
    assert_eq!(number(&reply, "x-ratelimit-reset"), Some(1));
}

#[test]
fn without_enforcement_the_limit_is_only_shown() {
    let sandbox = Sandbox::builder().clock_speed(0.0).start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for _ in 0..151 {
        assert_eq!(raw.get(GROUP).status, 200);
    }
    assert_eq!(
        limit(&raw.get(GROUP)),
        (200, Some("150;w=60"), Some(149)),
        "nobody waits for a limit that is not enforced"
    );
    assert_eq!(number(&raw.get(GROUP), "x-ratelimit-reset"), Some(1));
    let entries = "/cloud/v2/universes/13058/data-stores/Inventory/entries";
    assert_eq!(
        limit(&raw.get(entries)),
        (200, Some("1000000;w=60"), Some(999_999))
    );
}

#[test]
fn without_enforcement_a_client_that_counts_its_requests_waits_for_a_second_at_most() {
    use std::sync::{Arc, Mutex, OnceLock};

    use rblx_open_cloud::{Client, ClientEvent};

    let sandbox = Sandbox::start().unwrap();
    let (wait, waiting) = (Arc::<Mutex<_>>::default(), Arc::new(OnceLock::new()));
    let (seen, stopped) = (Arc::clone(&wait), Arc::clone(&waiting));
    let client = Client::builder(sandbox.api_key())
        .base_url(sandbox.url())
        .wait_on_rate_limit(true)
        .on_event(move |event| {
            if let ClientEvent::RateLimitWait { delay, .. } = event {
                *seen.lock().unwrap() = Some(*delay);
                // The wait is known, and need not be spent.
                stopped.get().map(Client::shutdown);
            }
        })
        .build()
        .unwrap();
    waiting.set(client.clone()).unwrap();
    let calls = (0..160).take_while(|_| client.group(7).get().is_ok());
    assert!(calls.count() >= 149);
    let wait: Option<Duration> = *wait.lock().unwrap();
    assert!(wait.is_none_or(|wait| wait.as_millis() <= 1100), "{wait:?}");
}

#[cfg(feature = "oauth2")]
#[test]
fn tokens_have_separate_limits() {
    use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};

    let sandbox = enforcing();
    let client = || {
        let token = sandbox.access_token(156, ["openid"]);
        let builder = Client::builder(token).base_url(sandbox.url());
        builder.retry(RetryPolicy::none()).build().unwrap()
    };
    let (one, two) = (client(), client());
    for _ in 0..30 {
        one.group(7).get().unwrap();
    }
    let error = one.group(7).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    two.group(7).get().unwrap();
    sandbox.client().group(7).get().unwrap();
}
