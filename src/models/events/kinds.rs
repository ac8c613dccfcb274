//! The kinds of values of events.

use crate::error::{Error, Result};
use crate::models::open_enum::validated_value;

open_enum! {
    /// Who can see an event.
    EventVisibility,
    /// Those who can edit the universe.
    Private = "private" | "Private",
    /// Everyone.
    Public = "public" | "Public",
    /// Nobody: moderators took the event down. It cannot be set.
    Moderated = "moderated" | "Moderated",
}

impl EventVisibility {
    /// Returns the visibility, or an error if it cannot be set.
    pub(super) fn settable(self) -> Result<Self> {
        if self == Self::Moderated {
            let why = "the visibility of an event is public or private; only moderators set \"moderated\"";
            return Err(Error::invalid_input(why));
        }
        validated_value(self)
    }
}

open_enum! {
    /// Whether Roblox may feature an event.
    EventFeaturing,
    /// Not set.
    Invalid = "invalid",
    /// Roblox may feature it.
    Enabled = "enabled",
    /// Roblox may not feature it.
    Disabled = "disabled",
}

open_enum! {
    /// The category of an event.
    EventCategory,
    /// An update of content.
    ContentUpdate = "contentUpdate",
    /// An update of a location.
    LocationUpdate = "locationUpdate",
    /// An update of how the experience works.
    SystemUpdate = "systemUpdate",
    /// Something to do together.
    Activity = "activity",
    /// New content.
    NewContent = "newContent",
    /// New items for a limited time.
    ItemDrop = "itemDrop",
    /// A new season.
    NewSeason = "newSeason",
    /// A new location.
    NewLocation = "newLocation",
    /// A new map.
    NewMap = "newMap",
    /// More levels.
    MoreLevels = "moreLevels",
    /// A new feature.
    NewFeature = "newFeature",
    /// Access before others.
    EarlyAccess = "earlyAccess",
    /// An expansion.
    Expansion = "expansion",
    /// A challenge.
    Challenge = "challenge",
    /// A quest.
    Quest = "quest",
    /// A festival.
    Festival = "festival",
}

open_enum! {
    /// Who is notified of an event.
    EventAudience,
    /// Everyone who can be.
    All = "all",
    /// Those who said that they attend.
    Rsvp = "rsvp",
    /// Those who subscribed to notifications.
    Subscribed = "subscribed",
    /// Members of the group that is the host.
    Group = "group",
    /// Nobody.
    None = "none",
}

open_enum! {
    /// Whether the host of an event is a user or a group.
    EventHostType,
    /// A user.
    User = "user",
    /// A group.
    Group = "group",
}

open_enum! {
    /// Whether a user attends an event.
    RsvpStatus,
    /// The user did not say.
    None = "none",
    /// The user attends.
    Going = "going",
    /// The user may attend.
    MaybeGoing = "maybeGoing",
    /// The user does not attend.
    NotGoing = "notGoing",
}
