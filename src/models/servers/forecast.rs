//! Forecasts of restarts.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::PlaceId;
use crate::models::serde_helpers::{
    Integer, Keyed, count, is_none, keyed_list, map_entries, parse_u64, timestamp,
};

/// The effect of a restart on a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaceForecast {
    /// Place.
    #[serde(default = "super::restart::no_place")]
    pub place_id: PlaceId,
    /// Number of players who would be kicked.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub players_impacted: Option<u64>,
    /// Number of players in the place.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub total_players: Option<u64>,
    /// Number of servers that would be closed.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub instances_impacted: Option<u64>,
    /// Number of servers of the place.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub total_instances: Option<u64>,
    /// Newest version in any running server.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub latest_place_version: Option<u64>,
    /// Time at which this version was published.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub publish_time: Option<OffsetDateTime>,
    /// Whether the place has moved to another universe and still has servers from before.
    #[serde(skip_serializing_if = "is_none")]
    pub is_not_in_universe: Option<bool>,
    /// Number of players by version.
    #[serde(default, deserialize_with = "by_version")]
    pub players_per_version: BTreeMap<u64, u64>,
    /// Number of servers by version.
    #[serde(default, deserialize_with = "by_version")]
    pub instances_per_version: BTreeMap<u64, u64>,
}

/// Reads numbers by version, which may be null.
fn by_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<u64, u64>, D::Error> {
    let counts: Vec<(String, Integer)> = map_entries(deserializer)?;
    let mut by_version = BTreeMap::new();
    for (version, Integer(count)) in counts {
        let no_version = || D::Error::custom(format!("{version:?} is not a version"));
        by_version.insert(parse_u64(&version).ok_or_else(no_version)?, count);
    }
    Ok(by_version)
}

impl Keyed for PlaceForecast {
    fn set_key(&mut self, key: &str) -> Option<()> {
        self.place_id = parse_u64(key)?.into();
        Some(())
    }
}

/// The forecasts of all places.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ForecastResponse {
    #[serde(default, deserialize_with = "keyed_list")]
    pub(crate) place_forecasts: Vec<PlaceForecast>,
}
