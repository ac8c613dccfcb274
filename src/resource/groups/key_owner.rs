//! Groups from the view of the API key's owner.

use serde_json::json;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::ids::at_least_one;
use crate::models::{GroupId, GroupPolicy, PendingGroup, WholeList};

/// A POST that reads.
const LIST_POLICIES: Endpoint = Endpoint::post("/legacy-groups/v1/groups/policies")
    .scopes(&["legacy-group:manage"])
    .idempotent();
const LIST_PENDING: Endpoint =
    Endpoint::get("/legacy-groups/v1/user/groups/pending").scopes(&["legacy-group:manage"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST_POLICIES, &LIST_PENDING];

impl Client {
    /// Returns for each of these groups whether the owner of the API key can view it.
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
    /// `InvalidInput` if there is no group, `BadRequest` if there are too many; the maximum is not documented. The list
    /// comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#post_legacy_groups_v1_groups_policies) ·
    /// scope `legacy-group:manage` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn group_policies<I: Into<GroupId>>(
        &self,
        groups: impl IntoIterator<Item = I>,
    ) -> Result<Vec<GroupPolicy>> {
        let groups: Result<Vec<GroupId>> = at_least_one("group", groups);
        let body = groups.map(|groups| {
            let ids = groups.into_iter().map(GroupId::get);
            json!({ "groupIds": ids.collect::<Vec<_>>() })
        });
        let list: WholeList<_> = self.call(&LIST_POLICIES).json_checked(body).send()?;
        Ok(list.data)
    }

    /// Returns the groups that the owner of the API key has requested to join.
    ///
    /// # Errors
    /// `InvalidKey` if the credential has no user. The list comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#get_legacy_groups_v1_user_groups_pending) ·
    /// scope `legacy-group:manage` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn pending_groups(&self) -> Result<Vec<PendingGroup>> {
        let list: WholeList<_> = self.call(&LIST_PENDING).send()?;
        Ok(list.data)
    }
}
