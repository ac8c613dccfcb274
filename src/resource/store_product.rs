//! Products of the creator store: assets that are sold.

use super::CreatorStore;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::http::Request;
use crate::models::{self, NewStoreProduct, StoreProductId, StoreProductUpdate};

const CREATE: Endpoint =
    Endpoint::post("/cloud/v2/creator-store-products").scopes(&["creator-store-product:write"]);
const GET: Endpoint = Endpoint::get("/cloud/v2/creator-store-products/{creator_store_product_id}")
    .scopes(&["creator-store-product:read"]);
const UPDATE: Endpoint =
    Endpoint::patch("/cloud/v2/creator-store-products/{creator_store_product_id}")
        .scopes(&["creator-store-product:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&CREATE, &GET, &UPDATE];

impl CreatorStore {
    /// Offers an asset that was never offered before; otherwise [`update`](StoreProduct::update) its product.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{Money, NewStoreProduct, StoreAsset};
    ///
    /// let price = Money::parse("USD", "4.99")?;
    /// let plugin = NewStoreProduct::new(StoreAsset::plugin(123)).base_price(price).published(true);
    /// let product = client.creator_store().create_product(plugin)?;
    /// println!("{:?} for {:?}", product.id, product.base_price);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` for a price that the service does not allow, `PermissionDenied` if the key's owner may not sell
    /// the asset; `InvalidInput` for a price of more than 9 places.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Cloud_CreateCreatorStoreProduct) ·
    /// scope `creator-store-product:write` · 30 a minute · beta
    pub fn create_product(&self, product: NewStoreProduct) -> Result<models::StoreProduct> {
        let request = Request::new(&CREATE).json(&product.body()?)?;
        self.client.http().send(&request)
    }

    /// A product, by its id or by what it sells. Asks nothing yet.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::StoreAsset;
    ///
    /// let store = client.creator_store();
    /// let product = store.product(StoreAsset::model(16_989_381_169)).get()?;
    /// let same = store.product("CreatorMarketplaceAsset-Model-16989381169").get()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn product(&self, id: impl Into<StoreProductId>) -> StoreProduct {
        StoreProduct {
            client: self.client.clone(),
            id: id.into(),
        }
    }
}

/// A product of the creator store. Made by [`CreatorStore::product`].
#[derive(Debug, Clone)]
#[must_use = "a handle asks nothing until a method is called"]
pub struct StoreProduct {
    client: Client,
    id: StoreProductId,
}

impl StoreProduct {
    /// The id that the handle was made with.
    #[must_use]
    pub fn id(&self) -> &StoreProductId {
        &self.id
    }

    /// What is sold, for how much, and by whom.
    ///
    /// # Errors
    /// `NotFound` if there is no such product; `InvalidInput` if the id is empty.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Cloud_GetCreatorStoreProduct) ·
    /// scope `creator-store-product:read` · 30 a minute · beta
    pub fn get(&self) -> Result<models::StoreProduct> {
        let request = Request::new(&GET).path_param(self.checked_id()?);
        self.client.http().send(&request)
    }

    /// Changes the price, or whether it is offered. Only what is set is sent.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{StoreAsset, StoreProductUpdate};
    ///
    /// let tree = StoreAsset::model(123);
    /// client.creator_store().product(&tree).update(StoreProductUpdate::new().published(false))?;
    ///
    /// // Also if it was never offered:
    /// let offer = StoreProductUpdate::new().published(true).or_create(tree.clone());
    /// client.creator_store().product(&tree).update(offer)?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if there is no such product, `BadRequest` for a price that the service does not allow,
    /// `PermissionDenied` if the key's owner may not change it; `InvalidInput` if nothing is set, the id is empty, or
    /// the price has more than 9 places.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Cloud_UpdateCreatorStoreProduct) ·
    /// scope `creator-store-product:write` · 30 a minute · beta
    pub fn update(&self, change: StoreProductUpdate) -> Result<models::StoreProduct> {
        let (mask, body, allow_missing) = change.parts()?;
        let request = Request::new(&UPDATE)
            .path_param(self.checked_id()?)
            .query("updateMask", mask)
            .query_opt("allowMissing", allow_missing.then_some(true))
            .json(&body)?;
        self.client.http().send(&request)
    }

    /// An empty id would make another path.
    fn checked_id(&self) -> Result<&StoreProductId> {
        if self.id.as_str().is_empty() {
            return Err(Error::invalid_input("the id of the product is empty"));
        }
        Ok(&self.id)
    }
}
