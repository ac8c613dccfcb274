//! A client without an SDK: ureq, serde, and a loop. No timeouts, and every field as the service writes it.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::result_large_err,
    clippy::struct_field_names,
    reason = "the fields are there to be decoded, the error is ureq's"
)]

use std::hint::black_box;

use serde::Deserialize;
use ureq::{Agent, Error};

use super::read_json;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    pub inventory_items: Vec<Item>,
    pub next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    path: String,
    add_time: Option<String>,
    asset_details: Option<Asset>,
    badge_details: Option<Badge>,
    game_pass_details: Option<GamePass>,
    private_server_details: Option<PrivateServer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asset {
    asset_id: String,
    inventory_item_asset_type: String,
    instance_id: Option<String>,
    collectible_details: Option<Collectible>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Collectible {
    item_id: Option<String>,
    instance_id: Option<String>,
    instance_state: Option<String>,
    serial_number: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Badge {
    badge_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GamePass {
    game_pass_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrivateServer {
    private_server_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    path: String,
    create_time: String,
    id: String,
    pub name: String,
    display_name: String,
    about: Option<String>,
    locale: Option<String>,
    premium: Option<bool>,
}

/// One call.
pub fn user(agent: &Agent, url: &str) -> Result<User, Error> {
    let request = agent.get(format!("{url}/cloud/v2/users/156"));
    read_json(request.header("x-api-key", "key").call()?.body_mut())
}

/// Counts the items of a list, as far as the last page.
pub fn list(agent: &Agent, url: &str, number: u64) -> Result<u64, Error> {
    let mut token: Option<String> = None;
    let mut count = 0;
    loop {
        let mut request = agent
            .get(format!("{url}/cloud/v2/users/{number}/inventory-items"))
            .header("x-api-key", "key")
            .query("maxPageSize", "100");
        if let Some(token) = &token {
            request = request.query("pageToken", token);
        }
        let page: Page = read_json(request.call()?.body_mut())?;
        for item in page.inventory_items {
            black_box(item);
            count += 1;
        }
        match page.next_page_token {
            Some(next) if !next.is_empty() => token = Some(next),
            _ => return Ok(count),
        }
    }
}
