//! What the authorization server says about a token.

use serde::Deserialize;
use time::OffsetDateTime;

use super::token::parse_scopes;
use super::user_info::from_unix;
use crate::models::Scope;
use crate::models::UserId;
use crate::models::serde_helpers::Integer;

/// Whether a token is active, and if it is, what it stands for.
///
/// A token stays active until it expires, even if the user revoked the authorization before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "IntrospectionWire")]
#[non_exhaustive]
pub struct Introspection {
    /// Whether it is. Of a token that is not, nothing else is told.
    pub active: bool,
    /// The id of the token.
    pub id: Option<String>,
    /// Who issued it, such as `https://apis.roblox.com/oauth/`.
    pub issuer: Option<String>,
    /// How it is used, such as `Bearer`.
    pub token_type: Option<String>,
    /// The app that it was issued to.
    pub client_id: Option<String>,
    /// Whom it is for.
    pub audience: Option<String>,
    /// Who granted it.
    pub user_id: Option<UserId>,
    /// What was granted.
    pub scopes: Vec<Scope>,
    /// When it expires.
    pub expires_at: Option<OffsetDateTime>,
    /// When it was issued.
    pub issued_at: Option<OffsetDateTime>,
}

/// How it comes over the wire.
#[derive(Deserialize)]
#[serde(expecting = "what is known about a token")]
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
