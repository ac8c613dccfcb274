//! The sandbox as the authorization server: consent, tokens, keys, and the scopes that calls need.

mod app;
mod authorize;
mod endpoints;
mod form;
mod grant;
mod scopes;
mod signing;
mod test_control;
mod token;
mod user_info;

pub use app::SandboxApp;

pub(super) use endpoints::response;
pub(super) use grant::Authority;
pub(super) use scopes::{is_of, rejection};
