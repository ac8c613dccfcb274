//! Versions of entries, as v1 lists them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::RevisionId;
use crate::models::serde_helpers::{count, is_none, null_to_default, timestamp};

/// A version of an entry: what v1 calls a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EntryVersion {
    /// Id.
    pub version: RevisionId,
    /// Whether the version marks the entry as deleted.
    #[serde(default, deserialize_with = "null_to_default")]
    pub deleted: bool,
    /// Length of the value, in bytes.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub content_length: Option<u64>,
    /// Time at which the version was written.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created_time: Option<OffsetDateTime>,
    /// Time at which the entry was created.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub object_created_time: Option<OffsetDateTime>,
}
