//! Restarts of game servers, and their state.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::PlaceVersions;
use crate::models::serde_helpers::{
    Keyed, by_name_or_number, count, is_none, keyed_list, null_to_default, optional_id, parse_u64,
    timestamp,
};
use crate::models::{PlaceId, RestartId, UniverseId};

/// The state of a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RestartStatus {
    /// Restart id.
    #[serde(default = "no_restart")]
    pub id: RestartId,
    /// Universe.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub universe_id: Option<UniverseId>,
    /// Time at which the restart was launched.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub scheduled_time: Option<OffsetDateTime>,
    /// Time at which the servers begin to close.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub start_time: Option<OffsetDateTime>,
    /// State of each place.
    #[serde(
        default,
        alias = "placeRestartStatuses",
        deserialize_with = "keyed_list"
    )]
    pub places: Vec<PlaceRestart>,
}

impl RestartStatus {
    /// Returns the state of a restart that the service does not list.
    pub(crate) fn unlisted(id: RestartId) -> Self {
        Self {
            id,
            universe_id: None,
            scheduled_time: None,
            start_time: None,
            places: Vec::new(),
        }
    }

    /// Describes the state of every place, for an error.
    pub(crate) fn summary(&self) -> String {
        if self.places.is_empty() {
            return "the service lists no places for it".to_owned();
        }
        let places: Vec<String> = self.places.iter().map(PlaceRestart::summary).collect();
        places.join(", ")
    }

    /// Returns whether every place has been restarted. Without any place, it is not known.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let mut places = self.places.iter();
        let is_done = |place: &PlaceRestart| place.state == Some(RestartState::Succeeded);
        !self.places.is_empty() && places.all(is_done)
    }

    /// Returns the number of players who are still to be kicked.
    #[must_use]
    pub fn remaining_players(&self) -> u64 {
        self.total(|place| place.remaining_players)
    }

    /// Returns the number of servers that are still to be closed.
    #[must_use]
    pub fn remaining_instances(&self) -> u64 {
        self.total(|place| place.remaining_instances)
    }

    /// Returns the sum over all places.
    fn total(&self, count: impl Fn(&PlaceRestart) -> Option<u64>) -> u64 {
        let counts = self.places.iter().filter_map(count);
        counts.fold(0, u64::saturating_add)
    }
}

/// The state of a restart in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaceRestart {
    /// Place.
    #[serde(default = "no_place")]
    pub place_id: PlaceId,
    /// State.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub state: Option<RestartState>,
    /// Time at which the restart of the place started.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub start_time: Option<OffsetDateTime>,
    /// Time at which it ended.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub end_time: Option<OffsetDateTime>,
    /// Number of players to kick, at the start.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub total_players: Option<u64>,
    /// Number of servers to close, at the start.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub total_instances: Option<u64>,
    /// Number of players who are still to be kicked.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub remaining_players: Option<u64>,
    /// Number of servers that are still to be closed.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub remaining_instances: Option<u64>,
    /// Versions that are restarted.
    #[serde(default, deserialize_with = "null_to_default")]
    pub filter: PlaceVersions,
    /// Newest version at the time of the restart.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub latest_version: Option<u64>,
}

open_enum! {
    /// The state of a restart in one place.
    RestartState,
    /// The servers still run, without new players.
    Delaying = "DELAYING",
    /// The servers are being closed.
    Restarting = "RESTARTING",
    /// The servers are closed.
    Succeeded = "SUCCEEDED",
}

/// Returns the placeholder of the id until the key of the map is read.
fn no_restart() -> RestartId {
    RestartId::from("")
}

/// Returns the placeholder of the id until the key of the map is read.
pub(super) fn no_place() -> PlaceId {
    PlaceId::from(0)
}

impl Keyed for RestartStatus {
    fn set_key(&mut self, key: &str) -> Option<()> {
        self.id = key.into();
        Some(())
    }
}

impl Keyed for PlaceRestart {
    fn set_key(&mut self, key: &str) -> Option<()> {
        self.place_id = parse_u64(key)?.into();
        Some(())
    }
}

impl PlaceRestart {
    fn summary(&self) -> String {
        let state = self.state.as_ref();
        let state = state.map_or("without a state", |state| state.as_str());
        let players = self.remaining_players.unwrap_or_default();
        format!(
            "place {} is {state} with {players} players left",
            self.place_id
        )
    }
}

/// The restarts of a universe.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RestartsResponse {
    #[serde(default, deserialize_with = "keyed_list")]
    pub(crate) restart_statuses: Vec<RestartStatus>,
}

impl RestartsResponse {
    /// Returns the restart with this id, if the service lists it.
    pub(crate) fn find(self, id: &RestartId) -> Option<RestartStatus> {
        let mut restarts = self.restart_statuses.into_iter();
        restarts.find(|restart| restart.id == *id)
    }
}

/// A restart that was launched.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a restart")]
pub(crate) struct LaunchResponse {
    pub(crate) id: RestartId,
    #[serde(default, deserialize_with = "count")]
    pub(crate) players_impacted: Option<u64>,
    #[serde(default, deserialize_with = "count")]
    pub(crate) instances_impacted: Option<u64>,
}
