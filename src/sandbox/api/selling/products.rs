//! Developer products.

use serde_json::Value;

use super::form::{Codes, SaleForm, invalid_part};
use super::{rejected, universe, universe_mut};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::server::Response;
use crate::sandbox::state::universe::Universe;
use crate::sandbox::state::universe::sale_item::SaleItem;

const NO_UNIVERSE: &str = "InvalidUniverseId";
const CODES: Codes = Codes {
    name: "InvalidName",
    description: "InvalidDescription",
    price: "InvalidPrice",
    flag: "BadRequest",
    image: "InvalidImageFile",
};
pub(super) const PAGING: Paging = Paging {
    size: "pageSize",
    token: "pageToken",
    next: "nextPageToken",
    sizes: Sizes::Within {
        default: 50,
        max: 50,
    },
    ends_with_empty_page: false,
};

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let page = call.page(&PAGING)?;
    let state = call.state();
    let products = universe(&state.store, id, NO_UNIVERSE)?.products.values();
    Ok(page.respond("developerProducts", products.map(|one| one.to_product(id))))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (id, product) = (call.legacy_id("universeId")?, call.legacy_id("productId")?);
    let state = call.state();
    let found = universe(&state.store, id, NO_UNIVERSE)?
        .products
        .get(&product);
    found.map(|one| one.to_product(id)).ok_or_else(missing)
}

pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let form = SaleForm::read(call, &["imageFile"], CODES)?;
    let mut state = call.state();
    let now = state.now();
    let store = &mut state.store;
    let product = store.new_sale_id();
    let icon = form.has_icon.then(|| store.new_asset_id());
    let universe = universe_mut(store, id, NO_UNIVERSE)?;
    let no_name = || invalid_part(CODES.name, "The name is missing.", "name");
    let name = form.name.clone().ok_or_else(no_name)?;
    check_name(universe, &name, None, 400)?;
    let mut item = SaleItem::new(product, &name, now);
    form.apply(&mut item, icon, now, CODES)?;
    let response = item.to_product(id);
    universe.products.insert(product, item);
    Ok(response)
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let (id, product) = (call.legacy_id("universeId")?, call.legacy_id("productId")?);
    let form = SaleForm::read(call, &["imageFile"], CODES)?;
    let mut state = call.state();
    let now = state.now();
    let icon = form.has_icon.then(|| state.store.new_asset_id());
    let universe = universe_mut(&mut state.store, id, NO_UNIVERSE)?;
    if let Some(name) = &form.name {
        check_name(universe, name, Some(product), 409)?;
    }
    let item = universe.products.get_mut(&product).ok_or_else(missing)?;
    form.apply(item, icon, now, CODES)?;
    Ok(Response::empty(204))
}

/// Names are unique in a universe.
fn check_name(
    universe: &Universe,
    name: &str,
    product: Option<u64>,
    status: u16,
) -> Result<(), Rejection> {
    let mut others = universe.products.values();
    if others.any(|other| other.name == name && Some(other.id) != product) {
        let message = "A developer product with this name already exists.";
        let code = "DuplicateProductName";
        return Err(rejected(status, code, message, Some("name")));
    }
    Ok(())
}

fn missing() -> Rejection {
    let message = "The developer product does not exist.";
    rejected(404, "NotFound", message, None)
}
