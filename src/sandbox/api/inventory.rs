//! Inventories.

use serde_json::Value;

use super::call::Call;
use super::inventory_filter::InventoryFilter;
use super::page::Paging;
use super::rejection::{Rejection, invalid, v2};
use super::users;

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let user = call.id("user_id")?;
    let filter = InventoryFilter::parse(call.filter()).map_err(|why| invalid(&why))?;
    let page = call.page(&Paging::TOKENS)?;
    let state = call.state();
    let owner = users::find(&state.store, user)?;
    if owner.private_inventory && !call.is_made_by(user) {
        let message = "The inventory of this user is private.";
        return Err(v2(403, "PERMISSION_DENIED", message));
    }
    let items = state.store.items.get(&user).into_iter().flatten();
    let items = items.filter(|item| filter.matches(&item.details));
    Ok(page.respond("inventoryItems", items.map(|item| item.to_json(user))))
}
