//! Inventories: what users own.

use super::User;
use crate::endpoint::Endpoint;
use crate::models::{InventoryFilter, InventoryItem};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}/inventory-items")
    .scopes(&["user.inventory-item:read"])
    .paginated("inventoryItems", 100);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST];

impl User {
    /// Lists the items that the user owns.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{InventoryAssetType, InventoryFilter, InventoryItem};
    ///
    /// let filter = InventoryFilter::by_type().asset_types([InventoryAssetType::Hat]).badges();
    /// for item in client.user(156).list_inventory(filter).limit(250) {
    ///     match item? {
    ///         InventoryItem::Asset(asset) => println!("{} {}", asset.asset_type, asset.asset_id),
    ///         InventoryItem::Badge(badge) => println!("badge {}", badge.badge_id),
    ///         other => println!("{other:?}"),
    ///     }
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// A private inventory can be read only with an API key of the user, or if the user granted
    /// `user.inventory-item:read` over OAuth2.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `PermissionDenied` if the inventory is private, `NotFound` if the user does not exist, `InvalidInput` if a
    /// filter by id has no ids.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/inventories#Cloud_ListInventoryItems) ·
    /// scope `user.inventory-item:read` · 100 requests per minute with an API key, 20 with OAuth2 · up to 100 items per page · beta
    pub fn list_inventory(&self, filter: impl Into<InventoryFilter>) -> Items<InventoryItem> {
        let filter = filter.into().to_filter_string();
        self.call(&LIST).filter(filter).list()
    }
}
