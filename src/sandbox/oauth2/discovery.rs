//! The configuration of the authorization server, and its public keys.

use serde_json::{Value, json};

use crate::sandbox::api::call::Call;
use crate::sandbox::state::authority::SigningKey;

/// Returns the URL of the authorization server, as the client sees it.
pub(super) fn issuer(call: &Call<'_>) -> String {
    let host = call.head.header("host").unwrap_or_default();
    format!("http://{host}/oauth/")
}

pub(crate) fn list_keys(call: &mut Call<'_>) -> Value {
    let mut state = call.state();
    let key = state.authority.signing_key().map(SigningKey::to_json);
    json!({ "keys": Vec::from_iter(key) })
}

pub(crate) fn get_configuration(call: &mut Call<'_>) -> Value {
    let issuer = issuer(call);
    let at = |path: &str| format!("{issuer}v1/{path}");
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "introspection_endpoint": at("token/introspect"),
        "revocation_endpoint": at("token/revoke"),
        "resources_endpoint": at("token/resources"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("certs"),
        "scopes_supported": ["openid", "profile"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nonce", "name", "nickname", "preferred_username", "created_at",
            "profile", "picture",
        ],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    })
}
