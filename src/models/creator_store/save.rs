//! Saves: assets that the key's owner has saved.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{CreatorStoreAsset, StoreAsset, StoreAssetType, StoreSaveSort, StoreSortDirection};
use crate::error::Result;
use crate::models::AssetId;
use crate::models::params::Params;
use crate::models::serde_helpers::{integer, is_none, timestamp};

/// Maximum number of saves that one request removes.
pub(crate) const MAX_SAVES: usize = 5000;

/// An asset that the key's owner has saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreSave {
    /// Asset. `None` if it no longer exists.
    #[serde(rename = "creatorStoreAsset", skip_serializing_if = "is_none")]
    pub asset: Option<CreatorStoreAsset>,
    /// Whether the key's owner owns it.
    #[serde(skip_serializing_if = "is_none")]
    pub owned: Option<bool>,
    /// Time of the save.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub date_saved: Option<OffsetDateTime>,
}

/// Selects the saves to list, and their order.
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
    asset_type: Option<StoreAssetType>,
    asset_id: Option<AssetId>,
    keyword: Option<String>,
    hide_owned: Option<bool>,
    sort: Option<(StoreSaveSort, StoreSortDirection)>,
}

impl StoreSaveFilter {
    /// Selects all saves.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects assets of a type.
    pub fn asset_type(mut self, asset_type: StoreAssetType) -> Self {
        self.asset_type = Some(asset_type);
        self.asset_id = None;
        self
    }

    /// Selects one asset, to find out whether it was saved.
    pub fn asset(mut self, asset: StoreAsset) -> Self {
        self.asset_type = Some(asset.asset_type);
        self.asset_id = Some(asset.asset_id);
        self
    }

    /// Selects assets that match a keyword.
    pub fn keyword(mut self, keyword: impl Into<String>) -> Self {
        self.keyword = Some(keyword.into());
        self
    }

    /// Sets whether assets that the key's owner owns are left out.
    pub fn hide_owned(mut self, yes: bool) -> Self {
        self.hide_owned = Some(yes);
        self
    }

    /// Sets the order. The default is the time of the save.
    pub fn sort_by(mut self, sort: StoreSaveSort, direction: StoreSortDirection) -> Self {
        self.sort = Some((sort, direction));
        self
    }

    pub(crate) fn into_params(self) -> Result<Params> {
        let (sort, direction) = self.sort.unzip();
        Params::default()
            .with_known("targetType", self.asset_type.as_ref())?
            .with("targetId", self.asset_id)
            .with("keyword", self.keyword)
            .with("hideOwnedAssets", self.hide_owned)
            .with_known("sortBy", sort.as_ref())?
            .with_known("sortDirection", direction.as_ref())
    }
}

/// The response to the removal of several saves.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "how many saves were removed")]
pub(crate) struct SavesRemoved {
    #[serde(deserialize_with = "integer")]
    pub(crate) deleted_count: u64,
}
