//! Users: profiles and groups.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{self, GroupMembership, UserId};
use crate::paging::Items;
use crate::resource::groups::LIST_MEMBERSHIPS;

const GET: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}")
    .scopes(&["user.advanced:read", "user.social:read"])
    .optional_scopes();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET];

/// A handle for a user. Made by [`Client::user`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct User {
    pub(in crate::resource) client: Client,
    pub(in crate::resource) id: UserId,
}

impl User {
    /// Returns the id of the user. Sends no request.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.id
    }

    /// Returns the URL of the user's profile page. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// assert_eq!(client.user(156).profile_uri(), "https://www.roblox.com/users/156/profile");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn profile_uri(&self) -> String {
        format!("https://www.roblox.com/users/{}/profile", self.id)
    }

    /// Returns the user's profile.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let user = client.user(156).get()?;
    /// println!("{} (@{}) since {}", user.display_name, user.name, user.create_time.date());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// `id_verified` needs the scope `user.advanced:read`, `social_network_profiles` needs `user.social:read`.
    ///
    /// # Errors
    /// `NotFound` if the user does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/users#Cloud_GetUser) ·
    /// optional scopes `user.advanced:read`, `user.social:read` · 1,000 requests per minute with an API key, 10 with OAuth2 · beta
    pub fn get(&self) -> Result<models::User> {
        self.call(&GET).send()
    }

    /// Lists the groups that the user is a member of, with the user's roles.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for membership in client.user(156).list_groups() {
    ///     let membership = membership?;
    ///     println!("group {}, role {}", membership.group_id, membership.role_id);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupMemberships) ·
    /// no scope · 300 requests per minute with an API key, 90 with OAuth2 · up to 100 items per page · beta
    pub fn list_groups(&self) -> Items<GroupMembership> {
        // `-` stands for every group.
        let call = self.client.call(&LIST_MEMBERSHIPS).path_param("-");
        call.filter(format!("user == 'users/{}'", self.id)).list()
    }

    /// Starts a call about the user.
    pub(in crate::resource) fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
