//! Memberships of groups.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{Text, id_in_path, id_or_path, is_none, optional_id, timestamp};
use crate::models::{GroupId, RoleId, UserId};

/// A user's membership of a group.
///
/// The service writes resource paths such as `groups/7/roles/9` where the fields hold ids.
#[doc(alias = "member")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupMembership {
    /// Group.
    pub group_id: GroupId,
    /// Member.
    pub user_id: UserId,
    /// Role of the highest rank; the first of the roles if the service does not say which one that is.
    pub role_id: RoleId,
    /// All roles. Empty if the service does not list them.
    pub role_ids: Vec<RoleId>,
    /// Time at which the user joined.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a membership")]
struct MembershipWire<'a> {
    #[serde(borrow)]
    path: Option<Text<'a>>,
    #[serde(default, deserialize_with = "optional_id")]
    group_id: Option<GroupId>,
    #[serde(borrow, alias = "userId")]
    user: Text<'a>,
    #[serde(borrow, alias = "roleId")]
    role: Option<Text<'a>>,
    #[serde(borrow, alias = "roleIds")]
    roles: Option<Vec<Text<'a>>>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    update_time: Option<OffsetDateTime>,
}

impl<'de> Deserialize<'de> for GroupMembership {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = MembershipWire::deserialize(deserializer)?;
        let role_ids = wire.role_ids()?;
        Ok(Self {
            group_id: wire.group_id()?,
            user_id: id("user", "users", &wire.user)?.into(),
            role_id: wire.role_id(&role_ids)?,
            role_ids,
            create_time: wire.create_time,
            update_time: wire.update_time,
        })
    }
}

impl<'a> MembershipWire<'a> {
    fn roles(&self) -> &[Text<'a>] {
        self.roles.as_deref().unwrap_or_default()
    }

    fn role_ids<E: Error>(&self) -> Result<Vec<RoleId>, E> {
        let mut ids = Vec::new();
        for role in self.roles() {
            ids.push(id("roles", "roles", role)?.into());
        }
        Ok(ids)
    }

    fn role_id<E: Error>(&self, role_ids: &[RoleId]) -> Result<RoleId, E> {
        match &self.role {
            Some(Text(role)) if role.is_empty() => None,
            Some(role) => Some(id("role", "roles", role)?.into()),
            None => None,
        }
        .or_else(|| role_ids.first().copied())
        .ok_or_else(|| E::missing_field("role"))
    }

    /// Returns the id of the group. The path of the membership names it, and so does that of a role.
    fn group_id<E: Error>(&self) -> Result<GroupId, E> {
        let mut paths = self.path.iter().chain(&self.role).chain(self.roles());
        let mut in_path = || paths.find_map(|Text(path)| id_in_path(path, "groups"));
        let group = self.group_id.or_else(|| in_path().map(GroupId::from));
        group.ok_or_else(|| match &self.path {
            Some(path) => no_id("path", path),
            None => E::missing_field("path"),
        })
    }
}

fn id<E: Error>(field: &str, collection: &str, text: &Text<'_>) -> Result<u64, E> {
    id_or_path(&text.0, collection).ok_or_else(|| no_id(field, text))
}

fn no_id<E: Error>(field: &str, Text(text): &Text<'_>) -> E {
    E::custom(format!("field `{field}` has no id: {text:?}"))
}
