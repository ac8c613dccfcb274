//! The handle for a place.

use super::Universe;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::change::Fields;
use crate::models::{self, PlaceId, PlaceUpdate, UniverseId};

const GET: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/places/{place_id}");
const UPDATE: Endpoint = Endpoint::patch("/cloud/v2/universes/{universe_id}/places/{place_id}")
    .scopes(&["universe.place:write"])
    .conflict_causes(
        "The place is open in a Team Create session; close it, so that nobody's changes are overwritten",
    );

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &UPDATE];

/// A handle for a place of a universe. Created by [`Universe::place`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Place {
    pub(in crate::resource) universe: Universe,
    pub(in crate::resource) id: PlaceId,
}

impl Place {
    /// Returns the id of the place. Sends no request.
    #[must_use]
    pub fn id(&self) -> PlaceId {
        self.id
    }

    /// Returns the id of the universe that the handle was created from. Sends no request.
    #[must_use]
    pub fn universe_id(&self) -> UniverseId {
        self.universe.id
    }

    /// Returns the place: its name, description and server size.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let place = client.universe(13_058).place(90).get()?;
    /// println!("{:?} for {:?} players", place.display_name, place.server_size);
    /// # assert_eq!(place.is_root, Some(true));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the place does not exist or belongs to another universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Cloud_GetPlace) ·
    /// no scope · 100 requests per minute · stable
    pub fn get(&self) -> Result<models::Place> {
        self.call(&GET).send_with_known_field("path", self.path())
    }

    /// Changes name, description or server size of the place. Those of the root place are also those of the universe.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::PlaceUpdate;
    ///
    /// let place = client.universe(13_058).place(90);
    /// place.update(PlaceUpdate::new().display_name("Arena [update]").server_size(30))?;
    /// # assert_eq!(client.universe(13_058).get()?.display_name.as_deref(), Some("Arena [update]"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set (before anything is sent); `Conflict` while the place is open in a Team Create
    /// session; `ModeratedText` if a text is moderated.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Cloud_UpdatePlace) ·
    /// scope `universe.place:write` · 100 requests per minute · stable
    pub fn update(&self, update: PlaceUpdate) -> Result<models::Place> {
        let change = update.validated().map(Fields::mask_and_body);
        let call = self.call(&UPDATE).change(change);
        call.send_with(|received| received.json_with("path", &self.path()))
    }

    /// Returns the path that a response has.
    fn path(&self) -> String {
        format!("universes/{}/places/{}", self.universe.id, self.id)
    }

    /// Starts a call about the place.
    pub(in crate::resource) fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.universe.call(endpoint).path_param(self.id)
    }
}
