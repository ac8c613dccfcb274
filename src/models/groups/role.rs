//! Roles of a group, and what they allow.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::RoleId;
use crate::models::serde_helpers::{count, timestamp};

/// A role of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupRole {
    /// The resource path, `groups/7/roles/9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The id.
    pub id: RoleId,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// What the role is for; for the owner's eyes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// From 0 (guests) to 255 (the owner).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// How many members have it; not told for guests.
    #[serde(
        default,
        deserialize_with = "count",
        skip_serializing_if = "Option::is_none"
    )]
    pub member_count: Option<u64>,
    /// What it allows; told only to those who may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<GroupRolePermissions>,
    /// When it was made.
    #[serde(
        default,
        with = "timestamp::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub create_time: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(
        default,
        with = "timestamp::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub update_time: Option<OffsetDateTime>,
}

/// What a role allows. `None` where the service does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct GroupRolePermissions {
    /// See the wall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_wall_posts: Option<bool>,
    /// Post on the wall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_wall_posts: Option<bool>,
    /// Delete posts of the wall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete_wall_posts: Option<bool>,
    /// See the shout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_group_shout: Option<bool>,
    /// Post the shout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_group_shout: Option<bool>,
    /// Change the roles of lower ranked members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_rank: Option<bool>,
    /// Accept join requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accept_requests: Option<bool>,
    /// Remove lower ranked members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exile_members: Option<bool>,
    /// Manage allies and enemies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_relationships: Option<bool>,
    /// See the audit log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_audit_log: Option<bool>,
    /// Spend the funds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spend_group_funds: Option<bool>,
    /// Advertise the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advertise_group: Option<bool>,
    /// Create avatar items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_avatar_items: Option<bool>,
    /// Manage avatar items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_avatar_items: Option<bool>,
    /// Manage the universes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_group_universes: Option<bool>,
    /// See the analytics of universes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_universe_analytics: Option<bool>,
    /// Create API keys of the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_api_keys: Option<bool>,
    /// Manage all API keys of the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_api_keys: Option<bool>,
    /// Ban lower ranked members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ban_members: Option<bool>,
    /// See the forums.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_forums: Option<bool>,
    /// Change forum categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_categories: Option<bool>,
    /// Create forum posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_posts: Option<bool>,
    /// Lock forum posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock_posts: Option<bool>,
    /// Pin forum posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin_posts: Option<bool>,
    /// Remove forum posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_posts: Option<bool>,
    /// Comment in forums.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_comments: Option<bool>,
    /// Remove comments of forums.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_comments: Option<bool>,
    /// Manage blocked words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_blocked_words: Option<bool>,
    /// See blocked words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_blocked_words: Option<bool>,
    /// Post without the slow mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bypass_slow_mode: Option<bool>,
}
