//! Secrets as the service returns them: everything but their content.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::{Error, Result};
use crate::models::SecretId;
use crate::models::serde_helpers::{is_none, timestamp};

/// A secret of a universe. The service never returns its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a secret")]
#[non_exhaustive]
pub struct Secret {
    /// Id, by which scripts name the secret.
    pub id: SecretId,
    /// Id of the key that the content was sealed with.
    #[serde(default, skip_serializing_if = "is_none")]
    pub key_id: Option<String>,
    /// Domain that the secret may be sent to, such as `api.example.com` or `*.example.com`. `*` is every domain; without one
    /// the secret cannot be sent anywhere.
    #[serde(default, skip_serializing_if = "is_none")]
    pub domain: Option<String>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

impl Secret {
    /// Creates a secret of which only the id is known.
    pub(crate) fn named(id: SecretId) -> Self {
        Self {
            id,
            key_id: None,
            domain: None,
            create_time: None,
            update_time: None,
        }
    }
}

/// The public key of a universe, which secrets are sealed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a public key")]
#[non_exhaustive]
pub struct SecretKey {
    /// Id of the key, which is sent with what is sealed with it.
    pub key_id: String,
    /// The key: 32 bytes in base64.
    #[serde(rename = "secret")]
    pub public_key: String,
}

/// Returns an id if the service accepts it: letters, digits and `_`, at most 64, and no digit at the start.
pub(crate) fn validated_id(id: &SecretId) -> Result<&str> {
    let text = id.validated()?;
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if !text.chars().all(is_word) || text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Err(Error::invalid_input(format!(
            "{text:?} is not the id of a secret: it has letters, digits and `_`, and does not begin with a digit"
        )));
    }
    Ok(text)
}
