//! Secrets that scripts of a universe use in their HTTP requests.

mod new_secret;
mod secret;

pub use new_secret::NewSecret;
#[cfg(feature = "secrets")]
pub use new_secret::SecretText;
pub(crate) use secret::validated_id;
pub use secret::{Secret, SecretKey};
