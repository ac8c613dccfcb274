//! Numbers of allocations on the calling thread; the peer runs in threads that are not counted.
//!
//! | what | allocations |
//! | --- | --- |
//! | an asset, badge, game pass or private server of a list; a membership | 0 |
//! | a collectible: its two UUIDs | 2 |
//! | an asset of a type that this version does not know | 1 |
//! | an item of a kind that this version does not know | 7 |
//! | a page, without its items | 43, and 6 while the list of 100 items grows |
//! | a call | 42 (3.9 kB); bare ureq and serde with texts as fields: 47 (3.9 kB) |
//! | a call that ends in an error | 65 |
//! | an upload | 96, and 0 for each chunk; at most 268 kB at a time, most of it ureq's two buffers |
//! | a list, at most at a time | 356 kB with pages of 39 kB, for 1,000 items as for 100,000 |
//!
//! Measured with rustc 1.95 and ureq 3.5.2; a reallocation counts as an allocation. The bounds below leave room for
//! other versions.

use std::hint::black_box;

use crate::support::{self, MockServer, Received, ok};
use allocation_counter::{AllocationInfo, measure};
use rblx_open_cloud::Client;
use rblx_open_cloud::models::InventoryFilter;
use serde::Deserialize;
use serde_json::json;

const ASSET: &str = r#"{"path":"users/156/inventory-items/QVNTRVQ6MTczNDEzNzgxNzIw","assetDetails":{"assetId":"1028595","inventoryItemAssetType":"HAT","instanceId":"173413781720"},"addTime":"2023-07-05T12:34:56.123Z"}"#;
const COLLECTIBLE: &str = r#"{"path":"users/156/inventory-items/QVNTRVQ6MTczNDEzNzgxNzIx","assetDetails":{"assetId":"1028595","inventoryItemAssetType":"HAT","instanceId":"173413781720","collectibleDetails":{"itemId":"521cca19-75bb-4e05-a0af-633b1532c24d","instanceId":"a8a27d38-ee51-4cf4-8b0a-485d0dfd8607","instanceState":"AVAILABLE","serialNumber":160}},"addTime":"2023-07-05T12:34:56.123Z"}"#;
const BADGE: &str = r#"{"path":"users/156/inventory-items/QkFER0U6MTExMTEx","badgeDetails":{"badgeId":"111111"},"addTime":"2023-07-05T12:34:56.123Z"}"#;
const GAME_PASS: &str = r#"{"path":"users/156/inventory-items/R0FNRV9QQVNTOjc3Nzc3Nw","gamePassDetails":{"gamePassId":"777777"}}"#;
const PRIVATE_SERVER: &str = r#"{"path":"users/156/inventory-items/UFJJVkFURTo5OTk5OTk","privateServerDetails":{"privateServerId":"999999"},"addTime":"2023-07-05T12:34:56.123Z"}"#;
const NEW_TYPE: &str = r#"{"path":"users/156/inventory-items/QVNTRVQ6MTczNDEzNzgxNzIw","assetDetails":{"assetId":"1028595","inventoryItemAssetType":"HOLOGRAM","instanceId":"173413781720"},"addTime":"2023-07-05T12:34:56.123Z"}"#;
const UNKNOWN: &str = r#"{"path":"users/156/inventory-items/SE9MT0dSQU06MQ","hologramDetails":{"hologramId":"1"},"addTime":"2023-07-05T12:34:56.123Z"}"#;
const MEMBERSHIP: &str = r#"{"path":"groups/7/memberships/MTU2","createTime":"2015-03-01T07:05:27Z","updateTime":"2023-07-05T12:34:56.123Z","user":"users/156","role":"groups/7/roles/99"}"#;

/// A page with this many times the same item.
fn page(key: &str, item: &str, count: usize, next: &str) -> Vec<u8> {
    let items = vec![item; count].join(",");
    ok(format!(r#"{{"{key}":[{items}],"nextPageToken":"{next}"}}"#))
}

/// Measures the second run: the first one opens the connection and fills the pools.
fn warm(mut action: impl FnMut()) -> AllocationInfo {
    action();
    measure(action)
}

fn count_inventory(client: &Client) -> usize {
    let items = client.user(156).list_inventory(InventoryFilter::all());
    items.inspect(|item| assert!(item.is_ok())).count()
}

/// Allocations of a list of one page.
fn one_page(key: &'static str, item: &'static str, count: usize) -> u64 {
    let peer = MockServer::new(move |_, _| page(key, item, count, ""));
    let client = peer.client();
    let listed = || match key {
        "inventoryItems" => count_inventory(&client),
        _ => client
            .user(156)
            .list_groups()
            .inspect(|item| assert!(item.is_ok()))
            .count(),
    };
    warm(|| assert_eq!(listed(), count)).count_total
}

#[test]
fn an_item_allocates_only_its_texts() {
    for (name, key, item, most) in [
        ("asset", "inventoryItems", ASSET, 0),
        ("collectible", "inventoryItems", COLLECTIBLE, 2),
        ("badge", "inventoryItems", BADGE, 0),
        ("game pass", "inventoryItems", GAME_PASS, 0),
        ("private server", "inventoryItems", PRIVATE_SERVER, 0),
        ("asset of an unknown type", "inventoryItems", NEW_TYPE, 1),
        ("unknown kind", "inventoryItems", UNKNOWN, 8),
        ("membership", "groupMemberships", MEMBERSHIP, 0),
    ] {
        // Between them, the list of items grows once.
        let more = one_page(key, item, 128) - one_page(key, item, 64) - 1;
        println!("{name}: {} per item", more / 64);
        assert_eq!(more % 64, 0, "{name}: {more} for 64 items");
        assert!(more / 64 <= most, "{name}: {} per item", more / 64);
    }
}

#[test]
fn a_page_costs_little_more_than_a_call() {
    let empty = one_page("inventoryItems", "", 0);
    let full = one_page("inventoryItems", ASSET, 100);
    println!("list of one page: {empty} without items, {full} with 100 assets");
    assert!(full <= empty + 7, "{empty} without items, {full} with 100");
    assert!(empty <= 60, "{empty} allocations");
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "what a hand-written client would keep")]
struct User {
    path: String,
    create_time: String,
    id: String,
    name: String,
    display_name: String,
}

#[test]
fn a_call_costs_few_allocations_over_bare_ureq() {
    let user = json!({
        "path": "users/156", "createTime": "2006-03-08T14:01:02Z", "id": "156",
        "name": "builderman", "displayName": "builderman",
    });
    let peer = MockServer::replying([ok(user.to_string())]);
    let client = peer.client();
    let ours = warm(|| drop(black_box(client.user(156).get().unwrap())));

    let agent = ureq::Agent::new_with_defaults();
    let url = &peer.url;
    let bare = warm(|| {
        let mut response = agent
            .get(format!("{url}/cloud/v2/users/156"))
            .header("x-api-key", support::KEY)
            .call()
            .unwrap();
        let user: User = serde_json::from_reader(response.body_mut().as_reader()).unwrap();
        black_box(user);
    });
    println!(
        "call: {} allocations and {} bytes; bare ureq: {} and {}",
        ours.count_total, ours.bytes_total, bare.count_total, bare.bytes_total
    );
    assert!(ours.count_total <= bare.count_total);
    assert!(ours.count_total <= 60, "{}", ours.count_total);
}

#[test]
fn an_error_is_not_much_more_than_a_call() {
    let body = json!({"code": "NOT_FOUND", "message": "There is no user 1."});
    let peer = MockServer::replying([support::json(404, body.to_string())]);
    let client = peer.client();
    let error = warm(|| drop(black_box(client.user(1).get().unwrap_err())));
    println!("error: {} allocations", error.count_total);
    assert!(error.count_total <= 90, "{}", error.count_total);
}

/// A list of this many items, in pages of 100. Its tokens have one length, for the buffer of responses doubles when an
/// response is longer than all before.
fn whole_list(total: usize) -> AllocationInfo {
    let peer = MockServer::new(move |_, request: &Received| {
        let start: usize = request
            .query("pageToken")
            .map_or(0, |token| token.parse().unwrap());
        let next = start + 100;
        let token = if next < total {
            format!("{next:06}")
        } else {
            String::new()
        };
        page(
            "inventoryItems",
            COLLECTIBLE,
            100.min(total - start),
            &token,
        )
    });
    measure(|| assert_eq!(count_inventory(&peer.client()), total))
}

#[test]
fn memory_is_flat_over_a_long_list() {
    let (short, long) = (whole_list(1_000), whole_list(100_000));
    println!(
        "peak: {} bytes for 1,000 items, {} for 100,000; left at the end: {} and {}",
        short.bytes_max, long.bytes_max, short.bytes_current, long.bytes_current
    );
    assert!(long.bytes_max.abs_diff(short.bytes_max) <= 1024);
    assert!(short.bytes_max <= 512 * 1024, "{} bytes", short.bytes_max);
    assert_eq!(long.bytes_current, 0, "something was left behind");
}

#[cfg(feature = "upload")]
#[test]
fn a_chunk_of_an_upload_allocates_nothing() {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{AssetType, AssetUpload};

    let operation = json!({"path": "operations/1", "done": false});
    let peer = MockServer::replying([ok(operation.to_string())]);
    let client = peer.client();
    let upload = |mebibytes: u64| {
        warm(|| {
            let length = mebibytes << 20;
            let content = std::io::Read::take(std::io::repeat(7), length);
            let file = AssetFile::reader("video.mp4", length, content);
            let upload = AssetUpload::new(AssetType::Video, "n", "d", file);
            drop(client.user(156).upload_asset(upload).unwrap());
        })
    };
    let (small, large) = (upload(1), upload(32));
    println!(
        "upload: {} allocations for 1 MiB, {} for 32 MiB; peak {} and {} bytes",
        small.count_total, large.count_total, small.bytes_max, large.bytes_max
    );
    assert!(large.count_total <= small.count_total + 2);
    assert!(large.bytes_max <= small.bytes_max + 1024);
    assert!(small.count_total <= 150, "{}", small.count_total);
}
