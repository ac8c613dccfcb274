//! What the older service of groups tells: people, shouts, pending groups, policies.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::CommunityTier;
use crate::models::serde_helpers::{count, timestamp};
use crate::models::{GroupId, NumberOrText, UserId};

/// A user, as far as a group's page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupUser {
    /// The id.
    pub user_id: UserId,
    /// The unique name.
    #[serde(default)]
    pub username: Option<String>,
    /// The name that others see.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Whether they have the verified badge.
    #[serde(default)]
    pub has_verified_badge: Option<bool>,
    /// A paid membership of former times; the service documents numbers from 0 to 4 without their meaning.
    #[serde(default)]
    pub builders_club_membership_type: Option<NumberOrText>,
}

/// The status of a group, which people call its shout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupShout {
    /// What it says.
    #[serde(default)]
    pub body: Option<String>,
    /// Who said it.
    #[serde(default)]
    pub poster: Option<GroupUser>,
    /// When the first one was made.
    #[serde(default, with = "timestamp::option")]
    pub created: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated: Option<OffsetDateTime>,
}

/// A group that a user asked to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PendingGroup {
    /// The id.
    pub id: GroupId,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// What the group says about itself.
    #[serde(default)]
    pub description: Option<String>,
    /// Who owns it; nobody, if the owner left.
    #[serde(default)]
    pub owner: Option<GroupUser>,
    /// Its status.
    #[serde(default)]
    pub shout: Option<GroupShout>,
    /// How many members it has.
    #[serde(default, deserialize_with = "count")]
    pub member_count: Option<u64>,
    /// Whether it is for people with a paid membership of former times.
    #[serde(default)]
    pub is_builders_club_only: Option<bool>,
    /// Whether anyone may join without asking.
    #[serde(default)]
    pub public_entry_allowed: Option<bool>,
    /// Whether it was locked for breaking the rules.
    #[serde(default)]
    pub is_locked: Option<bool>,
    /// Whether it has the verified badge.
    #[serde(default)]
    pub has_verified_badge: Option<bool>,
    /// Whether it has something like a forum, so that its members are called followers.
    #[serde(default)]
    pub has_social_modules: Option<bool>,
    /// How far it meets what the service asks of larger groups.
    #[serde(default)]
    pub community_tier: Option<CommunityTier>,
}

/// Whether the key's owner may see a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupPolicy {
    /// The group.
    pub group_id: GroupId,
    /// Whether it may be seen.
    #[serde(default)]
    pub can_view_group: Option<bool>,
}

open_enum! {
    /// What a user can be told about a group.
    GroupNotificationType,
    /// A new announcement.
    AnnouncementCreated = "AnnouncementCreatedNotification" | "0",
    /// A new post in the forum.
    ForumPostCreated = "ForumPostCreatedNotification" | "1",
    /// A new comment in the forum.
    ForumCommentCreated = "ForumCommentCreatedNotification" | "2",
    /// A new reply to a comment in the forum.
    ForumCommentReplyCreated = "ForumCommentReplyCreatedNotification" | "3",
    /// Something new in the forum for those who subscribed.
    ForumSubscriber = "ForumSubscriberNotification" | "4",
}

impl GroupNotificationType {
    /// The value as the service wants it: a number, where one is known.
    pub(crate) fn code(&self) -> NumberOrText {
        let number = match self {
            Self::AnnouncementCreated => Ok(0),
            Self::ForumPostCreated => Ok(1),
            Self::ForumCommentCreated => Ok(2),
            Self::ForumCommentReplyCreated => Ok(3),
            Self::ForumSubscriber => Ok(4),
            Self::Unknown(text) => text.as_str().parse(),
        };
        number.map_or_else(|_| self.as_str().into(), NumberOrText::Number)
    }
}

open_enum! {
    /// What became of a preference.
    GroupNotificationChange,
    /// It was like that before.
    Unchanged = "Unchanged" | "0",
    /// There was none before.
    Created = "Created" | "1",
    /// There is none any more.
    Deleted = "Deleted" | "2",
    /// It was another one before.
    Updated = "Updated" | "3",
}
