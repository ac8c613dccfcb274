//! Subscriptions of users.

use serde_json::Value;

use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, not_found};

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let product = call.param("subscription_product_id")?;
    let user = call.id("subscription_id")?;
    let is_full = call.has_view("FULL", "BASIC")?;
    let state = call.state();
    let found = state.store.universes.get(&universe);
    let found = found.ok_or_else(|| not_found("The universe"))?;
    let path = format!("universes/{universe}/subscription-products/{product}/subscriptions/{user}");
    let subscription = found.subscriptions.get(&(product, user));
    let subscription = subscription.ok_or_else(|| not_found("The subscription"))?;
    Ok(subscription.to_json(&path, user, is_full))
}
