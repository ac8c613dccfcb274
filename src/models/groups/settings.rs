//! How a group is set up.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::{Error, Result};
use crate::models::serde_helpers::{
    by_name_or_number, null_to_default, optional_signed, timestamp,
};
use crate::models::{GroupId, NumberOrText};

/// The settings of a group. `None` where the service does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct GroupSettings {
    /// Whether who wants to join must be let in.
    pub is_approval_required: Option<bool>,
    /// Whether a paid membership of former times is needed.
    pub is_builders_club_required: Option<bool>,
    /// Whether other groups can be declared enemies.
    pub are_enemies_allowed: Option<bool>,
    /// Whether everyone sees the funds.
    pub are_group_funds_visible: Option<bool>,
    /// Whether everyone sees the universes.
    pub are_group_games_visible: Option<bool>,
    /// Whether the group can be renamed.
    pub is_group_name_change_enabled: Option<bool>,
    /// How well members must be verified; the service documents numbers from 0 to 3 without their meaning.
    pub verification_level: Option<NumberOrText>,
    /// How old members' accounts must be; the service documents numbers from 0 to 5 without their meaning.
    pub account_tenure_requirement: Option<NumberOrText>,
    /// How slowly members must post: 0 is not at all, higher is slower.
    pub slowmode: Option<NumberOrText>,
    /// Whether everyone sees who is a member.
    pub is_member_list_visible_to_public: Option<bool>,
    /// Whether new members get no role by themselves.
    pub is_auto_assign_role_disabled: Option<bool>,
    /// How far the group meets what the service asks of larger ones.
    pub community_tier: Option<CommunityTier>,
}

/// How far a group meets what the service asks of larger ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CommunityTier {
    /// The group.
    pub group_id: Option<GroupId>,
    /// The tier now.
    #[serde(deserialize_with = "optional_signed")]
    pub current_tier: Option<i64>,
    /// The tier before.
    #[serde(deserialize_with = "optional_signed")]
    pub previous_tier: Option<i64>,
    /// When the tier changed.
    #[serde(with = "timestamp::option")]
    pub tier_updated_time: Option<OffsetDateTime>,
    /// When the service last looked.
    #[serde(with = "timestamp::option")]
    pub last_evaluated_time: Option<OffsetDateTime>,
    /// What the service asks for.
    #[serde(deserialize_with = "null_to_default")]
    pub requirements: Vec<CommunityTierRequirement>,
    /// What the group may do.
    pub capabilities: Option<CommunityTierCapabilities>,
}

/// Something that the service asks of a larger group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommunityTierRequirement {
    /// What it is.
    #[serde(default, deserialize_with = "by_name_or_number")]
    pub key: Option<CommunityTierRequirementKey>,
    /// Whether the group meets it.
    #[serde(default)]
    pub satisfied: Option<bool>,
}

/// What a group may do by its tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CommunityTierCapabilities {
    /// Whether it may send messages without restriction.
    pub is_eligible_for_unrestricted_messages: Option<bool>,
}

open_enum! {
    /// What the service asks of a larger group.
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

/// A change of a group's settings: what is not set here stays as it is.
///
/// ```
/// use rblx_open_cloud::models::GroupSettingsUpdate;
///
/// let change = GroupSettingsUpdate::new().approval_required(true).slowmode(1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct GroupSettingsUpdate {
    #[serde(skip_serializing_if = "Option::is_none")]
    is_approval_required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    are_enemies_allowed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    are_group_funds_visible: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    are_group_games_visible: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification_level: Option<NumberOrText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_tenure_requirement: Option<NumberOrText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slowmode: Option<NumberOrText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_member_list_visible_to_public: Option<bool>,
}

impl GroupSettingsUpdate {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets whether who wants to join must be let in.
    pub fn approval_required(mut self, yes: bool) -> Self {
        self.is_approval_required = Some(yes);
        self
    }

    /// Sets whether other groups can be declared enemies.
    pub fn enemies_allowed(mut self, yes: bool) -> Self {
        self.are_enemies_allowed = Some(yes);
        self
    }

    /// Sets whether everyone sees the funds.
    pub fn group_funds_visible(mut self, yes: bool) -> Self {
        self.are_group_funds_visible = Some(yes);
        self
    }

    /// Sets whether everyone sees the universes.
    pub fn group_games_visible(mut self, yes: bool) -> Self {
        self.are_group_games_visible = Some(yes);
        self
    }

    /// Sets how well members must be verified: a number from 0 to 3.
    pub fn verification_level(mut self, level: impl Into<NumberOrText>) -> Self {
        self.verification_level = Some(level.into());
        self
    }

    /// Sets how old members' accounts must be: a number from 0 to 5.
    pub fn account_tenure_requirement(mut self, level: impl Into<NumberOrText>) -> Self {
        self.account_tenure_requirement = Some(level.into());
        self
    }

    /// Sets how slowly members must post: 0 is not at all, higher is slower.
    pub fn slowmode(mut self, level: impl Into<NumberOrText>) -> Self {
        self.slowmode = Some(level.into());
        self
    }

    /// Sets whether everyone sees who is a member.
    pub fn member_list_visible_to_public(mut self, yes: bool) -> Self {
        self.is_member_list_visible_to_public = Some(yes);
        self
    }

    /// Refuses a change of nothing.
    pub(crate) fn validated(&self) -> Result<&Self> {
        if *self == Self::default() {
            return Err(Error::invalid_input(
                "the update of a group's settings changes nothing; set one of them",
            ));
        }
        Ok(self)
    }
}
