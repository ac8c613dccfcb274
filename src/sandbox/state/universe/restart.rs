//! Restarts of servers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::place::{End, Place, Server};
use crate::models::PlaceVersions;
use crate::sandbox::clock::timestamp;
use crate::sandbox::state::schedule::Schedule;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Restart {
    pub(crate) id: String,
    /// Whether the list of restarts contains it.
    pub(crate) is_listed: bool,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) scheduled: OffsetDateTime,
    /// The end of the time in which servers only take no new players.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) start: OffsetDateTime,
    /// The time at which the servers are closed.
    pub(crate) schedule: Schedule,
    pub(crate) places: BTreeMap<u64, PlaceRestart>,
    #[serde(with = "time::serde::rfc3339::option")]
    end: Option<OffsetDateTime>,
}

/// The servers to close in one place.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceRestart {
    pub(crate) versions: PlaceVersions,
    pub(crate) latest: u64,
    pub(crate) jobs: Vec<String>,
    pub(crate) players: usize,
}

impl PlaceRestart {
    /// Returns `None` if no server of the place is affected.
    pub(crate) fn new(place: &Place, versions: PlaceVersions) -> Option<Self> {
        let latest = place.published_version();
        let is_affected = |server: &&Server| match &versions {
            PlaceVersions::These(versions) => versions.contains(&server.version),
            PlaceVersions::ExceptCurrent => server.version != latest,
            _ => true,
        };
        let servers: Vec<&Server> = place.running_servers().filter(is_affected).collect();
        let jobs: Vec<String> = servers.iter().map(|server| server.job.clone()).collect();
        let players = servers.iter().map(|server| server.players.len()).sum();
        (!jobs.is_empty()).then_some(Self {
            versions,
            latest,
            jobs,
            players,
        })
    }
}

impl Restart {
    pub(crate) fn new(
        id: String,
        (scheduled, start): (OffsetDateTime, OffsetDateTime),
        schedule: Schedule,
        places: BTreeMap<u64, PlaceRestart>,
    ) -> Self {
        Self {
            id,
            is_listed: false,
            scheduled,
            start,
            schedule,
            places,
            end: None,
        }
    }

    /// Counts a poll, if the servers are being closed.
    pub(crate) fn poll(&mut self, places: &mut BTreeMap<u64, Place>, now: OffsetDateTime) {
        if now < self.start || self.end.is_some() {
            return;
        }
        match &mut self.schedule.polls {
            Some(0) => self.finish(places, now),
            Some(polls) => *polls -= 1,
            None => {}
        }
    }

    pub(crate) fn is_due(&self, now: OffsetDateTime) -> bool {
        self.end.is_none() && self.schedule.due.is_some_and(|due| due <= now)
    }

    /// Closes the servers, and starts one for the players of each place.
    pub(crate) fn finish(&mut self, places: &mut BTreeMap<u64, Place>, now: OffsetDateTime) {
        self.end = Some(now);
        for (id, restart) in &self.places {
            let Some(place) = places.get_mut(id) else {
                continue;
            };
            let mut players = Vec::new();
            let servers = place.servers.iter_mut();
            for server in servers.filter(|server| restart.jobs.contains(&server.job)) {
                players.append(&mut server.players);
                server.ended = Some(End {
                    time: now,
                    reason: "restarted".into(),
                });
            }
            if !players.is_empty() {
                place.start_server(players, now);
            }
        }
    }

    pub(crate) fn to_json(&self, universe: u64, now: OffsetDateTime) -> Value {
        let places = self.places.iter();
        let places: Map<String, Value> = places
            .map(|(id, place)| (id.to_string(), self.place_json(place, now)))
            .collect();
        json!({
            "universeId": universe.to_string(),
            "scheduledTime": timestamp(self.scheduled),
            "startTime": timestamp(self.start),
            "placeRestartStatuses": places,
        })
    }

    fn place_json(&self, place: &PlaceRestart, now: OffsetDateTime) -> Value {
        let (state, share) = match self.end {
            Some(_) => ("SUCCEEDED", 0),
            None if now < self.start => ("DELAYING", 2),
            None => ("RESTARTING", 1),
        };
        // Half of them are gone while the servers are being closed.
        let remaining = |count: usize| (count * share).div_ceil(2);
        json!({
            "state": state,
            "startTime": timestamp(self.start),
            "endTime": self.end.map(timestamp),
            "totalPlayers": place.players,
            "totalInstances": place.jobs.len(),
            "remainingPlayers": remaining(place.players),
            "remainingInstances": remaining(place.jobs.len()),
            "filter": place.versions,
            "latestVersion": place.latest.to_string(),
        })
    }
}
