//! Upload quotas of users.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::AssetType;
use crate::models::open_enum::OpenEnum as _;
use crate::models::serde_helpers::{count, is_none, timestamp};

/// An upload quota of a user, and how much of it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AssetQuota {
    /// Action that is limited.
    #[serde(skip_serializing_if = "is_none")]
    pub quota_type: Option<QuotaType>,
    /// Asset type that is limited, in capital letters: `AUDIO`, `DECAL` …
    #[serde(skip_serializing_if = "is_none")]
    pub asset_type: Option<String>,
    /// Number of actions in this period.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub usage: Option<u64>,
    /// Maximum number of actions in a period.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub capacity: Option<u64>,
    /// Length of a period.
    #[serde(skip_serializing_if = "is_none")]
    pub period: Option<QuotaPeriod>,
    /// Start of the next period.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub usage_reset_time: Option<OffsetDateTime>,
}

open_enum! {
    /// The action that a quota limits.
    QuotaType,
    /// Not specified by the service.
    Unspecified = "QUOTA_TYPE_UNSPECIFIED",
    /// Uploads.
    Upload = "RATE_LIMIT_UPLOAD" | "RateLimitUpload",
    /// Offers in the creator store.
    CreatorStoreDistribute = "RATE_LIMIT_CREATOR_STORE_DISTRIBUTE" | "RateLimitCreatorStoreDistribute",
}

open_enum! {
    /// The period of a quota.
    QuotaPeriod,
    /// Not specified by the service.
    Unspecified = "PERIOD_UNSPECIFIED",
    /// A day.
    Day = "DAY",
    /// A month.
    Month = "MONTH",
}

/// Selects the quotas to list.
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
    asset_type: Option<AssetType>,
}

impl AssetQuotaFilter {
    /// Selects all quotas.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects quotas of uploads.
    pub fn uploads(mut self) -> Self {
        self.quota_type = Some("RateLimitUpload");
        self
    }

    /// Selects quotas of offers in the creator store.
    pub fn creator_store(mut self) -> Self {
        self.quota_type = Some("RateLimitCreatorStoreDistribute");
        self
    }

    /// Selects quotas of one asset type.
    pub fn asset_type(mut self, asset_type: AssetType) -> Self {
        self.asset_type = Some(asset_type);
        self
    }

    /// Returns the `filter` parameter. The service spells values differently here than in its responses.
    pub(crate) fn to_filter_string(&self) -> crate::Result<Option<String>> {
        let asset_type = self.asset_type.as_ref();
        let asset_type = asset_type.map(validated_asset_type).transpose()?;
        let conditions = [("quotaType", self.quota_type), ("assetType", asset_type)];
        let conditions: Vec<String> = conditions
            .iter()
            .filter_map(|(field, value)| Some(format!("{field} == {}", (*value)?)))
            .collect();
        Ok((!conditions.is_empty()).then(|| conditions.join(" && ")))
    }
}

fn validated_asset_type(asset_type: &AssetType) -> crate::Result<&str> {
    let name = asset_type.validated()?;
    // Any other character would end the value and start another condition.
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(crate::Error::invalid_input(format!(
            "{name:?} is not an asset type"
        )));
    }
    Ok(name)
}
