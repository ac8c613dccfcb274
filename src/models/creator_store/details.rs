//! Details of assets in the creator store.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{StoreAudioType, StoreLinkType, StoreModelSubType};
use crate::models::serde_helpers::{
    by_name_or_number, count, is_none, null_to_default, optional_id, timestamp,
};
use crate::models::{AssetId, UniverseId};

/// Details of an asset in the creator store. Many fields are returned for some asset types only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreAssetDetails {
    /// Asset id.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub id: Option<AssetId>,
    /// Name of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Description of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Asset type as a number of the platform: 3 is a sound, 10 a model, 38 a plugin …
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub asset_type_id: Option<u64>,
    /// Category, such as `3d__characters`.
    #[serde(skip_serializing_if = "is_none")]
    pub category_path: Option<String>,
    /// Experience in which the asset was created.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub creating_universe_id: Option<UniverseId>,
    /// Social links.
    #[serde(deserialize_with = "null_to_default")]
    pub social_links: Vec<StoreSocialLink>,
    /// Preview assets.
    #[serde(skip_serializing_if = "is_none")]
    pub preview_assets: Option<StorePreviews>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
    /// Duration of a sound, in seconds.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub duration_seconds: Option<u64>,
    /// Type of a sound.
    #[serde(skip_serializing_if = "is_none")]
    pub audio_type: Option<StoreAudioType>,
    /// Artist of a sound.
    #[serde(skip_serializing_if = "is_none")]
    pub artist: Option<String>,
    /// Title of a sound.
    #[serde(skip_serializing_if = "is_none")]
    pub title: Option<String>,
    /// Album of music.
    #[serde(skip_serializing_if = "is_none")]
    pub album: Option<String>,
    /// Genre of music.
    #[serde(skip_serializing_if = "is_none")]
    pub genre: Option<String>,
    /// Category of a sound effect.
    #[serde(skip_serializing_if = "is_none")]
    pub category: Option<String>,
    /// Subcategory of a sound effect.
    #[serde(skip_serializing_if = "is_none")]
    pub subcategory: Option<String>,
    /// Texture of a decal or mesh part.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub texture_id: Option<AssetId>,
    /// Mesh of a mesh part.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub mesh_id: Option<AssetId>,
    /// Subtypes of a model.
    #[serde(deserialize_with = "null_to_default")]
    pub sub_types: Vec<StoreModelSubType>,
    /// Whether a model or plugin contains scripts.
    #[serde(skip_serializing_if = "is_none")]
    pub has_scripts: Option<bool>,
    /// Number of scripts in a model or plugin.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub script_count: Option<u64>,
    /// Size of a model's meshes.
    #[serde(skip_serializing_if = "is_none")]
    pub object_mesh_summary: Option<StoreMeshSummary>,
    /// Numbers of instances in a model.
    #[serde(skip_serializing_if = "is_none")]
    pub instance_counts: Option<StoreInstanceCounts>,
    /// Capabilities of a model's scripts.
    #[serde(skip_serializing_if = "is_none")]
    pub capabilities: Option<StoreCapabilities>,
}

/// A social link of an asset in the creator store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreSocialLink {
    /// Platform of the link.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub link_type: Option<StoreLinkType>,
    /// URL.
    #[serde(skip_serializing_if = "is_none")]
    pub url: Option<String>,
    /// Title of the link.
    #[serde(skip_serializing_if = "is_none")]
    pub title: Option<String>,
}

/// The preview assets of an asset in the creator store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StorePreviews {
    /// Pictures, in order.
    #[serde(rename = "imagePreviewAssets", deserialize_with = "null_to_default")]
    pub images: Vec<AssetId>,
    /// Videos, in order.
    #[serde(rename = "videoPreviewAssets", deserialize_with = "null_to_default")]
    pub videos: Vec<AssetId>,
}

/// The size of a model's meshes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct StoreMeshSummary {
    /// Number of triangles.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub triangles: Option<u64>,
    /// Number of vertices.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub vertices: Option<u64>,
}

/// The numbers of instances in a model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreInstanceCounts {
    /// Number of scripts.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub script: Option<u64>,
    /// Number of mesh parts.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub mesh_part: Option<u64>,
    /// Number of animations.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub animation: Option<u64>,
    /// Number of decals.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub decal: Option<u64>,
    /// Number of sounds.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub audio: Option<u64>,
    /// Number of tools.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub tool: Option<u64>,
}

/// The capabilities of a model's scripts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreCapabilities {
    /// Whether the model is sandboxed when it is inserted.
    #[serde(skip_serializing_if = "is_none")]
    pub should_sandbox: Option<bool>,
}
