//! Campaigns to create.

use serde::Serialize;

use super::campaign::{CampaignBudget, CampaignSchedule, CampaignTargeting};
use super::campaign_update::valid_days;
use super::kinds::{CampaignObjective, CampaignPayment};
use crate::error::{Error, Result};
use crate::models::open_enum::{OpenEnum as _, validate_all};
use crate::models::serde_helpers::is_none;
use crate::models::{AssetId, UniverseId};

/// A campaign to create. Its goal is [`CampaignObjective::Engagement`], the only one.
///
/// ```
/// use rblx_open_cloud::models::{CampaignBudget, CampaignPayment, CampaignSchedule, MicroUsd, NewCampaign};
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// let tomorrow = OffsetDateTime::now_utc() + Duration::days(1);
/// let schedule = CampaignSchedule::new(tomorrow, 7);
/// let budget = CampaignBudget::daily(MicroUsd::dollars(5));
/// let campaign = NewCampaign::new("Winter", 13_058, [9_876_543_210], budget, schedule, CampaignPayment::AdsCredit);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct NewCampaign {
    name: String,
    objective: CampaignObjective,
    payment_type: CampaignPayment,
    target_universe_id: UniverseId,
    creative_asset_ids: Vec<AssetId>,
    budget: CampaignBudget,
    schedule: CampaignSchedule,
    #[serde(skip_serializing_if = "is_none")]
    targeting: Option<CampaignTargeting>,
}

impl NewCampaign {
    /// Creates a campaign for an experience, which shows these assets of type `Image`.
    pub fn new<A: Into<AssetId>>(
        name: impl Into<String>,
        universe: impl Into<UniverseId>,
        images: impl IntoIterator<Item = A>,
        budget: CampaignBudget,
        schedule: CampaignSchedule,
        payment: CampaignPayment,
    ) -> Self {
        Self {
            name: name.into(),
            objective: CampaignObjective::Engagement,
            payment_type: payment,
            target_universe_id: universe.into(),
            creative_asset_ids: images.into_iter().map(Into::into).collect(),
            budget,
            schedule,
            targeting: None,
        }
    }

    /// Sets the users that it is shown to. They cannot be changed later.
    pub fn targeting(mut self, targeting: CampaignTargeting) -> Self {
        self.targeting = Some(targeting);
        self
    }

    pub(crate) fn validated(&self) -> Result<&Self> {
        if self.creative_asset_ids.is_empty() {
            return Err(Error::invalid_input("a campaign shows at least one image"));
        }
        self.payment_type.validated()?;
        validate_all(&self.budget.budget_type)?;
        if let Some(targeting) = &self.targeting {
            validate_all(&targeting.age_groups)?;
            validate_all(&targeting.devices)?;
        }
        valid_days(self.schedule.duration_in_days.unwrap_or_default())?;
        Ok(self)
    }
}
