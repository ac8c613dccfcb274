//! Restarts to launch.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::models::PlaceId;
use crate::models::serde_helpers::{counts, null_to_default};

/// Maximum size of the attributes, in bytes of JSON.
const MAX_ATTRIBUTES_LENGTH: usize = 500;

/// The servers to restart, and how.
///
/// ```
/// use rblx_open_cloud::models::{PlaceVersions, RestartPlan};
/// use serde_json::json;
///
/// let after_publishing = RestartPlan::for_place(90, PlaceVersions::ExceptCurrent).bleed_off(10);
/// let everything = RestartPlan::all().attributes(json!({"reason": "maintenance"}));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RestartPlan {
    places: Vec<(PlaceId, PlaceVersions)>,
    bleed_off_minutes: Option<u32>,
    attributes: Option<Value>,
}

/// The versions of a place whose servers are restarted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "VersionsWire", into = "VersionsWire")]
#[non_exhaustive]
pub enum PlaceVersions {
    /// Every version.
    #[default]
    All,
    /// These versions.
    These(Vec<u64>),
    /// Every version but the one that was published last.
    ExceptCurrent,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "versions of a place")]
struct VersionsWire {
    #[serde(
        default,
        deserialize_with = "counts",
        skip_serializing_if = "Vec::is_empty"
    )]
    versions: Vec<u64>,
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "std::ops::Not::not"
    )]
    exclude_current_version: bool,
}

impl From<VersionsWire> for PlaceVersions {
    fn from(wire: VersionsWire) -> Self {
        match wire.versions {
            _ if wire.exclude_current_version => Self::ExceptCurrent,
            versions if versions.is_empty() => Self::All,
            versions => Self::These(versions),
        }
    }
}

impl From<PlaceVersions> for VersionsWire {
    fn from(versions: PlaceVersions) -> Self {
        let exclude_current_version = versions == PlaceVersions::ExceptCurrent;
        let versions = match versions {
            PlaceVersions::These(versions) => versions,
            PlaceVersions::All | PlaceVersions::ExceptCurrent => Vec::new(),
        };
        Self {
            versions,
            exclude_current_version,
        }
    }
}

impl RestartPlan {
    /// Restarts the servers of every version of every place.
    pub fn all() -> Self {
        Self {
            places: Vec::new(),
            bleed_off_minutes: None,
            attributes: None,
        }
    }

    /// Restarts servers of one place.
    pub fn for_place(place: impl Into<PlaceId>, versions: PlaceVersions) -> Self {
        Self::all().and_place(place, versions)
    }

    /// Restarts servers of a further place, too.
    pub fn and_place(mut self, place: impl Into<PlaceId>, versions: PlaceVersions) -> Self {
        let place = place.into();
        self.places.retain(|(known, _)| *known != place);
        self.places.push((place, versions));
        self
    }

    /// Keeps the servers running for 1 to 240 minutes, without new players, before they close. By default they close at
    /// once.
    pub fn bleed_off(mut self, minutes: u32) -> Self {
        self.bleed_off_minutes = Some(minutes);
        self
    }

    /// Sends a JSON object of up to 500 bytes to the game servers.
    pub fn attributes(mut self, attributes: Value) -> Self {
        self.attributes = Some(attributes);
        self
    }

    pub(crate) fn body(&self) -> Result<Map<String, Value>> {
        let mut body = Map::new();
        if let Some(minutes) = self.bleed_off_minutes {
            if !(1..=240).contains(&minutes) {
                return Err(Error::invalid_input(format!(
                    "servers can bleed off for 1 to 240 minutes, not {minutes}"
                )));
            }
            body.insert("bleedOffDurationMinutes".to_owned(), minutes.into());
        }
        if !self.places.is_empty() {
            body.insert("places".to_owned(), self.places()?);
        }
        if let Some(attributes) = &self.attributes {
            validate_attributes(attributes)?;
            body.insert("attributes".to_owned(), attributes.clone());
        }
        Ok(body)
    }

    fn places(&self) -> Result<Value> {
        let mut places = Map::new();
        for (place, versions) in &self.places {
            // An empty list would mean every version.
            if *versions == PlaceVersions::These(Vec::new()) {
                return Err(Error::invalid_input(format!(
                    "no version of place {place} is named"
                )));
            }
            places.insert(place.to_string(), json!(versions));
        }
        Ok(places.into())
    }
}

fn validate_attributes(attributes: &Value) -> Result<()> {
    let length = attributes.to_string().len();
    if !attributes.is_object() || length > MAX_ATTRIBUTES_LENGTH {
        return Err(Error::invalid_input(format!(
            "the attributes of a restart must be a JSON object of up to {MAX_ATTRIBUTES_LENGTH} bytes; they have {length} bytes"
        )));
    }
    Ok(())
}
