//! The calls of the authorization server. They are in no official list of operations, but in its reference page.

use crate::http::Endpoint;

/// Never sent by this crate: users go there.
pub(super) const AUTHORIZE: Endpoint = Endpoint::get("/oauth/v1/authorize");
/// Repeatable: a code or refresh token whose answer was lost is spent, and asking again tells so.
pub(super) const TOKEN: Endpoint = Endpoint::post("/oauth/v1/token").repeatable();
pub(super) const INTROSPECT: Endpoint = Endpoint::post("/oauth/v1/token/introspect").repeatable();
pub(super) const RESOURCES: Endpoint = Endpoint::post("/oauth/v1/token/resources").repeatable();
pub(super) const REVOKE: Endpoint = Endpoint::post("/oauth/v1/token/revoke").repeatable();
pub(super) const CERTS: Endpoint = Endpoint::get("/oauth/v1/certs");
pub(super) const DISCOVERY: Endpoint = Endpoint::get("/oauth/.well-known/openid-configuration");
