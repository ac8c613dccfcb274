//! The authorization of calls by access tokens.

use crate::endpoint::TokenAccess;
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
    let operation = entry.operation;
    let access = operation.map_or(TokenAccess::Optional, |operation| operation.access);
    let scopes = operation.map_or("", |operation| operation.scopes);
    let mut scopes = scopes.split_whitespace();
    let is_allowed = match access {
        TokenAccess::All => scopes.all(|scope| grant.has(scope)),
        TokenAccess::Any => scopes.any(|scope| grant.has(scope)),
        TokenAccess::Optional => true,
        TokenAccess::Rejected => false,
    };
    if is_allowed {
        return Ok(Caller::User(grant.user));
    }
    Err(if access == TokenAccess::Rejected {
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
