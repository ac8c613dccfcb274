//! Events of universes.

use super::Universe;
use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::open_enum::field_mask;
use crate::models::{self, EventField, EventFilter, EventId, EventUpdate, NewEvent};
use crate::paging::Items;

/// The document names no maximum of the page size.
const LIST: Endpoint = Endpoint::get("/virtual-events/v3/universes/{universeId}/game-events")
    .scopes(&["universe.event:read"])
    .paginated("gameEvents", 100)
    .default_page_size(50)
    .page_query("pageSize", "pageToken");
const CREATE: Endpoint = Endpoint::post("/virtual-events/v3/universes/{universeId}/game-events")
    .scopes(&["universe.event:write"]);
const GET: Endpoint =
    Endpoint::get("/virtual-events/v3/game-events/{eventId}").scopes(&["universe.event:read"]);
const UPDATE: Endpoint =
    Endpoint::patch("/virtual-events/v3/game-events/{eventId}").scopes(&["universe.event:write"]);
const DELETE: Endpoint = Endpoint::delete("/virtual-events/v3/game-events/{eventId}")
    .scopes(&["universe.event:write"])
    .retried_404_is_success();

pub(super) const ENDPOINTS: super::Endpoints = &[&[&LIST, &CREATE, &GET, &UPDATE, &DELETE]];

impl Universe {
    /// Lists events of the universe: those that have not ended, or all.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::EventFilter;
    ///
    /// for event in client.universe(13_058).list_events(EventFilter::upcoming()) {
    ///     let event = event?;
    ///     println!("{:?} from {:?}", event.title, event.start_time);
    /// }
    /// # assert_eq!(client.universe(13_058).list_events(EventFilter::all()).count(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The list of a universe that does not exist is empty.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/virtual-events#GameEvents_List) ·
    /// scope `universe.event:read` · 100 requests per minute · up to 100 items per page · experimental
    pub fn list_events(&self, filter: EventFilter) -> Items<models::VirtualEvent> {
        let call = self.call(&LIST).queries_checked(filter.params());
        call.list()
    }

    /// Creates an event.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::NewEvent;
    /// use rblx_open_cloud::time::{Duration, OffsetDateTime};
    ///
    /// let start = OffsetDateTime::now_utc() + Duration::days(3);
    /// let event = NewEvent::new("Winter Fair", "Snow and a quest", start, start + Duration::hours(2));
    /// let event = client.universe(13_058).create_event(event)?;
    /// println!("event {}", event.id);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the event may have been created already.
    ///
    /// # Errors
    /// `InvalidInput` if title or subtitle is empty, the event does not end after its start, or it would be `Moderated`
    /// (before anything is sent); `ModeratedText` if a text was moderated; `PermissionDenied` if the owner of the API key
    /// cannot edit the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/virtual-events#GameEvents_Create) ·
    /// scope `universe.event:write` · 20 requests per minute · experimental
    pub fn create_event(&self, event: NewEvent) -> Result<models::VirtualEvent> {
        self.call(&CREATE).json_checked(event.validated()).send()
    }
}

impl Client {
    /// Returns a handle for an event. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::models::EventFilter;
    /// # let id = client.universe(13_058).list_events(EventFilter::upcoming()).next().unwrap()?.id;
    /// let event = client.event(id);
    /// println!("{:?}", event.get()?.title);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn event(&self, id: impl Into<EventId>) -> VirtualEvent {
        VirtualEvent {
            client: self.clone(),
            id: id.into(),
        }
    }
}

/// A handle for an event of a universe. Created by [`Client::event`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct VirtualEvent {
    client: Client,
    id: EventId,
}

impl VirtualEvent {
    /// Returns the id of the event. Sends no request.
    #[must_use]
    pub fn id(&self) -> EventId {
        self.id
    }

    /// Returns the event.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::models::EventFilter;
    /// # let id = client.universe(13_058).list_events(EventFilter::upcoming()).next().unwrap()?.id;
    /// let event = client.event(id).get()?;
    /// println!("{:?} from {:?} to {:?}", event.title, event.start_time, event.end_time);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the event does not exist, or the owner of the API key cannot see it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/virtual-events#GameEvent_Get) ·
    /// scope `universe.event:read` · 100 requests per minute · experimental
    pub fn get(&self) -> Result<models::VirtualEvent> {
        self.call(&GET).send_with_known_field("id", self.id)
    }

    /// Returns the event with these fields only. Titles in the language of the caller are returned in this way.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::models::EventFilter;
    /// # let id = client.universe(13_058).list_events(EventFilter::upcoming()).next().unwrap()?.id;
    /// use rblx_open_cloud::models::EventField;
    ///
    /// let event = client.event(id).get_with([EventField::DisplayTitle, EventField::StartTime])?;
    /// println!("{:?} from {:?}", event.display_title, event.start_time);
    /// # assert!(event.display_title.is_some() && event.title.is_none());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`get`](Self::get), and `BadRequest` if the service does not know a field.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/virtual-events#GameEvent_Get) ·
    /// scope `universe.event:read` · 100 requests per minute · experimental
    pub fn get_with(
        &self,
        fields: impl IntoIterator<Item = EventField>,
    ) -> Result<models::VirtualEvent> {
        let fields: Vec<EventField> = fields.into_iter().collect();
        self.call(&GET)
            .query_checked("fields", field_mask(&fields))
            .send_with_known_field("id", self.id)
    }

    /// Changes the event, and returns it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::models::EventFilter;
    /// # let id = client.universe(13_058).list_events(EventFilter::upcoming()).next().unwrap()?.id;
    /// use rblx_open_cloud::models::EventUpdate;
    ///
    /// let event = client.event(id).update(EventUpdate::new().title("Spring Fair"))?;
    /// assert_eq!(event.title.as_deref(), Some("Spring Fair"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set, or the event would be `Moderated` (before anything is sent); `NotFound` if it does
    /// not exist; `PermissionDenied` if the owner of the API key can see but not edit it; `ModeratedText` if a text was
    /// moderated.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/virtual-events#GameEvent_Update) ·
    /// scope `universe.event:write` · 20 requests per minute · experimental
    pub fn update(&self, update: EventUpdate) -> Result<models::VirtualEvent> {
        let call = self.call(&UPDATE).json_checked(update.validated());
        call.send_with_known_field("id", self.id)
    }

    /// Deletes the event for good.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::models::EventFilter;
    /// # let id = client.universe(13_058).list_events(EventFilter::upcoming()).next().unwrap()?.id;
    /// client.event(id).delete()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the event does not exist; `PermissionDenied` if the owner of the API key can see but not edit it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/virtual-events#GameEvent_Delete) ·
    /// scope `universe.event:write` · 20 requests per minute · experimental
    pub fn delete(&self) -> Result<()> {
        self.call(&DELETE).send_no_content()
    }

    fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
