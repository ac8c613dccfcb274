//! Restarts of servers in one call.

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::models::PlaceId;

/// Selects the servers to restart.
///
/// ```
/// use rblx_open_cloud::models::RestartServers;
///
/// let gently = RestartServers::outdated().places([90]).bleed_off(10);
/// let at_once = RestartServers::all();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RestartServers {
    close_all_versions: bool,
    places: Vec<PlaceId>,
    bleed_off_minutes: Option<u32>,
}

impl RestartServers {
    /// Selects servers that run an older version than the published one.
    pub fn outdated() -> Self {
        Self {
            close_all_versions: false,
            places: Vec::new(),
            bleed_off_minutes: None,
        }
    }

    /// Selects servers of every version.
    pub fn all() -> Self {
        Self {
            close_all_versions: true,
            ..Self::outdated()
        }
    }

    /// Selects servers of these places. By default, those of all places of the universe.
    pub fn places<I: Into<PlaceId>>(mut self, places: impl IntoIterator<Item = I>) -> Self {
        self.places = places.into_iter().map(Into::into).collect();
        self
    }

    /// Keeps the servers running for 1 to 60 minutes, without new players, before they shut down. By default they shut
    /// down at once.
    pub fn bleed_off(mut self, minutes: u32) -> Self {
        self.bleed_off_minutes = Some(minutes);
        self
    }

    /// Whether a second request would restart servers that the first one has just started.
    pub(crate) fn restarts_current(&self) -> bool {
        self.close_all_versions
    }

    pub(crate) fn body(&self) -> Result<Map<String, Value>> {
        let mut body = Map::new();
        if !self.places.is_empty() {
            let places: Vec<u64> = self.places.iter().map(|place| place.get()).collect();
            body.insert("placeIds".to_owned(), places.into());
        }
        body.insert(
            "closeAllVersions".to_owned(),
            self.close_all_versions.into(),
        );
        if let Some(minutes) = self.bleed_off_minutes {
            if !(1..=60).contains(&minutes) {
                return Err(Error::invalid_input(format!(
                    "servers can bleed off for 1 to 60 minutes, not {minutes}"
                )));
            }
            body.insert("bleedOffServers".to_owned(), true.into());
            body.insert("bleedOffDurationMinutes".to_owned(), minutes.into());
        }
        Ok(body)
    }
}
