//! The audit log of a group.

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use super::{GroupAuditLogAction, GroupUser};
use crate::models::serde_helpers::{
    count, is_none, null_to_default, optional_id, small_count, timestamp,
};
use crate::models::{NumberOrText, RoleId, UserId};

/// An entry of a group's audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupAuditLogEntry {
    /// User who acted, with their role.
    #[serde(skip_serializing_if = "is_none")]
    pub actor: Option<GroupAuditLogActor>,
    /// Action.
    pub action_type: GroupAuditLogAction,
    /// Target of the action: an object whose fields depend on the action, such as `TargetId` and `TargetName`.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "serde_json::Value::is_null"
    )]
    pub description: serde_json::Value,
    /// Time of the action.
    #[serde(with = "timestamp")]
    pub created: OffsetDateTime,
}

/// The user behind an entry of an audit log, and their role in the group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupAuditLogActor {
    /// User. `None` if the service returns no id, as for deleted accounts.
    #[serde(
        default,
        deserialize_with = "GroupUser::optional",
        skip_serializing_if = "is_none"
    )]
    pub user: Option<GroupUser>,
    /// Role of the user in the group.
    #[serde(
        default,
        deserialize_with = "GroupAuditLogRole::optional",
        skip_serializing_if = "is_none"
    )]
    pub role: Option<GroupAuditLogRole>,
}

/// A role as the audit log shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "RoleWire")]
#[non_exhaustive]
pub struct GroupAuditLogRole {
    /// Role id.
    pub id: RoleId,
    /// Name of the role.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Description of the role.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Rank, from 0 (guests) to 255 (the owner).
    #[serde(skip_serializing_if = "is_none")]
    pub rank: Option<u32>,
    /// Number of members with this role.
    #[serde(skip_serializing_if = "is_none")]
    pub member_count: Option<u64>,
    /// Whether every member has this role.
    #[serde(skip_serializing_if = "is_none")]
    pub is_base: Option<bool>,
    /// Color. The service documents numbers from 0 to 16 without their meaning.
    #[serde(skip_serializing_if = "is_none")]
    pub color: Option<NumberOrText>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a role")]
struct RoleWire {
    #[serde(default, deserialize_with = "optional_id")]
    id: Option<RoleId>,
    name: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "small_count")]
    rank: Option<u32>,
    #[serde(default, deserialize_with = "count")]
    member_count: Option<u64>,
    is_base: Option<bool>,
    color: Option<NumberOrText>,
}

impl RoleWire {
    fn into_role(self) -> Option<GroupAuditLogRole> {
        Some(GroupAuditLogRole {
            id: self.id?,
            name: self.name,
            description: self.description,
            rank: self.rank,
            member_count: self.member_count,
            is_base: self.is_base,
            color: self.color,
        })
    }
}

impl TryFrom<RoleWire> for GroupAuditLogRole {
    type Error = &'static str;

    fn try_from(wire: RoleWire) -> Result<Self, Self::Error> {
        wire.into_role().ok_or("a role without `id`")
    }
}

impl GroupAuditLogRole {
    /// Reads a role. Returns `None` for one without an id.
    fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let wire = Option::<RoleWire>::deserialize(deserializer)?;
        Ok(wire.and_then(RoleWire::into_role))
    }
}

/// Selects the entries of an audit log to list, and their order.
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
    /// Selects every entry, in the service's order.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects one action.
    pub fn action(mut self, action: GroupAuditLogAction) -> Self {
        self.action = Some(action);
        self
    }

    /// Selects the actions of one user.
    pub fn user(mut self, user: impl Into<UserId>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Orders entries from the oldest to the newest.
    pub fn oldest_first(mut self) -> Self {
        self.order = Some("Asc");
        self
    }

    /// Orders entries from the newest to the oldest.
    pub fn newest_first(mut self) -> Self {
        self.order = Some("Desc");
        self
    }
}
