//! The members of groups, and their roles.

use serde_json::json;

use super::Group;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{GroupMembership, MembershipFilter, RoleId, UserId, users_filter};
use crate::paging::Items;

pub(in crate::resource) const LIST_MEMBERSHIPS: Endpoint =
    Endpoint::get("/cloud/v2/groups/{group_id}/memberships").paginated("groupMemberships", 100);
const UPDATE: Endpoint = Endpoint::patch("/cloud/v2/groups/{group_id}/memberships/{membership_id}")
    .scopes(&["group:write"]);
const ASSIGN_ROLE: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/memberships/{membership_id}:assignRole")
        .scopes(&["group:write"])
        .idempotent();
const UNASSIGN_ROLE: Endpoint =
    Endpoint::post("/cloud/v2/groups/{group_id}/memberships/{membership_id}:unassignRole")
        .scopes(&["group:write"])
        .idempotent();

pub(super) const ENDPOINTS: &[&Endpoint] =
    &[&LIST_MEMBERSHIPS, &UPDATE, &ASSIGN_ROLE, &UNASSIGN_ROLE];

impl Group {
    /// Lists the members of the group: all of them, those with a role, or one user.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::MembershipFilter;
    ///
    /// let group = client.group(7);
    /// let members = group.list_memberships(MembershipFilter::all()).count();
    /// let is_member = group.list_memberships(MembershipFilter::user(156)).next().transpose()?.is_some();
    /// # assert!(members > 1 && is_member);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **Collect the list before you change roles.** A change moves members between the pages, and a list that is read
    /// at the same time skips some of them. [`MembershipFilter::role`] also finds members who have the role in addition to a
    /// higher one: compare `role_id`, the highest role, before you change it.
    /// [`assign_role`](Self::assign_role) shows how to promote everybody with a role.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupMemberships) ·
    /// no scope · 300 requests per minute with an API key, 90 with OAuth2 · up to 100 items per page · beta
    pub fn list_memberships(&self, filter: MembershipFilter) -> Items<GroupMembership> {
        let filter = filter.to_filter_string(self.id);
        self.call(&LIST_MEMBERSHIPS).filter(filter).list()
    }

    /// Adds a role to a member. The member keeps all other roles.
    ///
    /// To promote everybody from one role to another, collect the members first, skip those with a higher role, then
    /// add the new role before you remove the old one:
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::{Result, models::{GroupMembership, MembershipFilter, RoleId}};
    ///
    /// let (member, admin) = (RoleId::from(9), RoleId::from(98));
    /// let group = client.group(7);
    /// let members: Vec<GroupMembership> = group.list_memberships(MembershipFilter::role(member)).collect::<Result<_>>()?;
    /// for membership in members.iter().filter(|membership| membership.role_id == member) {
    ///     group.assign_role(membership.user_id, admin)?;
    ///     group.unassign_role(membership.user_id, member)?;
    /// }
    /// # assert_eq!(group.list_memberships(MembershipFilter::role(admin)).count(), 24);
    /// # assert_eq!(group.list_memberships(MembershipFilter::user(156)).next().transpose()?.map(|owner| owner.role_id), Some(99.into()));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the user is not a member, `PermissionDenied` if the owner of the API key cannot change the member's
    /// roles.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_AssignRoleGroupMembership) ·
    /// scope `group:write` · 300 requests per minute with an API key, 90 with OAuth2 · beta
    pub fn assign_role(
        &self,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) -> Result<GroupMembership> {
        self.send_role(&ASSIGN_ROLE, user.into(), role.into())
    }

    /// Removes a role from a member. A member keeps the last role.
    ///
    /// # Errors
    /// Those of [`assign_role`](Self::assign_role).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_UnassignRoleGroupMembership) ·
    /// scope `group:write` · 300 requests per minute with an API key, 90 with OAuth2 · beta
    pub fn unassign_role(
        &self,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) -> Result<GroupMembership> {
        self.send_role(&UNASSIGN_ROLE, user.into(), role.into())
    }

    /// Replaces **all** roles of a member with this one.
    ///
    /// **It also removes higher roles, and so can demote an owner or an admin.** Use
    /// [`assign_role`](Self::assign_role) and [`unassign_role`](Self::unassign_role) to move members from one role to
    /// another, and never call it while you read a [list of members](Self::list_memberships).
    ///
    /// # Errors
    /// Those of [`assign_role`](Self::assign_role).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_UpdateGroupMembership) ·
    /// scope `group:write` · 300 requests per minute with an API key, 90 with OAuth2 · beta · superseded by `POST /cloud/v2/groups/{group_id}/memberships/{membership_id}:assignRole`
    #[doc(alias("set_rank", "promote"))]
    pub fn set_role(
        &self,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) -> Result<GroupMembership> {
        self.send_role(&UPDATE, user.into(), role.into())
    }

    /// Sends a role. The id of a membership is that of the user.
    fn send_role(
        &self,
        endpoint: &'static Endpoint,
        user: UserId,
        role: RoleId,
    ) -> Result<GroupMembership> {
        let role = json!({ "role": format!("groups/{}/roles/{role}", self.id) });
        let call = self.call(endpoint).path_param(user).json(&role);
        call.send_with_known_field("user", format_args!("users/{user}"))
    }
}

impl Client {
    /// Lists the memberships of 1 to 50 users, in all groups.
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
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `InvalidInput` if there is no user, or more than 50.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupMemberships) ·
    /// no scope · 300 requests per minute with an API key, 90 with OAuth2 · up to 100 items per page · beta
    pub fn list_memberships<I: Into<UserId>>(
        &self,
        users: impl IntoIterator<Item = I>,
    ) -> Items<GroupMembership> {
        let users: Vec<UserId> = users.into_iter().map(Into::into).collect();
        // `-` means every group.
        let call = self.call(&LIST_MEMBERSHIPS).path_param("-");
        call.filter(users_filter(&users)).list()
    }
}
