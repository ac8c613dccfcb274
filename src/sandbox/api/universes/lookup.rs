//! Finds the universe and the place of a path.

use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, not_found, problem};
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::Universe;
use crate::sandbox::state::universe::place::Place;

pub(super) fn find(store: &Store, id: u64) -> Result<&Universe, Rejection> {
    let universe = store.universes.get(&id);
    universe.ok_or_else(|| not_found("The universe"))
}

pub(super) fn find_mut(store: &mut Store, id: u64) -> Result<&mut Universe, Rejection> {
    let universe = store.universes.get_mut(&id);
    universe.ok_or_else(|| not_found("The universe"))
}

/// Finds a universe. Rejects a request for another one in the shape of services that follow RFC 7807.
pub(super) fn find_or_problem(store: &mut Store, id: u64) -> Result<&mut Universe, Rejection> {
    let universe = store.universes.get_mut(&id);
    universe.ok_or_else(|| problem(404, "The universe was not found."))
}

pub(super) fn place(universe: &Universe, id: u64) -> Result<&Place, Rejection> {
    let place = universe.places.get(&id);
    place.ok_or_else(|| not_found("The place"))
}

pub(super) fn place_mut(universe: &mut Universe, id: u64) -> Result<&mut Place, Rejection> {
    let place = universe.places.get_mut(&id);
    place.ok_or_else(|| not_found("The place"))
}

/// Returns the ids of universe and place, as `cloud/v2` names them.
pub(super) fn ids(call: &Call<'_>) -> Result<(u64, u64), Rejection> {
    Ok((call.id("universe_id")?, call.id("place_id")?))
}

/// Returns the ids of universe and place, as other services name them.
pub(super) fn legacy_ids(call: &Call<'_>) -> Result<(u64, u64), Rejection> {
    Ok((call.legacy_id("universeId")?, call.legacy_id("placeId")?))
}
