//! What the authorization server gives for a code or a refresh token.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::lifetime::Lifetime;
use super::secret::{IdToken, RefreshToken};
use super::user_info::UserInfo;
use crate::auth::{AccessToken, Credential};
use crate::error::{Error, ErrorKind, Result};
use crate::models::Scope;
use crate::models::serde_helpers::Integer;

/// An access token with what belongs to it. Its `Debug` shows no token.
///
/// It has no `Serialize`, so that it is saved only where somebody means to: [`to_json`](Self::to_json).
#[derive(Clone)]
pub struct TokenSet {
    pub(super) access_token: AccessToken,
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) id_token: Option<IdToken>,
    pub(super) scopes: Vec<Scope>,
    pub(super) lifetime: Lifetime,
    pub(super) user: Option<UserInfo>,
    /// It came from where it would be saved.
    pub(super) is_saved: bool,
}

/// How it comes over the wire, and how it is saved.
#[derive(Deserialize)]
struct TokenSetWire {
    access_token: String,
    refresh_token: Option<String>,
    token_type: Option<String>,
    id_token: Option<String>,
    expires_in: Option<Integer>,
    scope: Option<String>,
    obtained_at: Option<String>,
    user: Option<UserInfo>,
}

impl TokenSet {
    /// Sent as the credential of calls, for about a quarter of an hour.
    #[must_use]
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// Gets new tokens, once.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// Proves who signed in; with the scope `openid`, and not in a set that was saved or refreshed.
    #[must_use]
    pub fn id_token(&self) -> Option<&IdToken> {
        self.id_token.as_ref()
    }

    /// Who signed in, as the ID token says, which has been verified; with the scope `openid`.
    #[must_use]
    pub fn user(&self) -> Option<&UserInfo> {
        self.user.as_ref()
    }

    /// What was granted, as the service tells it.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// When the access token expires, by this machine's clock.
    #[must_use]
    pub fn expires_at(&self) -> Option<OffsetDateTime> {
        self.lifetime.expires_at()
    }

    /// All of it but the ID token as JSON, **with the tokens in it**: for a place that nobody else can read.
    #[must_use]
    pub fn to_json(&self) -> String {
        let scopes: Vec<&str> = self.scopes.iter().map(Scope::as_str).collect();
        let obtained_at = self.lifetime.obtained_at();
        json!({
            "access_token": self.access_token.text(),
            "refresh_token": self.refresh_token.as_ref().map(RefreshToken::text),
            "token_type": "Bearer",
            "expires_in": self.lifetime.duration().map(|duration| duration.as_secs()),
            "scope": scopes.join(" "),
            "obtained_at": obtained_at.and_then(|time| time.format(&Rfc3339).ok()),
            "user": self.user,
        })
        .to_string()
    }

    /// From what [`to_json`](Self::to_json) gave, or from an answer of the token endpoint.
    ///
    /// # Errors
    /// `InvalidInput` if it is neither; the text of the error holds nothing of it.
    pub fn from_json(json: &str) -> Result<Self> {
        let refused = || Error::invalid_input("this is no set of tokens as JSON");
        let wire: TokenSetWire = serde_json::from_str(json).map_err(|_| refused())?;
        let obtained_at = wire.obtained_at.as_deref();
        let obtained_at = obtained_at.and_then(|time| OffsetDateTime::parse(time, &Rfc3339).ok());
        let lifetime = Lifetime::restored(duration(&wire), obtained_at);
        Ok(Self {
            is_saved: true,
            ..Self::new(wire, lifetime).ok_or_else(refused)?
        })
    }

    /// From the answer to a request that began then.
    pub(super) fn issued(answer: Value, started: Lifetime) -> Result<Self> {
        let wire = serde_json::from_value(answer).ok();
        let tokens = wire.and_then(|wire: TokenSetWire| {
            let lifetime = started.with_duration(duration(&wire));
            Self::new(wire, lifetime)
        });
        // What is wrong with it cannot be shown.
        tokens.ok_or_else(|| {
            Error::new(
                ErrorKind::Decode,
                "the answer is no set of tokens as a token endpoint gives it",
            )
        })
    }

    /// `None` if the token cannot be sent, or is for something else than `authorization: Bearer`.
    fn new(wire: TokenSetWire, lifetime: Lifetime) -> Option<Self> {
        let access_token = AccessToken::from(wire.access_token);
        Credential::from(access_token.clone()).header().ok()?;
        let is_bearer = |kind: &String| kind.eq_ignore_ascii_case("bearer");
        wire.token_type
            .as_ref()
            .is_none_or(is_bearer)
            .then(|| Self {
                access_token,
                refresh_token: wire
                    .refresh_token
                    .filter(|token| !token.is_empty())
                    .map(RefreshToken::from),
                id_token: wire.id_token.map(IdToken::from),
                scopes: parse_scopes(&wire.scope.unwrap_or_default()),
                lifetime,
                user: wire.user,
                is_saved: false,
            })
    }

    /// The secrets in it.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let refresh_token = self.refresh_token.as_ref().map(RefreshToken::text);
        let id_token = self.id_token.as_ref().map(IdToken::text);
        [Some(self.access_token.text()), refresh_token, id_token]
            .into_iter()
            .flatten()
    }

    /// Whether both are the same grant, and not one that came after the other.
    pub(super) fn is_same_set(&self, other: &Self) -> bool {
        let refresh_token = |tokens: &Self| {
            tokens
                .refresh_token
                .as_ref()
                .map(|token| token.text().to_owned())
        };
        self.access_token.text() == other.access_token.text()
            && refresh_token(self) == refresh_token(other)
    }

    /// What the answer to a refresh leaves out stays as it was. Its ID token is not looked at: who signed in is known.
    pub(super) fn following(mut self, before: &Self) -> Self {
        self.id_token = None;
        self.user.clone_from(&before.user);
        if self.scopes.is_empty() {
            self.scopes.clone_from(&before.scopes);
        }
        if self.refresh_token.is_none() {
            self.refresh_token.clone_from(&before.refresh_token);
        }
        self
    }
}

/// Those in a text with spaces between them.
pub(super) fn parse_scopes(text: &str) -> Vec<Scope> {
    text.split_whitespace().map(Scope::from).collect()
}

/// Seconds, not days.
fn duration(wire: &TokenSetWire) -> Option<Duration> {
    let Integer(seconds) = wire.expires_in.as_ref()?;
    Some(Duration::from_secs(*seconds))
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenSet")
            .field("scopes", &self.scopes)
            .field("expires_at", &self.expires_at())
            .field("user", &self.user)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .finish_non_exhaustive()
    }
}
