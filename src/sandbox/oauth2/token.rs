//! Token endpoints: issue, introspect, list resources, revoke.

use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::discovery::issuer;
use super::form::{Form, error, rejected};
use super::user_info::claims;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::base64url;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;
use crate::sandbox::state::authority::{Authority, Grant};

/// In seconds. ID tokens live longer than access tokens.
const ID_TOKEN_LIFETIME: i64 = 10 * 60 * 60;

/// Issues tokens for a code or for a refresh token.
pub(crate) fn issue(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let form = &Form::read(call)?;
    let state = &mut *call.state();
    let now = state.now();
    let authority = &mut state.authority;
    let client_id = form.app(authority)?.client_id.clone();
    let (grant, nonce) = match form.required("grant_type")? {
        "authorization_code" => redeem_code(authority, form, now)?,
        "refresh_token" => (redeem_refresh_token(authority, form, now)?, None),
        _ => {
            let message = "The grant type is not supported.";
            return Err(rejected("unsupported_grant_type", message).into());
        }
    };
    if grant.client_id != client_id {
        let message = "The grant belongs to another app.";
        return Err(rejected("invalid_grant", message).into());
    }
    let mut tokens = Map::new();
    tokens.insert(
        "access_token".into(),
        authority.new_access_token(&grant, now).into(),
    );
    tokens.insert(
        "refresh_token".into(),
        authority.new_refresh_token(&grant, now).into(),
    );
    tokens.insert("token_type".into(), "Bearer".into());
    let seconds = authority.access_token_lifetime.as_secs();
    tokens.insert("expires_in".into(), seconds.into());
    tokens.insert("scope".into(), grant.scopes.join(" ").into());
    if grant.has("openid") {
        let token = id_token(state, &grant, nonce, &issuer(call));
        tokens.insert("id_token".into(), token.into());
    }
    Ok(Response::json(200, &Value::Object(tokens)).header("cache-control", "no-store"))
}

/// Redeems a code. It works once, for a minute, for the same app and redirect URI, and with its verifier.
fn redeem_code(
    authority: &mut Authority,
    form: &Form,
    now: OffsetDateTime,
) -> Result<(Grant, Option<String>), Response> {
    let invalid = |message: &str| rejected("invalid_grant", message);
    let code = authority.codes.get_mut(form.required("code")?);
    let code = code.ok_or_else(|| invalid("The code is not known."))?;
    let grant = code.grant.clone();
    if std::mem::replace(&mut code.is_used, true) {
        // The code was stolen.
        authority.revoke(grant.consent);
        return Err(invalid("The code was used before."));
    }
    if grant.expires <= now {
        return Err(invalid("The code has expired."));
    }
    let is_same = |uri: &str| uri == code.redirect_uri;
    if !form.get("redirect_uri").is_none_or(is_same) {
        return Err(invalid("The redirect URI does not match."));
    }
    let verifier = form.get("code_verifier");
    let challenge =
        verifier.map(|verifier| base64url::encode(digest(&SHA256, verifier.as_bytes()).as_ref()));
    if code.challenge != challenge {
        return Err(invalid("The code verifier does not match."));
    }
    Ok((grant, code.nonce.clone()))
}

/// Redeems a refresh token. It works once: a second use means that it was stolen, and revokes the consent.
fn redeem_refresh_token(
    authority: &mut Authority,
    form: &Form,
    now: OffsetDateTime,
) -> Result<Grant, Response> {
    let invalid = |message: &str| rejected("invalid_grant", message);
    let token = authority
        .refresh_tokens
        .get_mut(form.required("refresh_token")?);
    let token = token.ok_or_else(|| invalid("The refresh token is not valid."))?;
    let grant = token.grant.clone();
    if std::mem::replace(&mut token.is_used, true) {
        authority.revoke(grant.consent);
        return Err(invalid("The refresh token was used before."));
    }
    if grant.expires <= now {
        return Err(invalid("The refresh token has expired."));
    }
    Ok(grant)
}

fn id_token(
    state: &mut State,
    grant: &Grant,
    nonce: Option<String>,
    issuer: &str,
) -> Option<String> {
    let now = state.now().unix_timestamp();
    let mut claims = claims(&state.store, grant);
    claims.extend(nonce.map(|nonce| ("nonce".to_owned(), nonce.into())));
    for (name, value) in [
        ("iss", json!(issuer)),
        ("aud", json!(grant.client_id)),
        ("nbf", json!(now)),
        ("iat", json!(now)),
        ("exp", json!(now.saturating_add(ID_TOKEN_LIFETIME))),
    ] {
        claims.insert(name.to_owned(), value);
    }
    state.authority.signing_key()?.sign(&Value::Object(claims))
}

pub(crate) fn introspect(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let form = Form::read(call)?;
    let state = call.state();
    let now = state.now();
    let authority = &state.authority;
    form.app(authority)?;
    let token = form.required("token")?;
    let refresh_token = authority.refresh_tokens.get(token);
    let refresh_token = refresh_token
        .filter(|token| !token.is_used)
        .map(|token| &token.grant)
        .filter(|grant| grant.expires > now);
    let Some(grant) = authority.active(token, now).or(refresh_token) else {
        return Ok(json!({ "active": false }));
    };
    Ok(json!({
        "active": true,
        "jti": format!("AT.{}", grant.consent),
        "iss": issuer(call),
        "token_type": "Bearer",
        "client_id": grant.client_id,
        "aud": grant.client_id,
        "sub": grant.user.to_string(),
        "scope": grant.scopes.join(" "),
        "exp": grant.expires.unix_timestamp(),
        "iat": grant.issued.unix_timestamp(),
    }))
}

/// Lists the resources that a token gives access to.
pub(crate) fn list_resources(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let form = Form::read(call)?;
    let state = call.state();
    let authority = &state.authority;
    let app = form.app(authority)?;
    let grant = authority.active(form.required("token")?, state.now());
    let grant = grant.ok_or_else(|| error(401, "invalid_token", "The token is not valid."))?;
    let mut creators = vec!["U".to_owned()];
    creators.extend(app.groups.iter().map(|id| format!("G{id}")));
    let universes: Vec<String> = app.universes.iter().map(u64::to_string).collect();
    let info = json!({
        "owner": { "id": grant.user.to_string(), "type": "User" },
        "resources": { "universe": { "ids": universes }, "creator": { "ids": creators } },
    });
    Ok(json!({ "resource_infos": [info] }))
}

/// Revokes the consent of a refresh token. An unknown token is not an error.
pub(crate) fn revoke(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let form = Form::read(call)?;
    let authority = &mut call.state().authority;
    form.app(authority)?;
    let token = authority.refresh_tokens.get(form.required("token")?);
    if let Some(consent) = token.map(|token| token.grant.consent) {
        authority.revoke(consent);
    }
    Ok(Response::empty(200))
}
