//! What a token tells about its user.

use serde_json::{Map, Value, json};

use super::form::error;
use super::grant::Grant;
use crate::sandbox::api::Call;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;
use crate::sandbox::store::Store;

/// The claims that the scopes allow: the id, and with `profile` the rest.
pub(super) fn claims_of(store: &Store, grant: &Grant) -> Map<String, Value> {
    let id = grant.user;
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), id.to_string().into());
    let Some(user) = store.users.get(&id).filter(|_| grant.has("profile")) else {
        return claims;
    };
    let user = user.claims();
    claims.extend(user);
    claims.insert(
        "profile".to_owned(),
        format!("https://www.roblox.com/users/{id}/profile").into(),
    );
    // Pictures are made when somebody first asks for them.
    let picture =
        (id == 156).then(|| format!("https://tr.rbxcdn.com/{id:032x}/150/150/AvatarHeadshot/Png"));
    claims.insert("picture".to_owned(), json!(picture));
    claims
}

/// Who granted the token that the request carries.
pub(super) fn user_info(state: &State, call: &Call<'_>) -> Result<Response, Response> {
    let grant = call
        .bearer()
        .and_then(|token| state.authority.active(token));
    let grant = grant.filter(|grant| grant.has("openid"));
    let grant = grant.ok_or_else(|| error(401, "invalid_token", "The token is not valid."))?;
    Ok(Response::json(
        200,
        &Value::Object(claims_of(&state.store, grant)),
    ))
}
