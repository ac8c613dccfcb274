//! Groups: what they are, their roles, their members, and who asks to join.

mod filter;
pub(super) mod forum;
pub(super) mod join_requests;
pub(super) mod memberships;
pub(super) mod roles;

use serde_json::Value;

use super::{not_found, path_number};
use crate::sandbox::group::Group;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;
use crate::sandbox::store::Store;

pub(super) fn get(state: &State, id: &str) -> Result<Value, Response> {
    let (_, group) = find(&state.store, id)?;
    Ok(group.to_json())
}

/// The group of a path, with its id.
fn find<'a>(store: &'a Store, id: &str) -> Result<(u64, &'a Group), Response> {
    let id = path_number(id, "group")?;
    let group = store.groups.get(&id);
    group
        .map(|group| (id, group))
        .ok_or_else(|| not_found("The group"))
}

fn find_mut<'a>(store: &'a mut Store, id: &str) -> Result<(u64, &'a mut Group), Response> {
    let id = path_number(id, "group")?;
    let group = store.groups.get_mut(&id);
    group
        .map(|group| (id, group))
        .ok_or_else(|| not_found("The group"))
}
