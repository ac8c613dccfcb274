//! Inventories.

use serde_json::Value;

use super::super::server::Answer;
use super::super::state::Shared;
use super::inventory_filter::InventoryFilter;
use super::page::PageQuery;
use super::{Call, invalid, not_found, path_number};

pub(super) fn list(shared: &Shared, call: &Call<'_>, user: &str) -> Result<Value, Answer> {
    let id = path_number(user, "user")?;
    let filter = InventoryFilter::parse(call.query("filter").unwrap_or_default())
        .map_err(|why| invalid(&why))?;
    let page = PageQuery::of(shared, call)?;
    let state = shared.state();
    let user = state
        .world
        .users
        .get(&id)
        .ok_or_else(|| not_found("The user"))?;
    if user.private_inventory && !call.acts_for(&state, id) {
        return Err(Answer::error(
            403,
            "PERMISSION_DENIED",
            "The inventory of this user is private.",
        ));
    }
    let items = state
        .world
        .items
        .get(&id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let taken = items.iter().filter(|item| filter.takes(&item.details));
    Ok(page.cut("inventoryItems", taken.map(|item| item.to_json(id))))
}
