//! New tokens in place of old ones: by one thread at a time, saved before they are used.

use std::sync::{Arc, PoisonError};
use std::thread;

use super::state::State;
use super::store::save_error;
use super::{Inner, Session};
use crate::auth::VersionedToken;
use crate::error::{Error, ErrorKind, Result};

/// What a thread wants.
#[derive(Debug, Clone, Copy)]
pub(super) enum RenewReason {
    /// A token for a request, and there is none that can be used as it is.
    Expiring,
    /// Another token than this one, which was refused.
    Rejected(u64),
    /// Another token than this one.
    Requested(u64),
    /// Tokens that are saved.
    Unsaved,
}

impl RenewReason {
    /// What is there already, if it is enough.
    fn satisfied_by(self, state: &State) -> Option<Arc<VersionedToken>> {
        let current = &state.current;
        match self {
            Self::Rejected(number) | Self::Requested(number) if current.number == number => None,
            Self::Expiring | Self::Rejected(_) | Self::Requested(_) => state.usable(),
            Self::Unsaved => state.is_saved.then(|| Arc::clone(current)),
        }
    }
}

/// Marks the thread that renews, also while a function that saves panics.
struct Renewing<'a>(&'a Inner);

impl Drop for Renewing<'_> {
    fn drop(&mut self) {
        self.0.state().renewing = None;
    }
}

impl Inner {
    /// Does it, or waits for the thread that is at it.
    pub(super) fn renew(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        let seen = self.check_not_renewing()?;
        let _guard = self
            .renew_lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        {
            let mut state = self.state();
            if let Some(current) = reason.satisfied_by(&state) {
                return Ok(current);
            }
            // Others that waited share the failure, or each would wait for its own in turn.
            let failure = state
                .last_failure
                .as_ref()
                .filter(|_| state.failures != seen);
            if let Some(failure) = failure {
                return Err(failure.duplicate());
            }
            state.renewing = Some(thread::current().id());
        }
        let _renewing = Renewing(self);
        self.renew_locked(reason).inspect_err(|error| {
            let mut state = self.state();
            state.failures = state.failures.wrapping_add(1);
            state.last_failure = Some(error.duplicate());
        })
    }

    /// How many renewals have failed so far.
    fn check_not_renewing(&self) -> Result<u64> {
        let state = self.state();
        if state.renewing == Some(thread::current().id()) {
            return Err(Error::invalid_input(
                "what saves the tokens of a session cannot use the session",
            ));
        }
        Ok(state.failures)
    }

    fn renew_locked(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        let _lock = self.store.lock();
        if !self.state().is_saved {
            self.save()?;
        }
        // Another process may have been quicker.
        if self.satisfied_by(reason).is_none() {
            self.reload();
        }
        if let Some(current) = self.satisfied_by(reason) {
            return Ok(current);
        }
        self.refresh(reason)
    }

    fn satisfied_by(&self, reason: RenewReason) -> Option<Arc<VersionedToken>> {
        reason.satisfied_by(&self.state())
    }

    fn refresh(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        let before = self.state().tokens.clone();
        if let Some(end) = &self.state().end {
            return Err(end.duplicate());
        }
        match self.app.refresh(&before) {
            Ok(tokens) => {
                self.state()
                    .replace(tokens, matches!(reason, RenewReason::Rejected(_)));
                self.save()
            }
            Err(error) if error.kind() == ErrorKind::SignInRequired => {
                self.reload();
                self.satisfied_by(reason)
                    .ok_or_else(|| self.mark_ended(error))
            }
            Err(_)
                if matches!(reason, RenewReason::Expiring) && self.state().survives_failure() =>
            {
                Ok(Arc::clone(&self.state().current))
            }
            Err(error) => Err(error),
        }
    }

    fn mark_ended(&self, error: Error) -> Error {
        self.state().end = Some(error.duplicate());
        error
    }

    /// Puts the tokens where nothing loses them. No lock is held meanwhile but the turn.
    fn save(&self) -> Result<Arc<VersionedToken>> {
        let tokens = self.state().tokens.clone();
        self.store
            .save(&tokens)
            .map_err(|error| save_error(error, &tokens))?;
        let mut state = self.state();
        state.mark_saved();
        Ok(Arc::clone(&state.current))
    }

    /// Takes over what another process saved after these tokens. What cannot be read counts as not there.
    fn reload(&self) {
        let Ok(Some(tokens)) = self.store.load() else {
            return;
        };
        let mut state = self.state();
        let is_newer = tokens.lifetime.obtained_at() > state.tokens.lifetime.obtained_at();
        if !tokens.is_same_set(&state.tokens) && (is_newer || state.end.is_some()) {
            state.replace(tokens, false);
            state.mark_saved();
        }
    }
}

impl Session {
    /// Ends the authorization at the service; from then on the session says `SignInRequired`. What was saved stays
    /// there: remove it.
    ///
    /// # Errors
    /// As [`App::revoke`](crate::oauth2::App::revoke); the session goes on then.
    pub fn sign_out(&self) -> Result<()> {
        let inner = &self.0;
        inner.check_not_renewing()?;
        let _guard = inner
            .renew_lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let token = inner.state().tokens.refresh_token.clone();
        if let Some(token) = token {
            inner.app.revoke(&token)?;
        }
        inner.state().end = Some(Error::new(
            ErrorKind::SignInRequired,
            "this session was signed out",
        ));
        Ok(())
    }
}
