//! Versions of an asset.

use serde::{Deserialize, Serialize};

use super::asset::{CreationContext, CreatorWire, ModerationResult};
use super::{Creator, ModerationState};
use crate::models::serde_helpers::{count, id_in_path, is_none};

/// A version of an asset.
///
/// `Serialize` writes a flat object with the names of the fields; `Deserialize` reads it, and the nested form of the
/// service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "AssetVersionWire")]
#[non_exhaustive]
pub struct AssetVersion {
    /// Resource path, `assets/123/versions/2`.
    pub path: String,
    /// Number of the version, if the path holds one.
    #[serde(skip_serializing_if = "is_none")]
    pub number: Option<u64>,
    /// User or group that created it.
    #[serde(skip_serializing_if = "is_none")]
    pub creator: Option<Creator>,
    /// State of moderation.
    #[serde(skip_serializing_if = "is_none")]
    pub moderation_state: Option<ModerationState>,
    /// Whether the version is published.
    #[serde(skip_serializing_if = "is_none")]
    pub published: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a version of an asset")]
struct AssetVersionWire {
    path: String,
    #[serde(default, deserialize_with = "count")]
    number: Option<u64>,
    creation_context: Option<CreationContext>,
    creator: Option<CreatorWire>,
    moderation_result: Option<ModerationResult>,
    moderation_state: Option<ModerationState>,
    published: Option<bool>,
}

impl From<AssetVersionWire> for AssetVersion {
    fn from(wire: AssetVersionWire) -> Self {
        let creator = wire.creator.and_then(CreatorWire::creator);
        let in_context = || wire.creation_context?.into_creator();
        let in_result = || wire.moderation_result?.moderation_state;
        Self {
            number: wire.number.or_else(|| id_in_path(&wire.path, "versions")),
            path: wire.path,
            creator: creator.or_else(in_context),
            moderation_state: wire.moderation_state.or_else(in_result),
            published: wire.published,
        }
    }
}
