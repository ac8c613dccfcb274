//! Finds the group of a path.

use crate::sandbox::api::rejection::{Rejection, not_found};
use crate::sandbox::state::group::Group;
use crate::sandbox::state::store::Store;

pub(super) fn find(store: &Store, id: u64) -> Result<&Group, Rejection> {
    let group = store.groups.get(&id);
    group.ok_or_else(|| not_found("The group"))
}

pub(super) fn find_mut(store: &mut Store, id: u64) -> Result<&mut Group, Rejection> {
    let group = store.groups.get_mut(&id);
    group.ok_or_else(|| not_found("The group"))
}
