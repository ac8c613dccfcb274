//! The handle for a user: profile, groups, inventory and upload quotas.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{
    self, AssetQuota, AssetQuotaFilter, GroupMembership, InventoryFilter, InventoryItem, UserId,
};
use crate::paging::Items;
use crate::resource::groups::LIST_MEMBERSHIPS;

const GET: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}")
    .scopes(&["user.advanced:read", "user.social:read"])
    .optional_scopes();
const LIST_INVENTORY: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}/inventory-items")
    .scopes(&["user.inventory-item:read"])
    .paginated("inventoryItems", 100);
const LIST_QUOTAS: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}/asset-quotas")
    .scopes(&["asset:read"])
    .paginated("assetQuotas", 100);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &LIST_INVENTORY, &LIST_QUOTAS];

/// A handle for a user. Created by [`Client::user`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct User {
    pub(in crate::resource) client: Client,
    pub(in crate::resource) id: UserId,
}

impl User {
    /// Returns the id of the user. Sends no request.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.id
    }

    /// Returns the URL of the user's profile page. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// assert_eq!(client.user(156).profile_uri(), "https://www.roblox.com/users/156/profile");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn profile_uri(&self) -> String {
        format!("https://www.roblox.com/users/{}/profile", self.id)
    }

    /// Returns the user's profile.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let user = client.user(156).get()?;
    /// println!("{} (@{}) since {}", user.display_name, user.name, user.create_time.date());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// `id_verified` needs the scope `user.advanced:read`, `social_network_profiles` needs `user.social:read`.
    ///
    /// # Errors
    /// `NotFound` if the user does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/users#Cloud_GetUser) ·
    /// optional scopes `user.advanced:read`, `user.social:read` · 1,000 requests per minute with an API key, 10 with OAuth2 · stable
    pub fn get(&self) -> Result<models::User> {
        self.call(&GET).send_with_known_field("id", self.id)
    }

    /// Lists the groups that the user is a member of, with the user's roles.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for membership in client.user(156).list_groups() {
    ///     let membership = membership?;
    ///     println!("group {}, role {}", membership.group_id, membership.role_id);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupMemberships) ·
    /// no scope · 300 requests per minute with an API key, 90 with OAuth2 · up to 100 items per page · beta
    pub fn list_groups(&self) -> Items<GroupMembership> {
        // `-` means every group.
        let call = self.client.call(&LIST_MEMBERSHIPS).path_param("-");
        call.filter(format!("user == 'users/{}'", self.id)).list()
    }

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
        self.call(&LIST_INVENTORY).filter(filter).list()
    }

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
        self.call(&LIST_QUOTAS).filter(filter).list()
    }

    /// Starts a call about the user.
    pub(in crate::resource) fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
