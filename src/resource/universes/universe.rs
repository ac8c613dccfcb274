//! The handle for a universe.

use super::Place;
use crate::call::Call;
use crate::client::Client;
use crate::endpoint::{Endpoint, Method};
use crate::error::{Error, ErrorKind, Result};
use crate::models::change::Fields;
use crate::models::{self, PlaceId, UniverseId, UniverseUpdate};

const GET: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}");
const UPDATE: Endpoint =
    Endpoint::patch("/cloud/v2/universes/{universe_id}").scopes(&["universe:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &UPDATE];

/// This path is not in the official document.
const PLACE_UNIVERSE: &str = "/universes/v1/places/{place_id}/universe";

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlaceUniverse {
    universe_id: Option<UniverseId>,
}

impl Client {
    /// Returns the universe that a place belongs to.
    ///
    /// This call is **not in the official document**: the service may change it without notice. It is sent without the
    /// API key.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let universe = client.universe(client.place_universe(90)?);
    /// assert_eq!(universe.id().get(), 13_058);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the place does not exist or has no universe.
    pub fn place_universe(&self, place: impl Into<PlaceId>) -> Result<UniverseId> {
        let place = place.into();
        let request = self.request(Method::Get, PLACE_UNIVERSE);
        let response: PlaceUniverse = request.path_param(place).anonymous().send()?;
        let message = || format!("place {place} has no universe");
        let none = || Error::new(ErrorKind::NotFound, message());
        response.universe_id.ok_or_else(none)
    }
}

/// A handle for a universe, which players know as an experience or a game. Created by [`Client::universe`].
#[doc(alias("experience", "game"))]
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Universe {
    pub(in crate::resource) client: Client,
    pub(in crate::resource) id: UniverseId,
}

impl Universe {
    /// Returns the id of the universe. Sends no request.
    #[must_use]
    pub fn id(&self) -> UniverseId {
        self.id
    }

    /// Returns the universe: its name, owner, devices, price of private servers, and social links.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let universe = client.universe(13_058).get()?;
    /// println!("{:?} by {:?}", universe.display_name, universe.owner);
    /// # assert!(universe.owner.is_some() && universe.root_place_id.is_some());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the universe does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Cloud_GetUniverse) ·
    /// no scope · 100 requests per minute · stable
    pub fn get(&self) -> Result<models::Universe> {
        self.call(&GET).send_with_known_field("path", self.path())
    }

    /// Returns a handle for a place of the universe. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let place = client.universe(13_058).place(90);
    /// println!("{:?}", place.get()?.server_size);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn place(&self, id: impl Into<PlaceId>) -> Place {
        Place {
            universe: self.clone(),
            id: id.into(),
        }
    }

    /// Changes settings of the universe. Returns the fields that the service reports: at least the changed ones.
    ///
    /// Name and description are those of the root place: set them with [`Place::update`].
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::UniverseUpdate;
    ///
    /// let update = UniverseUpdate::new().voice_chat_enabled(true).private_server_price_robux(0);
    /// let universe = client.universe(13_058).update(update)?;
    /// assert_eq!(universe.private_server_price_robux, Some(0));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set or a universe has no link to a platform (before anything is sent);
    /// `PermissionDenied` if the owner of the API key cannot edit the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Cloud_UpdateUniverse) ·
    /// scope `universe:write` · 100 requests per minute · stable
    pub fn update(&self, update: UniverseUpdate) -> Result<models::Universe> {
        let change = update.validated().map(Fields::mask_and_body);
        let call = self.call(&UPDATE).change(change);
        call.send_with(|received| received.json_with("path", &self.path()))
    }

    /// Returns the path that a response has.
    fn path(&self) -> String {
        format!("universes/{}", self.id)
    }

    /// Starts a call about the universe.
    pub(in crate::resource) fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
