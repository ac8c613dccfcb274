//! Users.

use serde_json::Value;

use super::call::Call;
use super::rejection::{Rejection, not_found};
use crate::sandbox::state::store::Store;
use crate::sandbox::state::user::SandboxUser;

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("user_id")?;
    Ok(find(&call.state().store, id)?.to_json())
}

pub(super) fn find(store: &Store, id: u64) -> Result<&SandboxUser, Rejection> {
    let user = store.users.get(&id);
    user.ok_or_else(|| not_found("The user"))
}
