//! The official list of operations, with their scopes and rate limits.

use crate::endpoint::{EndpointLimit, Official, TokenAccess};
use crate::sandbox::state::rate_limiter::Limit;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) key_limit: Option<Limit>,
    pub(crate) token_limit: Option<Limit>,
    #[cfg_attr(
        not(feature = "oauth2"),
        allow(dead_code, reason = "only OAuth2 issues access tokens")
    )]
    pub(crate) access: TokenAccess,
    /// Separated by spaces.
    pub(crate) scopes: &'static str,
}

pub(crate) fn operations() -> impl Iterator<Item = Operation> {
    Official::all().map(|official| Operation {
        method: official.method,
        template: official.path,
        key_limit: official.key_limit.map(limit),
        token_limit: official.token_limit.map(limit),
        access: official.access,
        scopes: official.scopes,
    })
}

fn limit(limit: EndpointLimit) -> Limit {
    Limit {
        requests: limit.requests.into(),
        window_seconds: limit.window.as_secs(),
    }
}
