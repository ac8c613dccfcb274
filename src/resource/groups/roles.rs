//! The roles of a group.

use super::Group;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{GroupRole, RoleId};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/roles")
    .scopes(&["group:read"])
    .optional_scopes()
    .paginated("groupRoles", 20);
const GET: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/roles/{role_id}")
    .scopes(&["group:read"])
    .optional_scopes();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &GET];

impl Group {
    /// Lists the roles of the group.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for role in client.group(7).list_roles() {
    ///     let role = role?;
    ///     println!("{} {:?} has rank {:?}", role.id, role.display_name, role.rank);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The scope adds permissions and descriptions.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupRoles) ·
    /// optional scope `group:read` · 300 requests per minute with an API key, 90 with OAuth2 · up to 20 items per page · beta
    pub fn list_roles(&self) -> Items<GroupRole> {
        self.call(&LIST).list()
    }

    /// Returns a role of the group.
    ///
    /// The scope adds permissions and description.
    ///
    /// # Errors
    /// `NotFound` if the group has no such role.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_GetGroupRole) ·
    /// optional scope `group:read` · 300 requests per minute with an API key, 90 with OAuth2 · beta
    pub fn get_role(&self, role: impl Into<RoleId>) -> Result<GroupRole> {
        self.call(&GET).path_param(role.into()).send()
    }
}
