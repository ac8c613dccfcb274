//! The authorization server's memory: apps, codes and tokens.

mod app;
mod signing_key;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;

pub use app::SandboxApp;
pub(crate) use signing_key::SigningKey;

use super::user::KEY_OWNER;
use crate::sandbox::clock::later;
use crate::sandbox::random::random_text;

/// The lifetimes of the service.
const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_secs(899);
const REFRESH_TOKEN_LIFETIME: Duration = Duration::from_secs(90 * 24 * 60 * 60);
const CODE_LIFETIME: Duration = Duration::from_secs(60);

/// What a user granted to an app.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) user: u64,
    pub(crate) scopes: Vec<String>,
    /// The consent that the code or token comes from.
    pub(crate) consent: u64,
    pub(crate) issued: OffsetDateTime,
    pub(crate) expires: OffsetDateTime,
}

impl Grant {
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|known| known == scope)
    }
}

/// An authorization code.
pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) is_used: bool,
}

pub(crate) struct RefreshToken {
    pub(crate) grant: Grant,
    pub(crate) is_used: bool,
}

pub(crate) struct Authority {
    pub(crate) apps: BTreeMap<String, SandboxApp>,
    pub(crate) codes: BTreeMap<String, Code>,
    pub(crate) access_tokens: BTreeMap<String, Grant>,
    pub(crate) refresh_tokens: BTreeMap<String, RefreshToken>,
    pub(crate) signing_key: Option<SigningKey>,
    pub(crate) access_token_lifetime: Duration,
    /// The user who consents.
    pub(crate) user: u64,
    pub(crate) declines: bool,
    consents: u64,
}

impl Default for Authority {
    fn default() -> Self {
        Self {
            apps: BTreeMap::new(),
            codes: BTreeMap::new(),
            access_tokens: BTreeMap::new(),
            refresh_tokens: BTreeMap::new(),
            signing_key: None,
            access_token_lifetime: ACCESS_TOKEN_LIFETIME,
            user: KEY_OWNER,
            declines: false,
            consents: 0,
        }
    }
}

impl Authority {
    /// Returns the key that signs ID tokens; `None` if the system has no random numbers.
    pub(crate) fn signing_key(&mut self) -> Option<&SigningKey> {
        if self.signing_key.is_none() {
            self.signing_key = SigningKey::generate();
        }
        self.signing_key.as_ref()
    }

    /// Creates the grant of a new consent.
    pub(crate) fn grant(
        &mut self,
        client_id: &str,
        user: u64,
        scopes: Vec<String>,
        now: OffsetDateTime,
    ) -> Grant {
        self.consents += 1;
        Grant {
            client_id: client_id.to_owned(),
            user,
            scopes,
            consent: self.consents,
            issued: now,
            expires: later(now, CODE_LIFETIME),
        }
    }

    /// Issues an access token for a grant.
    pub(crate) fn new_access_token(&mut self, grant: &Grant, now: OffsetDateTime) -> String {
        let token = format!("sandbox-access-{}", random_text());
        let grant = renewed(grant, now, self.access_token_lifetime);
        self.access_tokens.insert(token.clone(), grant);
        token
    }

    /// Issues a refresh token for a grant.
    pub(crate) fn new_refresh_token(&mut self, grant: &Grant, now: OffsetDateTime) -> String {
        let token = format!("sandbox-refresh-{}", random_text());
        let refresh_token = RefreshToken {
            grant: renewed(grant, now, REFRESH_TOKEN_LIFETIME),
            is_used: false,
        };
        self.refresh_tokens.insert(token.clone(), refresh_token);
        token
    }

    /// Returns the grant of an access token, unless it has expired or was revoked.
    pub(crate) fn active(&self, token: &str, now: OffsetDateTime) -> Option<&Grant> {
        let grant = self.access_tokens.get(token);
        grant.filter(|grant| grant.expires > now)
    }

    /// Revokes all tokens of a consent.
    pub(crate) fn revoke(&mut self, consent: u64) {
        self.access_tokens
            .retain(|_, grant| grant.consent != consent);
        self.refresh_tokens
            .retain(|_, token| token.grant.consent != consent);
    }
}

fn renewed(grant: &Grant, now: OffsetDateTime, lifetime: Duration) -> Grant {
    Grant {
        issued: now,
        expires: later(now, lifetime),
        ..grant.clone()
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}
