//! Groups: what they are, their roles, their members, and who asks to join.

use serde::Serialize;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::Request;
use crate::models::{
    self, GroupId, GroupJoinRequest, GroupMembership, GroupRole, MembershipFilter, RoleId, UserId,
    users_filter,
};
use crate::paging::Items;

const GET: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}");
const LIST_ROLES: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/roles")
    .scopes(&["group:read"])
    .optional_scopes()
    .paginated("groupRoles", 20);
const GET_ROLE: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/roles/{role_id}")
    .scopes(&["group:read"])
    .optional_scopes();
pub(super) const LIST_MEMBERSHIPS: Endpoint =
    Endpoint::get("/cloud/v2/groups/{group_id}/memberships").paginated("groupMemberships", 100);
const UPDATE_MEMBERSHIP: Endpoint =
    Endpoint::patch("/cloud/v2/groups/{group_id}/memberships/{membership_id}")
        .scopes(&["group:write"]);
const ASSIGN_ROLE: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/memberships/{membership_id}:assignRole")
        .scopes(&["group:write"])
        .idempotent();
const UNASSIGN_ROLE: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/memberships/{membership_id}:unassignRole")
        .scopes(&["group:write"])
        .idempotent();
const LIST_JOIN_REQUESTS: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/join-requests")
    .scopes(&["group:read"])
    .paginated("groupJoinRequests", 20);
const ACCEPT: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/join-requests/{join_request_id}:accept")
        .scopes(&["group:write"]);
const DECLINE: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/join-requests/{join_request_id}:decline")
        .scopes(&["group:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &GET,
    &LIST_ROLES,
    &GET_ROLE,
    &LIST_MEMBERSHIPS,
    &UPDATE_MEMBERSHIP,
    &ASSIGN_ROLE,
    &UNASSIGN_ROLE,
    &LIST_JOIN_REQUESTS,
    &ACCEPT,
    &DECLINE,
];

impl Client {
    /// A group, by id. Asks nothing yet.
    pub fn group(&self, id: impl Into<GroupId>) -> Group {
        Group {
            client: self.clone(),
            id: id.into(),
        }
    }

    /// The memberships of 1 to 50 users, in every group.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for membership in client.list_memberships([156, 2]) {
    ///     let membership = membership?;
    ///     println!("user {} is in group {}", membership.user_id, membership.group_id);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over. `InvalidInput` for no user, or more than 50.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupMemberships) · no scope · 100 a page, 300 pages a minute with a key, 90
    /// with a token · beta
    pub fn list_memberships<I: Into<UserId>>(
        &self,
        users: impl IntoIterator<Item = I>,
    ) -> Items<GroupMembership> {
        let users: Vec<UserId> = users.into_iter().map(Into::into).collect();
        // `-` stands for every group.
        let request = users_filter(&users).map(|filter| {
            Request::new(&LIST_MEMBERSHIPS)
                .path_param("-")
                .query("filter", filter)
        });
        Items::new(self.http().clone(), request)
    }
}

/// A group of the service. Made by [`Client::group`].
#[derive(Debug, Clone)]
#[must_use = "a handle asks nothing until a method is called"]
pub struct Group {
    pub(super) client: Client,
    pub(super) id: GroupId,
}

/// The body of calls that name a role.
#[derive(Serialize)]
struct RoleBody {
    role: String,
}

impl Group {
    /// The id that the handle was made with.
    #[must_use]
    pub fn id(&self) -> GroupId {
        self.id
    }

    /// What the group is.
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
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_GetGroup) · no scope · 150 a minute · beta
    pub fn get(&self) -> Result<models::Group> {
        self.client
            .http()
            .send(&Request::new(&GET).path_param(self.id))
    }

    /// The roles of the group.
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupRoles) · scope `group:read` for permissions and descriptions · 20 a page,
    /// 300 pages a minute · beta
    pub fn list_roles(&self) -> Items<GroupRole> {
        Items::new(
            self.client.http().clone(),
            Ok(Request::new(&LIST_ROLES).path_param(self.id)),
        )
    }

    /// A role of the group.
    ///
    /// # Errors
    /// `NotFound` if the group has no such role.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_GetGroupRole) · scope `group:read` for permissions and descriptions · 300 a minute
    /// · beta
    pub fn get_role(&self, role: impl Into<RoleId>) -> Result<GroupRole> {
        self.client.http().send(
            &Request::new(&GET_ROLE)
                .path_param(self.id)
                .path_param(role.into()),
        )
    }

    /// The members of the group: all, those with a role, or one user.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::MembershipFilter;
    ///
    /// let members = client.group(7).list_memberships(MembershipFilter::all()).count();
    /// let is_member = client.group(7).list_memberships(MembershipFilter::user(156)).next().transpose()?.is_some();
    /// # assert!(members > 1 && is_member);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupMemberships) · no scope · 100 a page, 300 pages a minute with a key, 90
    /// with a token · beta
    pub fn list_memberships(&self, filter: MembershipFilter) -> Items<GroupMembership> {
        let request = Request::new(&LIST_MEMBERSHIPS)
            .path_param(self.id)
            .query_opt("filter", filter.to_filter_string(self.id));
        Items::new(self.client.http().clone(), Ok(request))
    }

    /// Makes this role the only one that a member has. The service calls this way deprecated, in favor of
    /// [`assign_role`](Self::assign_role) and [`unassign_role`](Self::unassign_role).
    ///
    /// # Errors
    /// `NotFound` if the user is no member, `PermissionDenied` if the key's owner may not change ranks.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_UpdateGroupMembership) · scope
    /// `group:write` · 300 a minute with a key, 90 with a token · beta
    pub fn set_role(
        &self,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) -> Result<GroupMembership> {
        self.send_role(&UPDATE_MEMBERSHIP, user.into(), role.into())
    }

    /// Gives a member one more role.
    ///
    /// # Errors
    /// `NotFound` if the user is no member, `PermissionDenied` if the key's owner may not change ranks.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_AssignRoleGroupMembership) · scope
    /// `group:write` · 300 a minute with a key, 90 with a token · beta
    pub fn assign_role(
        &self,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) -> Result<GroupMembership> {
        self.send_role(&ASSIGN_ROLE, user.into(), role.into())
    }

    /// Takes a role from a member.
    ///
    /// # Errors
    /// `NotFound` if the user is no member, `PermissionDenied` if the key's owner may not change ranks.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_UnassignRoleGroupMembership) · scope
    /// `group:write` · 300 a minute with a key, 90 with a token · beta
    pub fn unassign_role(
        &self,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) -> Result<GroupMembership> {
        self.send_role(&UNASSIGN_ROLE, user.into(), role.into())
    }

    /// Who asks to join the group.
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over. `PermissionDenied` if the key's owner may not accept.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupJoinRequests) · scope
    /// `group:read` · 20 a page, 300 pages a minute with a key, 90 with a token · beta
    pub fn list_join_requests(&self) -> Items<GroupJoinRequest> {
        Items::new(
            self.client.http().clone(),
            Ok(Request::new(&LIST_JOIN_REQUESTS).path_param(self.id)),
        )
    }

    /// The wish of one user to join the group, if there is one.
    ///
    /// # Errors
    /// `PermissionDenied` if the key's owner may not accept.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupJoinRequests) · scope
    /// `group:read` · 300 a minute with a key, 90 with a token · beta
    pub fn find_join_request(&self, user: impl Into<UserId>) -> Result<Option<GroupJoinRequest>> {
        let filter = format!("user == 'users/{}'", user.into());
        let request = Request::new(&LIST_JOIN_REQUESTS)
            .path_param(self.id)
            .query("filter", filter);
        Items::new(self.client.http().clone(), Ok(request))
            .next()
            .transpose()
    }

    /// Lets a user in who asked.
    ///
    /// # Errors
    /// `NotFound` if the user did not ask, `PermissionDenied` if the key's owner may not accept.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_AcceptGroupJoinRequest) · scope
    /// `group:write` · 100 a minute with a key, 90 with a token · beta
    pub fn accept_join_request(&self, user: impl Into<UserId>) -> Result<()> {
        self.answer_join_request(&ACCEPT, user.into())
    }

    /// Turns a user down who asked.
    ///
    /// # Errors
    /// `NotFound` if the user did not ask, `PermissionDenied` if the key's owner may not accept.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_DeclineGroupJoinRequest) · scope
    /// `group:write` · 100 a minute with a key, 90 with a token · beta
    pub fn decline_join_request(&self, user: impl Into<UserId>) -> Result<()> {
        self.answer_join_request(&DECLINE, user.into())
    }

    fn send_role(
        &self,
        endpoint: &'static Endpoint,
        user: UserId,
        role: RoleId,
    ) -> Result<GroupMembership> {
        let body = RoleBody {
            role: format!("groups/{}/roles/{role}", self.id),
        };
        // A user's id stands for their membership.
        self.client.http().send(
            &Request::new(endpoint)
                .path_param(self.id)
                .path_param(user)
                .json(&body)?,
        )
    }

    fn answer_join_request(&self, endpoint: &'static Endpoint, user: UserId) -> Result<()> {
        // The id of the wish is that of the user; the service wants an empty object.
        let request = Request::new(endpoint)
            .path_param(self.id)
            .path_param(user)
            .json(&serde_json::json!({}))?;
        self.client.http().send_no_content(&request)
    }
}

#[cfg(feature = "upload")]
asset_methods!(Group, models::Creator::Group);
