//! The audit log of a group.

use super::Group;
use crate::endpoint::{Endpoint, PageStyle};
use crate::models::{GroupAuditLogEntry, GroupAuditLogFilter};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/legacy-groups/v1/groups/{groupId}/audit-log")
    .scopes(&["legacy-group:manage"])
    .paginated("data", 100)
    .page_style(PageStyle::Sizes(&[10, 25, 50, 100]));

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST];

impl Group {
    /// Lists the changes of the group that its audit log recorded.
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
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `PermissionDenied` if the owner of the API key cannot see the audit log.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#get_legacy_groups_v1_groups__groupId__audit_log) ·
    /// scope `legacy-group:manage` · 100 requests per minute · 10, 25, 50 or 100 items per page · legacy · no longer in the official document (autumn 2026)
    pub fn list_audit_log(&self, filter: GroupAuditLogFilter) -> Items<GroupAuditLogEntry> {
        self.call(&LIST)
            .query_known("actionType", filter.action.as_ref())
            .query_opt("userId", filter.user)
            .query_opt("sortOrder", filter.order)
            .list()
    }
}
