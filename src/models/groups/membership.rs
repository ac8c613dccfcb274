//! Who is in a group.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{Text, id_in_path, id_or_path, timestamp};
use crate::models::{GroupId, RoleId, UserId};

/// A user's place in a group.
///
/// The service writes paths such as `groups/7/roles/9`; here stand the ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupMembership {
    /// The group.
    pub group_id: GroupId,
    /// The member.
    pub user_id: UserId,
    /// The role of the highest rank.
    pub role_id: RoleId,
    /// All roles; empty if the service does not list them.
    pub role_ids: Vec<RoleId>,
    /// When the user joined.
    #[serde(with = "timestamp::option")]
    pub create_time: Option<OffsetDateTime>,
    /// When the membership last changed.
    #[serde(with = "timestamp::option")]
    pub update_time: Option<OffsetDateTime>,
}

/// A membership as it comes over the wire.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a membership")]
struct MembershipWire<'a> {
    #[serde(borrow, default)]
    path: Option<Text<'a>>,
    #[serde(borrow)]
    user: Text<'a>,
    #[serde(borrow)]
    role: Text<'a>,
    #[serde(borrow, default)]
    roles: Option<Vec<Text<'a>>>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    update_time: Option<OffsetDateTime>,
}

impl<'de> Deserialize<'de> for GroupMembership {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = MembershipWire::deserialize(deserializer)?;
        let unclear = |field: &str, text: &str| {
            D::Error::custom(format!("field `{field}` holds no id: {text:?}"))
        };
        let role = |text: &Text<'_>| id_or_path(&text.0, "roles").map(RoleId::from);
        let path = wire.path.as_ref().map(|path| &*path.0).unwrap_or_default();
        // A role's path names the group as well.
        let group = id_in_path(path, "groups").or_else(|| id_in_path(&wire.role.0, "groups"));
        Ok(Self {
            group_id: group.map(GroupId::from).ok_or_else(|| match &wire.path {
                Some(path) => unclear("path", &path.0),
                None => D::Error::missing_field("path"),
            })?,
            user_id: id_or_path(&wire.user.0, "users")
                .map(UserId::from)
                .ok_or_else(|| unclear("user", &wire.user.0))?,
            role_id: role(&wire.role).ok_or_else(|| unclear("role", &wire.role.0))?,
            role_ids: (wire.roles.unwrap_or_default().iter())
                .map(|text| role(text).ok_or_else(|| unclear("roles", &text.0)))
                .collect::<Result<_, _>>()?,
            create_time: wire.create_time,
            update_time: wire.update_time,
        })
    }
}
