//! One call and nothing else, from the start of the process to the response.

use rblx_open_cloud::{Client, Result};

fn main() -> Result<()> {
    let url = std::env::args().nth(1).unwrap_or_default();
    let client = Client::builder("key").base_url(url).build()?;
    println!("{}", client.user(156).get()?.name);
    Ok(())
}
