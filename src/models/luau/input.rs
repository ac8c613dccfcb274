//! Binary inputs of scripts.

use serde::{Deserialize, Serialize};

use crate::models::serde_helpers::{count, is_none};

/// Content that was uploaded for scripts. It can be given to scripts in all places of the universe, for 15 minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LuauInput {
    /// Path, such as `universes/13058/luau-execution-session-task-binary-inputs/…`.
    pub path: String,
    /// Number of bytes.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub size: Option<u64>,
}

impl LuauInput {
    pub(crate) fn uploaded(path: String, size: u64) -> Self {
        Self {
            path,
            size: Some(size),
        }
    }
}

/// An input whose content is still to be uploaded.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a binary input")]
pub(crate) struct InputResponse {
    pub(crate) path: String,
    pub(crate) upload_uri: String,
}
