//! Inventories.

use serde_json::Value;

use super::super::server::Response;
use super::super::state::Shared;
use super::inventory_filter::InventoryFilter;
use super::page::PageQuery;
use super::{Call, invalid, not_found, path_number};

pub(super) fn list(shared: &Shared, call: &Call<'_>, user: &str) -> Result<Value, Response> {
    let id = path_number(user, "user")?;
    let filter = InventoryFilter::parse(call.query("filter").unwrap_or_default())
        .map_err(|why| invalid(&why))?;
    let page = PageQuery::for_call(shared, call)?;
    let state = shared.state();
    let user = state
        .store
        .users
        .get(&id)
        .ok_or_else(|| not_found("The user"))?;
    if user.private_inventory && !call.acts_for(&state, id) {
        return Err(Response::error(
            403,
            "PERMISSION_DENIED",
            "The inventory of this user is private.",
        ));
    }
    let items = state
        .store
        .items
        .get(&id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let taken = items.iter().filter(|item| filter.takes(&item.details));
    Ok(page.cut("inventoryItems", taken.map(|item| item.to_json(id))))
}
