//! Roles of a group, and their permissions.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::RoleId;
use crate::models::serde_helpers::{count, is_none, small_count, timestamp};

/// A role of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupRole {
    /// Resource path, `groups/7/roles/9`.
    #[serde(skip_serializing_if = "is_none")]
    pub path: Option<String>,
    /// Role id.
    pub id: RoleId,
    /// Name of the role.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// Description of the role. Returned to the group's owner only.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Rank, from 0 (guests) to 255 (the owner).
    #[serde(
        default,
        deserialize_with = "small_count",
        skip_serializing_if = "is_none"
    )]
    pub rank: Option<u32>,
    /// Number of members with this role. Not returned for guests.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub member_count: Option<u64>,
    /// Permissions of the role. Returned to those who may see them.
    #[serde(skip_serializing_if = "is_none")]
    pub permissions: Option<GroupRolePermissions>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

/// The permissions of a role. `None` where the service does not return one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupRolePermissions {
    /// View the wall.
    #[serde(skip_serializing_if = "is_none")]
    pub view_wall_posts: Option<bool>,
    /// Post on the wall.
    #[serde(skip_serializing_if = "is_none")]
    pub create_wall_posts: Option<bool>,
    /// Delete posts from the wall.
    #[serde(skip_serializing_if = "is_none")]
    pub delete_wall_posts: Option<bool>,
    /// View the shout.
    #[serde(skip_serializing_if = "is_none")]
    pub view_group_shout: Option<bool>,
    /// Post the shout.
    #[serde(skip_serializing_if = "is_none")]
    pub create_group_shout: Option<bool>,
    /// Change the roles of lower-ranked members.
    #[serde(skip_serializing_if = "is_none")]
    pub change_rank: Option<bool>,
    /// Accept join requests.
    #[serde(skip_serializing_if = "is_none")]
    pub accept_requests: Option<bool>,
    /// Remove lower-ranked members.
    #[serde(skip_serializing_if = "is_none")]
    pub exile_members: Option<bool>,
    /// Manage allies and enemies.
    #[serde(skip_serializing_if = "is_none")]
    pub manage_relationships: Option<bool>,
    /// View the audit log.
    #[serde(skip_serializing_if = "is_none")]
    pub view_audit_log: Option<bool>,
    /// Spend the group's funds.
    #[serde(skip_serializing_if = "is_none")]
    pub spend_group_funds: Option<bool>,
    /// Advertise the group.
    #[serde(skip_serializing_if = "is_none")]
    pub advertise_group: Option<bool>,
    /// Create avatar items.
    #[serde(skip_serializing_if = "is_none")]
    pub create_avatar_items: Option<bool>,
    /// Manage avatar items.
    #[serde(skip_serializing_if = "is_none")]
    pub manage_avatar_items: Option<bool>,
    /// Manage the group's universes.
    #[serde(skip_serializing_if = "is_none")]
    pub manage_group_universes: Option<bool>,
    /// View the analytics of universes.
    #[serde(skip_serializing_if = "is_none")]
    pub view_universe_analytics: Option<bool>,
    /// Create API keys of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub create_api_keys: Option<bool>,
    /// Manage all API keys of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub manage_api_keys: Option<bool>,
    /// Ban lower-ranked members.
    #[serde(skip_serializing_if = "is_none")]
    pub ban_members: Option<bool>,
    /// View the forums.
    #[serde(skip_serializing_if = "is_none")]
    pub view_forums: Option<bool>,
    /// Manage forum categories.
    #[serde(skip_serializing_if = "is_none")]
    pub manage_categories: Option<bool>,
    /// Create forum posts.
    #[serde(skip_serializing_if = "is_none")]
    pub create_posts: Option<bool>,
    /// Lock forum posts.
    #[serde(skip_serializing_if = "is_none")]
    pub lock_posts: Option<bool>,
    /// Pin forum posts.
    #[serde(skip_serializing_if = "is_none")]
    pub pin_posts: Option<bool>,
    /// Remove forum posts.
    #[serde(skip_serializing_if = "is_none")]
    pub remove_posts: Option<bool>,
    /// Comment in forums.
    #[serde(skip_serializing_if = "is_none")]
    pub create_comments: Option<bool>,
    /// Remove forum comments.
    #[serde(skip_serializing_if = "is_none")]
    pub remove_comments: Option<bool>,
    /// Manage blocked words.
    #[serde(skip_serializing_if = "is_none")]
    pub manage_blocked_words: Option<bool>,
    /// View blocked words.
    #[serde(skip_serializing_if = "is_none")]
    pub view_blocked_words: Option<bool>,
    /// Bypass slow mode.
    #[serde(skip_serializing_if = "is_none")]
    pub bypass_slow_mode: Option<bool>,
}
