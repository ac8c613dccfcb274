//! Settings of Team Create.

use serde::{Deserialize, Serialize};

use crate::models::UniverseId;
use crate::models::serde_helpers::is_none;

/// Whether Team Create is enabled in a universe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "the Team Create settings of a universe"
)]
#[non_exhaustive]
pub struct TeamCreateSettings {
    /// Universe.
    #[serde(rename = "id")]
    pub universe_id: UniverseId,
    /// Whether several users can edit its places at once.
    #[serde(skip_serializing_if = "is_none")]
    pub is_enabled: Option<bool>,
}

/// The settings of one universe, as the service writes them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "Team Create settings")]
pub(crate) struct TeamCreateState {
    pub(crate) is_enabled: bool,
}
