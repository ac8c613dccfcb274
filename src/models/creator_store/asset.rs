//! Assets and products as the creator store identifies them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::StoreAssetType;
use crate::models::AssetId;

/// An asset with its type, which the creator store needs to find it.
///
/// ```
/// use rblx_open_cloud::models::{StoreAsset, StoreProductId};
///
/// let tree = StoreAsset::model(16_989_381_169);
/// assert_eq!(StoreProductId::from(tree).as_str(), "CreatorMarketplaceAsset-Model-16989381169");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreAsset {
    /// Asset type.
    pub asset_type: StoreAssetType,
    /// Asset id.
    pub asset_id: AssetId,
}

impl StoreAsset {
    /// Creates an asset of a type.
    #[must_use]
    pub fn new(asset_type: StoreAssetType, asset: impl Into<AssetId>) -> Self {
        Self {
            asset_type,
            asset_id: asset.into(),
        }
    }

    /// Creates a model.
    #[must_use]
    pub fn model(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Model, asset)
    }

    /// Creates a Studio plugin.
    #[must_use]
    pub fn plugin(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Plugin, asset)
    }

    /// Creates a sound.
    #[must_use]
    pub fn audio(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Audio, asset)
    }

    /// Creates a decal.
    #[must_use]
    pub fn decal(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Decal, asset)
    }

    /// Creates a mesh part.
    #[must_use]
    pub fn mesh_part(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::MeshPart, asset)
    }

    /// Creates a video.
    #[must_use]
    pub fn video(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Video, asset)
    }

    /// Creates a font family.
    #[must_use]
    pub fn font_family(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::FontFamily, asset)
    }

    /// Returns the field of a product that has the id: `modelAssetId` for a `Model`.
    pub(super) fn field(&self) -> String {
        let mut letters = self.asset_type.as_str().chars();
        let first = letters.next().map(|letter| letter.to_ascii_lowercase());
        first
            .into_iter()
            .chain(letters)
            .chain("AssetId".chars())
            .collect()
    }

    /// Returns the asset in a field of a product, also for unknown types.
    pub(super) fn from_field(field: &str, asset: AssetId) -> Option<Self> {
        let mut letters = field.strip_suffix("AssetId")?.chars();
        let first = letters.next()?.to_ascii_uppercase();
        let name: String = std::iter::once(first).chain(letters).collect();
        Some(Self::new(StoreAssetType::from(&*name), asset))
    }
}

/// Identifies a product of the creator store: a text that consists of the type and the id of its asset.
///
/// Converts from a [`StoreAsset`], from the text of the service, and from a product's path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoreProductId(String);

impl StoreProductId {
    /// Returns the id as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for StoreProductId {
    fn from(text: &str) -> Self {
        let id = text.trim_start_matches('/');
        Self(
            id.strip_prefix("creator-store-products/")
                .unwrap_or(id)
                .to_owned(),
        )
    }
}

impl From<String> for StoreProductId {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&Self> for StoreProductId {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

impl From<&StoreAsset> for StoreProductId {
    fn from(asset: &StoreAsset) -> Self {
        Self(format!(
            "CreatorMarketplaceAsset-{}-{}",
            asset.asset_type, asset.asset_id
        ))
    }
}

impl From<StoreAsset> for StoreProductId {
    fn from(asset: StoreAsset) -> Self {
        Self::from(&asset)
    }
}

impl fmt::Display for StoreProductId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}
