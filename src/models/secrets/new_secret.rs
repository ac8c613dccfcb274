//! Contents of secrets to store.

use std::fmt;

use serde_json::Map;

#[cfg(feature = "secrets")]
use super::SecretKey;
use crate::error::{Error, Result};
use crate::http::SecretBody;
use crate::models::serde_helpers::base64;
#[cfg(feature = "secrets")]
use crate::secret_box::seal;

/// The number of bytes that a sealed box adds to its content.
const SEAL_LENGTH: usize = 48;

/// The content of a secret, and the domain that it may be sent to.
///
/// **Without a domain a secret can be sent nowhere**: scripts can only use it as a private key. `*` allows every domain.
///
/// ```
/// use rblx_open_cloud::models::NewSecret;
///
/// let sealed_elsewhere = NewSecret::sealed("U2VhbGVkIGJveCwgYXMgbGlic29kaXVtIG1ha2VzIGl0OyBhdCBsZWFzdCA0OCBieXRlcw==", "key-1")
///     .domain("*.example.com");
/// # assert!(!format!("{sealed_elsewhere:?}").contains("U2Vh"));
/// ```
#[derive(Clone)]
#[must_use]
pub struct NewSecret {
    content: Content,
    domain: Option<String>,
}

#[derive(Clone)]
enum Content {
    #[cfg(feature = "secrets")]
    Plain(SecretText),
    Sealed {
        sealed: String,
        key_id: String,
    },
}

/// The plain text of a secret. It appears in no error, no log and no `Debug` output, and is sealed before it is sent.
#[cfg(feature = "secrets")]
#[derive(Clone)]
pub struct SecretText(String);

impl NewSecret {
    /// Takes a plain text, which is sealed with the public key of the universe before it is sent.
    ///
    /// ```
    /// use rblx_open_cloud::models::NewSecret;
    ///
    /// let secret = NewSecret::plain("sk-live-4242").domain("api.example.com");
    /// assert!(!format!("{secret:?}").contains("4242"));
    /// ```
    #[cfg(feature = "secrets")]
    pub fn plain(text: impl Into<SecretText>) -> Self {
        Self::new(Content::Plain(text.into()))
    }

    /// Takes a content that was sealed elsewhere: a sealed box of libsodium in base64, and the id of the public key.
    pub fn sealed(base64: impl Into<String>, key_id: impl Into<String>) -> Self {
        Self::new(Content::Sealed {
            sealed: base64.into(),
            key_id: key_id.into(),
        })
    }

    fn new(content: Content) -> Self {
        Self {
            content,
            domain: None,
        }
    }

    /// Sets the domain that the secret may be sent to: one such as `api.example.com`, several such as `*.example.com`, or
    /// all, `*`. An update without it leaves the domain as it is.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Whether it has to be sealed.
    #[cfg(feature = "secrets")]
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.content, Content::Plain(_))
    }

    /// Seals a plain text with a key.
    #[cfg(feature = "secrets")]
    pub(crate) fn sealed_with(&self, key: &SecretKey) -> Result<SecretBody> {
        let Content::Plain(SecretText(text)) = &self.content else {
            return self.body();
        };
        if text.is_empty() {
            return Err(Error::invalid_input("the text of a secret cannot be empty"));
        }
        let sealed = base64::encode(&seal(&key.public_key, text.as_bytes())?);
        Ok(self.body_with(&sealed, &key.key_id).with_secret(text))
    }

    /// Returns the body for a content that was sealed elsewhere.
    pub(crate) fn body(&self) -> Result<SecretBody> {
        match &self.content {
            #[cfg(feature = "secrets")]
            Content::Plain(_) => Err(Error::invalid_input("the secret is not sealed")),
            Content::Sealed { sealed, key_id } => {
                let bytes = base64::decode(sealed).filter(|bytes| bytes.len() > SEAL_LENGTH);
                if bytes.is_none() {
                    return Err(Error::invalid_input(
                        "a sealed secret is base64 of a sealed box, which has more than 48 bytes",
                    ));
                }
                Ok(self.body_with(sealed, key_id))
            }
        }
    }

    fn body_with(&self, sealed: &str, key_id: &str) -> SecretBody {
        let fields = [
            ("secret", Some(sealed)),
            ("key_id", Some(key_id)),
            ("domain", self.domain.as_deref()),
        ];
        let mut object = Map::new();
        for (name, text) in fields {
            if let Some(text) = text {
                object.insert(name.to_owned(), text.into());
            }
        }
        SecretBody::object(object).with_secret(sealed)
    }
}

impl fmt::Debug for NewSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("NewSecret")
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "secrets")]
impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText([redacted])")
    }
}

#[cfg(feature = "secrets")]
impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(feature = "secrets")]
impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(feature = "secrets")]
impl From<&String> for SecretText {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}
