//! Roles of groups.

use serde_json::Value;

use super::lookup::find;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, not_found};

/// Clients have recorded that the service returns a token after the last role, and an empty page for it.
const PAGING: Paging = Paging {
    sizes: Sizes::up_to(20),
    ends_with_empty_page: true,
    ..Paging::TOKENS
};

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (id, page) = (call.id("group_id")?, call.page(&PAGING)?);
    let state = call.state();
    let group = find(&state.store, id)?;
    let roles = group.ranked().into_iter();
    let roles = roles.map(|(id, role)| group.role_json(id, role));
    Ok(page.respond("groupRoles", roles))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (group, id) = (call.id("group_id")?, call.id("role_id")?);
    let state = call.state();
    let group = find(&state.store, group)?;
    let role = group.roles.get(&id).ok_or_else(|| not_found("The role"))?;
    Ok(group.role_json(id, role))
}
