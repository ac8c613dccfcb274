//! Requests of users to join a group.

use serde_json::json;

use super::Group;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{GroupJoinRequest, UserId};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/join-requests")
    .scopes(&["group:read"])
    .paginated("groupJoinRequests", 20);
const ACCEPT: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/join-requests/{join_request_id}:accept")
        .scopes(&["group:write"]);
const DECLINE: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/join-requests/{join_request_id}:decline")
        .scopes(&["group:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &ACCEPT, &DECLINE];

impl Group {
    /// Lists the requests to join the group.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # sandbox.add_join_request(7, 5);
    /// use rblx_open_cloud::{Result, models::GroupJoinRequest};
    ///
    /// let group = client.group(7);
    /// // Accepting a request removes it from the list, so collect the list first.
    /// let requests: Vec<GroupJoinRequest> = group.list_join_requests().collect::<Result<_>>()?;
    /// for request in requests {
    ///     group.accept_join_request(request.user_id)?;
    /// }
    /// # assert!(group.find_join_request(5)?.is_none());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `PermissionDenied` if the owner of the API key cannot accept join requests.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupJoinRequests) ·
    /// scope `group:read` · 300 requests per minute with an API key, 90 with OAuth2 · up to 20 items per page · beta
    pub fn list_join_requests(&self) -> Items<GroupJoinRequest> {
        self.call(&LIST).list()
    }

    /// Returns the join request of a user, if there is one.
    ///
    /// # Errors
    /// `PermissionDenied` if the owner of the API key cannot accept join requests.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupJoinRequests) ·
    /// scope `group:read` · 300 requests per minute with an API key, 90 with OAuth2 · beta
    pub fn find_join_request(&self, user: impl Into<UserId>) -> Result<Option<GroupJoinRequest>> {
        let filter = format!("user == 'users/{}'", user.into());
        self.call(&LIST).filter(filter).list().next().transpose()
    }

    /// Accepts a join request.
    ///
    /// # Errors
    /// `NotFound` if the user sent no join request, `PermissionDenied` if the owner of the API key cannot accept join
    /// requests.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_AcceptGroupJoinRequest) ·
    /// scope `group:write` · 100 requests per minute with an API key, 90 with OAuth2 · beta
    pub fn accept_join_request(&self, user: impl Into<UserId>) -> Result<()> {
        self.decide(&ACCEPT, user.into())
    }

    /// Declines a join request.
    ///
    /// # Errors
    /// Those of [`accept_join_request`](Self::accept_join_request).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_DeclineGroupJoinRequest) ·
    /// scope `group:write` · 100 requests per minute with an API key, 90 with OAuth2 · beta
    pub fn decline_join_request(&self, user: impl Into<UserId>) -> Result<()> {
        self.decide(&DECLINE, user.into())
    }

    /// Accepts or declines a join request. Its id is that of the user. The service requires an empty object.
    fn decide(&self, endpoint: &'static Endpoint, user: UserId) -> Result<()> {
        let call = self.call(endpoint).path_param(user);
        call.json(&json!({})).send_no_content()
    }
}
