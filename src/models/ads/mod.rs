//! Ads: campaigns, what they advertise, and who pays for them.

mod money;

mod campaign;
mod new_campaign;

mod campaign_update;

mod status;

mod options;

mod creative;

mod billing;

mod kinds;

mod ids;

pub use billing::{BillingAccount, BillingAccountStatus, BillingAccountType};
pub use campaign::{Campaign, CampaignBid, CampaignBudget, CampaignSchedule, CampaignTargeting};
pub use campaign_update::CampaignUpdate;
pub use creative::{AdCreative, AdCreativeModeration, AdCreativeSource, AdCreativeType};
pub use ids::{AdCreativeId, BillingAccountId, CampaignId};
pub use kinds::{
    AdAgeGroup, AdDevice, BidStrategy, BudgetType, CampaignObjective, CampaignPayment,
    CampaignState, DeliveryReason, DeliveryStatus,
};
pub use money::MicroUsd;
pub use new_campaign::NewCampaign;
pub(crate) use options::AdvertisableUniverses;
pub use options::{AdFormat, CampaignOptions, UniverseEligibility};
pub(crate) use status::status_request;
pub use status::{CampaignFailure, CampaignStatus, CampaignStatuses};
