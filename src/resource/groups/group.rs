//! The handle for a group.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{self, GroupId};

const GET: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}");

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET];

/// A handle for a group. Made by [`Client::group`].
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
        self.call(&GET).send()
    }

    /// Starts a call about the group.
    pub(super) fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
