//! Game passes. Their names need not be unique.

use serde_json::Value;

use super::form::{Codes, SaleForm, invalid_part};
use super::products::PAGING;
use super::{rejected, universe, universe_mut};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::server::Response;
use crate::sandbox::state::universe::sale_item::SaleItem;

const NO_UNIVERSE: &str = "UniverseNotFound";
const CODES: Codes = Codes {
    name: "BadRequest",
    description: "BadRequest",
    price: "PricingConfigError",
    flag: "BadRequest",
    image: "AssetCreationFailure",
};

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let page = call.page(&PAGING)?;
    let state = call.state();
    let passes = universe(&state.store, id, NO_UNIVERSE)?.passes.values();
    Ok(page.respond("gamePasses", passes.map(SaleItem::to_pass)))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (id, pass) = (call.legacy_id("universeId")?, call.legacy_id("gamePassId")?);
    let state = call.state();
    let found = universe(&state.store, id, NO_UNIVERSE)?.passes.get(&pass);
    found.map(SaleItem::to_pass).ok_or_else(missing)
}

pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let form = SaleForm::read(call, &["imageFile"], CODES)?;
    let mut state = call.state();
    let now = state.now();
    let store = &mut state.store;
    let pass = store.new_sale_id();
    let icon = form.has_icon.then(|| store.new_asset_id());
    let universe = universe_mut(store, id, NO_UNIVERSE)?;
    let no_name = || invalid_part("MissingArgument", "The name is missing.", "name");
    let name = form.name.clone().ok_or_else(no_name)?;
    let mut item = SaleItem::new(pass, &name, now);
    form.apply(&mut item, icon, now, CODES)?;
    let response = item.to_pass();
    universe.passes.insert(pass, item);
    Ok(response)
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let (id, pass) = (call.legacy_id("universeId")?, call.legacy_id("gamePassId")?);
    let form = SaleForm::read(call, &["imageFile", "file"], CODES)?;
    let mut state = call.state();
    let now = state.now();
    let icon = form.has_icon.then(|| state.store.new_asset_id());
    let universe = universe_mut(&mut state.store, id, NO_UNIVERSE)?;
    let item = universe.passes.get_mut(&pass).ok_or_else(missing)?;
    form.apply(item, icon, now, CODES)?;
    Ok(Response::empty(204))
}

fn missing() -> Rejection {
    rejected(404, "PassNotFound", "The game pass does not exist.", None)
}
