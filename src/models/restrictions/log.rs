//! The log of bans and unbans.

use std::time::Duration;

use serde::de::{Deserialize, Deserializer, IgnoredAny};
use serde::ser::{Serialize, SerializeMap, Serializer};
use time::OffsetDateTime;

use crate::models::serde_helpers::{
    duration, is_none, map_entries, null_to_default, optional_id, required_id, timestamp,
};
use crate::models::{PlaceId, UserId};

/// A ban or an unban in the log of a universe.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RestrictionLog {
    /// User who was banned or unbanned.
    #[serde(alias = "user", deserialize_with = "required_id")]
    pub user_id: UserId,
    /// Place. `None` if the change was about the whole universe.
    #[serde(
        default,
        alias = "place",
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub place_id: Option<PlaceId>,
    /// Moderator who banned or unbanned the user.
    #[serde(
        default,
        deserialize_with = "RestrictionModerator::optional",
        skip_serializing_if = "is_none"
    )]
    pub moderator: Option<RestrictionModerator>,
    /// Time of the change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Whether the user was banned after the change.
    #[serde(default, deserialize_with = "null_to_default")]
    pub active: bool,
    /// Start of the ban.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub start_time: Option<OffsetDateTime>,
    /// Length of the ban. `None` if it is permanent, or the user was unbanned.
    #[serde(default, with = "duration::option", skip_serializing_if = "is_none")]
    pub duration: Option<Duration>,
    /// Reason that only moderators see.
    #[serde(skip_serializing_if = "is_none")]
    pub private_reason: Option<String>,
    /// Reason that the user sees.
    #[serde(skip_serializing_if = "is_none")]
    pub display_reason: Option<String>,
    /// Kind of the restriction.
    #[serde(
        default,
        deserialize_with = "RestrictionType::optional",
        skip_serializing_if = "is_none"
    )]
    pub restriction_type: Option<RestrictionType>,
    /// Whether other accounts of the same person were left alone.
    #[serde(skip_serializing_if = "is_none")]
    pub exclude_alt_accounts: Option<bool>,
}

/// The moderator who banned or unbanned a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RestrictionModerator {
    /// A user, or an app or an API key of this user.
    User(UserId),
    /// A script in a game server.
    GameServerScript,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a moderator")]
struct ModeratorWire {
    #[serde(default, deserialize_with = "optional_id")]
    roblox_user: Option<UserId>,
    game_server_script: Option<IgnoredAny>,
}

impl RestrictionModerator {
    /// Reads a moderator. Returns `None` for an unknown kind.
    fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let wire = Option::<ModeratorWire>::deserialize(deserializer)?;
        Ok(wire.and_then(|wire| {
            let script = wire.game_server_script.map(|_| Self::GameServerScript);
            wire.roblox_user.map(Self::User).or(script)
        }))
    }
}

impl<'de> Deserialize<'de> for RestrictionModerator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let unknown = || D::Error::custom("a moderator without `robloxUser` or `gameServerScript`");
        Self::optional(deserializer)?.ok_or_else(unknown)
    }
}

impl Serialize for RestrictionModerator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::User(user) => map.serialize_entry("robloxUser", user)?,
            Self::GameServerScript => {
                map.serialize_entry("gameServerScript", &serde_json::Map::new())?;
            }
        }
        map.end()
    }
}

open_enum! {
    /// The kind of a restriction.
    RestrictionType,
    /// The user cannot join.
    GameJoin = "gameJoinRestriction",
}

/// The kind of a restriction as it is written here, or as the service writes it: the one field of an object.
#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "the type of a restriction")]
enum TypeWire {
    Name(RestrictionType),
    Object(#[serde(deserialize_with = "map_entries")] Vec<(String, IgnoredAny)>),
}

impl RestrictionType {
    fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(match Option::<TypeWire>::deserialize(deserializer)? {
            Some(TypeWire::Name(name)) => Some(name),
            Some(TypeWire::Object(fields)) => {
                fields.first().map(|(name, _)| Self::from(name.as_str()))
            }
            None => None,
        })
    }
}
