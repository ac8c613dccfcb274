//! What one writes without an SDK: ureq, serde, and a loop. No time-outs, and every field kept as it comes.
#![allow(dead_code, reason = "the fields are there to be decoded")]

use std::hint::black_box;

use job::{Job, THREADS};
use serde::Deserialize;
use ureq::{Agent, Error};

#[path = "../../job.rs"]
mod job;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    inventory_items: Vec<Item>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    path: String,
    add_time: Option<String>,
    asset_details: Option<Asset>,
    badge_details: Option<Badge>,
    game_pass_details: Option<GamePass>,
    private_server_details: Option<PrivateServer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asset {
    asset_id: String,
    inventory_item_asset_type: String,
    instance_id: Option<String>,
    collectible_details: Option<Collectible>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Collectible {
    item_id: Option<String>,
    instance_id: Option<String>,
    instance_state: Option<String>,
    serial_number: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Badge {
    badge_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GamePass {
    game_pass_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrivateServer {
    private_server_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    path: String,
    create_time: String,
    id: String,
    name: String,
    display_name: String,
    about: Option<String>,
    locale: Option<String>,
    premium: Option<bool>,
}

fn list(agent: &Agent, url: &str, number: u64) -> Result<u64, Error> {
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
        let page: Page = request.call()?.body_mut().read_json()?;
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

fn main() -> Result<(), Error> {
    let job = Job::from_arguments();
    let url = &job.url;
    let agent = Agent::new_with_defaults();
    let done = match job.what.as_str() {
        "list" => list(&agent, url, job.number)?,
        "calls" => {
            for _ in 0..job.number {
                let request = agent.get(format!("{url}/cloud/v2/users/156"));
                let mut response = request.header("x-api-key", "key").call()?;
                black_box(response.body_mut().read_json::<User>()?);
            }
            job.number
        }
        // Each with a pool of its own.
        "threads" => std::thread::scope(|scope| {
            let each = || list(&Agent::new_with_defaults(), url, job.number);
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(each)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .sum::<Result<u64, Error>>()
        })?,
        other => panic!("{other} is no job"),
    };
    job.done(done);
    Ok(())
}
