//! Finds the asset of a path.

use crate::sandbox::api::rejection::{Rejection, not_found};
use crate::sandbox::state::asset::Asset;
use crate::sandbox::state::store::Store;

pub(super) fn find(store: &Store, id: u64) -> Result<&Asset, Rejection> {
    let asset = store.assets.get(&id);
    asset.ok_or_else(|| not_found("The asset"))
}

pub(super) fn find_mut(store: &mut Store, id: u64) -> Result<&mut Asset, Rejection> {
    let asset = store.assets.get_mut(&id);
    asset.ok_or_else(|| not_found("The asset"))
}
