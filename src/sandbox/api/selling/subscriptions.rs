//! Subscriptions of users.

use serde_json::Value;

use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let product = call.param("subscription_product_id")?;
    let user = call.id("subscription_id")?;
    let is_full = match call.query("view") {
        Some("FULL") => true,
        None | Some("BASIC" | "VIEW_UNSPECIFIED") => false,
        Some(_) => return Err(invalid("view is not one of the known values.")),
    };
    let state = call.state();
    let found = state.store.universes.get(&universe);
    let found = found.ok_or_else(|| not_found("The universe"))?;
    let path = format!("universes/{universe}/subscription-products/{product}/subscriptions/{user}");
    let subscription = found.subscriptions.get(&(product, user));
    let subscription = subscription.ok_or_else(|| not_found("The subscription"))?;
    Ok(subscription.to_json(&path, user, is_full))
}
