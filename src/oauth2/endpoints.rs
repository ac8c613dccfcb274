//! The endpoints of the authorization server. Its reference page lists them; the official list of operations does not.

use crate::endpoint::Endpoint;

/// This crate sends no request here: users open it in a browser.
pub(super) const AUTHORIZE: Endpoint = Endpoint::get("/oauth/v1/authorize");
/// Idempotent: a code or refresh token is spent once, and a retry after a lost response returns `invalid_grant`.
pub(super) const TOKEN: Endpoint = Endpoint::post("/oauth/v1/token").idempotent();
pub(super) const INTROSPECT: Endpoint = Endpoint::post("/oauth/v1/token/introspect").idempotent();
pub(super) const RESOURCES: Endpoint = Endpoint::post("/oauth/v1/token/resources").idempotent();
pub(super) const REVOKE: Endpoint = Endpoint::post("/oauth/v1/token/revoke").idempotent();
pub(super) const CERTS: Endpoint = Endpoint::get("/oauth/v1/certs");
pub(super) const DISCOVERY: Endpoint = Endpoint::get("/oauth/.well-known/openid-configuration");
