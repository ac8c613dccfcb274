//! The official list of operations: stability, rate limits and scopes.

use std::fmt;
use std::time::Duration;

use super::Method;

/// One operation per line: method, path template, stability, rate limit of an API key, rate limit of an access token,
/// which of the scopes an access token needs, scopes. A fact that the document omits is `-`.
/// `tests/sandbox/operations.rs` generates the file from the official list. The linker omits it from programs that do
/// not use it.
const OPERATIONS: &str = include_str!("operations.txt");

/// The stability of an operation, as the official document states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stability {
    /// It may change in any way, or be removed.
    Experimental,
    /// It may change.
    Beta,
    /// It changes only in ways that break no program.
    Stable,
}

impl Stability {
    /// Returns the stability in lower case, as in the documentation of each method.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Experimental => "experimental",
            Self::Beta => "beta",
            Self::Stable => "stable",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "EXPERIMENTAL" => Some(Self::Experimental),
            "BETA" => Some(Self::Beta),
            "STABLE" => Some(Self::Stable),
            _ => None,
        }
    }
}

impl fmt::Display for Stability {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The documented rate limit of an operation. It displays as `100 per minute`.
///
/// The limits that responses report take precedence, and may differ: see
/// [`Client::rate_limit`](crate::Client::rate_limit).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EndpointLimit {
    /// The number of requests in a window.
    pub requests: u32,
    /// The length of a window.
    pub window: Duration,
}

impl EndpointLimit {
    /// Parses a limit such as `100/MINUTE`.
    fn parse(text: &str) -> Option<Self> {
        let (requests, unit) = text.split_once('/')?;
        let seconds = match unit {
            "SECOND" => 1,
            "MINUTE" => 60,
            _ => return None,
        };
        Some(Self {
            requests: requests.parse().ok()?,
            window: Duration::from_secs(seconds),
        })
    }
}

impl fmt::Display for EndpointLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.window.as_secs() == 1 {
            "second"
        } else {
            "minute"
        };
        write!(formatter, "{} per {unit}", self.requests)
    }
}

/// The access tokens that may make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenAccess {
    /// Tokens with all scopes.
    All,
    /// Tokens with one of the scopes.
    Any,
    /// All tokens. Scopes add to the response.
    Optional,
    /// No token: only API keys.
    Rejected,
}

/// The facts about an operation in the official document.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(feature = "sandbox"),
    allow(dead_code, reason = "the constants have method, path and scopes")
)]
pub(crate) struct Official {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) stability: Option<Stability>,
    pub(crate) key_limit: Option<EndpointLimit>,
    pub(crate) token_limit: Option<EndpointLimit>,
    pub(crate) access: TokenAccess,
    /// Separated by spaces.
    pub(crate) scopes: &'static str,
}

impl Official {
    /// Returns all of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        OPERATIONS.lines().filter_map(Self::parse)
    }

    /// Finds one by its method and documented path.
    pub(super) fn find(method: Method, path: &str) -> Option<Self> {
        Self::all().find(|known| known.method == method.as_str() && known.path == path)
    }

    fn parse(line: &'static str) -> Option<Self> {
        let mut fields = line.splitn(7, ' ');
        let mut next = || fields.next();
        Some(Self {
            method: next()?,
            path: next()?,
            stability: Stability::parse(next()?),
            key_limit: EndpointLimit::parse(next()?),
            token_limit: EndpointLimit::parse(next()?),
            access: match next()? {
                "all" => TokenAccess::All,
                "any" => TokenAccess::Any,
                "optional" => TokenAccess::Optional,
                _ => TokenAccess::Rejected,
            },
            scopes: next().unwrap_or_default(),
        })
    }
}
