//! The status of a group, which people call its shout, and the users that version 1 of the service returns.

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{is_none, optional_id, timestamp};
use crate::models::{NumberOrText, UserId};

/// A user as a group's page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "GroupUserWire")]
#[non_exhaustive]
pub struct GroupUser {
    /// User id.
    pub user_id: UserId,
    /// Unique username.
    #[serde(skip_serializing_if = "is_none")]
    pub username: Option<String>,
    /// Display name, which is not unique.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// Whether the user has the verified badge.
    #[serde(skip_serializing_if = "is_none")]
    pub has_verified_badge: Option<bool>,
    /// A former kind of paid membership. The service documents numbers from 0 to 4 without their meaning.
    #[serde(skip_serializing_if = "is_none")]
    pub builders_club_membership_type: Option<NumberOrText>,
}

impl GroupUser {
    /// Reads a user. Returns `None` for one without an id, which the service writes for deleted accounts.
    pub(super) fn optional<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        let wire = Option::<GroupUserWire>::deserialize(deserializer)?;
        Ok(wire.and_then(GroupUserWire::into_user))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a user")]
struct GroupUserWire {
    #[serde(default, deserialize_with = "optional_id")]
    user_id: Option<UserId>,
    username: Option<String>,
    display_name: Option<String>,
    has_verified_badge: Option<bool>,
    builders_club_membership_type: Option<NumberOrText>,
}

impl GroupUserWire {
    fn into_user(self) -> Option<GroupUser> {
        Some(GroupUser {
            user_id: self.user_id?,
            username: self.username,
            display_name: self.display_name,
            has_verified_badge: self.has_verified_badge,
            builders_club_membership_type: self.builders_club_membership_type,
        })
    }
}

impl TryFrom<GroupUserWire> for GroupUser {
    type Error = &'static str;

    fn try_from(wire: GroupUserWire) -> Result<Self, Self::Error> {
        wire.into_user().ok_or("a user without `userId`")
    }
}

/// The status of a group, which people call its shout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupShout {
    /// Text of the status.
    #[serde(skip_serializing_if = "is_none")]
    pub body: Option<String>,
    /// User who posted it.
    #[serde(
        default,
        deserialize_with = "GroupUser::optional",
        skip_serializing_if = "is_none"
    )]
    pub poster: Option<GroupUser>,
    /// Creation time of the group's first status.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub updated: Option<OffsetDateTime>,
}
