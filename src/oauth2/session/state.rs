//! The state of a session, behind one lock.

use std::sync::Arc;
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use crate::auth::{Credential, VersionedToken};
use crate::error::Error;
use crate::oauth2::TokenSet;

/// Minimum time between two refreshes because of a 401. A new token that is rejected as well has not expired.
const REJECTION_COOLDOWN: Duration = Duration::from_secs(60);
/// Minimum time between two attempts to renew an access token that has not expired yet.
const FAILURE_COOLDOWN: Duration = Duration::from_secs(10);

pub(super) struct State {
    /// The newest tokens, saved or not.
    pub(super) tokens: TokenSet,
    version: u64,
    pub(super) is_saved: bool,
    /// The set last loaded from the store or saved there. A different one in the store is its successor.
    stored: Option<TokenSet>,
    /// The set whose refresh token this session has spent last. It is never the successor.
    spent: Option<TokenSet>,
    /// The token that requests carry: the newest saved one.
    pub(super) current: Arc<VersionedToken>,
    /// The error because of which these tokens cannot be refreshed any more.
    pub(super) ended: Option<Error>,
    /// The time at which these tokens replaced rejected ones.
    rejected_at: Option<Instant>,
    /// The time at which the last renewal failed.
    failed_at: Option<Instant>,
    /// The number of failed renewals, and the last error.
    pub(super) failures: u64,
    pub(super) last_failure: Option<Error>,
    /// Whether a thread renews or signs out.
    pub(super) is_locked: bool,
    /// The thread that renews or signs out.
    pub(super) renewing: Option<ThreadId>,
}

impl State {
    pub(super) fn new(tokens: TokenSet) -> Self {
        Self {
            current: versioned(0, &tokens),
            version: 0,
            is_saved: tokens.is_saved,
            stored: tokens.is_saved.then(|| tokens.clone()),
            spent: None,
            tokens,
            ended: None,
            rejected_at: None,
            failed_at: None,
            failures: 0,
            last_failure: None,
            is_locked: false,
            renewing: None,
        }
    }

    /// Returns the token for requests, unless it has to be renewed or saved first.
    pub(super) fn usable(&self) -> Option<Arc<VersionedToken>> {
        let lifetime = &self.tokens.lifetime;
        let is_recent = |time: Instant| time.elapsed() < FAILURE_COOLDOWN;
        let cannot_renew =
            self.failed_at.is_some_and(is_recent) || self.tokens.refresh_token.is_none();
        let is_fresh = !lifetime.should_renew() || (cannot_renew && !lifetime.is_expired());
        let is_usable = self.is_saved && self.ended.is_none() && is_fresh;
        is_usable.then(|| Arc::clone(&self.current))
    }

    /// Whether another token may help after this one was rejected.
    pub(super) fn is_replaceable(&self, rejected: u64) -> bool {
        let is_recent = |time: Instant| time.elapsed() < REJECTION_COOLDOWN;
        rejected != self.version
            || (self.tokens.refresh_token.is_some() && !self.rejected_at.is_some_and(is_recent))
    }

    /// Whether the store may hold a successor: not before the session has loaded or saved there.
    pub(super) fn knows_store(&self) -> bool {
        self.stored.is_some()
    }

    /// Takes over a set found in the store, if another process saved it there.
    pub(super) fn adopt(&mut self, found: TokenSet) {
        let is = |known: &Option<TokenSet>| {
            let known = known.as_ref();
            known.is_some_and(|known| known.is_same_set(&found))
        };
        if is(&self.stored) || is(&self.spent) || found.is_same_set(&self.tokens) {
            return;
        }
        self.replace(found);
        self.mark_saved();
    }

    /// Replaces the tokens with refreshed ones. They are not used before they are saved.
    pub(super) fn refreshed(&mut self, tokens: TokenSet, replaces_rejected: bool) {
        self.spent = Some(self.tokens.clone());
        self.replace(tokens);
        self.rejected_at = replaces_rejected.then(Instant::now);
    }

    fn replace(&mut self, tokens: TokenSet) {
        self.version = self.version.saturating_add(1);
        self.is_saved = false;
        self.tokens = tokens;
        self.ended = None;
        self.failed_at = None;
        self.rejected_at = None;
    }

    /// Uses the tokens from now on: they are in the store.
    pub(super) fn mark_saved(&mut self) {
        self.is_saved = true;
        self.stored = Some(self.tokens.clone());
        self.current = versioned(self.version, &self.tokens);
    }

    /// Returns the current token after a failed renewal, if it has not expired.
    pub(super) fn token_after_failure(&mut self) -> Option<Arc<VersionedToken>> {
        self.failed_at = Some(Instant::now());
        let is_usable = self.is_saved && !self.tokens.lifetime.is_expired();
        is_usable.then(|| Arc::clone(&self.current))
    }
}

fn versioned(version: u64, tokens: &TokenSet) -> Arc<VersionedToken> {
    Arc::new(VersionedToken {
        version,
        credential: Credential::from(tokens.access_token.clone()),
    })
}

/// The reason why a thread needs a renewal.
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
    pub(super) fn satisfied_by(self, state: &State) -> Option<Arc<VersionedToken>> {
        let current = &state.current;
        match self {
            Self::Rejected(version) | Self::Requested(version) if current.version == version => {
                None
            }
            Self::Expiring | Self::Rejected(_) | Self::Requested(_) => state.usable(),
            Self::Unsaved => state.is_saved.then(|| Arc::clone(current)),
        }
    }
}
