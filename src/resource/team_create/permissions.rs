//! Permissions of the owner of the API key.

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{
    ManageableGroup, UniverseId, UniversePermissions, UniversePermissionsEntry, WholeList,
};
use crate::resource::Universe;

const GET: Endpoint = Endpoint::get("/legacy-develop/v1/universes/{universeId}/permissions")
    .scopes(&["legacy-universe:manage"]);
const LIST: Endpoint = Endpoint::get("/legacy-develop/v1/universes/multiget/permissions")
    .scopes(&["legacy-universe:manage"]);
const GROUPS: Endpoint =
    Endpoint::get("/legacy-develop/v1/user/groups/canmanage").scopes(&["legacy-group:manage"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &LIST, &GROUPS];

impl Universe {
    /// Returns the permissions of the owner of the API key on the universe.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let permissions = client.universe(13_058).my_permissions()?;
    /// println!("manage: {:?}, edit: {:?}", permissions.can_manage, permissions.can_cloud_edit);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the universe does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#get_legacy_develop_v1_universes__universeId__permissions) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn my_permissions(&self) -> Result<UniversePermissions> {
        self.call(&GET).send()
    }
}

impl Client {
    /// Returns the permissions of the owner of the API key on each of these universes.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for (universe, permissions) in client.universe_permissions([13_058, 13_059, 404])? {
    ///     println!("{universe}: {:?}", permissions.can_manage);
    /// }
    /// # assert_eq!(client.universe_permissions([13_058, 404])?.len(), 1);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **Universes that do not exist are left out**, so the result may be shorter than the list of ids.
    ///
    /// # Errors
    /// `InvalidInput` without an id (before anything is sent); `BadRequest` if there are too many. The list comes in one
    /// response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#get_legacy_develop_v1_universes_multiget_permissions) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn universe_permissions<U: Into<UniverseId>>(
        &self,
        universes: impl IntoIterator<Item = U>,
    ) -> Result<Vec<(UniverseId, UniversePermissions)>> {
        let call = self.call(&LIST).queries_checked(super::ids(universes));
        let list: WholeList<UniversePermissionsEntry> = call.send()?;
        Ok(list.data.into_iter().map(Into::into).collect())
    }

    /// Returns the groups that the owner of the API key can manage.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for group in client.manageable_groups()? {
    ///     println!("{} {:?}", group.id, group.name);
    /// }
    /// # assert!(client.manageable_groups()?.iter().any(|group| group.id == 7.into()));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// The list comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#get_legacy_develop_v1_user_groups_canmanage) ·
    /// scope `legacy-group:manage` · 100 requests per minute · legacy
    pub fn manageable_groups(&self) -> Result<Vec<ManageableGroup>> {
        let list: WholeList<ManageableGroup> = self.call(&GROUPS).send()?;
        Ok(list.data)
    }
}
