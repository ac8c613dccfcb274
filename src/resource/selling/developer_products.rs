//! Developer products.

#[cfg(feature = "upload")]
use super::form;
use crate::call::Call;
use crate::endpoint::Endpoint;
#[cfg(feature = "upload")]
use crate::endpoint::{CodeMeaning, UserContent};
use crate::error::Result;
use crate::models::{self, DeveloperProductId};
#[cfg(feature = "upload")]
use crate::models::{NewProduct, ProductUpdate};
use crate::paging::Items;
use crate::resource::Universe;

#[cfg(feature = "upload")]
const CODES: &[(&str, CodeMeaning)] = &[("InvalidImageFile", CodeMeaning::InvalidFile)];
const LIST: Endpoint =
    Endpoint::get("/developer-products/v2/universes/{universeId}/developer-products/creator")
        .scopes(&["developer-product:read"])
        .paginated("developerProducts", 50)
        .page_query("pageSize", "pageToken");
#[cfg(feature = "upload")]
const CREATE: Endpoint =
    Endpoint::post("/developer-products/v2/universes/{universeId}/developer-products")
        .scopes(&["developer-product:write"])
        .user_content(UserContent::File)
        .error_codes(CODES);
const GET: Endpoint = Endpoint::get(
    "/developer-products/v2/universes/{universeId}/developer-products/{productId}/creator",
)
.scopes(&["developer-product:read"]);
#[cfg(feature = "upload")]
const UPDATE: Endpoint =
    Endpoint::patch("/developer-products/v2/universes/{universeId}/developer-products/{productId}")
        .scopes(&["developer-product:write"])
        .user_content(UserContent::File)
        .error_codes(CODES);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &LIST,
    #[cfg(feature = "upload")]
    &CREATE,
    &GET,
    #[cfg(feature = "upload")]
    &UPDATE,
];

impl Universe {
    /// Lists the developer products of the universe, also those that are off sale.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for product in client.universe(13_058).list_developer_products() {
    ///     let product = product?;
    ///     println!("{} {:?}: {:?} Robux", product.product_id, product.name, product.default_price_in_robux);
    /// }
    /// # assert_eq!(client.universe(13_058).list_developer_products().count(), 3);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/developer-products#DeveloperProducts_ListDeveloperProductConfigsByUniverseV2) ·
    /// scope `developer-product:read` · 10 requests per second · up to 50 items per page · beta
    pub fn list_developer_products(&self) -> Items<models::DeveloperProduct> {
        self.call(&LIST).list()
    }

    /// Creates a developer product, and returns it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::NewProduct;
    ///
    /// let name = "1,000 coins";
    /// let product = client.universe(13_058).create_developer_product(NewProduct::new(name).price(50))?;
    /// if product.is_name_censored(name) {
    ///     eprintln!("moderation changed the name to {:?}", product.name);
    /// }
    /// # assert_eq!((product.is_for_sale, product.default_price_in_robux), (true, Some(50)));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the product may have been created already.
    ///
    /// # Errors
    /// `InvalidInput` if the name is empty, and `InvalidAsset` if the icon is certainly not an image (both before anything is
    /// sent); `Conflict` if the universe has a product of this name.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/developer-products#DeveloperProducts_CreateDeveloperProductV2) ·
    /// scope `developer-product:write` · 3 requests per second · beta
    #[cfg(feature = "upload")]
    pub fn create_developer_product(
        &self,
        product: NewProduct,
    ) -> Result<models::DeveloperProduct> {
        let form = form(product.into_parts()?, "imageFile");
        self.call(&CREATE).upload(form)
    }

    /// Returns a handle for a developer product of the universe. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let product = client.universe(13_058).developer_product(1_200_001);
    /// println!("{}", product.get()?.name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn developer_product(&self, id: impl Into<DeveloperProductId>) -> DeveloperProduct {
        DeveloperProduct {
            universe: self.clone(),
            id: id.into(),
        }
    }
}

/// A handle for a developer product. Created by [`Universe::developer_product`].
#[doc(alias = "dev product")]
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct DeveloperProduct {
    pub(in crate::resource) universe: Universe,
    pub(in crate::resource) id: DeveloperProductId,
}

impl DeveloperProduct {
    /// Returns the id of the product. Sends no request.
    #[must_use]
    pub fn id(&self) -> DeveloperProductId {
        self.id
    }

    /// Returns the developer product.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let product = client.universe(13_058).developer_product(1_200_001).get()?;
    /// println!("{:?} Robux", product.default_price_in_robux);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the product does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/developer-products#DeveloperProducts_GetDeveloperProductConfigV2) ·
    /// scope `developer-product:read` · 10 requests per second · beta
    pub fn get(&self) -> Result<models::DeveloperProduct> {
        self.call(&GET).send()
    }

    /// Changes the developer product. The service returns nothing; [`get`](Self::get) shows the result.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ProductUpdate;
    ///
    /// let product = client.universe(13_058).developer_product(1_200_001);
    /// product.update(ProductUpdate::new().price(40))?;
    /// assert_eq!(product.get()?.default_price_in_robux, Some(40));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Without an icon the request can be repeated; a new icon is an upload, and sent once.
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set or the name is empty, and `InvalidAsset` if the icon is certainly not an image (all
    /// before anything is sent); `Conflict` if the universe has another product of this name; `NotFound` if the product
    /// does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/developer-products#DeveloperProducts_UpdateDeveloperProductV2) ·
    /// scope `developer-product:write` · 3 requests per second · beta
    #[cfg(feature = "upload")]
    pub fn update(&self, update: ProductUpdate) -> Result<()> {
        let parts = update.into_parts()?;
        let call = self.call(&UPDATE).never_repeat_if(parts.icon.is_some());
        call.upload_no_content(form(parts, "imageFile"))
    }

    /// Starts a call about the product.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.universe.call(endpoint).path_param(self.id)
    }
}
