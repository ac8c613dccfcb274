//! Who did what to a group.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{GroupAuditLogAction, GroupUser};
use crate::models::serde_helpers::{count, timestamp};
use crate::models::{NumberOrText, RoleId, UserId};

/// An entry of a group's audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupAuditLogEntry {
    /// Who did it.
    #[serde(default)]
    pub actor: Option<GroupAuditLogActor>,
    /// What was done.
    pub action_type: GroupAuditLogAction,
    /// What it was done to: an object whose fields depend on the action, such as `TargetId` and `TargetName`.
    #[serde(default)]
    pub description: serde_json::Value,
    /// When it was done.
    #[serde(with = "timestamp")]
    pub created: OffsetDateTime,
}

/// Who did something to a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupAuditLogActor {
    /// The user.
    #[serde(default)]
    pub user: Option<GroupUser>,
    /// Their role in the group.
    #[serde(default)]
    pub role: Option<GroupAuditLogRole>,
}

/// The role of somebody who did something to a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupAuditLogRole {
    /// The id.
    pub id: RoleId,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// What the role is for.
    #[serde(default)]
    pub description: Option<String>,
    /// From 0 (guests) to 255 (the owner).
    #[serde(default)]
    pub rank: Option<u32>,
    /// How many members have it.
    #[serde(default, deserialize_with = "count")]
    pub member_count: Option<u64>,
    /// Whether every member has it.
    #[serde(default)]
    pub is_base: Option<bool>,
    /// The color; the service documents numbers from 0 to 16 without their meaning.
    #[serde(default)]
    pub color: Option<NumberOrText>,
}

/// Which entries of an audit log to list, and in which order.
///
/// ```
/// use rblx_open_cloud::models::{GroupAuditLogAction, GroupAuditLogFilter};
///
/// let all = GroupAuditLogFilter::all();
/// let promotions = GroupAuditLogFilter::all().action(GroupAuditLogAction::ChangeRank).user(156).oldest_first();
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct GroupAuditLogFilter {
    pub(crate) action: Option<GroupAuditLogAction>,
    pub(crate) user: Option<UserId>,
    pub(crate) order: Option<&'static str>,
}

impl GroupAuditLogFilter {
    /// Every entry, in the order that the service chooses.
    pub fn all() -> Self {
        Self::default()
    }

    /// Only this action.
    pub fn action(mut self, action: GroupAuditLogAction) -> Self {
        self.action = Some(action);
        self
    }

    /// Only what this user did.
    pub fn user(mut self, user: impl Into<UserId>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// The oldest entry first.
    pub fn oldest_first(mut self) -> Self {
        self.order = Some("Asc");
        self
    }

    /// The newest entry first.
    pub fn newest_first(mut self) -> Self {
        self.order = Some("Desc");
        self
    }
}
