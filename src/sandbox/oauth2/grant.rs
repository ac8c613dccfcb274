//! Codes and tokens, and what became of them.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;

use super::app::SandboxApp;
use super::signing::SigningKey;
use crate::sandbox::state::random_text;

/// As the service has it.
const ACCESS_LIVES: Duration = Duration::from_secs(899);
const REFRESH_LIVES: Duration = Duration::from_secs(90 * 24 * 60 * 60);
const CODE_LIVES: Duration = Duration::from_secs(60);

/// What a user granted to an app.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Grant {
    pub(super) client_id: String,
    pub(super) user: u64,
    pub(super) scopes: Vec<String>,
    /// All tokens that come of one consent.
    pub(super) family: u64,
    pub(super) issued: OffsetDateTime,
    pub(super) ends: OffsetDateTime,
}

impl Grant {
    pub(super) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|known| known == scope)
    }
}

/// A code, waiting to be exchanged, or exchanged.
pub(super) struct Code {
    pub(super) grant: Grant,
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) is_used: bool,
}

pub(super) struct Refresh {
    pub(super) grant: Grant,
    pub(super) is_used: bool,
}

/// Everything that the authorization server remembers.
pub(in crate::sandbox) struct Authority {
    pub(super) apps: BTreeMap<String, SandboxApp>,
    pub(super) codes: BTreeMap<String, Code>,
    pub(super) access: BTreeMap<String, Grant>,
    pub(super) refresh: BTreeMap<String, Refresh>,
    pub(super) key: Option<SigningKey>,
    /// How far its clock is ahead.
    pub(super) ahead: Duration,
    pub(super) access_lives: Duration,
    /// Who consents.
    pub(super) user: u64,
    pub(super) declines: bool,
    families: u64,
}

impl Default for Authority {
    fn default() -> Self {
        Self {
            apps: BTreeMap::new(),
            codes: BTreeMap::new(),
            access: BTreeMap::new(),
            refresh: BTreeMap::new(),
            key: None,
            ahead: Duration::ZERO,
            access_lives: ACCESS_LIVES,
            user: 156,
            declines: false,
            families: 0,
        }
    }
}

impl Authority {
    pub(super) fn now(&self) -> OffsetDateTime {
        after(OffsetDateTime::now_utc(), self.ahead)
    }

    /// The key that ID tokens are signed with; `None` if the system gives no random numbers.
    pub(super) fn key(&mut self) -> Option<&SigningKey> {
        if self.key.is_none() {
            self.key = SigningKey::generate();
        }
        self.key.as_ref()
    }

    /// A grant that begins now.
    pub(super) fn grant(&mut self, client_id: &str, user: u64, scopes: Vec<String>) -> Grant {
        self.families += 1;
        Grant {
            client_id: client_id.to_owned(),
            user,
            scopes,
            family: self.families,
            issued: self.now(),
            ends: after(self.now(), CODE_LIVES),
        }
    }

    /// An access token of the same family.
    pub(super) fn new_access(&mut self, grant: &Grant) -> String {
        let token = format!("sandbox-access-{}", random_text());
        let grant = self.renewed(grant, self.access_lives);
        self.access.insert(token.clone(), grant);
        token
    }

    /// A refresh token of the same family.
    pub(super) fn new_refresh(&mut self, grant: &Grant) -> String {
        let token = format!("sandbox-refresh-{}", random_text());
        let grant = self.renewed(grant, REFRESH_LIVES);
        let refresh = Refresh {
            grant,
            is_used: false,
        };
        self.refresh.insert(token.clone(), refresh);
        token
    }

    fn renewed(&self, grant: &Grant, lives: Duration) -> Grant {
        Grant {
            issued: self.now(),
            ends: after(self.now(), lives),
            ..grant.clone()
        }
    }

    /// What an access token stands for, unless it has expired or was revoked.
    pub(super) fn active(&self, token: &str) -> Option<&Grant> {
        let grant = self.access.get(token);
        grant.filter(|grant| grant.ends > self.now())
    }

    /// Ends everything that came of one consent.
    pub(super) fn revoke(&mut self, family: u64) {
        self.access.retain(|_, grant| grant.family != family);
        self.refresh
            .retain(|_, refresh| refresh.grant.family != family);
    }
}

fn after(time: OffsetDateTime, by: Duration) -> OffsetDateTime {
    time.saturating_add(time::Duration::try_from(by).unwrap_or(time::Duration::MAX))
}

// No secret of it is worth anything, but none is shown either.
impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}
