//! A sign-in that lives: access tokens that are replaced in time, refresh tokens that are not lost.

mod file;
mod renewal;
mod state;
mod store;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::app::App;
use super::token::TokenSet;
use crate::auth::{Credential, TokenSource, VersionedToken};
use crate::client::{Client, ClientBuilder};
use crate::error::Result;
use state::State;

pub use file::TokenFile;
pub use store::TokenStore;

/// Tokens of one user that stay fresh. Cheap to clone and safe to share between threads: clones are the same session.
///
/// Its clients get a new access token a minute before the old one ends, and after a 401, once for all threads. A refresh
/// token works once, so the new tokens are **saved before their first use**: by a [`TokenFile`], or by a function of
/// yours. If the process dies in between, the next one works, or is told that the user has to sign in again.
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
///         let sign_in = app.sign_in([Scope::OpenId, Scope::Profile])?;
///         let redirect = // where the user's browser was sent back to
/// #           sandbox.consent(&sign_in.url())?;
///         let session = Session::new(&app, sign_in.finish(&redirect)?, file);
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

struct Inner {
    app: App,
    store: Box<dyn TokenStore>,
    state: Mutex<State>,
    /// Held by the one thread that renews; the others wait here.
    renew_lock: Mutex<()>,
}

impl Session {
    /// A session with these tokens, which are saved in `store` before their first use: a [`TokenFile`], or a function
    /// such as `|tokens: &TokenSet| save(tokens.to_json())`.
    ///
    /// Tokens that come from [`TokenSet::from_json`] or [`TokenFile::load`] count as saved.
    pub fn new(app: &App, tokens: TokenSet, store: impl TokenStore) -> Self {
        Self(Arc::new(Inner {
            app: app.clone(),
            store: Box::new(store),
            state: Mutex::new(State::new(tokens)),
            renew_lock: Mutex::default(),
        }))
    }

    /// The session that was saved in `store`; `None` if there is none.
    ///
    /// # Errors
    /// `InvalidInput` if it cannot be read, or is none.
    pub fn load(app: &App, store: impl TokenStore) -> Result<Option<Self>> {
        let tokens = store.load().map_err(store::load_error)?;
        Ok(tokens.map(|tokens| Self::new(app, tokens, store)))
    }

    /// A client whose calls carry this session's access token, whichever it is then. It has connections of its own, so
    /// make it once and clone it.
    ///
    /// # Errors
    /// `InvalidInput` if a setting of the app is refused.
    pub fn client(&self) -> Result<Client> {
        self.client_builder().build()
    }

    /// The settings of [`client`](Self::client), to change some of them.
    pub fn client_builder(&self) -> ClientBuilder {
        let app = &self.0.app.inner;
        ClientBuilder::from_parts(
            Credential::Session(self.clone()),
            app.base_url.clone(),
            app.settings.clone(),
        )
    }

    /// The tokens as they are now, also if they could not be saved yet.
    #[must_use]
    pub fn tokens(&self) -> TokenSet {
        self.0.state().tokens.clone()
    }

    /// The app that the user signed in to.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// Saves the tokens if they are not saved yet, instead of before their first use.
    ///
    /// # Errors
    /// `TokensNotSaved`; the session keeps them, and [`tokens`](Self::tokens) gives them.
    pub fn save(&self) -> Result<()> {
        self.0.renew(renewal::RenewReason::Unsaved).map(drop)
    }

    /// Gets new tokens now, whether it is time or not.
    ///
    /// # Errors
    /// `SignInRequired` if the refresh token is used, expired or revoked. `TokensNotSaved` if the new ones cannot be
    /// saved; the session keeps them.
    pub fn refresh(&self) -> Result<()> {
        let number = self.0.state().current.number;
        self.0
            .renew(renewal::RenewReason::Requested(number))
            .map(drop)
    }

    /// What requests carry.
    pub(crate) fn tokens_of_requests(&self) -> Arc<dyn TokenSource> {
        Arc::clone(&self.0) as Arc<dyn TokenSource>
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenSource for Inner {
    fn current(&self) -> Result<Arc<VersionedToken>> {
        if let Some(current) = self.state().usable() {
            return Ok(current);
        }
        self.renew(renewal::RenewReason::Expiring)
    }

    fn replace(&self, refused: u64) -> Result<bool> {
        if !self.state().is_replaceable(refused) {
            return Ok(false);
        }
        self.renew(renewal::RenewReason::Rejected(refused))
            .map(|_| true)
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
