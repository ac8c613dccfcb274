//! Events as the service returns them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::kinds::{
    EventAudience, EventCategory, EventFeaturing, EventHostType, EventVisibility, RsvpStatus,
};
use crate::models::serde_helpers::{
    count, is_none, null_to_default, optional_id, optional_signed, timestamp,
};
use crate::models::{AssetId, EventId, GroupId, PlaceId, UniverseId, UserId};

/// An event of a universe. Fields that were not requested are `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an event")]
#[non_exhaustive]
pub struct VirtualEvent {
    /// Id.
    pub id: EventId,
    /// Title.
    #[serde(skip_serializing_if = "is_none")]
    pub title: Option<String>,
    /// Title in the language of the caller. Only on request; see [`EventField`](super::EventField).
    #[serde(skip_serializing_if = "is_none")]
    pub display_title: Option<String>,
    /// Subtitle.
    #[serde(skip_serializing_if = "is_none")]
    pub subtitle: Option<String>,
    /// Subtitle in the language of the caller. Only on request.
    #[serde(skip_serializing_if = "is_none")]
    pub display_subtitle: Option<String>,
    /// Description.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Description in the language of the caller. Only on request.
    #[serde(skip_serializing_if = "is_none")]
    pub display_description: Option<String>,
    /// Start.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub start_time: Option<OffsetDateTime>,
    /// End.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub end_time: Option<OffsetDateTime>,
    /// Universe that the event belongs to.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub universe_id: Option<UniverseId>,
    /// Place in which the event happens.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub place_id: Option<PlaceId>,
    /// Host.
    #[serde(skip_serializing_if = "is_none")]
    pub host: Option<EventHost>,
    /// Who can see the event.
    #[serde(skip_serializing_if = "is_none")]
    pub visibility: Option<EventVisibility>,
    /// Whether Roblox may feature the event.
    #[serde(skip_serializing_if = "is_none")]
    pub featuring_status: Option<EventFeaturing>,
    /// Tagline for the people at Roblox who decide whether to feature the event.
    #[serde(skip_serializing_if = "is_none")]
    pub tagline: Option<String>,
    /// Categories.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub categories: Vec<RankedCategory>,
    /// Thumbnails.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub thumbnails: Vec<EventThumbnail>,
    /// Whether all thumbnails of the request were stored. In responses to changes only.
    #[serde(skip_serializing_if = "is_none")]
    pub all_thumbnails_created: Option<bool>,
    /// Recurrence and notifications.
    #[serde(skip_serializing_if = "is_none")]
    pub config: Option<EventConfig>,
    /// Whether the caller attends.
    #[serde(skip_serializing_if = "is_none")]
    pub user_rsvp_status: Option<RsvpStatus>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

/// The host of an event: a user or a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the host of an event")]
#[non_exhaustive]
pub struct EventHost {
    /// Whether it is a user or a group.
    #[serde(skip_serializing_if = "is_none")]
    pub host_type: Option<EventHostType>,
    /// Id of the user or the group; [`user_id`](Self::user_id) and [`group_id`](Self::group_id) return it with its type.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub host_id: Option<u64>,
    /// Name. `None` if the service could not look it up.
    #[serde(skip_serializing_if = "is_none")]
    pub host_name: Option<String>,
    /// Whether the host has a verified badge. `None` if the service could not look it up.
    #[serde(skip_serializing_if = "is_none")]
    pub has_verified_badge: Option<bool>,
}

impl EventHost {
    /// Returns the id of the user, if the host is a user.
    #[must_use]
    pub fn user_id(&self) -> Option<UserId> {
        let is_user = self.host_type == Some(EventHostType::User);
        self.host_id.filter(|_| is_user).map(UserId::from)
    }

    /// Returns the id of the group, if the host is a group.
    #[must_use]
    pub fn group_id(&self) -> Option<GroupId> {
        let is_group = self.host_type == Some(EventHostType::Group);
        self.host_id.filter(|_| is_group).map(GroupId::from)
    }
}

/// A category of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a category of an event")]
#[non_exhaustive]
pub struct RankedCategory {
    /// Category.
    #[serde(skip_serializing_if = "is_none")]
    pub category: Option<EventCategory>,
    /// Rank: lower ones come first.
    #[serde(
        default,
        deserialize_with = "optional_signed",
        skip_serializing_if = "is_none"
    )]
    pub rank: Option<i64>,
}

/// A thumbnail of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a thumbnail of an event")]
#[non_exhaustive]
pub struct EventThumbnail {
    /// Image.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub media_id: Option<AssetId>,
    /// Rank: lower ones come first.
    #[serde(
        default,
        deserialize_with = "optional_signed",
        skip_serializing_if = "is_none"
    )]
    pub rank: Option<i64>,
}

/// Recurrence and notifications of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the settings of an event")]
#[non_exhaustive]
pub struct EventConfig {
    /// Recurrence, as a cron expression.
    #[serde(skip_serializing_if = "is_none")]
    pub recurrence: Option<String>,
    /// Latest time at which the event recurs.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub recurrence_end_time: Option<OffsetDateTime>,
    /// Who is notified.
    #[serde(skip_serializing_if = "is_none")]
    pub notification_audience: Option<EventAudience>,
}
