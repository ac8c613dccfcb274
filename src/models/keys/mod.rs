//! API keys: their state, their scopes, and the scopes that calls require.

mod info;
mod problem;
mod scope;

pub use info::{KeyDataStore, KeyInfo, KeyScope, KeyTarget};
pub use problem::KeyProblem;
pub use scope::{RequiredScopes, Scope};
