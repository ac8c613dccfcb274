//! The discovery document of the authorization server.

use serde::{Deserialize, Serialize};

use crate::models::Scope;

/// The discovery document of OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Discovery {
    /// The issuer of tokens, as ID tokens name it.
    pub issuer: String,
    /// The URL that users open to sign in.
    pub authorization_endpoint: String,
    /// The URL that exchanges codes and refresh tokens for tokens.
    pub token_endpoint: String,
    /// The URL that returns whether a token is active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint: Option<String>,
    /// The URL that revokes refresh tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<String>,
    /// The URL that lists the resources of a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources_endpoint: Option<String>,
    /// The URL that returns the user of a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<String>,
    /// The URL of the keys that sign ID tokens.
    pub jwks_uri: String,
    /// The identity scopes. Some are reserved for the service's own apps.
    #[serde(default)]
    pub scopes_supported: Vec<Scope>,
    /// The claims about users. Some are reserved for the service's own apps.
    #[serde(default)]
    pub claims_supported: Vec<String>,
    /// The signature algorithms of ID tokens, such as `ES256`.
    #[serde(default)]
    pub id_token_signing_alg_values_supported: Vec<String>,
}
