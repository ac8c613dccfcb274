//! Data stores of the sandbox: as the service behaves, for this crate's client and for others.

mod entries;
mod lists;
mod older;
mod revisions;
mod stores;

use rblx_open_cloud::sandbox::Sandbox;
use serde_json::Value;

use crate::common::{Raw, Reply};

const STORES: &str = "/cloud/v2/universes/13058/data-stores";
const INVENTORY: &str = "/cloud/v2/universes/13058/data-stores/Inventory";
const OLDER: &str = "/datastores/v1/universes/13058/standard-datastores";
const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);

fn start() -> (Sandbox, Raw) {
    let sandbox = Sandbox::start().unwrap();
    let raw = Raw::connect(&sandbox);
    (sandbox, raw)
}

fn entry(key: &str) -> String {
    format!("{INVENTORY}/entries/{key}")
}

/// The JSON of a reply that must be a success.
fn ok(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// Status and code of an error.
fn error(reply: &Reply) -> (u16, String) {
    let body = reply.json();
    let code = body["code"].as_str().or(body["error"].as_str());
    (reply.status, code.unwrap_or_default().to_owned())
}

/// The texts in one field of all items of a list, page by page.
fn all(raw: &mut Raw, list: &str, (items, next, token): (&str, &str, &str)) -> Vec<Vec<Value>> {
    let (mut pages, mut target) = (Vec::new(), list.to_owned());
    loop {
        let body = ok(&raw.get(&target));
        pages.push(body[items].as_array().unwrap().clone());
        assert!(pages.len() < 3000, "an endless list");
        let following = body[next].as_str().unwrap();
        if following.is_empty() {
            return pages;
        }
        let separator = if list.contains('?') { '&' } else { '?' };
        target = format!("{list}{separator}{token}={following}");
    }
}

fn ids(raw: &mut Raw, list: &str) -> Vec<String> {
    let pages = all(
        raw,
        list,
        ("dataStoreEntries", "nextPageToken", "pageToken"),
    );
    let items = pages.into_iter().flatten();
    items
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}
