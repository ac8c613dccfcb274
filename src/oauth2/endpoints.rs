//! The calls of the authorization server. They are in no official list of operations, but in its reference page.

use crate::endpoint::Endpoint;

/// Never sent by this crate: users go there.
pub(super) const AUTHORIZE: Endpoint = Endpoint::get("/oauth/v1/authorize");
/// Repeatable: a code or refresh token whose answer was lost is spent, and asking again tells so.
pub(super) const TOKEN: Endpoint = Endpoint::post("/oauth/v1/token").idempotent();
pub(super) const INTROSPECT: Endpoint = Endpoint::post("/oauth/v1/token/introspect").idempotent();
pub(super) const RESOURCES: Endpoint = Endpoint::post("/oauth/v1/token/resources").idempotent();
pub(super) const REVOKE: Endpoint = Endpoint::post("/oauth/v1/token/revoke").idempotent();
pub(super) const CERTS: Endpoint = Endpoint::get("/oauth/v1/certs");
pub(super) const DISCOVERY: Endpoint = Endpoint::get("/oauth/.well-known/openid-configuration");
