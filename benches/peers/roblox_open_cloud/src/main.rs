//! The async crate `roblox-open-cloud`, which lists a page at a time.

use std::hint::black_box;

use job::Job;
use roblox_open_cloud::inventory::ListInventoryItemsRequest;
use roblox_open_cloud::{Client, Result};

#[path = "../../job.rs"]
#[allow(dead_code, reason = "this peer has no uploads here")]
mod job;

#[tokio::main]
async fn main() -> Result<()> {
    let job = Job::from_arguments();
    let client = Client::api_key("key")?.with_base_url(&job.url)?;
    assert_eq!(job.what, "list");
    let mut token = None;
    let mut count = 0;
    loop {
        let mut request = ListInventoryItemsRequest::new(job.number.to_string()).max_page_size(100);
        if let Some(token) = token {
            request = request.page_token(token);
        }
        let page = client
            .inventory()
            .list_inventory_items(request)
            .await?
            .into_body();
        for item in page.inventory_items.unwrap_or_default() {
            black_box(item);
            count += 1;
        }
        token = page.next_page_token.filter(|token| !token.is_empty());
        if token.is_none() {
            break;
        }
    }
    job.done(count);
    Ok(())
}
