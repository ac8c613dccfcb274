//! Tokens that requests do not carry as a credential. No text shows them.

use std::fmt;

/// A refresh token: gets new tokens, once. Comes from the service, or `From` a text.
#[derive(Clone)]
pub struct RefreshToken(String);

/// An ID token: a signed statement of who signed in. Comes from the service, or `From` a text.
#[derive(Clone)]
pub struct IdToken(String);

macro_rules! secret {
    ($($name:ident)*) => { $(
        impl $name {
            pub(super) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    )* };
}

secret!(RefreshToken IdToken);

impl IdToken {
    /// Returns the token as text, to pass it to your own server.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}
