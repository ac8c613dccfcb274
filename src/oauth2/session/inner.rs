//! The state that the clones of a session share.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::state::State;
use super::store::TokenStore;
use crate::oauth2::app::App;
use crate::oauth2::token::TokenSet;

pub(super) struct Inner {
    pub(super) app: App,
    pub(super) store: Box<dyn TokenStore>,
    state: Mutex<State>,
    /// Notified when the renewal lock is released.
    pub(super) lock_released: Condvar,
}

impl Inner {
    pub(super) fn new(app: App, store: Box<dyn TokenStore>, tokens: TokenSet) -> Self {
        Self {
            app,
            store,
            state: Mutex::new(State::new(tokens)),
            lock_released: Condvar::default(),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
