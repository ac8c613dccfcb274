//! One key of a data store, with all its revisions.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::RawJson;
use crate::sandbox::clock::later;
use crate::sandbox::state::saved::default_time;

/// The time for which deleted entries, replaced revisions and deleted data stores are kept.
pub(crate) const RETENTION: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// The Unix epoch in units of 100 nanoseconds since the year 1.
const EPOCH_TICKS: i128 = 621_355_968_000_000_000;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Entry {
    /// From the oldest to the newest.
    revisions: Vec<Revision>,
    /// The number of revisions so far.
    written: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Revision {
    /// Empty only while it is loaded without one.
    #[serde(default)]
    pub(crate) id: String,
    /// Creation time of the entry that this revision belongs to.
    #[serde(default = "default_time", with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    #[serde(default = "default_time", with = "time::serde::rfc3339")]
    pub(crate) time: OffsetDateTime,
    /// `None` for the deletion of the entry.
    #[serde(default)]
    pub(crate) content: Option<Content>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Content {
    #[serde(with = "crate::sandbox::state::saved::json_text")]
    pub(crate) value: RawJson,
    pub(crate) users: Vec<u64>,
    /// A JSON object.
    #[serde(with = "crate::sandbox::state::saved::json_text_option")]
    pub(crate) attributes: Option<RawJson>,
}

impl Content {
    /// Returns the attributes as JSON text.
    pub(crate) fn attributes(&self) -> &str {
        self.attributes.as_ref().map_or("{}", RawJson::as_str)
    }
}

impl Entry {
    /// Completes loaded entries: gives each revision an id, and counts the revisions.
    pub(super) fn complete(&mut self) {
        for (number, revision) in (1..).zip(&mut self.revisions) {
            self.written = self.written.max(number);
            if revision.id.is_empty() {
                revision.id = revision_id(revision.created, number, revision.time);
            }
        }
    }

    /// Returns the revisions that are still kept, from the oldest to the newest.
    pub(crate) fn kept(&self, now: OffsetDateTime) -> &[Revision] {
        let is_expired = |end: OffsetDateTime| later(end, RETENTION) <= now;
        let last = self.revisions.last();
        let deletion = last.filter(|last| last.content.is_none());
        if deletion.is_some_and(|deletion| is_expired(deletion.time)) {
            return &[];
        }
        // A revision ends when the next one begins.
        let ends = self.revisions.iter().skip(1).map(|next| next.time);
        let first = ends.take_while(|end| is_expired(*end)).count();
        self.revisions.get(first..).unwrap_or_default()
    }

    /// Returns the newest revision, which may be a deletion.
    pub(crate) fn latest(&self, now: OffsetDateTime) -> Option<&Revision> {
        self.kept(now).last()
    }

    /// Returns the newest revision unless the entry is deleted.
    pub(crate) fn current(&self, now: OffsetDateTime) -> Option<&Revision> {
        self.latest(now).filter(|latest| latest.content.is_some())
    }

    /// Adds a revision, and drops those that are not kept any longer.
    pub(crate) fn write(&mut self, content: Option<Content>, now: OffsetDateTime) {
        let created = self.current(now).map_or(now, |current| current.created);
        let dropped = self.revisions.len() - self.kept(now).len();
        self.revisions.drain(..dropped);
        self.written += 1;
        self.revisions.push(Revision {
            id: revision_id(created, self.written, now),
            created,
            time: now,
            content,
        });
    }
}

/// Returns an id in the form of the service, such as `08D9E6A3F2188CFF.0000000001.08D9E6A3F2188CFF.01`.
fn revision_id(created: OffsetDateTime, number: u64, time: OffsetDateTime) -> String {
    let ticks = |time: OffsetDateTime| time.unix_timestamp_nanos() / 100 + EPOCH_TICKS;
    let (created, time) = (ticks(created), ticks(time));
    format!("{created:016X}.{number:010X}.{time:016X}.01")
}
