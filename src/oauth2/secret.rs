//! Tokens that are not sent with calls: held, and never shown.

use std::fmt;

/// Gets new tokens, once. From the service, or `From` a text.
#[derive(Clone)]
pub struct RefreshToken(String);

/// Proves who signed in, to whoever can check its signature. From the service, or `From` a text.
#[derive(Clone)]
pub struct IdToken(String);

macro_rules! secret {
    ($($name:ident)*) => { $(
        impl $name {
            pub(super) fn text(&self) -> &str {
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
    /// The text itself, to hand it to a server of yours.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}
