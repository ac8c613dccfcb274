//! Credentials: held, sent, and never shown.

use std::fmt;
use std::sync::Arc;

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
    /// The tokens of a session, each for as long as it lives.
    #[cfg(feature = "oauth2")]
    Session(crate::oauth2::Session),
}

/// Access tokens that take each other's place.
pub(crate) trait TokenSource: Send + Sync {
    /// The one to use now. It may have to be fetched.
    fn current(&self) -> Result<Arc<VersionedToken>>;

    /// Whether there is another one in place of this one, which the service refused.
    fn replace(&self, refused: u64) -> Result<bool>;
}

/// One of them.
#[cfg_attr(
    not(feature = "oauth2"),
    allow(dead_code, reason = "only a session has them")
)]
pub(crate) struct VersionedToken {
    pub(crate) number: u64,
    pub(crate) credential: Credential,
}

impl Credential {
    /// The secret itself, to keep it out of texts.
    pub(crate) fn secret(&self) -> &str {
        match self {
            Self::ApiKey(ApiKey(secret)) | Self::AccessToken(AccessToken(secret)) => secret,
            #[cfg(feature = "oauth2")]
            Self::Session(_) => "",
        }
    }

    /// Where the tokens come from, if it is not one for ever.
    #[cfg_attr(
        not(feature = "oauth2"),
        allow(clippy::unused_self, reason = "only a session has them")
    )]
    pub(crate) fn tokens(&self) -> Option<Arc<dyn TokenSource>> {
        match self {
            #[cfg(feature = "oauth2")]
            Self::Session(session) => Some(session.tokens_of_requests()),
            _ => None,
        }
    }

    /// Whether it is a token rather than a key.
    pub(crate) fn is_token(&self) -> bool {
        !matches!(self, Self::ApiKey(_))
    }

    /// Name and value of the header that carries the secret.
    ///
    /// # Errors
    /// `InvalidInput` if the secret cannot stand in a header. The text does not hold the secret.
    pub(crate) fn header(&self) -> Result<(&'static str, String)> {
        let (what, name, prefix) = match self {
            Self::ApiKey(_) => ("API key", "x-api-key", ""),
            Self::AccessToken(_) => ("access token", "authorization", "Bearer "),
            #[cfg(feature = "oauth2")]
            Self::Session(_) => return Err(Error::invalid_input("a session has many tokens")),
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

#[cfg(feature = "oauth2")]
impl AccessToken {
    pub(crate) fn text(&self) -> &str {
        &self.0
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
