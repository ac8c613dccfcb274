//! Places, their versions and their servers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::instance::Instances;
use crate::sandbox::clock::timestamp;
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::saved::default_time;
use crate::sandbox::state::user::KEY_OWNER;

const DEFAULT_SERVER_SIZE: u64 = 50;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Place {
    pub(crate) id: u64,
    pub(crate) display_name: String,
    pub(crate) description: String,
    pub(crate) server_size: u64,
    /// From the oldest to the newest; the number of a version is its position, counted from 1.
    pub(crate) versions: Vec<Version>,
    pub(crate) servers: Vec<Server>,
    #[serde(default)]
    pub(crate) instances: Instances,
    /// The reason why the place cannot be changed, if there is one.
    pub(crate) lock: Option<Lock>,
    /// The users who edit the place in Team Create.
    #[serde(default)]
    pub(crate) editors: Vec<u64>,
    #[serde(with = "time::serde::rfc3339")]
    created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated: OffsetDateTime,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Lock {
    Studio,
    TeamCreate,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Version {
    /// Hash of the content.
    pub(crate) hash: u64,
    pub(crate) user: u64,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) time: OffsetDateTime,
    pub(crate) is_published: bool,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Server {
    pub(crate) job: String,
    pub(crate) version: u64,
    pub(crate) players: Vec<u64>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) started: OffsetDateTime,
    pub(crate) ended: Option<End>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct End {
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) time: OffsetDateTime,
    pub(crate) reason: Cow<'static, str>,
}

impl Place {
    pub(crate) fn new(id: u64, name: &str, now: OffsetDateTime) -> Self {
        Self {
            id,
            display_name: name.to_owned(),
            description: String::new(),
            server_size: DEFAULT_SERVER_SIZE,
            versions: Vec::new(),
            servers: Vec::new(),
            instances: Instances::default(),
            lock: None,
            editors: Vec::new(),
            created: now,
            updated: now,
        }
    }

    pub(crate) fn to_json(&self, universe: u64, root: u64) -> Value {
        json!({
            "path": format!("universes/{universe}/places/{}", self.id),
            "createTime": timestamp(self.created),
            "updateTime": timestamp(self.updated),
            "displayName": self.display_name,
            "description": self.description,
            "serverSize": self.server_size,
            "root": self.id == root,
            "universeRuntimeCreation": false,
        })
    }

    /// Adds a version, unless the newest one has the same content. Returns its number.
    pub(crate) fn add_version(&mut self, version: Version) -> u64 {
        match self
            .versions
            .last_mut()
            .filter(|last| last.hash == version.hash)
        {
            Some(last) => last.is_published |= version.is_published,
            None => self.versions.push(version),
        }
        self.versions.len() as u64
    }

    /// Returns the versions with their numbers, from the newest to the oldest.
    pub(crate) fn numbered_versions(&self) -> Vec<(u64, &Version)> {
        let mut versions: Vec<_> = (1..).zip(&self.versions).collect();
        versions.reverse();
        versions
    }

    pub(crate) fn version_mut(&mut self, number: u64) -> Option<&mut Version> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.versions.get_mut(index)
    }

    /// Returns the number of the version that new servers run; 0 without one.
    pub(crate) fn published_version(&self) -> u64 {
        let versions = self.numbered_versions();
        let mut published = versions.iter().filter(|(_, version)| version.is_published);
        published.next().map_or(0, |(number, _)| *number)
    }

    /// Returns the id of the new server.
    pub(crate) fn start_server(&mut self, players: Vec<u64>, now: OffsetDateTime) -> String {
        let job = random_uuid();
        self.servers.push(Server {
            job: job.clone(),
            version: self.published_version(),
            players,
            started: now,
            ended: None,
        });
        job
    }

    pub(crate) fn running_servers(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter().filter(|server| server.ended.is_none())
    }
}

impl Version {
    pub(crate) fn to_json(&self, number: u64) -> Value {
        let has_notes = self.title.is_some() || self.description.is_some();
        json!({
            "version": number.to_string(),
            "title": self.title,
            "description": self.description,
            "contributors": [self.user],
            "saveType": 0,
            "isPublished": self.is_published,
            "publishStatus": u8::from(self.is_published),
            "hasNotes": has_notes,
            "createdTime": timestamp(self.time),
            "createdBy": self.user,
        })
    }
}

impl Server {
    pub(crate) fn to_json(&self, place: &Place, now: OffsetDateTime) -> Value {
        let (ended, status) = self
            .ended
            .as_ref()
            .map_or((None, "active"), |end| (Some(end.time), &*end.reason));
        json!({
            "placeId": place.id.to_string(),
            "placeVersion": self.version.to_string(),
            "jobId": self.job,
            "engineVersion": "0.700.0.7000700",
            "createTime": timestamp(self.started),
            "uptime": clock_text((ended.unwrap_or(now) - self.started).whole_seconds()),
            "memoryUsageBytes": 1_073_741_824_u64,
            "frameRate": 60.0,
            "occupancy": self.players.len(),
            "maxOccupancy": place.server_size,
            "type": 0,
            "full": self.players.len() as u64 >= place.server_size,
            "shutDown": ended.is_some(),
            "status": status,
            "terminationTime": ended.map(timestamp),
            "playerIds": self.players,
        })
    }
}

/// Writes seconds as `d.hh:mm:ss`.
fn clock_text(seconds: i64) -> String {
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let (days, hours) = (hours / 24, hours % 24);
    format!("{days}.{hours:02}:{:02}:{:02}", minutes % 60, seconds % 60)
}

impl Default for Place {
    fn default() -> Self {
        Self::new(0, "Place", default_time())
    }
}

impl Default for Version {
    fn default() -> Self {
        Self {
            hash: 0,
            user: KEY_OWNER,
            time: default_time(),
            is_published: true,
            title: None,
            description: None,
        }
    }
}
