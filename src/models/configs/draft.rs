//! Drafts: changes that are staged and not published yet.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::DraftHash;
use super::rules::ConditionalRules;
use crate::models::RawJson;
use crate::models::serde_helpers::{integer, is_none, non_empty_text, null_to_default};

/// The changes that are staged for publication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a draft")]
#[non_exhaustive]
pub struct ConfigDraft {
    /// Hash of the draft. A change or a publication that names it fails if the draft has a different one by then.
    #[serde(default, skip_serializing_if = "is_none")]
    pub draft_hash: Option<DraftHash>,
    /// Staged entries by their keys.
    #[serde(default, deserialize_with = "null_to_default")]
    pub entries: BTreeMap<String, DraftEntry>,
    /// Staged conditional rules, if there are any.
    #[serde(default, skip_serializing_if = "is_none")]
    pub conditional_rules: Option<ConditionalRules>,
}

/// A staged entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an entry of a draft")]
#[non_exhaustive]
pub struct DraftEntry {
    /// New value. `None` if the key is to be removed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub value: Option<RawJson>,
    /// Description.
    #[serde(default, skip_serializing_if = "is_none")]
    pub description: Option<String>,
}

/// The response to a change of a draft.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the hash of a draft")]
pub(crate) struct HashResponse {
    #[serde(deserialize_with = "required_hash")]
    pub(crate) draft_hash: DraftHash,
}

/// Reads a hash that is neither null nor empty.
fn required_hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DraftHash, D::Error> {
    let hash = non_empty_text(deserializer)?;
    hash.ok_or_else(|| D::Error::custom("`draftHash` of the response is empty"))
}

/// The response to a publication.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a published version")]
pub(crate) struct PublishResponse {
    #[serde(deserialize_with = "integer")]
    pub(crate) config_version: u64,
}
