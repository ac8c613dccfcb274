//! Campaigns as the service returns them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::kinds::{
    AdAgeGroup, AdDevice, BidStrategy, BudgetType, CampaignObjective, CampaignPayment,
    CampaignState, DeliveryReason, DeliveryStatus,
};
use super::{BillingAccountId, CampaignId, MicroUsd};
use crate::models::serde_helpers::{count, is_none, null_to_default, optional_id, timestamp};
use crate::models::{AssetId, UniverseId};

/// A campaign that advertises an experience.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "a campaign")]
#[non_exhaustive]
pub struct Campaign {
    /// Id.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<CampaignId>,
    /// Name.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Goal.
    #[serde(skip_serializing_if = "is_none")]
    pub objective: Option<CampaignObjective>,
    /// Payment method.
    #[serde(skip_serializing_if = "is_none")]
    pub payment_type: Option<CampaignPayment>,
    /// Account that pays for it.
    #[serde(skip_serializing_if = "is_none")]
    pub billing_account_id: Option<BillingAccountId>,
    /// Experience that it advertises.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub target_universe_id: Option<UniverseId>,
    /// Images that it shows.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub creative_asset_ids: Vec<AssetId>,
    /// Budget.
    #[serde(skip_serializing_if = "is_none")]
    pub budget: Option<CampaignBudget>,
    /// Bid.
    #[serde(skip_serializing_if = "is_none")]
    pub bid: Option<CampaignBid>,
    /// Schedule.
    #[serde(skip_serializing_if = "is_none")]
    pub schedule: Option<CampaignSchedule>,
    /// Users that it is shown to.
    #[serde(skip_serializing_if = "is_none")]
    pub targeting: Option<CampaignTargeting>,
    /// State that its owner sets.
    #[serde(skip_serializing_if = "is_none")]
    pub status: Option<CampaignState>,
    /// Whether it is shown.
    #[serde(skip_serializing_if = "is_none")]
    pub delivery_status: Option<DeliveryStatus>,
    /// Reasons for the delivery status.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub delivery_status_reasons: Vec<DeliveryReason>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

/// The budget of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "a budget")]
#[non_exhaustive]
pub struct CampaignBudget {
    /// Time that the amount is for.
    #[serde(rename = "type", skip_serializing_if = "is_none")]
    pub budget_type: Option<BudgetType>,
    /// Amount.
    #[serde(rename = "amountMicros", skip_serializing_if = "is_none")]
    pub amount: Option<MicroUsd>,
    /// Lower amount that becomes valid later, if one is scheduled.
    #[serde(rename = "scheduledAmountMicros", skip_serializing_if = "is_none")]
    pub scheduled_amount: Option<MicroUsd>,
    /// Time at which the lower amount becomes valid.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub scheduled_effective_time: Option<OffsetDateTime>,
}

impl CampaignBudget {
    /// Creates a budget for each day.
    #[must_use]
    pub fn daily(amount: MicroUsd) -> Self {
        Self::new(BudgetType::Daily, amount)
    }

    /// Creates a budget for the whole campaign.
    #[must_use]
    pub fn lifetime(amount: MicroUsd) -> Self {
        Self::new(BudgetType::Lifetime, amount)
    }

    fn new(budget_type: BudgetType, amount: MicroUsd) -> Self {
        Self {
            budget_type: Some(budget_type),
            amount: Some(amount),
            ..Self::default()
        }
    }
}

/// The bid of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, expecting = "a bid")]
#[non_exhaustive]
pub struct CampaignBid {
    /// Strategy.
    #[serde(skip_serializing_if = "is_none")]
    pub strategy: Option<BidStrategy>,
}

/// The schedule of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "a schedule")]
#[non_exhaustive]
pub struct CampaignSchedule {
    /// Start.
    #[serde(with = "timestamp::in_utc::option", skip_serializing_if = "is_none")]
    pub start_time: Option<OffsetDateTime>,
    /// Number of days.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub duration_in_days: Option<u64>,
}

impl CampaignSchedule {
    /// Creates a schedule of up to 3,650 days. The start must not be in the past.
    #[must_use]
    pub fn new(start: OffsetDateTime, days: u32) -> Self {
        Self {
            start_time: Some(start),
            duration_in_days: Some(days.into()),
        }
    }
}

/// The users that a campaign is shown to. An empty list means everyone.
///
/// ```
/// use rblx_open_cloud::models::{AdAgeGroup, AdDevice, CampaignTargeting};
///
/// let targeting = CampaignTargeting::new().age_groups([AdAgeGroup::From18To24]).devices([AdDevice::Phone]).countries(["US"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "targeting")]
#[non_exhaustive]
pub struct CampaignTargeting {
    /// Age groups.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub age_groups: Vec<AdAgeGroup>,
    /// Countries by their two letters, such as `US`.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub countries: Vec<String>,
    /// Kinds of devices.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub devices: Vec<AdDevice>,
}

impl CampaignTargeting {
    /// Creates a targeting of everyone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the age groups.
    #[must_use]
    pub fn age_groups(mut self, groups: impl IntoIterator<Item = AdAgeGroup>) -> Self {
        self.age_groups = groups.into_iter().collect();
        self
    }

    /// Sets the countries.
    #[must_use]
    pub fn countries<S: Into<String>>(mut self, countries: impl IntoIterator<Item = S>) -> Self {
        self.countries = countries.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the kinds of devices.
    #[must_use]
    pub fn devices(mut self, devices: impl IntoIterator<Item = AdDevice>) -> Self {
        self.devices = devices.into_iter().collect();
        self
    }
}
