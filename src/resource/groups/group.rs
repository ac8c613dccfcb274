//! The handle for a group, and its roles.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{self, GroupId, GroupRole, RoleId};
use crate::paging::Items;

const GET: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}");
const LIST_ROLES: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/roles")
    .scopes(&["group:read"])
    .optional_scopes()
    .paginated("groupRoles", 20);
const GET_ROLE: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/roles/{role_id}")
    .scopes(&["group:read"])
    .optional_scopes();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &LIST_ROLES, &GET_ROLE];

/// A handle for a group. Created by [`Client::group`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Group {
    pub(in crate::resource) client: Client,
    pub(in crate::resource) id: GroupId,
}

impl Group {
    /// Returns the id of the group. Sends no request.
    #[must_use]
    pub fn id(&self) -> GroupId {
        self.id
    }

    /// Returns the group: its name, description, owner and number of members.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let group = client.group(7).get()?;
    /// println!("{} has {:?} members", group.display_name, group.member_count);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the group does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_GetGroup) ·
    /// no scope · 150 requests per minute with an API key, 30 with OAuth2 · beta
    pub fn get(&self) -> Result<models::Group> {
        self.call(&GET).send_with_known_field("id", self.id)
    }

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
        self.call(&LIST_ROLES).list()
    }

    /// Returns a role of the group.
    ///
    /// The scope adds permissions and description.
    ///
    /// # Errors
    /// `NotFound` if the group does not have the role.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_GetGroupRole) ·
    /// optional scope `group:read` · 300 requests per minute with an API key, 90 with OAuth2 · beta
    pub fn get_role(&self, role: impl Into<RoleId>) -> Result<GroupRole> {
        let role = role.into();
        let call = self.call(&GET_ROLE).path_param(role);
        call.send_with_known_field("id", role)
    }

    /// Starts a call about the group.
    pub(super) fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
