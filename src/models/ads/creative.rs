//! Images of campaigns.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::AdCreativeId;
use crate::models::serde_helpers::{count, is_none, optional_id, timestamp};
use crate::models::{AssetId, UniverseId};

/// An image in the library of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "a creative")]
#[non_exhaustive]
pub struct AdCreative {
    /// Id of the entry.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<AdCreativeId>,
    /// Asset.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub asset_id: Option<AssetId>,
    /// Name of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub asset_name: Option<String>,
    /// Type of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub asset_type: Option<AdCreativeType>,
    /// Width in pixels.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub width: Option<u64>,
    /// Height in pixels.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub height: Option<u64>,
    /// Whether it is archived.
    #[serde(skip_serializing_if = "is_none")]
    pub is_archived: Option<bool>,
    /// State of moderation.
    #[serde(skip_serializing_if = "is_none")]
    pub moderation_status: Option<AdCreativeModeration>,
    /// Origin of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub source: Option<AdCreativeSource>,
    /// Experience that it belongs to.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Time at which it was added.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

open_enum! {
    /// The type of the asset of a creative.
    AdCreativeType,
    /// An image.
    Image = "IMAGE",
}

open_enum! {
    /// The state of moderation of a creative.
    AdCreativeModeration,
    /// It is being reviewed.
    PendingReview = "PENDING_REVIEW",
    /// It was approved.
    Approved = "APPROVED",
    /// It was rejected.
    Rejected = "REJECTED",
}

open_enum! {
    /// The origin of the asset of a creative.
    AdCreativeSource,
    /// It was uploaded.
    Upload = "UPLOAD",
    /// Roblox generated it.
    InHouseGenAi = "IN_HOUSE_GEN_AI",
}
