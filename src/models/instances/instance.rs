//! Instances as the service returns them.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::InstanceKind;
use crate::models::serde_helpers::{id_in_path, is_none, non_empty, optional_id};
use crate::models::{InstanceId, PlaceId, RawJson, UniverseId};

/// An instance of a place's data model.
///
/// The service writes the ids in a path such as `universes/13058/places/90/instances/…`, and name, parent and properties
/// in an object `engineInstance`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Instance {
    /// Instance id.
    pub id: InstanceId,
    /// Universe.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Place.
    #[serde(skip_serializing_if = "is_none")]
    pub place_id: Option<PlaceId>,
    /// Name, which need not be unique.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Parent.
    #[serde(skip_serializing_if = "is_none")]
    pub parent_id: Option<InstanceId>,
    /// Whether it has children.
    #[serde(skip_serializing_if = "is_none")]
    pub has_children: Option<bool>,
    /// Class, with the properties that the service gives access to.
    #[serde(rename = "details")]
    pub kind: InstanceKind,
}

impl Instance {
    /// Returns the source of a script.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.kind.source()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an instance")]
struct InstanceWire {
    path: Option<String>,
    has_children: Option<bool>,
    engine_instance: Option<EngineInstance>,
    id: Option<InstanceId>,
    #[serde(default, deserialize_with = "optional_id")]
    universe_id: Option<UniverseId>,
    #[serde(default, deserialize_with = "optional_id")]
    place_id: Option<PlaceId>,
    name: Option<String>,
    parent_id: Option<InstanceId>,
    details: Option<RawJson>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "an instance of the engine")]
struct EngineInstance {
    id: Option<String>,
    parent: Option<String>,
    name: Option<String>,
    details: Option<RawJson>,
}

impl<'de> Deserialize<'de> for Instance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = InstanceWire::deserialize(deserializer)?;
        let path = wire.path.unwrap_or_default();
        let engine = wire.engine_instance.unwrap_or_default();
        let in_path = path.rsplit_once("instances/").map(|(_, id)| id.to_owned());
        // The path of the root may hold a name in place of the id.
        let id = non_empty(engine.id).or(non_empty(in_path));
        let id = wire.id.or(id.map(InstanceId::from));
        let universe = || id_in_path(&path, "universes").map(UniverseId::from);
        let place = || id_in_path(&path, "places").map(PlaceId::from);
        let parent = non_empty(engine.parent).map(InstanceId::from);
        Ok(Self {
            id: id.ok_or_else(|| D::Error::missing_field("path"))?,
            universe_id: wire.universe_id.or_else(universe),
            place_id: wire.place_id.or_else(place),
            name: wire.name.or(engine.name),
            parent_id: wire.parent_id.or(parent),
            has_children: wire.has_children,
            kind: InstanceKind::from_details(wire.details.or(engine.details)),
        })
    }
}
