//! The handle for Team Create.

use serde_json::json;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{TeamCreateSettings, TeamCreateState, UniverseId, UserId, WholeList};
use crate::resource::Universe;

const GET: Endpoint = Endpoint::get("/legacy-develop/v1/universes/{universeId}/teamcreate")
    .scopes(&["legacy-team-collaboration:manage"]);
const UPDATE: Endpoint = Endpoint::patch("/legacy-develop/v1/universes/{universeId}/teamcreate")
    .scopes(&["legacy-team-collaboration:manage"]);
const REMOVE_MEMBER: Endpoint =
    Endpoint::delete("/legacy-develop/v1/universes/{universeId}/teamcreate/memberships")
        .scopes(&["legacy-team-collaboration:manage"]);
const LIST: Endpoint = Endpoint::get("/legacy-develop/v1/universes/multiget/teamcreate")
    .scopes(&["legacy-team-collaboration:manage"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &UPDATE, &REMOVE_MEMBER, &LIST];

impl Universe {
    /// Returns a handle for Team Create. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let team_create = client.universe(13_058).team_create();
    /// println!("{}", team_create.is_enabled()?);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn team_create(&self) -> TeamCreate {
        TeamCreate {
            universe: self.clone(),
        }
    }
}

impl Client {
    /// Returns whether Team Create is enabled in each of these universes.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for settings in client.team_create_settings([13_058, 13_059])? {
    ///     println!("{}: {:?}", settings.universe_id, settings.is_enabled);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **Universes that do not exist are left out**, so the result may be shorter than the list of ids.
    ///
    /// # Errors
    /// `InvalidInput` without an id (before anything is sent); `BadRequest` if there are too many. The list comes in one
    /// response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/team-create#get_legacy_develop_v1_universes_multiget_teamcreate) ·
    /// scope `legacy-team-collaboration:manage` · 100 requests per minute · legacy
    pub fn team_create_settings<U: Into<UniverseId>>(
        &self,
        universes: impl IntoIterator<Item = U>,
    ) -> Result<Vec<TeamCreateSettings>> {
        let call = self.call(&LIST).queries_checked(super::ids(universes));
        let list: WholeList<TeamCreateSettings> = call.send()?;
        Ok(list.data)
    }
}

/// A handle for Team Create of a universe, in which several users edit places at once. Created by
/// [`Universe::team_create`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct TeamCreate {
    universe: Universe,
}

impl TeamCreate {
    /// Returns whether Team Create is enabled.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// assert!(!client.universe(13_058).team_create().is_enabled()?);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the universe does not exist; `PermissionDenied` if the owner of the API key cannot manage it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/team-create#get_legacy_develop_v1_universes__universeId__teamcreate) ·
    /// scope `legacy-team-collaboration:manage` · 100 requests per minute · legacy
    pub fn is_enabled(&self) -> Result<bool> {
        let state: TeamCreateState = self.universe.call(&GET).send()?;
        Ok(state.is_enabled)
    }

    /// Enables or disables Team Create.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let team_create = client.universe(13_058).team_create();
    /// team_create.set_enabled(true)?;
    /// assert!(team_create.is_enabled()?);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the universe does not exist; `PermissionDenied` if the owner of the API key cannot manage it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/team-create#patch_legacy_develop_v1_universes__universeId__teamcreate) ·
    /// scope `legacy-team-collaboration:manage` · 100 requests per minute · legacy
    pub fn set_enabled(&self, yes: bool) -> Result<()> {
        let call = self.universe.call(&UPDATE);
        call.json(&json!({ "isEnabled": yes })).send_no_content()
    }

    /// Removes a user from those who may edit the universe in Team Create.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// client.universe(13_058).team_create().remove_member(2)?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the universe or the user does not exist; `PermissionDenied` if the owner of the API key cannot
    /// manage the universe, or Team Create is disabled in it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/team-create#delete_legacy_develop_v1_universes__universeId__teamcreate_memberships) ·
    /// scope `legacy-team-collaboration:manage` · 100 requests per minute · legacy
    pub fn remove_member(&self, user: impl Into<UserId>) -> Result<()> {
        let body = json!({ "userId": user.into().get() });
        let call = self.universe.call(&REMOVE_MEMBER).json(&body);
        call.send_no_content()
    }
}
