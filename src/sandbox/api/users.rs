//! Users.

use serde_json::Value;

use super::super::server::Response;
use super::super::state::State;
use super::{not_found, path_number};

pub(super) fn get(state: &State, id: &str) -> Result<Value, Response> {
    let id = path_number(id, "user")?;
    let user = state
        .store
        .users
        .get(&id)
        .ok_or_else(|| not_found("The user"))?;
    Ok(user.to_json())
}
