//! Groups: what they are, their roles, their members, and who asks to join.

mod filter;
pub(super) mod forum;
pub(super) mod join_requests;
pub(super) mod memberships;
pub(super) mod roles;

use serde_json::Value;

use super::{not_found, path_number};
use crate::sandbox::group::Group;
use crate::sandbox::server::Answer;
use crate::sandbox::state::State;
use crate::sandbox::world::World;

pub(super) fn get(state: &State, id: &str) -> Result<Value, Answer> {
    let (_, group) = find(&state.world, id)?;
    Ok(group.to_json())
}

/// The group of a path, with its id.
fn find<'a>(world: &'a World, id: &str) -> Result<(u64, &'a Group), Answer> {
    let id = path_number(id, "group")?;
    let group = world.groups.get(&id);
    group
        .map(|group| (id, group))
        .ok_or_else(|| not_found("The group"))
}

fn find_mut<'a>(world: &'a mut World, id: &str) -> Result<(u64, &'a mut Group), Answer> {
    let id = path_number(id, "group")?;
    let group = world.groups.get_mut(&id);
    group
        .map(|group| (id, group))
        .ok_or_else(|| not_found("The group"))
}
