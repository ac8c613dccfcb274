//! Roles of groups.

use serde_json::Value;

use super::super::page::{PageQuery, Sizes};
use super::super::{Call, not_found, path_number};
use super::find;
use crate::sandbox::server::Response;
use crate::sandbox::state::{Shared, State};

pub(in crate::sandbox::api) fn list(
    shared: &Shared,
    call: &Call<'_>,
    group: &str,
) -> Result<Value, Response> {
    let page = PageQuery::sized(shared, call, Sizes::up_to(20))?;
    let state = shared.state();
    let (_, group) = find(&state.store, group)?;
    let roles = group.ranked().into_iter();
    // Clients recorded that the live service tells one page too many here.
    Ok(page.cut_late(
        "groupRoles",
        roles.map(|(id, role)| group.role_json(id, role)),
    ))
}

pub(in crate::sandbox::api) fn get(
    state: &State,
    group: &str,
    role: &str,
) -> Result<Value, Response> {
    let (_, group) = find(&state.store, group)?;
    let id = path_number(role, "role")?;
    let role = group.roles.get(&id).ok_or_else(|| not_found("The role"))?;
    Ok(group.role_json(id, role))
}
