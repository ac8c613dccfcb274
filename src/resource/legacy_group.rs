//! What the older service of groups adds: audit log, settings, status, policies, pending groups.

use serde::Deserialize;
use serde_json::json;

use super::Group;
use crate::client::Client;
use crate::endpoint::{Endpoint, PageStyle};
use crate::error::{Error, Result};
use crate::http::Request;
use crate::models::serde_helpers::ByNameOrNumber;
use crate::models::{
    GroupAuditLogEntry, GroupAuditLogFilter, GroupId, GroupNotificationChange,
    GroupNotificationType, GroupPolicy, GroupSettings, GroupSettingsUpdate, GroupShout,
    PendingGroup,
};
use crate::paging::Items;

/// A POST that reads.
const LIST_POLICIES: Endpoint = Endpoint::post("/legacy-groups/v1/groups/policies")
    .scopes(&["legacy-group:manage"])
    .idempotent();
const LIST_PENDING: Endpoint =
    Endpoint::get("/legacy-groups/v1/user/groups/pending").scopes(&["legacy-group:manage"]);
const LIST_AUDIT_LOG: Endpoint = Endpoint::get("/legacy-groups/v1/groups/{groupId}/audit-log")
    .scopes(&["legacy-group:manage"])
    .paginated("data", 100)
    .page_style(PageStyle::Sizes(&[10, 25, 50, 100]));
const GET_SETTINGS: Endpoint =
    Endpoint::get("/legacy-groups/v1/groups/{groupId}/settings").scopes(&["legacy-group:manage"]);
const UPDATE_SETTINGS: Endpoint =
    Endpoint::patch("/legacy-groups/v1/groups/{groupId}/settings").scopes(&["legacy-group:manage"]);
const SET_DESCRIPTION: Endpoint = Endpoint::patch("/legacy-groups/v1/groups/{groupId}/description")
    .scopes(&["legacy-group:manage"]);
const SET_STATUS: Endpoint = Endpoint::patch("/legacy-groups/v1/groups/{groupId}/status")
    .scopes(&["legacy-group:manage"])
    .not_idempotent();
const SET_PREFERENCE: Endpoint =
    Endpoint::patch("/legacy-groups/v1/groups/{groupId}/notification-preference")
        .scopes(&["legacy-user:manage"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &LIST_POLICIES,
    &LIST_PENDING,
    &LIST_AUDIT_LOG,
    &GET_SETTINGS,
    &UPDATE_SETTINGS,
    &SET_DESCRIPTION,
    &SET_STATUS,
    &SET_PREFERENCE,
];

/// An answer with everything under `groups` or `data`.
#[derive(Deserialize)]
struct Whole<T> {
    #[serde(alias = "groups")]
    data: Option<Vec<T>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewDescription {
    new_description: Option<String>,
}

impl Client {
    /// Which of these groups the key's owner may see, all at once. At least one must be named.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for policy in client.group_policies([7, 8])? {
    ///     println!("group {}: {:?}", policy.group_id, policy.can_view_group);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` for no group, `BadRequest` for too many; how many are too many is not documented.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#post_legacy_groups_v1_groups_policies) ·
    /// scope `legacy-group:manage` · 100 a minute · legacy
    pub fn group_policies<I: Into<GroupId>>(
        &self,
        groups: impl IntoIterator<Item = I>,
    ) -> Result<Vec<GroupPolicy>> {
        let ids: Vec<u64> = groups.into_iter().map(|id| id.into().get()).collect();
        if ids.is_empty() {
            return Err(Error::invalid_input("policies of no group were asked for"));
        }
        let request = Request::new(&LIST_POLICIES).json(&json!({ "groupIds": ids }))?;
        let found: Whole<_> = self.http().send(&request)?;
        Ok(found.data.unwrap_or_default())
    }

    /// The groups that the key's owner asked to join, all at once.
    ///
    /// # Errors
    /// `InvalidKey` if the credential stands for nobody.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#get_legacy_groups_v1_user_groups_pending) ·
    /// scope `legacy-group:manage` · 100 a minute · legacy
    pub fn pending_groups(&self) -> Result<Vec<PendingGroup>> {
        let found: Whole<_> = self.http().send(&Request::new(&LIST_PENDING))?;
        Ok(found.data.unwrap_or_default())
    }
}

impl Group {
    /// Who did what to the group.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{GroupAuditLogAction, GroupAuditLogFilter};
    ///
    /// let promotions = GroupAuditLogFilter::all().action(GroupAuditLogAction::ChangeRank);
    /// for entry in client.group(7).list_audit_log(promotions).limit(20) {
    ///     let entry = entry?;
    ///     println!("{}: {} {}", entry.created, entry.action_type, entry.description);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over. `PermissionDenied` if the key's owner may not see it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#get_legacy_groups_v1_groups__groupId__audit_log) ·
    /// scope `legacy-group:manage` · 10, 25, 50 or 100 a page, 100 pages a minute · legacy
    pub fn list_audit_log(&self, filter: GroupAuditLogFilter) -> Items<GroupAuditLogEntry> {
        let request = Request::new(&LIST_AUDIT_LOG)
            .path_param(self.id)
            .query_opt("actionType", filter.action)
            .query_opt("userId", filter.user)
            .query_opt("sortOrder", filter.order);
        Items::new(self.client.http().clone(), Ok(request))
    }

    /// How the group is set up.
    ///
    /// # Errors
    /// `PermissionDenied` if the key's owner may not change the group, `BadRequest` if the group does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#get_legacy_groups_v1_groups__groupId__settings) ·
    /// scope `legacy-group:manage` · 100 a minute · legacy
    pub fn get_settings(&self) -> Result<GroupSettings> {
        self.client
            .http()
            .send(&Request::new(&GET_SETTINGS).path_param(self.id))
    }

    /// Changes how the group is set up. What is not set in the change stays as it is.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::GroupSettingsUpdate;
    ///
    /// let group = client.group(7);
    /// group.update_settings(&GroupSettingsUpdate::new().approval_required(true))?;
    /// assert_eq!(group.get_settings()?.is_approval_required, Some(true));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` for a change of nothing, `PermissionDenied` if the key's owner may not change the group.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__settings) ·
    /// scope `legacy-group:manage` · 100 a minute · legacy
    pub fn update_settings(&self, change: &GroupSettingsUpdate) -> Result<()> {
        let request = Request::new(&UPDATE_SETTINGS)
            .path_param(self.id)
            .json(change.validated()?)?;
        self.client.http().send_no_content(&request)
    }

    /// Sets what the group says about itself, and gives it as the service keeps it.
    ///
    /// # Errors
    /// `BadRequest` if the text is empty, `PermissionDenied` if it is too long or the key's owner may not change
    /// the group.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__description) ·
    /// scope `legacy-group:manage` · 100 a minute · legacy
    pub fn set_description(&self, description: &str) -> Result<String> {
        let request = Request::new(&SET_DESCRIPTION)
            .path_param(self.id)
            .json(&json!({ "description": description }))?;
        let answer: NewDescription = self.client.http().send(&request)?;
        Ok(answer.new_description.unwrap_or_default())
    }

    /// Sets the status of the group, which people call its shout.
    ///
    /// # Errors
    /// `BadRequest` if the text is empty or moderated, `PermissionDenied` if the key's owner may not set it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__status) ·
    /// scope `legacy-group:manage` · 100 a minute · legacy
    pub fn set_status(&self, message: &str) -> Result<GroupShout> {
        let request = Request::new(&SET_STATUS)
            .path_param(self.id)
            .json(&json!({ "message": message }))?;
        self.client.http().send(&request)
    }

    /// Sets whether the key's owner gets notifications of one kind from the group.
    ///
    /// # Errors
    /// `BadRequest` if the group does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__notification_preference) ·
    /// scope `legacy-user:manage` · 100 a minute · legacy
    pub fn set_notification_preference(
        &self,
        kind: &GroupNotificationType,
        is_enabled: bool,
    ) -> Result<GroupNotificationChange> {
        let body = json!({ "notificationsEnabled": is_enabled, "type": kind.code() });
        let request = Request::new(&SET_PREFERENCE)
            .path_param(self.id)
            .json(&body)?;
        let ByNameOrNumber(change) = self.client.http().send(&request)?;
        Ok(change)
    }
}
