//! The renewal lock: one thread renews or signs out, and the others wait for it, up to the limits of their callers.

use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::inner::Inner;
use crate::auth::TokenWait;
use crate::error::{Error, ErrorKind, Result};

/// The interval at which waiting threads check whether their client was shut down.
pub(super) const STOP_CHECK_INTERVAL: Duration = Duration::from_millis(20);

/// The right to renew or to sign out, until it is dropped.
pub(super) struct RenewalLock(Arc<Inner>);

impl RenewalLock {
    /// Waits for the lock. Returns it with the number of renewals that had failed before.
    pub(super) fn acquire(inner: &Arc<Inner>, wait: &TokenWait<'_>) -> Result<(Self, u64)> {
        let mut state = inner.state();
        if state.renewing == Some(thread::current().id()) {
            return Err(Error::invalid_input(
                "a token store cannot use the session that it stores the tokens of",
            ));
        }
        let failures = state.failures;
        while state.is_locked {
            wait.check()?;
            let woken = inner.lock_released.wait_timeout(state, STOP_CHECK_INTERVAL);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.is_locked = true;
        drop(state);
        Ok((Self(Arc::clone(inner)), failures))
    }

    /// Marks this thread as the one that renews or signs out.
    pub(super) fn start(&self) -> &Inner {
        self.0.state().renewing = Some(thread::current().id());
        &self.0
    }
}

impl Drop for RenewalLock {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.renewing = None;
        state.is_locked = false;
        drop(state);
        self.0.lock_released.notify_all();
    }
}

impl TokenWait<'_> {
    /// A wait without a limit.
    pub(super) const UNLIMITED: TokenWait<'static> = TokenWait {
        deadline: None,
        is_stopped: &|| false,
    };

    /// Fails if the limit of the caller is over.
    pub(super) fn check(&self) -> Result<()> {
        if (self.is_stopped)() {
            return Err(Error::new(
                ErrorKind::Shutdown,
                "the client was shut down while its access token was renewed",
            ));
        }
        let is_over = self.deadline.is_some_and(|end| end <= Instant::now());
        if is_over {
            return Err(Error::new(
                ErrorKind::Timeout,
                "the access token was not renewed within the time of the call",
            ));
        }
        Ok(())
    }
}
