//! Groups, and who asks to join them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{count, optional_id, required_id, timestamp};
use crate::models::{GroupId, UserId};

/// A group. `Serialize` writes ids where the service writes paths such as `users/156`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// The name.
    pub display_name: String,
    /// What the group says about itself.
    #[serde(default)]
    pub description: Option<String>,
    /// Who owns it; nobody, if the owner left.
    #[serde(
        default,
        rename(deserialize = "owner"),
        deserialize_with = "optional_id"
    )]
    pub owner_id: Option<UserId>,
    /// How many members it has.
    #[serde(default, deserialize_with = "count")]
    pub member_count: Option<u64>,
    /// Whether anyone may join without asking.
    #[serde(default)]
    pub public_entry_allowed: Option<bool>,
    /// Whether it was locked for breaking the rules.
    #[serde(default)]
    pub locked: Option<bool>,
    /// Whether it has the verified badge.
    #[serde(default)]
    pub verified: Option<bool>,
    /// When it was made.
    #[serde(default, with = "timestamp::option")]
    pub create_time: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(default, with = "timestamp::option")]
    pub update_time: Option<OffsetDateTime>,
}

/// A user's wish to join a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupJoinRequest {
    /// Who wants to join.
    #[serde(rename(deserialize = "user"), deserialize_with = "required_id")]
    pub user_id: UserId,
    /// When they asked.
    #[serde(default, with = "timestamp::option")]
    pub create_time: Option<OffsetDateTime>,
}
