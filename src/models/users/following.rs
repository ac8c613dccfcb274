//! Universes that users follow.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{Timestamp, count, is_none, optional_id, timestamp};
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
    followed_sources: Option<Sources>,
}

impl FollowedSources {
    pub(crate) fn into_universes(self) -> Vec<FollowedUniverse> {
        self.followed_sources.unwrap_or_default().0
    }
}

/// The universes in the order of the service.
#[derive(Default)]
struct Sources(Vec<FollowedUniverse>);

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SourcesVisitor)
    }
}

struct SourcesVisitor;

impl<'de> Visitor<'de> for SourcesVisitor {
    type Value = Sources;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object of dates by universe id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sources, A::Error> {
        let mut universes = Vec::new();
        while let Some((universe_id, Timestamp(follow_time))) = map.next_entry()? {
            universes.push(FollowedUniverse {
                universe_id,
                follow_time,
            });
        }
        Ok(Sources(universes))
    }
}
