//! Events to create.

use time::OffsetDateTime;

use super::kinds::{EventAudience, EventCategory, EventFeaturing, EventVisibility};
use super::parts::{ranked_categories, ranked_thumbnails, time_text};
use crate::error::{Error, Result};
use crate::models::change::Fields;
use crate::models::open_enum::validated_value;
use crate::models::{AssetId, GroupId, PlaceId};

/// An event to create. Only what is set is sent.
///
/// ```
/// use rblx_open_cloud::models::{EventCategory, EventVisibility, NewEvent};
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// let start = OffsetDateTime::now_utc() + Duration::days(3);
/// let event = NewEvent::new("Winter Fair", "Snow, lights and a quest", start, start + Duration::hours(2))
///     .visibility(EventVisibility::Public)
///     .categories([EventCategory::Festival, EventCategory::Quest]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct NewEvent {
    fields: Fields,
    start: OffsetDateTime,
    end: OffsetDateTime,
}

impl NewEvent {
    /// Creates an event with a title, a subtitle, a start and an end, all of which the service requires.
    pub fn new(
        title: impl Into<String>,
        subtitle: impl Into<String>,
        start: OffsetDateTime,
        end: OffsetDateTime,
    ) -> Self {
        let mut fields = Fields::new(&["title", "subtitle", "startTime", "endTime"]);
        for (name, text) in [("title", title.into()), ("subtitle", subtitle.into())] {
            if text.trim().is_empty() {
                fields.set_invalid(name, format!("the {name} of an event cannot be empty"));
            } else {
                fields.set(name, text);
            }
        }
        fields.set_checked("startTime", time_text(start));
        fields.set_checked("endTime", time_text(end));
        Self { fields, start, end }
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.fields.set("description", description.into());
        self
    }

    /// Sets who can see the event: `Public` or `Private`.
    pub fn visibility(mut self, visibility: EventVisibility) -> Self {
        self.fields.set_checked("visibility", visibility.settable());
        self
    }

    /// Makes a group the host. Without one, the host is the owner of the API key. It cannot be changed later.
    pub fn group(mut self, group: impl Into<GroupId>) -> Self {
        self.fields.set("groupId", group.into().get());
        self
    }

    /// Sets the place in which the event happens. Without one, it is the root place.
    pub fn place(mut self, place: impl Into<PlaceId>) -> Self {
        self.fields.set("placeId", place.into().get());
        self
    }

    /// Sets the categories, the most important one first.
    pub fn categories(mut self, categories: impl IntoIterator<Item = EventCategory>) -> Self {
        let ranked = ranked_categories(categories);
        self.fields.set_checked("categories", ranked);
        self
    }

    /// Sets the thumbnails, the most important one first: assets of type `Image`.
    pub fn thumbnails<I: Into<AssetId>>(mut self, images: impl IntoIterator<Item = I>) -> Self {
        self.fields.set("thumbnails", ranked_thumbnails(images));
        self
    }

    /// Makes the event recur, by a cron expression.
    pub fn recurrence(mut self, cron: impl Into<String>) -> Self {
        self.fields.set("config.recurrence", cron.into());
        self
    }

    /// Sets the latest time at which the event recurs.
    pub fn recurs_until(mut self, time: OffsetDateTime) -> Self {
        self.fields
            .set_checked("config.recurrenceEndTime", time_text(time));
        self
    }

    /// Sets who is notified.
    pub fn audience(mut self, audience: EventAudience) -> Self {
        self.fields
            .set_checked("config.notificationAudience", validated_value(audience));
        self
    }

    /// Sets whether Roblox may feature the event. Without it, it may not.
    pub fn featuring(mut self, featuring: EventFeaturing) -> Self {
        self.fields
            .set_checked("featuringStatus", validated_value(featuring));
        self
    }

    /// Sets the tagline for the people at Roblox who decide whether to feature the event.
    pub fn tagline(mut self, tagline: impl Into<String>) -> Self {
        self.fields.set("tagline", tagline.into());
        self
    }

    pub(crate) fn validated(&self) -> Result<&Fields> {
        if self.start >= self.end {
            return Err(Error::invalid_input(format!(
                "an event must end after its start: {} to {}",
                self.start, self.end
            )));
        }
        self.fields.valid()
    }
}
