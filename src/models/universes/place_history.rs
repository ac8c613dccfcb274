//! The versions of a place.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::error::Result;
use crate::models::params::Params;
use crate::models::serde_helpers::{count, is_none, null_to_default, optional_id, timestamp};
use crate::models::{NumberOrText, UserId};

/// A version of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaceVersion {
    /// Version number.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub version: Option<u64>,
    /// Title of the notes.
    #[serde(skip_serializing_if = "is_none")]
    pub title: Option<String>,
    /// Text of the notes.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Users who changed something in this version.
    #[serde(default, deserialize_with = "null_to_default")]
    pub contributors: Vec<UserId>,
    /// How the version was saved. The service documents numbers from 0 to 2 without their meaning.
    #[serde(skip_serializing_if = "is_none")]
    pub save_type: Option<NumberOrText>,
    /// Whether the version is published.
    #[serde(skip_serializing_if = "is_none")]
    pub is_published: Option<bool>,
    /// State of publishing. The service documents numbers from 0 to 2 without their meaning.
    #[serde(skip_serializing_if = "is_none")]
    pub publish_status: Option<NumberOrText>,
    /// Whether the version has notes.
    #[serde(skip_serializing_if = "is_none")]
    pub has_notes: Option<bool>,
    /// Time at which the version was saved.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created_time: Option<OffsetDateTime>,
    /// User who saved the version.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub created_by: Option<UserId>,
}

/// Selects the versions of a place to list.
///
/// ```
/// use rblx_open_cloud::models::PlaceHistoryFilter;
///
/// let all = PlaceHistoryFilter::all();
/// let released = PlaceHistoryFilter::all().published(true).contributor(156).text("winter");
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct PlaceHistoryFilter {
    published: Option<bool>,
    has_notes: Option<bool>,
    save_type: Option<i64>,
    text: Option<String>,
    contributor: Option<UserId>,
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
}

impl PlaceHistoryFilter {
    /// Selects every version.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects versions that are published, or those that are not.
    pub fn published(mut self, yes: bool) -> Self {
        self.published = Some(yes);
        self
    }

    /// Selects versions with notes, or those without.
    pub fn has_notes(mut self, yes: bool) -> Self {
        self.has_notes = Some(yes);
        self
    }

    /// Selects versions that were saved in one way: a number from 0 to 2.
    pub fn save_type(mut self, save_type: i64) -> Self {
        self.save_type = Some(save_type);
        self
    }

    /// Selects versions that contain a text.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Selects versions that a user contributed to.
    pub fn contributor(mut self, user: impl Into<UserId>) -> Self {
        self.contributor = Some(user.into());
        self
    }

    /// Selects versions from this time on.
    pub fn since(mut self, time: OffsetDateTime) -> Self {
        self.since = Some(time);
        self
    }

    /// Selects versions up to this time.
    pub fn until(mut self, time: OffsetDateTime) -> Self {
        self.until = Some(time);
        self
    }
}

impl PlaceHistoryFilter {
    pub(crate) fn into_params(self) -> Result<Params> {
        Params::default()
            .with("isPublished", self.published)
            .with("hasNotes", self.has_notes)
            .with("saveType", self.save_type)
            .with("searchTerm", self.text)
            .with("contributor", self.contributor)
            .with_time("startTime", self.since)?
            .with_time("endTime", self.until)
    }
}

/// The notes of a version. The service does not document whether it keeps texts that are not set.
///
/// ```
/// use rblx_open_cloud::models::VersionNotes;
///
/// let notes = VersionNotes::new("Winter update").description("Snow, and a new map");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct VersionNotes {
    title: String,
    description: Option<String>,
}

impl VersionNotes {
    /// Creates notes with a title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: None,
        }
    }

    /// Sets the text below the title.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    pub(crate) fn body(&self) -> Value {
        match &self.description {
            Some(description) => json!({ "title": self.title, "description": description }),
            None => json!({ "title": self.title }),
        }
    }
}

/// The response to new notes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VersionNotesResponse {
    pub(crate) place_version: PlaceVersion,
}
