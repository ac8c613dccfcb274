//! Universes that users follow.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{
    Timestamp, count, is_none, map_entries, optional_id, timestamp,
};
use crate::models::{UniverseId, UserId};

/// A universe that a user follows, as version 1 of the service returns it: without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UniverseFollowing {
    /// Universe that is followed.
    pub universe_id: UniverseId,
    /// User who follows it: the user of the list.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub user_id: Option<UserId>,
}

/// A universe that a user follows, with the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FollowedUniverse {
    /// Universe that is followed.
    pub universe_id: UniverseId,
    /// Time at which the user followed it.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub follow_time: Option<OffsetDateTime>,
}

/// Whether a user follows a universe, and whether they can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FollowingStatus {
    /// Whether the user follows the universe.
    #[serde(alias = "IsFollowing")]
    pub is_following: bool,
    /// Whether the user can follow it.
    #[serde(alias = "CanFollow")]
    pub can_follow: bool,
    /// Number of universes that the user follows.
    #[serde(
        default,
        alias = "FollowingCountByType",
        deserialize_with = "count",
        skip_serializing_if = "is_none"
    )]
    pub following_count_by_type: Option<u64>,
    /// Number of universes that the user can follow.
    #[serde(
        default,
        alias = "FollowingLimitByType",
        deserialize_with = "count",
        skip_serializing_if = "is_none"
    )]
    pub following_limit_by_type: Option<u64>,
}

/// The response with dates: an object whose names are universe ids.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FollowedSources {
    #[serde(default, deserialize_with = "map_entries")]
    followed_sources: Vec<(UniverseId, Timestamp)>,
}

impl FollowedSources {
    /// Returns the universes in the order of the service.
    pub(crate) fn into_universes(self) -> Vec<FollowedUniverse> {
        let sources = self.followed_sources.into_iter();
        sources
            .map(|(universe_id, Timestamp(follow_time))| FollowedUniverse {
                universe_id,
                follow_time,
            })
            .collect()
    }
}
