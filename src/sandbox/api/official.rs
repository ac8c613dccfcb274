//! The official list of operations, with their scopes and rate limits.

use crate::sandbox::state::rate_limiter::Limit;

/// One operation per line: method, path template, rate limit of an API key, rate limit of an access token, which of the
/// scopes an access token needs, scopes. A missing limit is `-`. `tests/sandbox/operations.rs` generates the file from
/// the official list.
const OPERATIONS: &str = include_str!("operations.txt");

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

/// Which access tokens may make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenAccess {
    /// Tokens with all scopes.
    All,
    /// Tokens with one of the scopes.
    Any,
    /// All tokens. Scopes add to the response.
    Optional,
    Rejected,
}

pub(crate) fn operations() -> impl Iterator<Item = Operation> {
    OPERATIONS.lines().filter_map(parse)
}

fn parse(line: &'static str) -> Option<Operation> {
    let mut fields = line.splitn(6, ' ');
    let mut next = || fields.next();
    let (method, template) = (next()?, next()?);
    let (key_limit, token_limit) = (next()?, next()?);
    let access = match next()? {
        "all" => TokenAccess::All,
        "any" => TokenAccess::Any,
        "optional" => TokenAccess::Optional,
        _ => TokenAccess::Rejected,
    };
    Some(Operation {
        method,
        template,
        key_limit: parse_limit(key_limit),
        token_limit: parse_limit(token_limit),
        access,
        scopes: next().unwrap_or_default(),
    })
}

/// Parses a limit such as `100/MINUTE`.
fn parse_limit(text: &str) -> Option<Limit> {
    let (requests, unit) = text.split_once('/')?;
    let window_seconds = match unit {
        "SECOND" => 1,
        "MINUTE" => 60,
        _ => return None,
    };
    Some(Limit {
        requests: requests.parse().ok()?,
        window_seconds,
    })
}
