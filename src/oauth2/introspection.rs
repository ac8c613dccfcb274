//! The state of a token.

use serde::Deserialize;
use time::OffsetDateTime;

use super::token::parse_scopes;
use super::user_info::from_unix;
use crate::models::serde_helpers::Integer;
use crate::models::{Scope, UserId};

/// The state of a token: whether it is active, and for which user, app and scopes.
///
/// A token stays active until it expires, even if the user revoked the authorization before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "IntrospectionWire")]
#[non_exhaustive]
pub struct Introspection {
    /// Whether the token is active. If not, all other fields are empty.
    pub active: bool,
    /// The ID of the token.
    pub id: Option<String>,
    /// The issuer, such as `https://apis.roblox.com/oauth/`.
    pub issuer: Option<String>,
    /// The token type, such as `Bearer`.
    pub token_type: Option<String>,
    /// The client ID of the app that the token was issued to.
    pub client_id: Option<String>,
    /// The audience of the token.
    pub audience: Option<String>,
    /// The user who granted the token.
    pub user_id: Option<UserId>,
    /// The granted scopes.
    pub scopes: Vec<Scope>,
    /// The expiration time.
    pub expires_at: Option<OffsetDateTime>,
    /// The time of issue.
    pub issued_at: Option<OffsetDateTime>,
}

/// The service's form of [`Introspection`].
#[derive(Deserialize)]
#[serde(expecting = "the state of a token")]
struct IntrospectionWire {
    active: bool,
    jti: Option<String>,
    iss: Option<String>,
    token_type: Option<String>,
    client_id: Option<String>,
    aud: Option<String>,
    sub: Option<UserId>,
    scope: Option<String>,
    exp: Option<Integer>,
    iat: Option<Integer>,
}

impl From<IntrospectionWire> for Introspection {
    fn from(wire: IntrospectionWire) -> Self {
        Self {
            active: wire.active,
            id: wire.jti,
            issuer: wire.iss,
            token_type: wire.token_type,
            client_id: wire.client_id,
            audience: wire.aud,
            user_id: wire.sub,
            scopes: parse_scopes(&wire.scope.unwrap_or_default()),
            expires_at: wire.exp.and_then(|Integer(seconds)| from_unix(seconds)),
            issued_at: wire.iat.and_then(|Integer(seconds)| from_unix(seconds)),
        }
    }
}
