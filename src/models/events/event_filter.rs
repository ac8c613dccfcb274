//! Filters of events, and fields to return.

use time::OffsetDateTime;

use super::kinds::EventVisibility;
use crate::error::Result;
use crate::models::open_enum::field_mask;
use crate::models::params::Params;

open_enum! {
    /// A field of an event. The id is always returned.
    ///
    /// The three fields in the language of the caller are returned only if they are named; then every other field has to be
    /// named, too.
    EventField,
    /// Title.
    Title = "title",
    /// Title in the language of the caller.
    DisplayTitle = "displayTitle",
    /// Subtitle.
    Subtitle = "subtitle",
    /// Subtitle in the language of the caller.
    DisplaySubtitle = "displaySubtitle",
    /// Description.
    Description = "description",
    /// Description in the language of the caller.
    DisplayDescription = "displayDescription",
    /// Start.
    StartTime = "startTime",
    /// End.
    EndTime = "endTime",
    /// Universe.
    UniverseId = "universeId",
    /// Place.
    PlaceId = "placeId",
    /// Host.
    Host = "host",
    /// Who can see it.
    Visibility = "visibility",
    /// Whether Roblox may feature it.
    FeaturingStatus = "featuringStatus",
    /// Tagline for the people at Roblox who decide whether to feature it.
    Tagline = "tagline",
    /// Categories.
    Categories = "categories",
    /// Thumbnails.
    Thumbnails = "thumbnails",
    /// Recurrence and notifications.
    Config = "config",
    /// Whether the caller attends.
    UserRsvpStatus = "userRsvpStatus",
    /// Creation time.
    CreateTime = "createTime",
    /// Time of the last change.
    UpdateTime = "updateTime",
}

/// Selects the events of a universe to list.
///
/// ```
/// use rblx_open_cloud::models::{EventFilter, EventVisibility};
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// let next_week = OffsetDateTime::now_utc() + Duration::days(7);
/// let soon = EventFilter::upcoming().starts_before(next_week).visibility(EventVisibility::Public);
/// let ever = EventFilter::all();
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct EventFilter {
    starts_before: Option<OffsetDateTime>,
    starts_after: Option<OffsetDateTime>,
    ends_before: Option<OffsetDateTime>,
    ends_after: Option<OffsetDateTime>,
    visibility: Option<EventVisibility>,
    fields: Vec<EventField>,
}

impl EventFilter {
    /// Selects events that have not ended.
    pub fn upcoming() -> Self {
        Self::default()
    }

    /// Selects every event, also those that have ended.
    pub fn all() -> Self {
        // Without a bound, the service leaves out events that have ended.
        Self::default().ends_after(OffsetDateTime::UNIX_EPOCH)
    }

    /// Selects events that start before this time.
    pub fn starts_before(mut self, time: OffsetDateTime) -> Self {
        self.starts_before = Some(time);
        self
    }

    /// Selects events that start after this time.
    pub fn starts_after(mut self, time: OffsetDateTime) -> Self {
        self.starts_after = Some(time);
        self
    }

    /// Selects events that end before this time.
    pub fn ends_before(mut self, time: OffsetDateTime) -> Self {
        self.ends_before = Some(time);
        self
    }

    /// Selects events that end after this time.
    pub fn ends_after(mut self, time: OffsetDateTime) -> Self {
        self.ends_after = Some(time);
        self
    }

    /// Selects events with this visibility.
    pub fn visibility(mut self, visibility: EventVisibility) -> Self {
        self.visibility = Some(visibility);
        self
    }

    /// Returns these fields only, and the id.
    pub fn fields(mut self, fields: impl IntoIterator<Item = EventField>) -> Self {
        self.fields = fields.into_iter().collect();
        self
    }

    pub(crate) fn params(&self) -> Result<Params> {
        let params = Params::default()
            .with_time("startsBefore", self.starts_before)?
            .with_time("startsAfter", self.starts_after)?
            .with_time("endsBefore", self.ends_before)?
            .with_time("endsAfter", self.ends_after)?
            .with_known("visibility", self.visibility.as_ref())?
            .with("fields", field_mask(&self.fields)?);
        Ok(params)
    }
}
