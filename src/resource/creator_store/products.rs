//! Products of the creator store: assets that are sold.

use super::CreatorStore;
use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::names::validated_name;
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
    /// Returns a handle for a product, by its id or by the asset that it sells. Sends no request.
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

    /// Creates a product for an asset that was never a product. [`StoreProduct::update`] changes an existing one.
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
    /// `BadRequest` if the service does not allow the price, `PermissionDenied` if the owner of the API key cannot sell
    /// the asset; `InvalidInput` if the price has more than 9 decimal places.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Cloud_CreateCreatorStoreProduct) ·
    /// scope `creator-store-product:write` · 30 requests per minute · beta
    pub fn create_product(&self, product: NewStoreProduct) -> Result<models::StoreProduct> {
        self.client.call(&CREATE).json(&product.body()?).send()
    }
}

/// A handle for a product of the creator store. Created by [`CreatorStore::product`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct StoreProduct {
    client: Client,
    id: StoreProductId,
}

impl StoreProduct {
    /// Returns the id of the product. Sends no request.
    #[must_use]
    pub fn id(&self) -> &StoreProductId {
        &self.id
    }

    /// Returns the product: the asset, its price, and whether it is for sale.
    ///
    /// # Errors
    /// `NotFound` if the product does not exist; `InvalidInput` if the id is empty.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Cloud_GetCreatorStoreProduct) ·
    /// scope `creator-store-product:read` · 30 requests per minute · beta
    pub fn get(&self) -> Result<models::StoreProduct> {
        self.call(&GET).send()
    }

    /// Changes the price, or whether the product is for sale. Only the fields that are set are sent.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{StoreAsset, StoreProductUpdate};
    ///
    /// let tree = StoreAsset::model(123);
    /// client.creator_store().product(&tree).update(StoreProductUpdate::new().published(false))?;
    ///
    /// // Creates the product if it does not exist:
    /// let offer = StoreProductUpdate::new().published(true).or_create(tree.clone());
    /// client.creator_store().product(&tree).update(offer)?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the product does not exist, `BadRequest` if the service does not allow the price,
    /// `PermissionDenied` if the owner of the API key cannot change the product; `InvalidInput` if nothing is set, the id
    /// is empty, or the price has more than 9 decimal places.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Cloud_UpdateCreatorStoreProduct) ·
    /// scope `creator-store-product:write` · 30 requests per minute · beta
    pub fn update(&self, change: StoreProductUpdate) -> Result<models::StoreProduct> {
        let (mask, body, allow_missing) = change.parts()?;
        let call = self.call(&UPDATE).change(Ok((mask, body)));
        let allow_missing = allow_missing.then_some(true);
        call.query_opt("allowMissing", allow_missing).send()
    }

    /// Starts a call about the product. An empty id would call another path.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let id = validated_name("the id of a product", self.id.as_str(), usize::MAX);
        self.client.call(endpoint).path_param_checked(id)
    }
}
