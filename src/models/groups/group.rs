//! Groups, and requests to join them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{
    count, is_none, null_to_default, optional_id, required_id, timestamp,
};
use crate::models::{GroupId, UserId};

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Group {
    /// Group id.
    pub id: GroupId,
    /// Name of the group. Empty if the service does not report it.
    #[serde(default, deserialize_with = "null_to_default")]
    pub display_name: String,
    /// Description of the group.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Owner. `None` if the owner left the group.
    #[serde(
        default,
        alias = "owner",
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub owner_id: Option<UserId>,
    /// Number of members.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub member_count: Option<u64>,
    /// Whether anyone can join without a join request.
    #[serde(skip_serializing_if = "is_none")]
    pub public_entry_allowed: Option<bool>,
    /// Whether the group was locked for breaking the rules.
    #[serde(skip_serializing_if = "is_none")]
    pub locked: Option<bool>,
    /// Whether the group has the verified badge.
    #[serde(skip_serializing_if = "is_none")]
    pub verified: Option<bool>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

/// A user's request to join a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupJoinRequest {
    /// User who wants to join.
    #[serde(alias = "user", deserialize_with = "required_id")]
    pub user_id: UserId,
    /// Time of the request.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
}
