//! Game servers, and the values by which they can be filtered.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use crate::models::serde_helpers::{
    Keyed, by_name_or_number, count, duration, is_none, keyed_list, null_to_default,
    optional_float, optional_id, timestamp,
};
use crate::models::{JobId, NumberOrText, PlaceId, UserId};

/// A game server, running or shut down.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct GameServer {
    /// Server id.
    #[serde(skip_serializing_if = "is_none")]
    pub job_id: Option<JobId>,
    /// Place that the server runs.
    #[serde(deserialize_with = "optional_id", skip_serializing_if = "is_none")]
    pub place_id: Option<PlaceId>,
    /// Version of the place.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub place_version: Option<u64>,
    /// Version of the engine.
    #[serde(skip_serializing_if = "is_none")]
    pub engine_version: Option<String>,
    /// Time at which the server started.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time for which the server has been running.
    #[serde(with = "duration::option", skip_serializing_if = "is_none")]
    pub uptime: Option<Duration>,
    /// Memory in use, in bytes.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub memory_usage_bytes: Option<u64>,
    /// Frames per second.
    #[serde(deserialize_with = "optional_float", skip_serializing_if = "is_none")]
    pub frame_rate: Option<f64>,
    /// Number of players.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub occupancy: Option<u64>,
    /// Maximum number of players.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub max_occupancy: Option<u64>,
    /// Kind of the server. The service documents numbers from 0 to 5 without their meaning.
    #[serde(rename = "type", skip_serializing_if = "is_none")]
    pub server_type: Option<NumberOrText>,
    /// Whether the server has no room for more players.
    #[serde(skip_serializing_if = "is_none")]
    pub full: Option<bool>,
    /// Whether the server was shut down.
    #[serde(skip_serializing_if = "is_none")]
    pub shut_down: Option<bool>,
    /// State of the server, or the reason why it ended.
    #[serde(
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub status: Option<GameServerStatus>,
    /// Time at which the server ended.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub termination_time: Option<OffsetDateTime>,
    /// Players in the server.
    #[serde(deserialize_with = "null_to_default")]
    pub player_ids: Vec<UserId>,
}

open_enum! {
    /// The state of a game server, or the reason why it ended.
    GameServerStatus,
    /// The server is running.
    Active = "active" | "Active",
    /// The server was shut down.
    ShutDown = "shut_down" | "ShutDown",
    /// The creator restarted the server.
    Restarted = "restarted" | "Restarted",
    /// Roblox restarted the server.
    RobloxRestarted = "roblox_restarted" | "RobloxRestarted",
    /// The server crashed.
    Crashed = "crashed" | "Crashed",
    /// The server ran out of memory.
    OutOfMemory = "out_of_memory" | "OutOfMemory",
    /// The server was shut down by moderation.
    Moderated = "moderated" | "Moderated",
    /// The reason is not known yet.
    Pending = "pending" | "Pending",
    /// Not specified by the service.
    Unspecified = "unspecified" | "Unspecified",
}

/// The number of servers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServerCountResponse {
    #[serde(default, deserialize_with = "count")]
    pub(crate) total_count: Option<u64>,
}

/// A field by which servers can be filtered, and the values that occur.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ServerFilterOption {
    /// Field.
    #[serde(
        default = "ServerFilterField::unset",
        deserialize_with = "ServerFilterField::or_unset"
    )]
    pub field: ServerFilterField,
    /// Type of the values.
    #[serde(
        rename = "type",
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub value_type: Option<ServerFilterType>,
    /// Values that occur, as the service writes them.
    #[serde(default, deserialize_with = "null_to_default")]
    pub values: Vec<Value>,
}

open_enum! {
    /// A field by which servers can be filtered.
    ServerFilterField,
    /// Version of the engine.
    EngineVersion = "EngineVersion" | "engineVersion",
    /// Version of the place.
    PlaceVersion = "PlaceVersion" | "placeVersion",
    /// All fields.
    All = "ALL",
}

open_enum! {
    /// The type of the values of a field.
    ServerFilterType,
    /// Texts.
    String = "String",
    /// Numbers.
    Number = "Number",
}

impl ServerFilterField {
    /// Returns the placeholder of the field until the key of the map is read.
    fn unset() -> Self {
        Self::from("")
    }

    fn or_unset<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let field = by_name_or_number(deserializer)?;
        Ok(field.unwrap_or_else(Self::unset))
    }
}

impl Keyed for ServerFilterOption {
    fn set_key(&mut self, key: &str) -> Option<()> {
        if self.field.as_str().is_empty() {
            self.field = key.into();
        }
        Some(())
    }
}

/// The fields by which servers can be filtered.
#[derive(Debug, Deserialize)]
pub(crate) struct FilterOptionsResponse {
    #[serde(default, deserialize_with = "keyed_list")]
    pub(crate) filters: Vec<ServerFilterOption>,
}
