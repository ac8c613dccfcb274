//! Sessions of signed-in users: access tokens are renewed in time, and refresh tokens are not lost.

mod file;
mod inner;
mod renewal;
mod renewal_lock;
mod state;
mod store;

use std::fmt;
use std::sync::Arc;

use super::app::App;
use super::token::TokenSet;
use crate::auth::{Credential, TokenSource, TokenWait, VersionedToken};
use crate::client::{Client, ClientBuilder};
use crate::error::Result;
use inner::Inner;
use state::RenewReason;

pub use file::TokenFile;
pub use store::TokenStore;

/// Keeps the tokens of one user fresh. Clones are cheap, share one session and can be used from many threads.
///
/// Its clients get a new access token a minute before the old one expires, and after a 401; one thread renews for all.
/// A refresh token works once, so new tokens are **saved before their first use**, by a [`TokenFile`] or by your own
/// function. If the process dies in between, the next process either continues or reports that the user has to sign in
/// again. Processes that share a store take over each other's tokens; their clocks do not matter for that.
///
/// ```
/// # use rblx_open_cloud::sandbox::{Sandbox, SandboxApp};
/// use rblx_open_cloud::oauth2::{Scope, Session, TokenFile};
///
/// # let sandbox = Sandbox::start()?;
/// # let app = sandbox.add_app(SandboxApp::new("app", "https://example.com/callback")).build()?;
/// # let path = std::env::temp_dir().join(format!("rblx-session-{}.json", std::process::id()));
/// let file = TokenFile::new(&path);
/// let session = match Session::load(&app, file.clone())? {
///     Some(session) => session,
///     None => {
///         let flow = app.sign_in([Scope::OpenId, Scope::Profile])?;
///         let redirect = // where the user's browser was redirected to
/// #           sandbox.consent(&flow.url())?;
///         let session = Session::new(&app, flow.finish(&redirect)?, file);
///         session.save()?;
///         session
///     }
/// };
/// let client = session.client()?;
/// println!("hello {:?}", client.user_info()?.display_name);
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct Session(Arc<Inner>);

impl Session {
    /// Creates a session with these tokens. It saves them in `store` before their first use: a [`TokenFile`], or a
    /// function such as `|tokens: &TokenSet| save(tokens.to_json())`. They replace tokens that the store already holds.
    ///
    /// Tokens from [`TokenSet::from_json`] or [`TokenStore::load`] count as saved.
    pub fn new(app: &App, tokens: TokenSet, store: impl TokenStore) -> Self {
        Self(Arc::new(Inner::new(app.clone(), Box::new(store), tokens)))
    }

    /// Loads the session that was saved in `store`; returns `None` if there is none.
    ///
    /// # Errors
    /// `InvalidInput` if the store cannot be read or does not contain tokens.
    pub fn load(app: &App, store: impl TokenStore) -> Result<Option<Self>> {
        let loaded = store.load();
        let loaded = loaded.map_err(|error| store::load_error(&error, None))?;
        Ok(loaded.map(|mut tokens| {
            tokens.is_saved = true;
            Self::new(app, tokens, store)
        }))
    }

    /// Creates a client that sends this session's current access token. It has its own connections, so create it once
    /// and clone it.
    ///
    /// # Errors
    /// `InvalidInput` if a setting of the app is invalid.
    pub fn client(&self) -> Result<Client> {
        self.client_builder().build()
    }

    /// Returns the builder of [`client`](Self::client), to change some of its settings.
    pub fn client_builder(&self) -> ClientBuilder {
        let app = &self.0.app.inner;
        ClientBuilder::from_parts(
            Credential::Session(self.clone()),
            app.base_url.clone(),
            app.settings.clone(),
        )
    }

    /// Returns the current tokens, even if they could not be saved yet.
    #[must_use]
    pub fn tokens(&self) -> TokenSet {
        self.0.state().tokens.clone()
    }

    /// Returns the app that the user signed in to.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// Saves the tokens now, if they are not saved yet, instead of before their first use.
    ///
    /// # Errors
    /// `TokensNotSaved`; the session keeps the tokens, and [`tokens`](Self::tokens) returns them.
    pub fn save(&self) -> Result<()> {
        self.renew(RenewReason::Unsaved).map(drop)
    }

    /// Replaces the tokens now, even if they have not expired: with those that another process has saved, or by a
    /// refresh.
    ///
    /// # Errors
    /// `SignInRequired` if the refresh token is used, expired or revoked. `TokensNotSaved` if the new tokens cannot be
    /// saved; the session keeps them. `InvalidInput` if the store cannot be locked or read, `Timeout` if another process
    /// keeps it locked; no refresh token is spent then.
    pub fn refresh(&self) -> Result<()> {
        let version = self.0.state().current.version;
        self.renew(RenewReason::Requested(version)).map(drop)
    }

    /// Returns the tokens that requests carry.
    pub(crate) fn token_source(&self) -> Arc<dyn TokenSource> {
        Arc::new(self.clone())
    }
}

impl TokenSource for Session {
    fn current(&self, wait: &TokenWait<'_>) -> Result<Arc<VersionedToken>> {
        let usable = self.0.state().usable();
        match usable {
            Some(current) => Ok(current),
            None => self.renew_in_thread(RenewReason::Expiring, wait),
        }
    }

    fn replace(&self, rejected: u64, wait: &TokenWait<'_>) -> Result<bool> {
        if !self.0.state().is_replaceable(rejected) {
            return Ok(false);
        }
        let renewed = self.renew_in_thread(RenewReason::Rejected(rejected), wait);
        renewed.map(|_| true)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Session")
            .field("app", &self.0.app)
            .field("tokens", &self.tokens())
            .finish_non_exhaustive()
    }
}
