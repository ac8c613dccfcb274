//! Groups that a user has requested to join, and whether groups can be viewed.

use serde::{Deserialize, Serialize};

use super::{CommunityTier, GroupShout, GroupUser};
use crate::models::GroupId;
use crate::models::serde_helpers::{count, is_none};

/// A group that a user has requested to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PendingGroup {
    /// Group id.
    pub id: GroupId,
    /// Name of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Description of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Owner. `None` if the owner left the group.
    #[serde(
        default,
        deserialize_with = "GroupUser::optional",
        skip_serializing_if = "is_none"
    )]
    pub owner: Option<GroupUser>,
    /// Status of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub shout: Option<GroupShout>,
    /// Number of members.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub member_count: Option<u64>,
    /// Whether only users with a former kind of paid membership can join.
    #[serde(skip_serializing_if = "is_none")]
    pub is_builders_club_only: Option<bool>,
    /// Whether anyone can join without a join request.
    #[serde(skip_serializing_if = "is_none")]
    pub public_entry_allowed: Option<bool>,
    /// Whether the group was locked for breaking the rules.
    #[serde(skip_serializing_if = "is_none")]
    pub is_locked: Option<bool>,
    /// Whether the group has the verified badge.
    #[serde(skip_serializing_if = "is_none")]
    pub has_verified_badge: Option<bool>,
    /// Whether the group has social features such as a forum, so that its members are called followers.
    #[serde(skip_serializing_if = "is_none")]
    pub has_social_modules: Option<bool>,
    /// Community tier of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub community_tier: Option<CommunityTier>,
}

/// Whether the key's owner can view a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupPolicy {
    /// Group.
    pub group_id: GroupId,
    /// Whether the group can be viewed.
    #[serde(skip_serializing_if = "is_none")]
    pub can_view_group: Option<bool>,
}
