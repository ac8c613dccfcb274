//! Whom a request comes from: nobody, one credential for ever, or tokens that take each other's place.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::send::{Secret, Transport};
use crate::auth::{Credential, Tokens};
use crate::error::Result;

/// What the requests of a client carry.
pub(super) enum Identity {
    Nobody,
    Fixed(Arc<Secret>),
    Changing {
        tokens: Arc<dyn Tokens>,
        /// The one asked for last, with its number.
        last: Mutex<Option<(u64, Arc<Secret>)>>,
    },
}

/// What one attempt carries.
pub(super) struct Pass {
    pub(super) secret: Arc<Secret>,
    number: u64,
}

impl Identity {
    /// # Errors
    /// `InvalidInput` if the credential cannot stand in a header.
    pub(super) fn new(credential: Option<&Credential>, transport: &Transport) -> Result<Self> {
        let Some(credential) = credential else {
            return Ok(Self::Nobody);
        };
        if let Some(tokens) = credential.tokens() {
            return Ok(Self::Changing {
                tokens,
                last: Mutex::default(),
            });
        }
        let secret = Secret::new(credential)?;
        transport.register(&secret);
        Ok(Self::Fixed(secret))
    }

    /// For the next attempt. A token that is about to expire is replaced before, which may take a while.
    pub(super) fn pass(&self, transport: &Transport) -> Result<Option<Pass>> {
        let (secret, number) = match self {
            Self::Nobody => return Ok(None),
            Self::Fixed(secret) => (Arc::clone(secret), 0),
            Self::Changing { tokens, last } => {
                let token = tokens.current()?;
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                let known = last.as_ref().filter(|(number, _)| *number == token.number);
                let secret = if let Some((_, secret)) = known {
                    Arc::clone(secret)
                } else {
                    let secret = Secret::new(&token.credential)?;
                    transport.register(&secret);
                    *last = Some((token.number, Arc::clone(&secret)));
                    secret
                };
                (secret, token.number)
            }
        };
        Ok(Some(Pass { secret, number }))
    }

    /// Whether there is another token in place of this one, which the service refused.
    pub(super) fn replace(&self, pass: &Pass) -> Result<bool> {
        match self {
            Self::Nobody | Self::Fixed(_) => Ok(false),
            Self::Changing { tokens, .. } => tokens.replace(pass.number),
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Identity([redacted])")
    }
}
