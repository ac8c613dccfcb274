//! What a session knows, behind one lock.

use std::sync::Arc;
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use crate::auth::{Credential, VersionedToken};
use crate::error::Error;
use crate::oauth2::TokenSet;

/// A token that came in place of a refused one is not replaced for another refusal within this time: then it is not the
/// token's age that is wrong with it.
const REJECTION_COOLDOWN: Duration = Duration::from_secs(60);
/// After a refresh that did not get through, an access token that still lives is used for this long without another try.
const FAILURE_COOLDOWN: Duration = Duration::from_secs(10);

pub(super) struct State {
    /// The newest, saved or not.
    pub(super) tokens: TokenSet,
    number: u64,
    pub(super) is_saved: bool,
    /// What requests carry: the newest that is saved.
    pub(super) current: Arc<VersionedToken>,
    /// Why nothing comes after these tokens.
    pub(super) end: Option<Error>,
    /// When these tokens came, if they took the place of refused ones.
    replaced: Option<Instant>,
    /// When a refresh did not get through.
    failed: Option<Instant>,
    /// How many renewals failed, and how the last one did.
    pub(super) failures: u64,
    pub(super) last_failure: Option<Error>,
    /// The thread that renews.
    pub(super) renewing: Option<ThreadId>,
}

impl State {
    pub(super) fn new(tokens: TokenSet) -> Self {
        Self {
            current: numbered(0, &tokens),
            number: 0,
            is_saved: tokens.is_saved,
            tokens,
            end: None,
            replaced: None,
            failed: None,
            failures: 0,
            last_failure: None,
            renewing: None,
        }
    }

    /// What requests can carry as it is.
    pub(super) fn usable(&self) -> Option<Arc<VersionedToken>> {
        let lifetime = &self.tokens.lifetime;
        let is_recent = |since: Instant| since.elapsed() < FAILURE_COOLDOWN;
        let waits = self.failed.is_some_and(is_recent) || self.tokens.refresh_token.is_none();
        let is_fresh = !lifetime.should_renew() || (waits && !lifetime.is_expired());
        let is_usable = self.is_saved && self.end.is_none() && is_fresh;
        is_usable.then(|| Arc::clone(&self.current))
    }

    /// Whether another token may help where this one was refused.
    pub(super) fn is_replaceable(&self, refused: u64) -> bool {
        let is_recent = |since: Instant| since.elapsed() < REJECTION_COOLDOWN;
        refused != self.number
            || (self.tokens.refresh_token.is_some() && !self.replaced.is_some_and(is_recent))
    }

    /// Newer tokens take the place of those before. They are not used before they are saved.
    pub(super) fn replace(&mut self, tokens: TokenSet, replaces_refused: bool) {
        self.number = self.number.saturating_add(1);
        self.is_saved = false;
        self.tokens = tokens;
        self.end = None;
        self.failed = None;
        self.replaced = replaces_refused.then(Instant::now);
    }

    /// The tokens are where nothing loses them.
    pub(super) fn mark_saved(&mut self) {
        self.is_saved = true;
        self.current = numbered(self.number, &self.tokens);
    }

    /// A refresh did not get through, and the access token still lives.
    pub(super) fn survives_failure(&mut self) -> bool {
        self.failed = Some(Instant::now());
        !self.tokens.lifetime.is_expired()
    }
}

fn numbered(number: u64, tokens: &TokenSet) -> Arc<VersionedToken> {
    Arc::new(VersionedToken {
        number,
        credential: Credential::from(tokens.access_token.clone()),
    })
}
