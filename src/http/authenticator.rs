//! The credential of a request: none, a static one, or tokens that are renewed.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::transport::{Secret, Transport};
use crate::auth::{Credential, TokenSource, TokenWait};
use crate::error::Result;

/// The source of the credential of a client's requests.
pub(super) enum Authenticator {
    None,
    Static(Arc<Secret>),
    Rotating {
        tokens: Arc<dyn TokenSource>,
        /// The last token, with its version.
        last: Mutex<Option<(u64, Arc<Secret>)>>,
    },
}

/// The credential of one attempt.
pub(super) struct AuthHeader {
    pub(super) secret: Arc<Secret>,
    version: u64,
}

impl Authenticator {
    /// # Errors
    /// `InvalidInput` if the credential is not a valid header value.
    pub(super) fn new(credential: Option<&Credential>, transport: &Transport) -> Result<Self> {
        let Some(credential) = credential else {
            return Ok(Self::None);
        };
        if let Some(tokens) = credential.tokens() {
            return Ok(Self::Rotating {
                tokens,
                last: Mutex::default(),
            });
        }
        let secret = Secret::new(credential)?;
        transport.register(&secret);
        Ok(Self::Static(secret))
    }

    /// Returns the static credential, if there is one.
    pub(super) fn api_key(&self) -> Option<String> {
        match self {
            Self::Static(secret) => Some(secret.as_str().to_owned()),
            Self::None | Self::Rotating { .. } => None,
        }
    }

    /// Returns the credential of the next attempt. Renews a token that is about to expire, which may take a while.
    pub(super) fn authorize(
        &self,
        transport: &Transport,
        wait: &TokenWait<'_>,
    ) -> Result<Option<AuthHeader>> {
        let (secret, version) = match self {
            Self::None => return Ok(None),
            Self::Static(secret) => (Arc::clone(secret), 0),
            Self::Rotating { tokens, last } => {
                let token = tokens.current(wait)?;
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                let known = last
                    .as_ref()
                    .filter(|(version, _)| *version == token.version);
                let secret = if let Some((_, secret)) = known {
                    Arc::clone(secret)
                } else {
                    let secret = Secret::new(&token.credential)?;
                    transport.register(&secret);
                    *last = Some((token.version, Arc::clone(&secret)));
                    secret
                };
                (secret, token.version)
            }
        };
        Ok(Some(AuthHeader { secret, version }))
    }

    /// Replaces a token that the service rejected. Returns false if there is no other one.
    pub(super) fn replace(&self, auth: &AuthHeader, wait: &TokenWait<'_>) -> Result<bool> {
        match self {
            Self::None | Self::Static(_) => Ok(false),
            Self::Rotating { tokens, .. } => tokens.replace(auth.version, wait),
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Authenticator([redacted])")
    }
}
