//! Places, and updates of places.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{count, id_in_path, is_none, optional_id, timestamp};
use crate::models::{PlaceId, UniverseId};

/// A place of a universe.
///
/// The service writes both ids in the resource path `universes/13058/places/90`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Place {
    /// Place id.
    pub id: PlaceId,
    /// Universe of the place.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Display name. That of the root place is also the name of the universe.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// Description. That of the root place is also the description of the universe.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Maximum number of players in a server.
    #[serde(skip_serializing_if = "is_none")]
    pub server_size: Option<u64>,
    /// Whether it is the place that players of the universe join first.
    #[serde(skip_serializing_if = "is_none")]
    pub is_root: Option<bool>,
    /// Whether a script created the place with `AssetService:CreatePlaceAsync`.
    #[serde(skip_serializing_if = "is_none")]
    pub is_universe_runtime_creation: Option<bool>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a place")]
struct PlaceWire {
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_id")]
    id: Option<PlaceId>,
    #[serde(default, deserialize_with = "optional_id")]
    universe_id: Option<UniverseId>,
    display_name: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "count")]
    server_size: Option<u64>,
    #[serde(alias = "root")]
    is_root: Option<bool>,
    #[serde(alias = "universeRuntimeCreation")]
    is_universe_runtime_creation: Option<bool>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    update_time: Option<OffsetDateTime>,
}

impl PlaceWire {
    fn in_path(&self, collection: &str) -> Option<u64> {
        id_in_path(self.path.as_deref()?, collection)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = PlaceWire::deserialize(deserializer)?;
        let id = wire.id.or(wire.in_path("places").map(PlaceId::from));
        let universe = wire.in_path("universes").map(UniverseId::from);
        Ok(Self {
            id: id.ok_or_else(|| D::Error::missing_field("path"))?,
            universe_id: wire.universe_id.or(universe),
            display_name: wire.display_name,
            description: wire.description,
            server_size: wire.server_size,
            is_root: wire.is_root,
            is_universe_runtime_creation: wire.is_universe_runtime_creation,
            create_time: wire.create_time,
            update_time: wire.update_time,
        })
    }
}

change! {
    /// An update of a place. Only the fields that are set change.
    ///
    /// The name and the description of the root place are also those of the universe.
    ///
    /// ```
    /// use rblx_open_cloud::models::PlaceUpdate;
    ///
    /// let update = PlaceUpdate::new().display_name("Arena [update]").server_size(30);
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq)]
    PlaceUpdate: "the update of a place",
    /// Sets the display name.
    display_name = "displayName": into String,
    /// Sets the description.
    description = "description": into String,
    /// Sets the maximum number of players in a server.
    server_size = "serverSize": u32,
}
