//! Upload quotas.

use super::User;
use crate::endpoint::Endpoint;
use crate::models::{AssetQuota, AssetQuotaFilter};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}/asset-quotas")
    .scopes(&["asset:read"])
    .paginated("assetQuotas", 100);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST];

impl User {
    /// Lists the user's upload quotas: how many assets of a type can be uploaded in a period, and how many were.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{AssetQuotaFilter, AssetType};
    ///
    /// let audio = AssetQuotaFilter::all().uploads().asset_type(AssetType::Audio);
    /// for quota in client.user(156).list_asset_quotas(audio) {
    ///     let quota = quota?;
    ///     println!("{:?} of {:?} uploads used", quota.usage, quota.capacity);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `PermissionDenied` if the user is not the owner of the API key.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Cloud_ListAssetQuotas) ·
    /// scope `asset:read` · 60 requests per minute · up to 100 items per page · beta
    pub fn list_asset_quotas(&self, filter: AssetQuotaFilter) -> Items<AssetQuota> {
        let filter = filter.to_filter_string();
        self.call(&LIST).filter(filter).list()
    }
}
