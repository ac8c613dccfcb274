//! The operations that this crate calls, as data.

use std::fmt;

use crate::client::Client;
use crate::endpoint::{Endpoint, EndpointLimit, Method, ScopeRule, Stability, TokenAccess};
use crate::models::{KeyInfo, Scope};
use crate::{operation, resource};

/// An operation of the service that has a method in this crate. Returned by [`Client::endpoints`].
///
/// It displays as method and documented path, such as `GET /cloud/v2/users/{user_id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointInfo {
    /// HTTP method.
    pub method: Method,
    /// Path as it is documented, with `{placeholders}`.
    pub path: &'static str,
    /// Scopes that the operation uses; `scope_rule` says how many of them it requires.
    pub scopes: Vec<Scope>,
    /// Rule that says how many of the scopes are required.
    pub scope_rule: ScopeRule,
    /// Whether access tokens are accepted. API keys always are.
    pub accepts_tokens: bool,
    /// Stability. `None` for the old APIs, whose stability is not documented.
    pub stability: Option<Stability>,
    /// Documented limit for the owner of an API key: all keys of a user or group together.
    pub limit: Option<EndpointLimit>,
    /// Documented limit for an access token.
    pub token_limit: Option<EndpointLimit>,
}

impl EndpointInfo {
    fn new(endpoint: &Endpoint) -> Self {
        let official = endpoint.official();
        let scopes = endpoint.all_scopes().iter();
        Self {
            method: endpoint.method,
            path: endpoint.constant_path(),
            scopes: scopes.map(|scope| Scope::from(*scope)).collect(),
            scope_rule: endpoint.scope_rule(),
            accepts_tokens: official.is_some_and(|known| known.access != TokenAccess::Rejected),
            stability: official.and_then(|known| known.stability),
            limit: official.and_then(|known| known.key_limit),
            token_limit: official.and_then(|known| known.token_limit),
        }
    }

    /// Returns the part of the path that names the API and its resource, such as `/cloud/v2/groups` or `/assets/v1`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let forum = client.endpoints().find(|endpoint| endpoint.path.ends_with("/forum-categories"));
    /// assert_eq!(forum.map(|endpoint| endpoint.group()), Some("/cloud/v2/groups"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn group(&self) -> &'static str {
        let segments = if self.path.starts_with("/cloud/") {
            3
        } else {
            2
        };
        let end = self.path.match_indices(['/', ':']).nth(segments);
        end.and_then(|(end, _)| self.path.get(..end))
            .unwrap_or(self.path)
    }

    /// Returns whether an API key has the scopes that the operation requires, for any resource.
    ///
    /// Only the service knows whether the owner of the key may do it to a certain group or universe.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let key = client.key_info()?;
    /// let allowed = client.endpoints().filter(|endpoint| endpoint.is_allowed_by(&key));
    /// println!("the key can make {} calls", allowed.count());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn is_allowed_by(&self, key: &KeyInfo) -> bool {
        let mut scopes = self.scopes.iter();
        match self.scope_rule {
            ScopeRule::All => scopes.all(|scope| key.allows(scope)),
            ScopeRule::Any => scopes.any(|scope| key.allows(scope)),
            ScopeRule::Optional => true,
        }
    }
}

impl fmt::Display for EndpointInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path)
    }
}

impl Client {
    /// Returns every documented operation that this crate calls, with its scopes, stability and limits. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for endpoint in client.endpoints().filter(|endpoint| endpoint.group() == "/cloud/v2/users") {
    ///     println!("{endpoint}: {:?}, {:?}", endpoint.scopes, endpoint.limit);
    /// }
    /// # assert!(client.endpoints().count() > 100);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Families that are cargo features are listed if they are compiled. The order is that of the families.
    pub fn endpoints(&self) -> impl Iterator<Item = EndpointInfo> + use<> {
        all().into_iter().map(EndpointInfo::new)
    }
}

/// Returns every endpoint that a method calls.
pub(crate) fn all() -> Vec<&'static Endpoint> {
    let mut all = resource::endpoints();
    all.extend_from_slice(operation::ENDPOINTS);
    all
}
