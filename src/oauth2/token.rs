//! The tokens that the authorization server issues for a code or a refresh token.

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

/// An access token with its refresh token, ID token, scopes and lifetime. `Debug` shows no token.
///
/// It does not implement `Serialize`, so that tokens are only written on purpose: by [`to_json`](Self::to_json).
#[derive(Clone)]
pub struct TokenSet {
    pub(super) access_token: AccessToken,
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) id_token: Option<IdToken>,
    pub(super) scopes: Vec<Scope>,
    pub(super) lifetime: Lifetime,
    pub(super) user: Option<UserInfo>,
    /// Whether the set is saved already.
    pub(super) is_saved: bool,
}

/// The JSON form of the token endpoint, and of saved tokens.
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
    /// Returns the access token, which calls carry. It is valid for about 15 minutes.
    #[must_use]
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// Returns the refresh token, which gets new tokens once.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// Returns the ID token: with the scope `openid`, and not in a set that was saved or refreshed.
    #[must_use]
    pub fn id_token(&self) -> Option<&IdToken> {
        self.id_token.as_ref()
    }

    /// Returns the user who signed in, from the verified ID token; with the scope `openid`.
    #[must_use]
    pub fn user(&self) -> Option<&UserInfo> {
        self.user.as_ref()
    }

    /// Returns the granted scopes, as the service reports them.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// Returns when the access token expires, by this machine's clock.
    #[must_use]
    pub fn expires_at(&self) -> Option<OffsetDateTime> {
        self.lifetime.expires_at()
    }

    /// Writes everything but the ID token as JSON, **including the tokens**. Store it where nobody else can read it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let scopes: Vec<&str> = self.scopes.iter().map(Scope::as_str).collect();
        let obtained_at = self.lifetime.obtained_at();
        json!({
            "access_token": self.access_token.as_str(),
            "refresh_token": self.refresh_token.as_ref().map(RefreshToken::as_str),
            "token_type": "Bearer",
            "expires_in": self.lifetime.duration().map(|duration| duration.as_secs()),
            "scope": scopes.join(" "),
            "obtained_at": obtained_at.and_then(|time| time.format(&Rfc3339).ok()),
            "user": self.user,
        })
        .to_string()
    }

    /// Reads the output of [`to_json`](Self::to_json), or a response of the token endpoint.
    ///
    /// # Errors
    /// `InvalidInput` if it is neither. The error does not contain any of it.
    pub fn from_json(json: &str) -> Result<Self> {
        let invalid = || Error::invalid_input("this JSON does not contain tokens");
        let wire: TokenSetWire = serde_json::from_str(json).map_err(|_| invalid())?;
        let obtained_at = wire.obtained_at.as_deref();
        let obtained_at = obtained_at.and_then(|time| OffsetDateTime::parse(time, &Rfc3339).ok());
        let lifetime = Lifetime::restored(duration(&wire), obtained_at);
        Ok(Self {
            is_saved: true,
            ..Self::new(wire, lifetime).ok_or_else(invalid)?
        })
    }

    /// Reads the response to a request that started with this lifetime.
    pub(super) fn issued(response: Value, started: Lifetime) -> Result<Self> {
        let wire = serde_json::from_value(response).ok();
        let tokens = wire.and_then(|wire: TokenSetWire| {
            let lifetime = started.with_duration(duration(&wire));
            Self::new(wire, lifetime)
        });
        // No details: they could contain a token.
        tokens.ok_or_else(|| {
            Error::new(
                ErrorKind::Decode,
                "the response of the token endpoint does not contain valid tokens",
            )
        })
    }

    /// Returns `None` if the access token is not a valid header value, or its type is not `Bearer`.
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

    /// Returns all tokens.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let refresh_token = self.refresh_token.as_ref().map(RefreshToken::as_str);
        let id_token = self.id_token.as_ref().map(IdToken::as_str);
        [Some(self.access_token.as_str()), refresh_token, id_token]
            .into_iter()
            .flatten()
    }

    /// Whether both sets hold the same access and refresh token.
    pub(super) fn is_same_set(&self, other: &Self) -> bool {
        let refresh_token = |tokens: &Self| {
            tokens
                .refresh_token
                .as_ref()
                .map(|token| token.as_str().to_owned())
        };
        self.access_token.as_str() == other.access_token.as_str()
            && refresh_token(self) == refresh_token(other)
    }

    /// Keeps what the response to a refresh omits. Its ID token is ignored: the user is known.
    pub(super) fn completed_from(mut self, before: &Self) -> Self {
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

/// Splits a list of scopes at its spaces.
pub(super) fn parse_scopes(text: &str) -> Vec<Scope> {
    text.split_whitespace().map(Scope::from).collect()
}

/// Reads `expires_in`, in seconds.
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
