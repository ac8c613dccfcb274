//! The claims about a user.

use serde_json::{Map, Value, json};

use super::form::error;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::state::authority::Grant;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::user::KEY_OWNER;

/// Returns the claims that the scopes allow: the id, and with `profile` the others.
pub(super) fn claims(store: &Store, grant: &Grant) -> Map<String, Value> {
    let id = grant.user;
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), id.to_string().into());
    let Some(user) = store.users.get(&id).filter(|_| grant.has("profile")) else {
        return claims;
    };
    claims.extend(user.claims());
    let profile = format!("https://www.roblox.com/users/{id}/profile");
    claims.insert("profile".to_owned(), profile.into());
    // The service has no picture of a user until somebody requests one.
    let picture = format!("https://tr.rbxcdn.com/{id:032x}/150/150/AvatarHeadshot/Png");
    let picture = (id == KEY_OWNER).then_some(picture);
    claims.insert("picture".to_owned(), json!(picture));
    claims
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let state = call.state();
    let token = call.head.bearer_token();
    let grant = token.and_then(|token| state.authority.active(token, state.now()));
    let grant = grant.filter(|grant| grant.has("openid"));
    let grant = grant.ok_or_else(|| error(401, "invalid_token", "The token is not valid."))?;
    Ok(Value::Object(claims(&state.store, grant)))
}
