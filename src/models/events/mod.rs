//! Events of universes, which the service calls virtual events or game events.

mod event;
mod event_filter;

mod new_event;

mod event_update;

mod kinds;

mod parts;

pub use event::{EventConfig, EventHost, EventThumbnail, RankedCategory, VirtualEvent};
pub use event_filter::{EventField, EventFilter};
pub use event_update::EventUpdate;
pub use kinds::{
    EventAudience, EventCategory, EventFeaturing, EventHostType, EventVisibility, RsvpStatus,
};
pub use new_event::NewEvent;
