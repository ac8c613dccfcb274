//! Activation of universes.

use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::resource::Universe;

const ACTIVATE: Endpoint = Endpoint::post("/legacy-develop/v1/universes/{universeId}/activate")
    .scopes(&["legacy-universe:manage"])
    .user_content(UserContent::None)
    .idempotent();
const DEACTIVATE: Endpoint = Endpoint::post("/legacy-develop/v1/universes/{universeId}/deactivate")
    .scopes(&["legacy-universe:manage"])
    .user_content(UserContent::None)
    .idempotent();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&ACTIVATE, &DEACTIVATE];

impl Universe {
    /// Activates the universe: everyone who may play it can join.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// client.universe(13_058).activate()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the universe does not exist or has no root place; `PermissionDenied` if the owner of the API key
    /// cannot manage it, the root place is under review, or its creator has too many active places already.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#post_legacy_develop_v1_universes__universeId__activate) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn activate(&self) -> Result<()> {
        self.call(&ACTIVATE).send_no_content()
    }

    /// Deactivates the universe: only those who can edit it can join.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// client.universe(13_058).deactivate()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the universe does not exist or has no root place; `PermissionDenied` if the owner of the API key
    /// cannot manage it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#post_legacy_develop_v1_universes__universeId__deactivate) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn deactivate(&self) -> Result<()> {
        self.call(&DEACTIVATE).send_no_content()
    }
}
