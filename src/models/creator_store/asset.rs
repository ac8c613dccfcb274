//! Which asset: its kind and its id together, as the creator store wants them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::StoreAssetType;
use crate::models::AssetId;

/// An asset together with its kind, which the creator store needs to find it.
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
    /// The kind.
    pub asset_type: StoreAssetType,
    /// The id.
    pub asset_id: AssetId,
}

impl StoreAsset {
    /// An asset of this kind.
    #[must_use]
    pub fn new(asset_type: StoreAssetType, asset: impl Into<AssetId>) -> Self {
        Self {
            asset_type,
            asset_id: asset.into(),
        }
    }

    /// A model.
    #[must_use]
    pub fn model(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Model, asset)
    }

    /// A plugin of Studio.
    #[must_use]
    pub fn plugin(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Plugin, asset)
    }

    /// A sound.
    #[must_use]
    pub fn audio(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Audio, asset)
    }

    /// A picture.
    #[must_use]
    pub fn decal(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Decal, asset)
    }

    /// A mesh part.
    #[must_use]
    pub fn mesh_part(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::MeshPart, asset)
    }

    /// A video.
    #[must_use]
    pub fn video(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::Video, asset)
    }

    /// A font family.
    #[must_use]
    pub fn font_family(asset: impl Into<AssetId>) -> Self {
        Self::new(StoreAssetType::FontFamily, asset)
    }

    /// The field of a product that holds the id: `modelAssetId` for a `Model`.
    pub(super) fn field(&self) -> String {
        let mut letters = self.asset_type.as_str().chars();
        let first = letters.next().map(|letter| letter.to_ascii_lowercase());
        first
            .into_iter()
            .chain(letters)
            .chain("AssetId".chars())
            .collect()
    }

    /// The same the other way round; also for kinds that are new.
    pub(super) fn from_field(field: &str, asset: AssetId) -> Option<Self> {
        let mut letters = field.strip_suffix("AssetId")?.chars();
        let first = letters.next()?.to_ascii_uppercase();
        let name: String = std::iter::once(first).chain(letters).collect();
        Some(Self::new(StoreAssetType::from(&*name), asset))
    }
}

/// Identifies a product of the creator store: a text, made of the kind and the id of what it sells.
///
/// It can be had from a [`StoreAsset`], from the text that the service gave, or from a product's path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoreProductId(String);

impl StoreProductId {
    /// The id as the service writes it.
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
