//! Renews tokens: one thread at a time, and saved before use.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use super::Session;
use super::inner::Inner;
use super::renewal_lock::{RenewalLock, STOP_CHECK_INTERVAL};
use super::state::RenewReason;
use super::store::{load_error, lock_error, save_error};
use crate::auth::{TokenWait, VersionedToken};
use crate::error::{Error, ErrorKind, Result};
use crate::oauth2::token::TokenSet;

impl Session {
    /// Renews the tokens in this thread, or waits for the thread that does.
    pub(super) fn renew(&self, reason: RenewReason) -> Result<Arc<VersionedToken>> {
        let (lock, failures) = RenewalLock::acquire(&self.0, &TokenWait::UNLIMITED)?;
        match self.0.outcome_of_others(reason, failures) {
            Some(outcome) => outcome,
            None => lock.start().renew(reason, &AtomicBool::new(false)),
        }
    }

    /// Renews the tokens in a new thread, or waits for the thread that does, up to the limit of the caller. A renewal that has
    /// spent the refresh token continues without its caller, since otherwise the user would have to sign in again.
    pub(super) fn renew_in_thread(
        &self,
        reason: RenewReason,
        wait: &TokenWait<'_>,
    ) -> Result<Arc<VersionedToken>> {
        let (lock, failures) = RenewalLock::acquire(&self.0, wait)?;
        if let Some(outcome) = self.0.outcome_of_others(reason, failures) {
            return outcome;
        }
        let is_abandoned = Arc::new(AtomicBool::new(false));
        let (sender, renewed) = mpsc::channel();
        let spawned = thread::Builder::new()
            .name("token-renewal".to_owned())
            .spawn({
                let is_abandoned = Arc::clone(&is_abandoned);
                move || {
                    // A store may panic.
                    let renew = AssertUnwindSafe(|| lock.start().renew(reason, &is_abandoned));
                    let outcome = catch_unwind(renew);
                    drop(lock);
                    // The caller may be gone.
                    let _ = sender.send(outcome);
                }
            });
        if spawned.is_err() {
            return self.renew(reason);
        }
        loop {
            match renewed.recv_timeout(STOP_CHECK_INTERVAL) {
                Ok(Ok(outcome)) => return outcome,
                Ok(Err(panic)) => resume_unwind(panic),
                Err(RecvTimeoutError::Timeout) => wait.check().inspect_err(|error| {
                    let is_stopped = error.kind() == ErrorKind::Shutdown;
                    is_abandoned.store(is_stopped, Ordering::Relaxed);
                })?,
                Err(RecvTimeoutError::Disconnected) => {
                    let message = "the thread that renewed the access token ended";
                    return Err(Error::new(ErrorKind::Unexpected, message));
                }
            }
        }
    }
}

impl Inner {
    /// Returns the outcome of another thread while this one waited for the lock, if it is what this one needs.
    fn outcome_of_others(
        &self,
        reason: RenewReason,
        failures: u64,
    ) -> Option<Result<Arc<VersionedToken>>> {
        let state = self.state();
        if let Some(current) = reason.satisfied_by(&state) {
            return Some(Ok(current));
        }
        // Threads that waited share the failure, instead of failing one after the other.
        let failure = state.last_failure.as_ref();
        let failure = failure.filter(|_| state.failures != failures)?;
        Some(Err(failure.duplicate()))
    }

    fn renew(&self, reason: RenewReason, is_abandoned: &AtomicBool) -> Result<Arc<VersionedToken>> {
        self.renew_or_keep(reason, is_abandoned)
            .inspect_err(|error| {
                let mut state = self.state();
                // An abandoned renewal is not a failure for other callers.
                if !is_abandoned.load(Ordering::Relaxed) {
                    state.failures = state.failures.wrapping_add(1);
                    state.last_failure = Some(error.duplicate());
                }
            })
    }

    /// Keeps an access token that has not expired if it cannot be renewed now.
    fn renew_or_keep(
        &self,
        reason: RenewReason,
        is_abandoned: &AtomicBool,
    ) -> Result<Arc<VersionedToken>> {
        self.renew_in_store(reason, is_abandoned).or_else(|error| {
            let is_final = matches!(
                error.kind(),
                ErrorKind::SignInRequired | ErrorKind::TokensNotSaved | ErrorKind::Shutdown
            );
            if is_final || !matches!(reason, RenewReason::Expiring) {
                return Err(error);
            }
            self.state().token_after_failure().ok_or(error)
        })
    }

    fn renew_in_store(
        &self,
        reason: RenewReason,
        is_abandoned: &AtomicBool,
    ) -> Result<Arc<VersionedToken>> {
        let _lock = self.lock_store()?;
        self.reload()?;
        if !self.state().is_saved {
            self.save()?;
        }
        match self.satisfied_by(reason) {
            Some(current) => Ok(current),
            None if is_abandoned.load(Ordering::Relaxed) => Err(Error::new(
                ErrorKind::Shutdown,
                "the client was shut down before its access token was renewed",
            )),
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

impl Session {
    /// Revokes the authorization at the service; the session then returns `SignInRequired`. It does not remove the
    /// stored tokens: see [`TokenFile::remove`](super::TokenFile::remove).
    ///
    /// # Errors
    /// Those of [`App::revoke`](crate::oauth2::App::revoke), `Timeout` if another process keeps the store locked, and
    /// `InvalidInput` if the store cannot be locked or read; the session continues then.
    pub fn sign_out(&self) -> Result<()> {
        let (lock, _) = RenewalLock::acquire(&self.0, &TokenWait::UNLIMITED)?;
        let inner = lock.start();
        let _lock = inner.lock_store()?;
        inner.reload()?;
        let token = inner.state().tokens.refresh_token.clone();
        if let Some(token) = token {
            inner.app.revoke(&token)?;
        }
        inner.end(Error::new(
            ErrorKind::SignInRequired,
            "this session was signed out",
        ));
        Ok(())
    }
}
