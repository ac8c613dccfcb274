//! Secrets, and the key pair that they are sealed for.
#![cfg_attr(
    not(feature = "secrets"),
    allow(
        clippy::needless_update,
        clippy::unused_self,
        reason = "without the feature there is no key pair"
    )
)]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::models::serde_helpers::base64;
use crate::sandbox::clock::timestamp;
use crate::sandbox::random::random_uuid;
#[cfg(feature = "secrets")]
use crate::secret_box::KeyPair;

/// The number of bytes that a sealed box adds to its content.
const SEAL_LENGTH: usize = 48;

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Secrets {
    pub(crate) by_id: BTreeMap<String, Secret>,
    /// Not saved, since saved secrets contain the opened content.
    #[serde(skip, default = "Key::new")]
    pub(crate) key: Key,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Secret {
    /// The content, opened. Empty without the feature `secrets`, which opens it.
    #[serde(with = "crate::sandbox::state::saved::bytes")]
    pub(crate) content: Vec<u8>,
    pub(crate) domain: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated: OffsetDateTime,
}

/// A key pair that is made when it is first needed.
#[derive(Default)]
pub(crate) struct Key {
    id: String,
    #[cfg(feature = "secrets")]
    pair: Option<KeyPair>,
}

impl Default for Secrets {
    fn default() -> Self {
        Self {
            by_id: BTreeMap::new(),
            key: Key::new(),
        }
    }
}

impl Key {
    pub(crate) fn new() -> Self {
        Self {
            id: random_uuid(),
            ..Self::default()
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    #[cfg(feature = "secrets")]
    fn pair(&mut self) -> &KeyPair {
        self.pair.get_or_insert_with(KeyPair::generate)
    }

    /// Returns the public key in base64.
    #[cfg(feature = "secrets")]
    pub(crate) fn public_key(&mut self) -> String {
        base64::encode(&self.pair().public_key())
    }

    /// Returns a placeholder: without the feature `secrets` the sandbox does not open sealed boxes.
    #[cfg(not(feature = "secrets"))]
    pub(crate) fn public_key(&mut self) -> String {
        base64::encode(&[9; 32])
    }

    /// Opens a sealed box in base64.
    pub(crate) fn open(&mut self, sealed: &str) -> Option<Vec<u8>> {
        let sealed = base64::decode(sealed).filter(|bytes| bytes.len() > SEAL_LENGTH)?;
        #[cfg(feature = "secrets")]
        return self.pair().open(&sealed);
        #[cfg(not(feature = "secrets"))]
        {
            drop(sealed);
            Some(Vec::new())
        }
    }
}

impl Secret {
    pub(crate) fn new(content: &[u8], domain: Option<&str>, now: OffsetDateTime) -> Self {
        Self {
            content: content.to_owned(),
            domain: domain.map(str::to_owned),
            created: now,
            updated: now,
        }
    }

    /// The content is never returned.
    pub(crate) fn to_json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "domain": self.domain,
            "create_time": timestamp(self.created),
            "update_time": timestamp(self.updated),
        })
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
