//! One call with `rbxcloud`, for the time of its build and its size.

use rbxcloud::rbx::error::Error;
use rbxcloud::rbx::types::RobloxUserId;
use rbxcloud::rbx::v2::Client;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let key = std::env::var("ROBLOX_API_KEY").unwrap_or_default();
    let user = Client::new(&key).user().get_user(RobloxUserId(156)).await?;
    println!("{user:?}");
    Ok(())
}
