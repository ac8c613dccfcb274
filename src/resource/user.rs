//! Users: who they are, which groups they are in, what they own.

use super::group::LIST_MEMBERSHIPS;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::Request;
use crate::models::{
    self, AssetQuota, AssetQuotaFilter, GroupMembership, InventoryFilter, InventoryItem, Thumbnail,
    ThumbnailRequest, UserId,
};
use crate::operation::Operation;
use crate::paging::Items;

const GET: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}")
    .scopes(&["user.advanced:read", "user.social:read"])
    .optional_scopes();
const LIST_INVENTORY: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}/inventory-items")
    .scopes(&["user.inventory-item:read"])
    .paginated("inventoryItems", 100);

const LIST_QUOTAS: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}/asset-quotas")
    .scopes(&["asset:read"])
    .paginated("assetQuotas", 100);
const GENERATE_THUMBNAIL: Endpoint =
    Endpoint::get("/cloud/v2/users/{user_id}:generateThumbnail").error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] =
    &[&GET, &LIST_INVENTORY, &LIST_QUOTAS, &GENERATE_THUMBNAIL];

impl Client {
    /// A user, by id. Asks nothing yet.
    pub fn user(&self, id: impl Into<UserId>) -> User {
        User {
            client: self.clone(),
            id: id.into(),
        }
    }
}

/// A user of the service. Made by [`Client::user`].
#[derive(Debug, Clone)]
#[must_use = "a handle asks nothing until a method is called"]
pub struct User {
    pub(super) client: Client,
    pub(super) id: UserId,
}

impl User {
    /// The id that the handle was made with.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.id
    }

    /// The address of the user's profile page. Asks nothing.
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

    /// Who the user is.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let user = client.user(156).get()?;
    /// println!("{} (@{}) since {}", user.display_name, user.name, user.create_time.date());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the user does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/users#Cloud_GetUser) · no scope for what is
    /// public, `user.advanced:read` for `id_verified`, `user.social:read` for `social_network_profiles` · 1000 a
    /// minute with a key, 10 with a token · beta
    pub fn get(&self) -> Result<models::User> {
        self.client
            .http()
            .send(&Request::new(&GET).path_param(self.id))
    }

    /// The groups that the user is in, with the user's roles there.
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
    /// Each item may be an error; after one the list is over ([`Items::resume_token`] says where).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupMemberships) · no
    /// scope · 100 a page, 300 pages a minute with a key, 90 with a token · beta
    pub fn list_groups(&self) -> Items<GroupMembership> {
        let filter = format!("user == 'users/{}'", self.id);
        // `-` stands for every group.
        Items::new(
            self.client.http().clone(),
            Ok(Request::new(&LIST_MEMBERSHIPS)
                .path_param("-")
                .query("filter", filter)),
        )
    }

    /// What the user owns.
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
    /// If not everyone may see the user's inventory, the key must be one of the user's own, or the user must have
    /// granted `user.inventory-item:read` over OAuth2.
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over ([`Items::resume_token`] says where).
    /// `PermissionDenied` if the inventory is private, `NotFound` if the user does not exist, `InvalidInput` if a
    /// filter by id has no ids.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/inventories#Cloud_ListInventoryItems) ·
    /// scope `user.inventory-item:read` · 100 a page, 100 pages a minute with a key, 20 with a token · beta
    pub fn list_inventory(&self, filter: impl Into<InventoryFilter>) -> Items<InventoryItem> {
        let request = filter.into().to_filter_string().map(|filter| {
            Request::new(&LIST_INVENTORY)
                .path_param(self.id)
                .query_opt("filter", filter)
        });
        Items::new(self.client.http().clone(), request)
    }

    /// Makes a picture of the user's avatar. It is usually there at once.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::{ThumbnailRequest, ThumbnailShape};
    ///
    /// let request = ThumbnailRequest::new().size(150).shape(ThumbnailShape::Square);
    /// let picture = client.user(156).generate_thumbnail(request)?.wait(Duration::from_secs(30))?;
    /// println!("{}", picture.image_uri);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the user does not exist, `BadRequest` for a size that the service does not make.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/avatars#Cloud_GenerateUserThumbnail) · no scope · 1000 a minute with a key, 10 with a token · beta
    pub fn generate_thumbnail(&self, thumbnail: ThumbnailRequest) -> Result<Operation<Thumbnail>> {
        let request = Request::new(&GENERATE_THUMBNAIL)
            .path_param(self.id)
            .query_opt("size", thumbnail.size)
            .query_opt("format", thumbnail.format)
            .query_opt("shape", thumbnail.shape);
        Operation::start(self.client.http(), &request)
    }

    /// How much the user may still upload.
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over. `PermissionDenied` for another user than the key's owner.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Cloud_ListAssetQuotas) · scope `asset:read` · 100 a page, 60 pages a minute · beta
    pub fn list_asset_quotas(&self, filter: AssetQuotaFilter) -> Items<AssetQuota> {
        let request = filter.to_filter_string().map(|filter| {
            Request::new(&LIST_QUOTAS)
                .path_param(self.id)
                .query_opt("filter", filter)
        });
        Items::new(self.client.http().clone(), request)
    }
}

#[cfg(feature = "upload")]
asset_methods!(User, models::Creator::User);
