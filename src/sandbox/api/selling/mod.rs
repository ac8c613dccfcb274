//! Developer products, game passes, badges and subscriptions.

pub(crate) mod badges;
mod form;
pub(crate) mod passes;
pub(crate) mod products;
pub(crate) mod subscriptions;

use super::rejection::Rejection;
use crate::sandbox::error_body;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::Universe;

/// Rejects a request in the shape of the services of products and passes.
fn rejected(status: u16, code: &str, message: &str, field: Option<&str>) -> Rejection {
    error_body::product(status, code, message, field).into()
}

fn universe<'s>(store: &'s Store, id: u64, code: &str) -> Result<&'s Universe, Rejection> {
    let universe = store.universes.get(&id);
    universe.ok_or_else(|| no_universe(code))
}

fn universe_mut<'s>(
    store: &'s mut Store,
    id: u64,
    code: &str,
) -> Result<&'s mut Universe, Rejection> {
    let universe = store.universes.get_mut(&id);
    universe.ok_or_else(|| no_universe(code))
}

fn no_universe(code: &str) -> Rejection {
    rejected(404, code, "The universe does not exist.", None)
}
