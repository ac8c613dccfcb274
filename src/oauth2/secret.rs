//! Tokens that requests do not carry as a credential. No text shows them.

use crate::auth::secret_text;

/// A refresh token: gets new tokens, once. Comes from the service, or `From` a text.
#[derive(Clone)]
pub struct RefreshToken(String);

/// An ID token: a signed statement of who signed in. Comes from the service, or `From` a text.
#[derive(Clone)]
pub struct IdToken(String);

secret_text!(RefreshToken);
secret_text!(IdToken);

impl RefreshToken {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl IdToken {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the token as text, to pass it to your own server.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}
