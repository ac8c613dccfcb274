//! The sandbox as the authorization server: consent, tokens, keys, and the scopes that calls need.

mod answer;
mod app;
mod authorize;
mod control;
mod form;
mod grant;
mod person;
mod scopes;
mod signing;
mod token;

pub use app::SandboxApp;

pub(super) use answer::answer;
pub(super) use grant::Authority;
pub(super) use scopes::{is_of, refusal};
