//! Credentials. They are never shown.

use std::sync::Arc;
use std::time::Instant;

use crate::error::{Error, Result};

/// The code of the error for a missing key.
pub(crate) const NO_API_KEY: &str = "NoApiKey";
/// The code of the error for a text that is not a key.
pub(crate) const INVALID_API_KEY: &str = "InvalidApiKey";

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

/// The credential of a [`Client`](crate::Client); a text is an API key.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Credential {
    /// An API key created on the Creator Dashboard.
    ApiKey(ApiKey),
    /// A token that a user granted over OAuth2.
    AccessToken(AccessToken),
    /// The tokens of a session, which are renewed before they expire.
    #[cfg(feature = "oauth2")]
    Session(crate::oauth2::Session),
}

/// A source of access tokens that are renewed.
pub(crate) trait TokenSource: Send + Sync {
    /// Returns the current token, which may have to be fetched.
    fn current(&self, wait: &TokenWait<'_>) -> Result<Arc<VersionedToken>>;

    /// Replaces the token of this version, which the service rejected. Returns whether there is another one.
    fn replace(&self, rejected: u64, wait: &TokenWait<'_>) -> Result<bool>;
}

/// The limits of a caller's wait for a token.
#[cfg_attr(
    not(feature = "oauth2"),
    allow(dead_code, reason = "only a session makes its callers wait")
)]
pub(crate) struct TokenWait<'a> {
    /// The time that the call has, if it is limited.
    pub(crate) deadline: Option<Instant>,
    /// Whether the caller's client was shut down.
    pub(crate) is_stopped: &'a dyn Fn() -> bool,
}

/// An access token and its version.
#[cfg_attr(
    not(feature = "oauth2"),
    allow(dead_code, reason = "only a session has them")
)]
pub(crate) struct VersionedToken {
    pub(crate) version: u64,
    pub(crate) credential: Credential,
}

impl Credential {
    /// Returns the secret itself, to redact it in texts.
    pub(crate) fn secret(&self) -> &str {
        match self {
            Self::ApiKey(ApiKey(secret)) | Self::AccessToken(AccessToken(secret)) => secret,
            #[cfg(feature = "oauth2")]
            Self::Session(_) => "",
        }
    }

    /// The source of the tokens, if the credential is not static.
    #[cfg_attr(
        not(feature = "oauth2"),
        allow(clippy::unused_self, reason = "only a session has them")
    )]
    pub(crate) fn tokens(&self) -> Option<Arc<dyn TokenSource>> {
        match self {
            #[cfg(feature = "oauth2")]
            Self::Session(session) => Some(session.token_source()),
            _ => None,
        }
    }

    /// Whether it is an access token and not a key.
    pub(crate) fn is_token(&self) -> bool {
        !matches!(self, Self::ApiKey(_))
    }

    /// Returns name and value of the header that carries the secret.
    ///
    /// # Errors
    /// `InvalidInput` if the secret is not a valid header value. The error does not show the secret.
    pub(crate) fn header(&self) -> Result<(&'static str, String)> {
        let (what, name, prefix) = match self {
            Self::ApiKey(_) => ("API key", "x-api-key", ""),
            Self::AccessToken(_) => ("access token", "authorization", "Bearer "),
            #[cfg(feature = "oauth2")]
            Self::Session(_) => return Err(Error::invalid_input("a session has many tokens")),
        };
        let (missing, invalid) = if self.is_token() {
            ("NoAccessToken", "InvalidAccessToken")
        } else {
            (NO_API_KEY, INVALID_API_KEY)
        };
        let secret = self.secret();
        if secret.is_empty() {
            return Err(Error::invalid_input(format!("the {what} is empty")).with_code(missing));
        }
        if secret.starts_with(['"', '\'']) {
            return Err(
                Error::invalid_input(format!("the {what} is in quotes; remove them"))
                    .with_code(invalid),
            );
        }
        if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::invalid_input(format!(
                "the {what} contains a space, a line break or another character that keys never have; \
                 check that nothing else was copied with it"
            ))
            .with_code(invalid));
        }
        Ok((name, format!("{prefix}{secret}")))
    }
}

#[cfg(feature = "oauth2")]
impl AccessToken {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Implements conversions from texts for a secret, and a `Debug` that redacts it.
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

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

#[cfg(feature = "oauth2")]
pub(crate) use secret_text;

secret_text!(ApiKey);
secret_text!(AccessToken);

impl From<ApiKey> for Credential {
    fn from(key: ApiKey) -> Self {
        Self::ApiKey(key)
    }
}

impl From<AccessToken> for Credential {
    fn from(token: AccessToken) -> Self {
        Self::AccessToken(token)
    }
}

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
