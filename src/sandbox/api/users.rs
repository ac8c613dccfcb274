//! Users.

use serde_json::Value;

use super::super::server::Answer;
use super::super::state::State;
use super::{not_found, path_number};

pub(super) fn get(state: &State, id: &str) -> Result<Value, Answer> {
    let id = path_number(id, "user")?;
    let user = state
        .world
        .users
        .get(&id)
        .ok_or_else(|| not_found("The user"))?;
    Ok(user.to_json())
}
