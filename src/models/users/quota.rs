//! How much a user may upload.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{count, timestamp};

/// How much of an upload limit a user has used up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AssetQuota {
    /// What is limited.
    #[serde(default)]
    pub quota_type: Option<QuotaType>,
    /// For which assets, as the service names them here: `AUDIO`, `DECAL` …
    #[serde(default)]
    pub asset_type: Option<String>,
    /// How many were used in this period.
    #[serde(default, deserialize_with = "count")]
    pub usage: Option<u64>,
    /// How many there are in a period.
    #[serde(default, deserialize_with = "count")]
    pub capacity: Option<u64>,
    /// The period.
    #[serde(default)]
    pub period: Option<QuotaPeriod>,
    /// When the next period begins.
    #[serde(default, with = "timestamp::option")]
    pub usage_reset_time: Option<OffsetDateTime>,
}

open_enum! {
    /// What a quota limits.
    QuotaType,
    /// The service does not tell.
    Unspecified = "QUOTA_TYPE_UNSPECIFIED",
    /// Uploads.
    Upload = "RATE_LIMIT_UPLOAD" | "RateLimitUpload",
    /// Offers in the creator store.
    CreatorStoreDistribute = "RATE_LIMIT_CREATOR_STORE_DISTRIBUTE" | "RateLimitCreatorStoreDistribute",
}

open_enum! {
    /// The period of a quota.
    QuotaPeriod,
    /// The service does not tell.
    Unspecified = "PERIOD_UNSPECIFIED",
    /// A day.
    Day = "DAY",
    /// A month.
    Month = "MONTH",
}

/// Which quotas to list.
///
/// ```
/// use rblx_open_cloud::models::{AssetQuotaFilter, AssetType};
///
/// let audio_uploads = AssetQuotaFilter::all().uploads().asset_type(AssetType::Audio);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct AssetQuotaFilter {
    quota_type: Option<&'static str>,
    asset_type: Option<crate::models::AssetType>,
}

impl AssetQuotaFilter {
    /// All quotas.
    pub fn all() -> Self {
        Self::default()
    }

    /// Quotas of uploads.
    pub fn uploads(mut self) -> Self {
        self.quota_type = Some("RateLimitUpload");
        self
    }

    /// Quotas of offers in the creator store.
    pub fn creator_store(mut self) -> Self {
        self.quota_type = Some("RateLimitCreatorStoreDistribute");
        self
    }

    /// Quotas of assets of this type.
    pub fn asset_type(mut self, asset_type: crate::models::AssetType) -> Self {
        self.asset_type = Some(asset_type);
        self
    }

    /// The value of the `filter` parameter. The service spells values otherwise here than in its answers.
    pub(crate) fn to_filter_string(self) -> crate::Result<Option<String>> {
        let asset_type = self
            .asset_type
            .as_ref()
            .map(crate::models::AssetType::as_str);
        // Another character would end the value and begin another condition.
        if let Some(odd) = asset_type.filter(|name| {
            name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }) {
            return Err(crate::Error::invalid_input(format!(
                "{odd:?} is no asset type"
            )));
        }
        let conditions = [("quotaType", self.quota_type), ("assetType", asset_type)];
        let conditions: Vec<String> = conditions
            .iter()
            .filter_map(|(field, value)| Some(format!("{field} == {}", (*value)?)))
            .collect();
        Ok((!conditions.is_empty()).then(|| conditions.join(" && ")))
    }
}
