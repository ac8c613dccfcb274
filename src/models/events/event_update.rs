//! Updates of events.

use time::OffsetDateTime;

use super::kinds::{EventAudience, EventCategory, EventFeaturing, EventVisibility};
use super::parts::{ranked_categories, ranked_thumbnails, time_text};
use crate::models::open_enum::validated_value;
use crate::models::{AssetId, PlaceId};

change! {
    /// An update of an event. Only the fields that are set change. Values can be replaced, but not removed.
    ///
    /// ```
    /// use rblx_open_cloud::models::{EventUpdate, EventVisibility};
    ///
    /// let update = EventUpdate::new().title("Spring Fair").visibility(EventVisibility::Public);
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq)]
    EventUpdate: "the update of an event",
    /// Sets the title.
    title = "title": into String,
    /// Sets the subtitle.
    subtitle = "subtitle": into String,
    /// Sets the description.
    description = "description": into String,
    /// Sets the start.
    start = "startTime": check OffsetDateTime => time_text,
    /// Sets the end.
    end = "endTime": check OffsetDateTime => time_text,
    /// Sets who can see the event: `Public` or `Private`.
    visibility = "visibility": check EventVisibility => EventVisibility::settable,
    /// Makes the event recur, by a cron expression.
    recurrence = "config.recurrence": into String,
    /// Sets the latest time at which the event recurs.
    recurs_until = "config.recurrenceEndTime": check OffsetDateTime => time_text,
    /// Sets who is notified.
    audience = "config.notificationAudience": check EventAudience => validated_value,
    /// Sets whether Roblox may feature the event.
    featuring = "featuringStatus": check EventFeaturing => validated_value,
    /// Sets the tagline for the people at Roblox who decide whether to feature the event.
    tagline = "tagline": into String,
}

impl EventUpdate {
    /// Sets the place in which the event happens.
    pub fn place(mut self, place: impl Into<PlaceId>) -> Self {
        self.fields.set("placeId", place.into().get());
        self
    }

    /// Replaces the categories, the most important one first.
    pub fn categories(mut self, categories: impl IntoIterator<Item = EventCategory>) -> Self {
        let ranked = ranked_categories(categories);
        self.fields.set_checked("categories", ranked);
        self
    }

    /// Replaces the thumbnails, the most important one first: assets of type `Image`.
    pub fn thumbnails<I: Into<AssetId>>(mut self, images: impl IntoIterator<Item = I>) -> Self {
        self.fields.set("thumbnails", ranked_thumbnails(images));
        self
    }
}
