//! Game passes.

#[cfg(feature = "upload")]
use super::form;
use crate::call::Call;
use crate::endpoint::Endpoint;
#[cfg(feature = "upload")]
use crate::endpoint::{CodeMeaning, UserContent};
use crate::error::Result;
use crate::models::{self, GamePassId};
#[cfg(feature = "upload")]
use crate::models::{NewPass, PassUpdate};
use crate::paging::Items;
use crate::resource::Universe;

#[cfg(feature = "upload")]
const CODES: &[(&str, CodeMeaning)] = &[
    ("AssetCreationFailure", CodeMeaning::InvalidFile),
    ("FileTooLarge", CodeMeaning::InvalidFile),
];
const LIST: Endpoint = Endpoint::get("/game-passes/v1/universes/{universeId}/game-passes/creator")
    .scopes(&["game-pass:read"])
    .paginated("gamePasses", 50)
    .page_query("pageSize", "pageToken");
#[cfg(feature = "upload")]
const CREATE: Endpoint = Endpoint::post("/game-passes/v1/universes/{universeId}/game-passes")
    .scopes(&["game-pass:write"])
    .user_content(UserContent::File)
    .error_codes(CODES);
const GET: Endpoint =
    Endpoint::get("/game-passes/v1/universes/{universeId}/game-passes/{gamePassId}/creator")
        .scopes(&["game-pass:read"]);
#[cfg(feature = "upload")]
const UPDATE: Endpoint =
    Endpoint::patch("/game-passes/v1/universes/{universeId}/game-passes/{gamePassId}")
        .scopes(&["game-pass:write"])
        .user_content(UserContent::File)
        .error_codes(CODES);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &LIST,
    #[cfg(feature = "upload")]
    &CREATE,
    &GET,
    #[cfg(feature = "upload")]
    &UPDATE,
];

impl Universe {
    /// Lists the game passes of the universe, also those that are off sale.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for pass in client.universe(13_058).list_game_passes() {
    ///     let pass = pass?;
    ///     println!("{} {:?}: {:?} Robux", pass.game_pass_id, pass.name, pass.default_price_in_robux);
    /// }
    /// # assert_eq!(client.universe(13_058).list_game_passes().count(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/game-passes#GamePasses_ListGamePassConfigsByUniverse) ·
    /// scope `game-pass:read` · 10 requests per second · up to 50 items per page · beta
    pub fn list_game_passes(&self) -> Items<models::GamePass> {
        self.call(&LIST).list()
    }

    /// Creates a game pass, and returns it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::NewPass;
    ///
    /// let name = "VIP";
    /// let pass = client.universe(13_058).create_game_pass(NewPass::new(name).price(50))?;
    /// if pass.is_name_censored(name) {
    ///     eprintln!("moderation changed the name to {:?}", pass.name);
    /// }
    /// # assert_eq!((pass.is_for_sale, pass.default_price_in_robux), (true, Some(50)));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the pass may have been created already.
    ///
    /// # Errors
    /// `InvalidInput` if the name is empty, and `InvalidAsset` if the icon is certainly not an image (both before anything is
    /// sent); `Conflict` if the universe has a pass of this name.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/game-passes#GamePasses_CreateGamePass) ·
    /// scope `game-pass:write` · 5 requests per second · beta
    #[cfg(feature = "upload")]
    pub fn create_game_pass(&self, pass: NewPass) -> Result<models::GamePass> {
        let form = form(pass.into_parts()?, "imageFile");
        self.call(&CREATE).upload(form)
    }

    /// Returns a handle for a game pass of the universe. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let pass = client.universe(13_058).game_pass(777_777);
    /// println!("{}", pass.get()?.name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn game_pass(&self, id: impl Into<GamePassId>) -> GamePass {
        GamePass {
            universe: self.clone(),
            id: id.into(),
        }
    }
}

/// A handle for a game pass. Created by [`Universe::game_pass`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct GamePass {
    pub(in crate::resource) universe: Universe,
    pub(in crate::resource) id: GamePassId,
}

impl GamePass {
    /// Returns the id of the pass. Sends no request.
    #[must_use]
    pub fn id(&self) -> GamePassId {
        self.id
    }

    /// Returns the game pass.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let pass = client.universe(13_058).game_pass(777_777).get()?;
    /// println!("{:?} Robux", pass.default_price_in_robux);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the pass does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/game-passes#GamePasses_GetGamePassConfig) ·
    /// scope `game-pass:read` · 10 requests per second · beta
    pub fn get(&self) -> Result<models::GamePass> {
        self.call(&GET).send()
    }

    /// Changes the game pass. The service returns nothing; [`get`](Self::get) shows the result.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::PassUpdate;
    ///
    /// let pass = client.universe(13_058).game_pass(777_777);
    /// pass.update(PassUpdate::new().price(40))?;
    /// assert_eq!(pass.get()?.default_price_in_robux, Some(40));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Without an icon the request can be repeated; a new icon is an upload, and sent once.
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set or the name is empty, and `InvalidAsset` if the icon is certainly not an image (all
    /// before anything is sent); `Conflict` if the universe has another pass of this name; `NotFound` if the pass
    /// does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/game-passes#GamePasses_UpdateGamePass) ·
    /// scope `game-pass:write` · 5 requests per second · beta
    #[cfg(feature = "upload")]
    pub fn update(&self, update: PassUpdate) -> Result<()> {
        let parts = update.into_parts()?;
        let call = self.call(&UPDATE).never_repeat_if(parts.icon.is_some());
        call.upload_no_content(form(parts, "imageFile"))
    }

    /// Starts a call about the pass.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.universe.call(endpoint).path_param(self.id)
    }
}
