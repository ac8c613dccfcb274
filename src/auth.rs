//! Credentials: held, sent, and never shown.

use std::fmt;

use crate::error::{Error, Result};

/// An API key of the Creator Dashboard, sent as `x-api-key`.
///
/// ```
/// let key = rblx_open_cloud::ApiKey::from("secret");
/// assert_eq!(format!("{key:?}"), "ApiKey([redacted])");
/// ```
#[derive(Clone)]
pub struct ApiKey(String);

/// An OAuth2 access token, sent as `authorization: Bearer`.
///
/// ```
/// use rblx_open_cloud::{AccessToken, Client};
///
/// let client = Client::builder(AccessToken::from("token")).base_url("http://127.0.0.1:4306").build()?;
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct AccessToken(String);

/// What a [`Client`](crate::Client) identifies itself with; a text is an API key.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Credential {
    /// A key made on the Creator Dashboard.
    ApiKey(ApiKey),
    /// A token that a user granted over OAuth2.
    AccessToken(AccessToken),
}

impl Credential {
    /// The secret itself, to keep it out of texts.
    pub(crate) fn secret(&self) -> &str {
        match self {
            Self::ApiKey(ApiKey(secret)) | Self::AccessToken(AccessToken(secret)) => secret,
        }
    }

    /// Name and value of the header that carries the secret.
    ///
    /// # Errors
    /// `InvalidInput` if the secret cannot stand in a header. The text does not hold the secret.
    pub(crate) fn header(&self) -> Result<(&'static str, String)> {
        let (what, name, prefix) = match self {
            Self::ApiKey(_) => ("API key", "x-api-key", ""),
            Self::AccessToken(_) => ("access token", "authorization", "Bearer "),
        };
        let secret = self.secret();
        if secret.is_empty() {
            return Err(Error::invalid_input(format!("the {what} is empty")));
        }
        if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::invalid_input(format!(
                "the {what} holds a space, a line break or another character that no key has; \
                 was it copied together with its surroundings?"
            )));
        }
        Ok((name, format!("{prefix}{secret}")))
    }
}

macro_rules! secret_text {
    ($name:ident) => {
        impl From<&str> for $name {
            fn from(secret: &str) -> Self {
                Self(secret.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(secret: String) -> Self {
                Self(secret)
            }
        }

        impl From<$name> for Credential {
            fn from(secret: $name) -> Self {
                Self::$name(secret)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

secret_text!(ApiKey);
secret_text!(AccessToken);

impl From<&str> for Credential {
    fn from(key: &str) -> Self {
        Self::ApiKey(ApiKey::from(key))
    }
}

impl From<String> for Credential {
    fn from(key: String) -> Self {
        Self::ApiKey(ApiKey::from(key))
    }
}
