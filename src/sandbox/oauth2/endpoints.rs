//! Which endpoint of the authorization server a path names.

use serde_json::json;

use super::authorize::consent;
use super::form::Form;
use super::signing::SigningKey;
use super::token::{introspect, issue, resources, revoke};
use super::user_info::user_info;
use crate::sandbox::api::{Call, Rejection};
use crate::sandbox::server::{Body, Response};
use crate::sandbox::state::{Shared, State};

/// Returns below `/oauth`.
pub(in crate::sandbox) fn response(
    shared: &Shared,
    call: &Call<'_>,
    path: &[&str],
    body: &mut Body<'_>,
) -> Result<Response, Rejection> {
    let issuer = format!("http://{}/oauth/", call.header("host").unwrap_or_default());
    let found = match (call.method(), path) {
        ("GET", ["v1", "authorize"]) => {
            let back = consent(&mut shared.state().authority, call.pairs())?;
            Response::new(302, "text/html", Vec::new())
                .header("location", back)
                .header("cache-control", "no-store")
        }
        ("GET", ["v1", "certs"]) => keys(&mut shared.state()),
        ("GET", ["v1", "userinfo"]) => user_info(&shared.state(), call)?,
        ("GET", [".well-known", "openid-configuration"]) => discovery(&issuer),
        ("POST", ["v1", rest @ ..]) => {
            let form = Form::read(call, body)?;
            let state = &mut shared.state();
            match rest {
                ["token"] => issue(state, &form, &issuer)?,
                ["token", "introspect"] => introspect(state, &form, &issuer)?,
                ["token", "resources"] => resources(state, &form)?,
                ["token", "revoke"] => revoke(state, &form)?,
                _ => Response::gateway_error(404, "Not Found"),
            }
        }
        _ => Response::gateway_error(404, "Not Found"),
    };
    Ok(found)
}

fn keys(state: &mut State) -> Response {
    let key = state.authority.key().map(SigningKey::to_json);
    Response::json(200, &json!({ "keys": Vec::from_iter(key) }))
}

fn discovery(issuer: &str) -> Response {
    let at = |path: &str| format!("{issuer}v1/{path}");
    Response::json(
        200,
        &json!({
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
        }),
    )
}
