//! Restrictions as the service returns them.

use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{duration, id_in_path, is_none, optional_id, timestamp};
use crate::models::{PlaceId, UniverseId, UserId};

/// The restriction of a user in a universe or a place. It stays when a ban ends, with an inactive
/// [`game_join_restriction`](Self::game_join_restriction).
///
/// The service writes the ids in resource paths such as `universes/13058/places/90/user-restrictions/156`.
#[doc(alias = "ban")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UserRestriction {
    /// User.
    pub user_id: UserId,
    /// Universe.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Place. `None` if the restriction is about the whole universe.
    #[serde(skip_serializing_if = "is_none")]
    pub place_id: Option<PlaceId>,
    /// Ban of the user, active or not.
    #[serde(skip_serializing_if = "is_none")]
    pub game_join_restriction: Option<GameJoinRestriction>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

impl UserRestriction {
    /// Returns whether the user is banned.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.game_join_restriction
            .as_ref()
            .is_some_and(|restriction| restriction.active)
    }
}

/// A ban: the user cannot join, and is kicked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct GameJoinRestriction {
    /// Whether the user is banned.
    #[serde(deserialize_with = "crate::models::serde_helpers::null_to_default")]
    pub active: bool,
    /// Start of the ban.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub start_time: Option<OffsetDateTime>,
    /// Length of the ban. `None` if it is permanent.
    #[serde(with = "duration::option", skip_serializing_if = "is_none")]
    pub duration: Option<Duration>,
    /// Reason that only moderators see.
    #[serde(skip_serializing_if = "is_none")]
    pub private_reason: Option<String>,
    /// Reason that the user sees.
    #[serde(skip_serializing_if = "is_none")]
    pub display_reason: Option<String>,
    /// Whether other accounts of the same person are left alone.
    #[serde(skip_serializing_if = "is_none")]
    pub exclude_alt_accounts: Option<bool>,
    /// Whether the ban of a place is that of the whole universe.
    #[serde(skip_serializing_if = "is_none")]
    pub inherited: Option<bool>,
}

impl GameJoinRestriction {
    /// Returns the end of a temporary ban.
    #[must_use]
    pub fn end_time(&self) -> Option<OffsetDateTime> {
        let duration = time::Duration::try_from(self.duration?).ok()?;
        self.start_time?.checked_add(duration)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a user restriction")]
struct RestrictionWire {
    path: Option<String>,
    #[serde(default, alias = "userId", deserialize_with = "optional_id")]
    user: Option<UserId>,
    #[serde(default, deserialize_with = "optional_id")]
    universe_id: Option<UniverseId>,
    #[serde(default, deserialize_with = "optional_id")]
    place_id: Option<PlaceId>,
    game_join_restriction: Option<GameJoinRestriction>,
    #[serde(default, with = "timestamp::option")]
    update_time: Option<OffsetDateTime>,
}

impl<'de> Deserialize<'de> for UserRestriction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = RestrictionWire::deserialize(deserializer)?;
        let path = wire.path.as_deref().unwrap_or_default();
        let user = wire
            .user
            .or_else(|| id_in_path(path, "user-restrictions").map(UserId::from));
        let universe = || id_in_path(path, "universes").map(UniverseId::from);
        let place = || id_in_path(path, "places").map(PlaceId::from);
        Ok(Self {
            user_id: user.ok_or_else(|| D::Error::missing_field("user"))?,
            universe_id: wire.universe_id.or_else(universe),
            place_id: wire.place_id.or_else(place),
            game_join_restriction: wire.game_join_restriction,
            update_time: wire.update_time,
        })
    }
}
