//! Settings of a group.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{
    by_name_or_number, is_none, null_to_default, optional_id, optional_signed, timestamp,
};
use crate::models::{GroupId, NumberOrText};

/// The settings of a group. `None` where the service does not return one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupSettings {
    /// Whether join requests must be accepted.
    #[serde(skip_serializing_if = "is_none")]
    pub is_approval_required: Option<bool>,
    /// Whether a former kind of paid membership is required.
    #[serde(skip_serializing_if = "is_none")]
    pub is_builders_club_required: Option<bool>,
    /// Whether other groups can be declared enemies.
    #[serde(skip_serializing_if = "is_none")]
    pub are_enemies_allowed: Option<bool>,
    /// Whether everyone can see the group's funds.
    #[serde(skip_serializing_if = "is_none")]
    pub are_group_funds_visible: Option<bool>,
    /// Whether everyone can see the group's universes.
    #[serde(skip_serializing_if = "is_none")]
    pub are_group_games_visible: Option<bool>,
    /// Whether the group can be renamed.
    #[serde(skip_serializing_if = "is_none")]
    pub is_group_name_change_enabled: Option<bool>,
    /// Verification that members need. The service documents numbers from 0 to 3 without their meaning.
    #[serde(skip_serializing_if = "is_none")]
    pub verification_level: Option<NumberOrText>,
    /// Minimum age of members' accounts. The service documents numbers from 0 to 5 without their meaning.
    #[serde(skip_serializing_if = "is_none")]
    pub account_tenure_requirement: Option<NumberOrText>,
    /// Slow mode of posts: 0 is off, higher is slower.
    #[serde(skip_serializing_if = "is_none")]
    pub slowmode: Option<NumberOrText>,
    /// Whether everyone can see the member list.
    #[serde(skip_serializing_if = "is_none")]
    pub is_member_list_visible_to_public: Option<bool>,
    /// Whether new members get no role automatically.
    #[serde(skip_serializing_if = "is_none")]
    pub is_auto_assign_role_disabled: Option<bool>,
    /// Community tier of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub community_tier: Option<CommunityTier>,
}

/// The community tier of a group: the requirements for larger groups, and which of them it meets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CommunityTier {
    /// Group.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub group_id: Option<GroupId>,
    /// Current tier.
    #[serde(deserialize_with = "optional_signed", skip_serializing_if = "is_none")]
    pub current_tier: Option<i64>,
    /// Previous tier.
    #[serde(deserialize_with = "optional_signed", skip_serializing_if = "is_none")]
    pub previous_tier: Option<i64>,
    /// Time at which the tier changed.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub tier_updated_time: Option<OffsetDateTime>,
    /// Time of the service's last evaluation.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_evaluated_time: Option<OffsetDateTime>,
    /// Requirements of the tier.
    #[serde(deserialize_with = "null_to_default")]
    pub requirements: Vec<CommunityTierRequirement>,
    /// Capabilities of the tier.
    #[serde(skip_serializing_if = "is_none")]
    pub capabilities: Option<CommunityTierCapabilities>,
}

/// A requirement of a community tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommunityTierRequirement {
    /// Requirement.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub key: Option<CommunityTierRequirementKey>,
    /// Whether the group meets it.
    #[serde(skip_serializing_if = "is_none")]
    pub satisfied: Option<bool>,
}

/// The capabilities of a community tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommunityTierCapabilities {
    /// Whether the group can send messages without restriction.
    #[serde(skip_serializing_if = "is_none")]
    pub is_eligible_for_unrestricted_messages: Option<bool>,
}

open_enum! {
    /// A requirement for larger groups.
    CommunityTierRequirementKey,
    /// The owner is not under moderation.
    OwnerModerationStatusOk = "OwnerModerationStatusOk" | "1",
    /// The owner's age was estimated.
    OwnerAgeEstimationVerified = "OwnerAgeEstimationVerified" | "2",
    /// The owner's identity is verified.
    OwnerIdVerified = "OwnerIdVerified" | "3",
    /// The owner uses two-step verification.
    OwnerTwoStepVerified = "OwnerTwoStepVerified" | "4",
    /// The group has enough players.
    CommunityMeetsPlayerRequirement = "CommunityMeetsPlayerRequirement" | "5",
}

change! {
    /// An update of a group's settings. Only the fields that are set change.
    ///
    /// ```
    /// use rblx_open_cloud::models::GroupSettingsUpdate;
    ///
    /// let update = GroupSettingsUpdate::new().approval_required(true).slowmode(1);
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[serde(transparent)]
    GroupSettingsUpdate: "the update of a group's settings",
    /// Sets whether join requests must be accepted.
    approval_required = "isApprovalRequired": bool,
    /// Sets whether other groups can be declared enemies.
    enemies_allowed = "areEnemiesAllowed": bool,
    /// Sets whether everyone can see the group's funds.
    group_funds_visible = "areGroupFundsVisible": bool,
    /// Sets whether everyone can see the group's universes.
    group_games_visible = "areGroupGamesVisible": bool,
    /// Sets the verification that members need: a number from 0 to 3.
    verification_level = "verificationLevel": into NumberOrText,
    /// Sets the minimum age of members' accounts: a number from 0 to 5.
    account_tenure_requirement = "accountTenureRequirement": into NumberOrText,
    /// Sets the slow mode of posts: 0 is off, higher is slower.
    slowmode = "slowmode": into NumberOrText,
    /// Sets whether everyone can see the member list.
    member_list_visible_to_public = "isMemberListVisibleToPublic": bool,
}
