//! Lists, batches and waits of a client against limits per minute that are enforced. A minute lasts a second here, and so
//! do the delays of the client.

use std::time::Duration;

use rblx_open_cloud::models::{AssetUpload, InventoryFilter};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, Client, ErrorKind, Result, RetryPolicy};

use crate::common::PNG;

const SPEED: u32 = 60;

fn sandbox() -> Sandbox {
    Sandbox::builder()
        .enforce_rate_limits(true)
        .clock_speed(f64::from(SPEED))
        .start()
        .unwrap()
}

/// The default policy, in the time of this clock: half a second at first, 65 seconds at most.
fn client(sandbox: &Sandbox) -> Client {
    let policy = RetryPolicy::default()
        .initial_backoff(Duration::from_millis(500) / SPEED)
        .max_backoff(Duration::from_secs(65) / SPEED);
    let builder = Client::builder(sandbox.api_key()).base_url(sandbox.url());
    let (first, most) = (Duration::from_millis(8), Duration::from_millis(250));
    let builder = builder.poll_interval(first, most).retry(policy);
    builder.build().unwrap()
}

#[test]
fn a_list_of_more_pages_than_a_minute_has_survives_by_default() {
    let sandbox = sandbox();
    let list = |client: &Client| {
        let items = client.user(156).list_inventory(InventoryFilter::all());
        items.page_size(1).collect::<Result<Vec<_>>>()
    };
    let items = list(&client(&sandbox)).unwrap();
    assert_eq!(items.len(), 150, "100 pages a minute");
    let rejected = sandbox.requests().len() - 150;
    assert!((1..=4).contains(&rejected), "{rejected}");
    sandbox.clear_requests();
    // Whoever waits is not rejected at all.
    let waiting = sandbox.client_builder().wait_on_rate_limit(true);
    assert_eq!(list(&waiting.build().unwrap()).unwrap().len(), 150);
    let rejected = sandbox.requests().len() - 150;
    assert!(rejected <= 1, "{rejected}");
}

#[test]
fn a_wait_for_an_operation_outlasts_a_window_that_others_have_used_up() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    sandbox.polls_until_done(5);
    let file = AssetFile::bytes("a.png", PNG);
    let upload = AssetUpload::new("Image".into(), "a", "", file);
    let mut operation = client.user(156).upload_asset(upload).unwrap();
    // Another one polls an operation without an end until the limit is used up.
    sandbox.polls_until_done(u32::MAX);
    let other = sandbox.client_builder().retry(RetryPolicy::none());
    let other = other.build().unwrap();
    let file = AssetFile::bytes("b.png", PNG);
    let upload = AssetUpload::new("Image".into(), "b", "", file);
    let mut endless = other.user(156).upload_asset(upload).unwrap();
    let error = (0..2000).find_map(|_| endless.poll().err()).unwrap();
    assert_eq!(error.kind(), ErrorKind::RateLimited, "300 a minute");
    let asset = operation.wait(Duration::from_secs(20)).unwrap();
    assert_eq!(asset.display_name.as_deref(), Some("a"));
}

#[cfg(feature = "sync")]
#[test]
fn a_batch_of_more_files_than_a_minute_takes_ends_well() {
    let sandbox = sandbox();
    sandbox.polls_until_done(0);
    let name = format!("rblx-open-cloud-windows-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let files: Vec<_> = (0..200)
        .map(|number| {
            let path = folder.join(format!("{number}.png"));
            std::fs::write(&path, [PNG, number.to_string().as_bytes()].concat()).unwrap();
            path
        })
        .collect();
    let all = client(&sandbox).user(156).upload_all(&files).threads(8);
    let results: Vec<_> = all.ledger(folder.join("ledger")).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(results.iter().all(Result::is_ok), "120 uploads a minute");
    assert_eq!((results.len(), sandbox.uploads().len()), (200, 200));
    // The headers say how much is left, so hardly any file is sent in vain.
    let posts = sandbox.requests().len() - 200;
    assert!(posts <= 16, "{posts}");
}
