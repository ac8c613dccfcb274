//! Which universes users follow.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{Timestamp, count, timestamp};
use crate::models::{UniverseId, UserId};

/// A universe that a user follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UniverseFollowing {
    /// The universe.
    pub universe_id: UniverseId,
    /// The user; nobody else than the one that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
}

/// A universe that a user follows, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FollowedUniverse {
    /// The universe.
    pub universe_id: UniverseId,
    /// When the user began to follow it.
    #[serde(default, with = "timestamp::option")]
    pub follow_time: Option<OffsetDateTime>,
}

/// Whether a user follows a universe, and may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FollowingStatus {
    /// Whether the user follows the universe.
    #[serde(alias = "IsFollowing")]
    pub is_following: bool,
    /// Whether the user may follow it.
    #[serde(alias = "CanFollow")]
    pub can_follow: bool,
    /// How many universes the user follows.
    #[serde(default, alias = "FollowingCountByType", deserialize_with = "count")]
    pub following_count_by_type: Option<u64>,
    /// How many universes the user may follow.
    #[serde(default, alias = "FollowingLimitByType", deserialize_with = "count")]
    pub following_limit_by_type: Option<u64>,
}

/// The universes with their dates, as they come over the wire.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FollowedSources {
    #[serde(default)]
    followed_sources: Option<Sources>,
}

impl FollowedSources {
    pub(crate) fn into_universes(self) -> Vec<FollowedUniverse> {
        self.followed_sources.unwrap_or_default().0
    }
}

/// An object whose names are ids, in the order of the service.
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
        formatter.write_str("an object from universe to date")
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
