//! Which calls an access token may make.

use crate::sandbox::api::call::Caller;
use crate::sandbox::api::route::Entry;
use crate::sandbox::error_body;
use crate::sandbox::server::{Head, Response};
use crate::sandbox::state::State;

/// Returns the user of the request's access token, if the token is valid and has the scopes that the call needs.
pub(crate) fn authorize(state: &State, head: &Head, entry: &Entry) -> Result<Caller, Response> {
    let (path, _) = head.path_and_query();
    let grant = head
        .bearer_token()
        .and_then(|token| state.authority.active(token, state.now()));
    let grant = grant.ok_or_else(|| error_body::unauthorized(path))?;
    let scopes = entry.operation.map_or("*", |operation| operation.scopes);
    let has_one = |scopes: &str| scopes == "*" || scopes.split('|').any(|scope| grant.has(scope));
    if scopes.split(' ').all(has_one) {
        return Ok(Caller::User(grant.user));
    }
    Err(if scopes == "-" {
        error_body::unauthorized(path)
    } else if path.starts_with("/assets/") {
        error_body::gateway(401, "Unauthorized")
    } else if path.starts_with("/cloud/") {
        let message = "The access token has insufficient scope.";
        error_body::v2(403, "INSUFFICIENT_SCOPE", message)
    } else {
        error_body::gateway(403, "Forbidden")
    })
}
