//! What the authorization server says about itself.

use serde::{Deserialize, Serialize};

use crate::models::Scope;

/// The discovery document of OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Discovery {
    /// Who issues tokens, as ID tokens name it.
    pub issuer: String,
    /// Where users are sent to.
    pub authorization_endpoint: String,
    /// Where codes and refresh tokens become tokens.
    pub token_endpoint: String,
    /// Where to ask about a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint: Option<String>,
    /// Where to revoke a refresh token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<String>,
    /// Where to ask what a token reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources_endpoint: Option<String>,
    /// Where to ask who granted a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<String>,
    /// The keys that ID tokens are signed with.
    pub jwks_uri: String,
    /// The identity scopes; some are for the service's own apps.
    #[serde(default)]
    pub scopes_supported: Vec<Scope>,
    /// The facts about users; some are for the service's own apps.
    #[serde(default)]
    pub claims_supported: Vec<String>,
    /// How ID tokens are signed, such as `ES256`.
    #[serde(default)]
    pub id_token_signing_alg_values_supported: Vec<String>,
}
