//! The settings, description and status of a group.

use serde::Deserialize;
use serde_json::json;

use super::Group;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::serde_helpers::ByNameOrNumber;
use crate::models::{
    GroupNotificationChange, GroupNotificationType, GroupSettings, GroupSettingsUpdate, GroupShout,
};

const GET: Endpoint =
    Endpoint::get("/legacy-groups/v1/groups/{groupId}/settings").scopes(&["legacy-group:manage"]);
const UPDATE: Endpoint =
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
    &GET,
    &UPDATE,
    &SET_DESCRIPTION,
    &SET_STATUS,
    &SET_PREFERENCE,
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewDescription {
    new_description: Option<String>,
}

impl Group {
    /// Returns the settings of the group.
    ///
    /// # Errors
    /// `PermissionDenied` if the owner of the API key cannot change the group, `BadRequest` if the group does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#get_legacy_groups_v1_groups__groupId__settings) ·
    /// scope `legacy-group:manage` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn get_settings(&self) -> Result<GroupSettings> {
        self.call(&GET).send()
    }

    /// Changes settings of the group. Only the settings that are set change.
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
    /// `InvalidInput` if the update sets nothing, `PermissionDenied` if the owner of the API key cannot change the group.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__settings) ·
    /// scope `legacy-group:manage` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn update_settings(&self, change: &GroupSettingsUpdate) -> Result<()> {
        let call = self.call(&UPDATE).json(change.validated()?);
        call.send_no_content()
    }

    /// Sets the description of the group, and returns it as the service stored it.
    ///
    /// # Errors
    /// `BadRequest` if the text is empty, `PermissionDenied` if it is too long or the owner of the API key cannot change
    /// the group.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__description) ·
    /// scope `legacy-group:manage` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn set_description(&self, description: &str) -> Result<String> {
        let call = self.call(&SET_DESCRIPTION);
        let response: NewDescription = call.json(&json!({ "description": description })).send()?;
        Ok(response.new_description.unwrap_or_default())
    }

    /// Sets the status of the group, also known as its shout.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let shout = client.group(7).set_status("Version 2 is out!")?;
    /// println!("{:?} at {:?}", shout.body, shout.updated);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the text is empty or moderated, `PermissionDenied` if the owner of the API key cannot set the
    /// status.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__status) ·
    /// scope `legacy-group:manage` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    #[doc(alias = "shout")]
    pub fn set_status(&self, message: &str) -> Result<GroupShout> {
        let call = self.call(&SET_STATUS);
        call.json(&json!({ "message": message })).send()
    }

    /// Sets whether the owner of the API key receives a kind of notification from the group.
    ///
    /// # Errors
    /// `BadRequest` if the group does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#patch_legacy_groups_v1_groups__groupId__notification_preference) ·
    /// scope `legacy-user:manage` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn set_notification_preference(
        &self,
        kind: &GroupNotificationType,
        is_enabled: bool,
    ) -> Result<GroupNotificationChange> {
        let code = kind.code();
        let body = code.map(|code| json!({ "notificationsEnabled": is_enabled, "type": code }));
        let ByNameOrNumber(change) = self.call(&SET_PREFERENCE).json_checked(body).send()?;
        Ok(change)
    }
}
