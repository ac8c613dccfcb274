//! The token endpoint and what goes with it.

use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

use super::form::{Form, error, rejected};
use super::grant::{Authority, Grant};
use super::user_info::claims_of;
use crate::sandbox::api::base64url;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;

/// ID tokens live longer than access tokens.
const ID_TOKEN_LIVES: i64 = 10 * 60 * 60;

/// Tokens for a code or for a refresh token.
pub(super) fn issue(state: &mut State, form: &Form, issuer: &str) -> Result<Response, Response> {
    let authority = &mut state.authority;
    let client_id = form.app(authority)?.client_id.clone();
    let (grant, nonce) = match form.need("grant_type")? {
        "authorization_code" => by_code(authority, form)?,
        "refresh_token" => (by_refresh_token(authority, form)?, None),
        _ => {
            let why = "The grant type is not supported.";
            return Err(rejected("unsupported_grant_type", why));
        }
    };
    if grant.client_id != client_id {
        return Err(rejected("invalid_grant", "The grant is another app's."));
    }
    let mut tokens = Map::new();
    tokens.insert("access_token".into(), authority.new_access(&grant).into());
    tokens.insert("refresh_token".into(), authority.new_refresh(&grant).into());
    tokens.insert("token_type".into(), "Bearer".into());
    let seconds = authority.access_lives.as_secs();
    tokens.insert("expires_in".into(), seconds.into());
    tokens.insert("scope".into(), grant.scopes.join(" ").into());
    if grant.has("openid") {
        let token = id_token(state, &grant, nonce, issuer);
        tokens.insert("id_token".into(), token.into());
    }
    Ok(Response::json(200, &Value::Object(tokens)).header("cache-control", "no-store"))
}

/// A code works once, for a minute, for the app and the address that it was made for, and with its verifier.
fn by_code(authority: &mut Authority, form: &Form) -> Result<(Grant, Option<String>), Response> {
    let invalid = |why: &str| rejected("invalid_grant", why);
    let now = authority.now();
    let code = authority.codes.get_mut(form.need("code")?);
    let code = code.ok_or_else(|| invalid("The code is not known."))?;
    let grant = code.grant.clone();
    if std::mem::replace(&mut code.is_used, true) {
        // Somebody has it who should not.
        authority.revoke(grant.family);
        return Err(invalid("The code was used before."));
    }
    if grant.ends <= now {
        return Err(invalid("The code has expired."));
    }
    let is_there = |uri: &str| uri == code.redirect_uri;
    if !form.get("redirect_uri").is_none_or(is_there) {
        return Err(invalid("The redirect URI is another one."));
    }
    let shown = form.get("code_verifier");
    let shown =
        shown.map(|verifier| base64url::encode(digest(&SHA256, verifier.as_bytes()).as_ref()));
    if code.challenge != shown {
        return Err(invalid("The code verifier does not fit."));
    }
    Ok((grant, code.nonce.clone()))
}

/// A refresh token works once. One that comes again was stolen, and all of its family is worth nothing any more.
fn by_refresh_token(authority: &mut Authority, form: &Form) -> Result<Grant, Response> {
    let invalid = |why: &str| rejected("invalid_grant", why);
    let now = authority.now();
    let token = authority.refresh.get_mut(form.need("refresh_token")?);
    let token = token.ok_or_else(|| invalid("The refresh token is not valid."))?;
    let grant = token.grant.clone();
    if std::mem::replace(&mut token.is_used, true) {
        authority.revoke(grant.family);
        return Err(invalid("The refresh token was used before."));
    }
    if grant.ends <= now {
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
    let now = state.authority.now().unix_timestamp();
    let mut claims = claims_of(&state.store, grant);
    claims.extend(nonce.map(|nonce| ("nonce".to_owned(), nonce.into())));
    for (name, value) in [
        ("iss", json!(issuer)),
        ("aud", json!(grant.client_id)),
        ("nbf", json!(now)),
        ("iat", json!(now)),
        ("exp", json!(now.saturating_add(ID_TOKEN_LIVES))),
    ] {
        claims.insert(name.to_owned(), value);
    }
    state.authority.key()?.sign(&Value::Object(claims))
}

/// Whether a token is active.
pub(super) fn introspect(state: &State, form: &Form, issuer: &str) -> Result<Response, Response> {
    let authority = &state.authority;
    form.app(authority)?;
    let token = form.need("token")?;
    let refresh = authority.refresh.get(token).filter(|token| !token.is_used);
    let refresh = refresh
        .map(|token| &token.grant)
        .filter(|grant| grant.ends > authority.now());
    let Some(grant) = authority.active(token).or(refresh) else {
        return Ok(Response::json(200, &json!({ "active": false })));
    };
    Ok(Response::json(
        200,
        &json!({
            "active": true,
            "jti": format!("AT.{}", grant.family),
            "iss": issuer,
            "token_type": "Bearer",
            "client_id": grant.client_id,
            "aud": grant.client_id,
            "sub": grant.user.to_string(),
            "scope": grant.scopes.join(" "),
            "exp": grant.ends.unix_timestamp(),
            "iat": grant.issued.unix_timestamp(),
        }),
    ))
}

/// What a token reaches.
pub(super) fn resources(state: &State, form: &Form) -> Result<Response, Response> {
    let authority = &state.authority;
    let app = form.app(authority)?;
    let grant = authority.active(form.need("token")?);
    let grant = grant.ok_or_else(|| error(401, "invalid_token", "The token is not valid."))?;
    let mut creators = vec!["U".to_owned()];
    creators.extend(app.groups.iter().map(|id| format!("G{id}")));
    let universes: Vec<String> = app.universes.iter().map(u64::to_string).collect();
    let info = json!({
        "owner": { "id": grant.user.to_string(), "type": "User" },
        "resources": { "universe": { "ids": universes }, "creator": { "ids": creators } },
    });
    Ok(Response::json(200, &json!({ "resource_infos": [info] })))
}

/// Ends the authorization that a refresh token belongs to. One that is not known is no error.
pub(super) fn revoke(state: &mut State, form: &Form) -> Result<Response, Response> {
    let authority = &mut state.authority;
    form.app(authority)?;
    let token = authority.refresh.get(form.need("token")?);
    if let Some(family) = token.map(|token| token.grant.family) {
        authority.revoke(family);
    }
    Ok(Response::new(200, "application/json", Vec::new()))
}
