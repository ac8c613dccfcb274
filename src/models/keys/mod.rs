//! API keys: what the service tells about one, and the scopes that calls require.

mod info;
mod problem;
mod scope;

pub use info::{KeyDataStore, KeyInfo, KeyScope, KeyTarget};
pub use problem::KeyProblem;
pub use scope::{RequiredScopes, Scope};
