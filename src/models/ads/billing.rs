//! Accounts that pay for campaigns.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::BillingAccountId;
use crate::models::serde_helpers::{is_none, timestamp};

/// An account that pays for campaigns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "a billing account")]
#[non_exhaustive]
pub struct BillingAccount {
    /// Id.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<BillingAccountId>,
    /// Name.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// Organization that owns it.
    #[serde(skip_serializing_if = "is_none")]
    pub organization_id: Option<String>,
    /// State.
    #[serde(skip_serializing_if = "is_none")]
    pub status: Option<BillingAccountStatus>,
    /// Time zone of its days, such as `America/Los_Angeles`.
    #[serde(skip_serializing_if = "is_none")]
    pub time_zone: Option<String>,
    /// Type.
    #[serde(rename = "type", skip_serializing_if = "is_none")]
    pub account_type: Option<BillingAccountType>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

open_enum! {
    /// The state of a billing account.
    BillingAccountStatus,
    /// It can be used.
    Active = "ACTIVE",
    /// It is disabled.
    Disabled = "DISABLED",
    /// It is archived.
    Archived = "ARCHIVED",
}

open_enum! {
    /// The type of a billing account.
    BillingAccountType,
    /// Operated by the advertiser.
    SelfService = "SELF_SERVICE",
    /// Operated by Roblox for an advertiser.
    Managed = "MANAGED",
    /// Operated by Roblox for itself.
    Internal = "INTERNAL",
}
