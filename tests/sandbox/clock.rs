//! The sandbox's clock: what it moves, and how fast it runs.

use std::time::{Duration, Instant};

use crate::common::{PNG, Raw, decal, upload};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

const FILE: (&str, &str, &[u8]) = ("a.png", "image/png", PNG);
const HOUR: Duration = Duration::from_secs(3600);
const DECALS: &str = "/cloud/v2/users/156/inventory-items?filter=inventoryItemAssetTypes=DECAL";

/// A sandbox whose clock moves only with `advance`.
fn stopped() -> Sandbox {
    Sandbox::builder().clock_speed(0.0).start().unwrap()
}

fn decals(raw: &mut Raw) -> usize {
    let items = raw.get(DECALS).json()["inventoryItems"].clone();
    items.as_array().unwrap().len()
}

fn operation(raw: &mut Raw) -> String {
    let started = upload(raw, &decal("x"), FILE).json();
    assert_eq!(started["done"], false);
    format!("/assets/v1/{}", started["path"].as_str().unwrap())
}

#[test]
fn an_upload_takes_effect_without_a_poll() {
    let sandbox = stopped();
    let mut raw = Raw::connect(&sandbox);
    let first = operation(&mut raw);
    assert_eq!(decals(&mut raw), 0);
    for _ in 0..20 {
        assert_eq!(raw.get(&first).json()["done"], false, "polls count nothing");
    }
    sandbox.advance(Duration::from_millis(99));
    assert_eq!(decals(&mut raw), 0);
    sandbox.advance(Duration::from_millis(1));
    assert_eq!(decals(&mut raw), 1);
    assert_eq!(
        raw.get(&first).json()["done"],
        true,
        "the first poll after it"
    );
}

#[test]
fn polls_do_not_finish_an_operation_that_takes_time() {
    let sandbox = stopped();
    sandbox.operations_take(HOUR);
    let mut raw = Raw::connect(&sandbox);
    let path = operation(&mut raw);
    for _ in 0..20 {
        assert_eq!(raw.get(&path).json()["done"], false);
    }
    sandbox.advance(HOUR);
    let done = raw.get(&path).json();
    assert_eq!(done["response"]["displayName"], "x");
    assert_eq!(raw.get(&path).json(), done);
}

#[test]
fn time_does_not_finish_an_operation_that_takes_polls() {
    let sandbox = stopped();
    sandbox.polls_until_done(2);
    let mut raw = Raw::connect(&sandbox);
    let path = operation(&mut raw);
    sandbox.advance(100 * HOUR);
    assert_eq!(decals(&mut raw), 0);
    let done: Vec<Value> = (0..3)
        .map(|_| raw.get(&path).json()["done"].clone())
        .collect();
    assert_eq!(done, [json!(false), json!(false), json!(true)]);
}

#[test]
fn failures_come_with_time_too() {
    let sandbox = stopped();
    sandbox.fail_next_operation("INTERNAL", "Broken.");
    let mut raw = Raw::connect(&sandbox);
    let path = operation(&mut raw);
    sandbox.advance(HOUR);
    assert_eq!(raw.get(&path).json()["error"]["message"], "Broken.");
    assert_eq!(decals(&mut raw), 0);
}

#[test]
fn updates_that_are_due_together_are_applied_in_order() {
    let sandbox = stopped();
    sandbox.updates_as_operations(true);
    let mut raw = Raw::connect(&sandbox);
    operation(&mut raw);
    sandbox.advance(HOUR);
    let id = raw.get(DECALS).json()["inventoryItems"][0]["assetDetails"]["assetId"].clone();
    let target = format!("/assets/v1/assets/{}", id.as_str().unwrap());
    for name in ["one", "two", "three"] {
        let form = crate::common::form(&json!({"displayName": name}).to_string(), None);
        raw.form("PATCH", &target, crate::common::BOUNDARY, &form);
        sandbox.advance(Duration::from_millis(1));
    }
    assert_eq!(raw.get(&target).json()["displayName"], "x");
    sandbox.advance(HOUR);
    assert_eq!(raw.get(&target).json()["displayName"], "three");
}

#[test]
fn all_times_are_those_of_the_clock() {
    let sandbox = stopped();
    let mut raw = Raw::connect(&sandbox);
    sandbox.advance(24 * 365 * 1000 * HOUR);
    let year = sandbox.now().year();
    assert!(year > 3000);
    sandbox.add_member(7, 5, 9);
    sandbox.add_user(rblx_open_cloud::sandbox::SandboxUser::new(6, "new"));
    let follow = raw.bare("POST", "/legacy-followings/v1/users/156/universes/9");
    assert_eq!(follow.status, 200);
    for target in [
        "/cloud/v2/groups/7/memberships?filter=user=='users/5'",
        "/cloud/v2/users/6",
        "/legacy-followings/v2/users/156/universes",
    ] {
        let text = raw.get(target).text();
        assert!(text.contains(&format!("\"{year}-")), "{target}: {text}");
    }
}

#[test]
fn a_fast_clock() {
    let sandbox = Sandbox::builder().clock_speed(1e6).start().unwrap();
    sandbox.operations_take(HOUR);
    let mut raw = Raw::connect(&sandbox);
    upload(&mut raw, &decal("x"), FILE);
    // An hour lasts 3.6 ms.
    let deadline = Instant::now() + Duration::from_secs(10);
    while decals(&mut raw) == 0 {
        assert!(Instant::now() < deadline, "the clock stands still");
        std::thread::yield_now();
    }
}

#[test]
fn invalid_clock_speeds_are_rejected() {
    for speed in [-1.0, f64::NAN, f64::INFINITY] {
        let error = Sandbox::builder().clock_speed(speed).start().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    let sandbox = Sandbox::builder().clock_speed(f64::MAX).start().unwrap();
    sandbox.advance(Duration::MAX);
    assert_eq!(sandbox.now().year(), 9999);
}

#[test]
fn calls_at_the_end_of_time() {
    let sandbox = stopped();
    sandbox.advance(Duration::MAX);
    let place = "/server-management/v1/universes/13058/places/90/versions/1/game-servers";
    let mut raw = Raw::connect(&sandbox);
    assert_eq!(raw.get("/cloud/v2/users/156").status, 200);
    for target in [
        "/cloud/v2/universes/13058/data-stores/Inventory/entries/mail%40home",
        "/cloud/v2/universes/13058/data-stores/Inventory",
    ] {
        assert_eq!(raw.bare("DELETE", target).status, 200, "{target}");
    }
    let restart = json!({ "bleedOffDurationMinutes": 10 }).to_string();
    let restarts = "/server-management/v1/universes/13058/restarts";
    assert_eq!(raw.json("POST", restarts, &restart).status, 200);
    let job = sandbox.add_server(90, [156]);
    assert_eq!(raw.get(&format!("{place}/{job}/logs")).status, 200);
}

#[test]
fn nothing_has_expired_after_a_reset() {
    let sandbox = stopped();
    sandbox.advance(60 * 24 * HOUR);
    sandbox.reset();
    let board = "/cloud/v2/universes/13058/memory-store/sorted-maps/Board/items?maxPageSize=100";
    let items = Raw::connect(&sandbox).get(board).json()["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 12);
}

#[cfg(feature = "oauth2")]
#[test]
fn access_tokens_expire() {
    let sandbox = stopped();
    let token = sandbox.access_token(156, ["openid"]);
    let client = rblx_open_cloud::Client::builder(token).base_url(sandbox.url());
    let client = client.build().unwrap();
    assert!(client.user(156).get().is_ok());
    sandbox.advance(Duration::from_secs(898));
    assert!(client.user(156).get().is_ok());
    sandbox.pass_time(Duration::from_secs(1));
    assert!(client.user(156).get().is_err());
}
