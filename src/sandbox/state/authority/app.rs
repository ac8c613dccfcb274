//! OAuth2 apps of the sandbox.

use std::fmt;

use crate::models::{GroupId, Scope, UniverseId};

/// Describes an OAuth2 app of the sandbox.
///
/// ```
/// use rblx_open_cloud::oauth2::Scope;
/// use rblx_open_cloud::sandbox::{Sandbox, SandboxApp};
///
/// # fn main() -> rblx_open_cloud::Result<()> {
/// let sandbox = Sandbox::start()?;
/// let app = sandbox.add_app(SandboxApp::new("my-app", "http://localhost:4306/callback")).build()?;
/// let tokens = {
///     let sign_in = app.sign_in([Scope::OpenId])?;
///     sign_in.finish(&sandbox.consent(&sign_in.url())?)?
/// };
/// assert!(tokens.user().is_some());
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[must_use]
pub struct SandboxApp {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) secret: Option<String>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) universes: Vec<u64>,
    pub(crate) groups: Vec<u64>,
}

impl SandboxApp {
    /// Describes an app without a secret that may request every scope. A loopback redirect URI without a port allows every
    /// port.
    pub fn new(client_id: &str, redirect_uri: &str) -> Self {
        Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            secret: None,
            scopes: None,
            universes: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// Gives the app a secret, which token requests must contain.
    pub fn secret(mut self, secret: &str) -> Self {
        self.secret = Some(secret.to_owned());
        self
    }

    /// Sets the scopes that the app may request.
    pub fn scopes<S: Into<Scope>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes = scopes.into_iter().map(Into::into);
        self.scopes = Some(scopes.map(|scope: Scope| scope.to_string()).collect());
        self
    }

    /// Adds a universe that users give the app access to when they consent.
    pub fn universe(mut self, id: impl Into<UniverseId>) -> Self {
        self.universes.push(id.into().get());
        self
    }

    /// Adds a group that users give the app access to when they consent.
    pub fn group(mut self, id: impl Into<GroupId>) -> Self {
        self.groups.push(id.into().get());
        self
    }

    /// Returns whether users may be redirected to this address.
    pub(crate) fn redirects_to(&self, uri: &str) -> bool {
        uri == self.redirect_uri || without_port(uri).is_some_and(|uri| uri == self.redirect_uri)
    }

    pub(crate) fn may_request(&self, scope: &str) -> bool {
        let scopes = self.scopes.as_ref();
        scopes.is_none_or(|scopes| scopes.iter().any(|known| known == scope))
    }
}

/// Returns a loopback address without its port.
fn without_port(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("http://")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':')?;
    let is_loopback = matches!(host, "127.0.0.1" | "localhost");
    (is_loopback && port.parse::<u16>().is_ok()).then(|| format!("http://{host}{path}"))
}

impl fmt::Debug for SandboxApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxApp")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}
