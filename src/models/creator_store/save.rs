//! What the key's owner has saved.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{CreatorStoreAsset, StoreAsset, StoreAssetType, StoreSaveSort, StoreSortDirection};
use crate::models::AssetId;
use crate::models::serde_helpers::{integer, timestamp};

/// The most saves that one request removes.
pub(crate) const MAX_SAVES: usize = 5000;

/// Something that was saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreSave {
    /// What was saved; nothing, if it is not there any more.
    #[serde(rename = "creatorStoreAsset")]
    pub asset: Option<CreatorStoreAsset>,
    /// Whether the key's owner owns it.
    pub owned: Option<bool>,
    /// When it was saved.
    #[serde(with = "timestamp::option")]
    pub date_saved: Option<OffsetDateTime>,
}

/// Which saves to list, and in which order.
///
/// ```
/// use rblx_open_cloud::models::{StoreAssetType, StoreSaveFilter, StoreSaveSort, StoreSortDirection};
///
/// let models = StoreSaveFilter::all()
///     .asset_type(StoreAssetType::Model)
///     .keyword("tree")
///     .sort_by(StoreSaveSort::Ratings, StoreSortDirection::Descending);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct StoreSaveFilter {
    pub(crate) asset_type: Option<StoreAssetType>,
    pub(crate) asset_id: Option<AssetId>,
    pub(crate) keyword: Option<String>,
    pub(crate) hide_owned: Option<bool>,
    pub(crate) sort: Option<(StoreSaveSort, StoreSortDirection)>,
}

impl StoreSaveFilter {
    /// Everything that was saved.
    pub fn all() -> Self {
        Self::default()
    }

    /// Assets of this kind.
    pub fn asset_type(mut self, asset_type: StoreAssetType) -> Self {
        self.asset_type = Some(asset_type);
        self.asset_id = None;
        self
    }

    /// This asset alone: was it saved?
    pub fn asset(mut self, asset: StoreAsset) -> Self {
        self.asset_type = Some(asset.asset_type);
        self.asset_id = Some(asset.asset_id);
        self
    }

    /// Assets to which this word belongs.
    pub fn keyword(mut self, keyword: impl Into<String>) -> Self {
        self.keyword = Some(keyword.into());
        self
    }

    /// Whether to leave out what the key's owner owns.
    pub fn hide_owned(mut self, yes: bool) -> Self {
        self.hide_owned = Some(yes);
        self
    }

    /// In this order; unless set, by when they were saved.
    pub fn sort_by(mut self, sort: StoreSaveSort, direction: StoreSortDirection) -> Self {
        self.sort = Some((sort, direction));
        self
    }
}

/// An asset as calls that save and remove name it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SaveTarget {
    pub(crate) target_type: StoreAssetType,
    /// A number here, and not a text.
    pub(crate) target_id: u64,
}

impl From<StoreAsset> for SaveTarget {
    fn from(asset: StoreAsset) -> Self {
        Self {
            target_type: asset.asset_type,
            target_id: asset.asset_id.get(),
        }
    }
}

/// The answer to the removal of several saves.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "how many saves were removed")]
pub(crate) struct SavesRemoved {
    #[serde(deserialize_with = "integer")]
    pub(crate) deleted_count: u64,
}
