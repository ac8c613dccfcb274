//! Apps that are registered with the sandbox.

use std::fmt;

use crate::models::{GroupId, Scope, UniverseId};

/// An app that the sandbox knows.
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
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) secret: Option<String>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) universes: Vec<u64>,
    pub(super) groups: Vec<u64>,
}

impl SandboxApp {
    /// An app without a secret, which may ask for every scope. If the redirect URI is one of loopback without a port,
    /// it counts with every port.
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

    /// Gives the app a secret, which is asked for then.
    pub fn secret(mut self, secret: &str) -> Self {
        self.secret = Some(secret.to_owned());
        self
    }

    /// Sets which scopes the app may ask for.
    pub fn scopes<S: Into<Scope>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes = scopes.into_iter().map(Into::into);
        self.scopes = Some(scopes.map(|scope: Scope| scope.to_string()).collect());
        self
    }

    /// Makes users open this universe to the app when they consent.
    pub fn universe(mut self, id: impl Into<UniverseId>) -> Self {
        self.universes.push(id.into().get());
        self
    }

    /// Makes users open this group to the app when they consent, beside themselves.
    pub fn group(mut self, id: impl Into<GroupId>) -> Self {
        self.groups.push(id.into().get());
        self
    }

    /// Whether users may come back to this address.
    pub(super) fn redirects_to(&self, uri: &str) -> bool {
        uri == self.redirect_uri || without_port(uri).is_some_and(|uri| uri == self.redirect_uri)
    }

    pub(super) fn may_ask_for(&self, scope: &str) -> bool {
        let scopes = self.scopes.as_ref();
        scopes.is_none_or(|scopes| scopes.iter().any(|known| known == scope))
    }
}

/// An address of loopback without its port.
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
