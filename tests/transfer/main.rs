//! Exports, imports and erasure of data stores: no entry is lost or doubled, and values keep every digit.
#![cfg(feature = "sandbox")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::items_after_statements,
    clippy::cast_possible_truncation,
    reason = "a failed test is a panic"
)]

mod erase;
mod export;
mod import;
mod values;

use rblx_open_cloud::resource::DataStore;
use rblx_open_cloud::sandbox::Sandbox;

#[test]
fn a_rate_of_zero_is_rejected_before_anything_is_sent() {
    let sandbox = Sandbox::start().unwrap();
    let store = inventory(&sandbox);
    for result in [
        store.export(Vec::new()).rate_per_minute(0).run().map(drop),
        store.import(&b""[..]).rate_per_minute(0).run().map(drop),
        store.erase("player_").rate_per_minute(0).run().map(drop),
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), rblx_open_cloud::ErrorKind::InvalidInput);
        let text = error.to_string();
        assert!(
            text.ends_with("at least 1 request per minute; `unlimited` removes the limit"),
            "{text}"
        );
    }
    assert!(sandbox.requests().is_empty());
}

const ENTRY: &str =
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}";
const ENTRIES: &str = "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries";

fn inventory(sandbox: &Sandbox) -> DataStore {
    sandbox.client().universe(13_058).data_store("Inventory")
}

/// The number of requests with this method whose path holds a text.
fn requests(sandbox: &Sandbox, method: &str, part: &str) -> usize {
    let requests = sandbox.requests();
    let requests = requests.iter();
    requests
        .filter(|request| request.method() == method && request.path().contains(part))
        .count()
}

/// The keys of the lines of an export.
fn keys(lines: &[u8]) -> Vec<String> {
    let lines = std::str::from_utf8(lines).unwrap().lines();
    lines
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["key"].as_str().unwrap().to_owned()
        })
        .collect()
}
