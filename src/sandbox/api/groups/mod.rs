//! Groups with their roles, memberships, join requests and forums.

mod filter;
pub(crate) mod forum;
pub(crate) mod join_requests;
mod lookup;
pub(crate) mod memberships;
pub(crate) mod roles;

use serde_json::Value;

use super::call::Call;
use super::rejection::Rejection;
use lookup::find;

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("group_id")?;
    Ok(find(&call.state().store, id)?.to_json())
}
