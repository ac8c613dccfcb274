//! Renews tokens: one thread at a time, and saved before use.

use std::any::Any;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::state::State;
use super::store::{TokenStore, load_error, lock_error, save_error};
use crate::auth::{TokenSource, VersionedToken};
use crate::error::{Error, ErrorKind, Result};
use crate::oauth2::app::App;
use crate::oauth2::token::TokenSet;

/// What the clones of a session share.
pub(super) struct Inner {
    pub(super) app: App,
    store: Box<dyn TokenStore>,
    state: Mutex<State>,
    /// Held by the thread that renews; the others wait for it.
    renew_lock: Mutex<()>,
}

/// What a thread needs a renewal for.
#[derive(Debug, Clone, Copy)]
pub(super) enum RenewReason {
    /// A request needs a token, and the current one is expired, about to expire or not saved.
    Expiring,
    /// The service rejected the token with this version.
    Rejected(u64),
    /// The caller wants another token than the one with this version.
    Requested(u64),
    /// The tokens are not saved yet.
    Unsaved,
}

impl RenewReason {
    /// Returns the token of this state, if it is what the thread needs.
    fn satisfied_by(self, state: &State) -> Option<Arc<VersionedToken>> {
        let current = &state.current;
        match self {
            Self::Rejected(number) | Self::Requested(number) if current.number == number => None,
            Self::Expiring | Self::Rejected(_) | Self::Requested(_) => state.usable(),
            Self::Unsaved => state.is_saved.then(|| Arc::clone(current)),
        }
    }
}

/// Marks the thread that renews or signs out, until it is done or panics.
struct Renewing<'a>(&'a Inner);

impl<'a> Renewing<'a> {
    fn start(inner: &'a Inner) -> Self {
        inner.state().renewing = Some(thread::current().id());
        Self(inner)
    }
}

impl Drop for Renewing<'_> {
    fn drop(&mut self) {
        self.0.state().renewing = None;
    }
}

impl Inner {
    pub(super) fn new(app: App, store: Box<dyn TokenStore>, tokens: TokenSet) -> Self {
        Self {
            app,
            store,
            state: Mutex::new(State::new(tokens)),
            renew_lock: Mutex::default(),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Renews the tokens, or waits for the thread that does.
    pub(super) fn renew(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        let failures = self.check_not_renewing()?;
        let lock = self.renew_lock.lock();
        let _guard = lock.unwrap_or_else(PoisonError::into_inner);
        {
            let state = self.state();
            if let Some(current) = reason.satisfied_by(&state) {
                return Ok(current);
            }
            // Threads that waited share the failure, instead of failing one after the other.
            let failure = state.last_failure.as_ref();
            if let Some(failure) = failure.filter(|_| state.failures != failures) {
                return Err(failure.duplicate());
            }
        }
        let _renewing = Renewing::start(self);
        self.renew_or_keep(reason).inspect_err(|error| {
            let mut state = self.state();
            state.failures = state.failures.wrapping_add(1);
            state.last_failure = Some(error.duplicate());
        })
    }

    /// Revokes the authorization, and ends the session.
    pub(super) fn sign_out(&self) -> Result<()> {
        self.check_not_renewing()?;
        let lock = self.renew_lock.lock();
        let _guard = lock.unwrap_or_else(PoisonError::into_inner);
        let _renewing = Renewing::start(self);
        let _lock = self.lock_store()?;
        self.reload()?;
        let token = self.state().tokens.refresh_token.clone();
        if let Some(token) = token {
            self.app.revoke(&token)?;
        }
        self.end(Error::new(
            ErrorKind::SignInRequired,
            "this session was signed out",
        ));
        Ok(())
    }

    /// Returns the number of failed renewals so far.
    fn check_not_renewing(&self) -> Result<u64> {
        let state = self.state();
        if state.renewing == Some(thread::current().id()) {
            return Err(Error::invalid_input(
                "a token store cannot use the session that it stores the tokens of",
            ));
        }
        Ok(state.failures)
    }

    /// Keeps an access token that has not expired if it cannot be renewed now.
    fn renew_or_keep(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        self.renew_in_store(reason).or_else(|error| {
            let is_final = matches!(
                error.kind(),
                ErrorKind::SignInRequired | ErrorKind::TokensNotSaved
            );
            if is_final || !matches!(reason, RenewReason::Expiring) {
                return Err(error);
            }
            self.state().survives_failure().ok_or(error)
        })
    }

    fn renew_in_store(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        let _lock = self.lock_store()?;
        self.reload()?;
        if !self.state().is_saved {
            self.save()?;
        }
        match self.satisfied_by(reason) {
            Some(current) => Ok(current),
            None => self.refresh(reason),
        }
    }

    fn satisfied_by(&self, reason: RenewReason) -> Option<Arc<VersionedToken>> {
        reason.satisfied_by(&self.state())
    }

    fn refresh(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        let before = self.state().tokens.clone();
        if let Some(ended) = &self.state().ended {
            return Err(ended.duplicate());
        }
        match self.app.refresh(&before) {
            Ok(tokens) => {
                let replaces_rejected = matches!(reason, RenewReason::Rejected(_));
                self.state().refreshed(tokens, replaces_rejected);
                self.save()
            }
            Err(error) if error.kind() == ErrorKind::SignInRequired => {
                // A process that does not use the lock may have been faster.
                let renewed = self.reload().ok().and_then(|()| self.satisfied_by(reason));
                renewed.ok_or_else(|| self.end(error))
            }
            Err(error) => Err(error),
        }
    }

    fn end(&self, error: Error) -> Error {
        self.state().ended = Some(error.duplicate());
        error
    }

    /// Saves the tokens. No lock is held meanwhile but those that serialize renewals.
    fn save(&self) -> Result<Arc<VersionedToken>> {
        let tokens = self.state().tokens.clone();
        let saved = self.store.save(&tokens);
        saved.map_err(|error| save_error(&error, &tokens))?;
        let mut state = self.state();
        state.mark_saved();
        Ok(Arc::clone(&state.current))
    }

    fn lock_store(&self) -> Result<Option<Box<dyn Any + Send>>> {
        let locked = self.store.lock();
        locked.map_err(|error| self.store_error(&error, lock_error))
    }

    /// Takes over the tokens that another process has saved since this one loaded or saved.
    fn reload(&self) -> Result<()> {
        // The tokens of a new sign-in replace whatever the store holds.
        if !self.state().knows_store() {
            return Ok(());
        }
        let loaded = self.store.load();
        let loaded = loaded.map_err(|error| self.store_error(&error, load_error))?;
        if let Some(found) = loaded {
            self.state().adopt(found);
        }
        Ok(())
    }

    /// Returns the error for a fault of the store. Unsaved tokens come first: they could not be saved.
    fn store_error(
        &self,
        error: &io::Error,
        saved_error: fn(&io::Error, Option<&TokenSet>) -> Error,
    ) -> Error {
        let state = self.state();
        if state.is_saved {
            saved_error(error, Some(&state.tokens))
        } else {
            save_error(error, &state.tokens)
        }
    }
}

impl TokenSource for Inner {
    fn current(&self) -> Result<Arc<VersionedToken>> {
        let usable = self.state().usable();
        match usable {
            Some(current) => Ok(current),
            None => self.renew(RenewReason::Expiring),
        }
    }

    fn replace(&self, rejected: u64) -> Result<bool> {
        if !self.state().is_replaceable(rejected) {
            return Ok(false);
        }
        self.renew(RenewReason::Rejected(rejected)).map(|_| true)
    }
}
