//! Lists, batches and waits of a client against limits per minute that are enforced. A minute lasts a second or three
//! here, and the delays of the client are as much shorter.

use std::time::Duration;

use rblx_open_cloud::models::{AssetUpload, InventoryFilter};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, Client, ClientBuilder, ErrorKind, Result, RetryPolicy};

use crate::common::PNG;

fn sandbox(speed: u32) -> Sandbox {
    Sandbox::builder()
        .enforce_rate_limits(true)
        .clock_speed(f64::from(speed))
        .start()
        .unwrap()
}

/// The default policy, in the time of this clock: half a second at first, 65 seconds at most.
fn builder(sandbox: &Sandbox, speed: u32) -> ClientBuilder {
    let policy = RetryPolicy::default()
        .initial_backoff(Duration::from_millis(500) / speed)
        .max_backoff(Duration::from_secs(65) / speed);
    let builder = Client::builder(sandbox.api_key()).base_url(sandbox.url());
    let (first, most) = (Duration::from_millis(8), Duration::from_millis(250));
    builder.poll_interval(first, most).retry(policy)
}

fn client(sandbox: &Sandbox, speed: u32) -> Client {
    builder(sandbox, speed).build().unwrap()
}

#[test]
fn a_list_of_more_pages_than_a_minute_has_survives_by_default() {
    let sandbox = sandbox(20);
    let list = |client: &Client| {
        let items = client.user(156).list_inventory(InventoryFilter::all());
        items.page_size(1).collect::<Result<Vec<_>>>()
    };
    let items = list(&client(&sandbox, 20)).unwrap();
    assert_eq!(items.len(), 150, "100 pages a minute");
    let rejected = sandbox.requests().len() - 150;
    assert!(rejected <= 4, "{rejected}");
    sandbox.clear_requests();
    // A client that waits gets no rejections.
    let waiting = builder(&sandbox, 20).wait_on_rate_limit(true);
    assert_eq!(list(&waiting.build().unwrap()).unwrap().len(), 150);
    let rejected = sandbox.requests().len() - 150;
    assert!(rejected <= 1, "{rejected}");
}

#[test]
fn a_wait_for_an_operation_outlasts_a_window_that_others_have_used_up() {
    let sandbox = sandbox(20);
    let client = client(&sandbox, 20);
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
    let error = (0..20_000).find_map(|_| endless.poll().err()).unwrap();
    assert_eq!(error.kind(), ErrorKind::RateLimited, "300 a minute");
    let asset = operation.wait(Duration::from_secs(20)).unwrap();
    assert_eq!(asset.display_name.as_deref(), Some("a"));
}

#[cfg(feature = "sync")]
#[test]
fn a_batch_of_more_files_than_a_minute_takes_ends_well() {
    let sandbox = sandbox(60);
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
    let all = client(&sandbox, 60).user(156).upload_all(&files).threads(8);
    let results: Vec<_> = all.ledger(folder.join("ledger")).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(results.iter().all(Result::is_ok), "120 uploads a minute");
    assert_eq!((results.len(), sandbox.uploads().len()), (200, 200));
    // The headers say how much is left, so hardly any file is sent in vain.
    let posts = sandbox.requests().len() - 200;
    assert!(posts <= 16, "{posts}");
}
