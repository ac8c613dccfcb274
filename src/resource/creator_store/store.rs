//! Searches the creator store.

use serde_json::Value;

use crate::client::Client;
use crate::endpoint::{Endpoint, PageStyle};
use crate::error::Result;
use crate::models::{AssetId, CreatorStoreAsset, StoreSearch, StoreSearchPage};
use crate::paging::Items;

const SEARCH: Endpoint = Endpoint::post("/toolbox-service/v2/assets:search")
    .scopes(&["creator-store-product:read"])
    .idempotent()
    .paginated("creatorStoreAssets", 100)
    .page_style(PageStyle::Body);
const SEARCH_BY_URL: Endpoint = Endpoint::get("/toolbox-service/v2/assets:search")
    .scopes(&["creator-store-product:read"])
    .paginated("creatorStoreAssets", 100);
const GET_ASSET: Endpoint =
    Endpoint::get("/toolbox-service/v2/assets/{id}").scopes(&["creator-store-product:read"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&SEARCH, &SEARCH_BY_URL, &GET_ASSET];

/// A handle for the creator store, which offers models, plugins, sounds and more. Created by [`Client::creator_store`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct CreatorStore {
    pub(in crate::resource) client: Client,
}

impl CreatorStore {
    /// Searches the store.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{StoreAssetType, StoreSearch};
    ///
    /// let search = StoreSearch::of(StoreAssetType::Model).text("oak tree").max_price_cents(0);
    /// for found in client.creator_store().search(search).limit(20) {
    ///     let found = found?;
    ///     println!("{:?} {:?}", found.asset_id(), found.asset.and_then(|asset| asset.name));
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `BadRequest` if the store does not know the asset type or the category; `InvalidInput` if the minimum price or
    /// duration is above the maximum.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Toolbox_SearchCreatorStoreAssets) ·
    /// scope `creator-store-product:read` · 1,000 requests per minute · up to 100 items per page · beta
    pub fn search(&self, search: StoreSearch) -> Items<CreatorStoreAsset> {
        let call = self.client.call(&SEARCH);
        call.json_checked(search.validated()).list()
    }

    /// Returns a page of a search, by its number from 0 and its size from 1 to 100, with the total number of results and
    /// the facets.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{StoreAssetType, StoreSearch};
    ///
    /// let search = StoreSearch::of(StoreAssetType::Audio).text("menu theme");
    /// let page = client.creator_store().search_page(search, 0, 1)?;
    /// println!("{:?} sounds, to be narrowed down by {:?}", page.total_results, page.available_facets);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`search`](Self::search). The page fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Toolbox_SearchCreatorStoreAssets) ·
    /// scope `creator-store-product:read` · 1,000 requests per minute · beta
    pub fn search_page(
        &self,
        search: StoreSearch,
        number: u32,
        size: u32,
    ) -> Result<StoreSearchPage> {
        let size = Value::from(size.clamp(1, 100));
        let page = [("pageNumber", Value::from(number)), ("maxPageSize", size)];
        let call = self.client.call(&SEARCH).json_checked(search.validated());
        call.map(|request| Ok(request.merge_json(page))).send()
    }

    /// Returns an asset as the store shows it: its creator, votes, price and contents.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let tree = client.creator_store().get_asset(16_989_381_169)?;
    /// if let Some(price) = tree.product.and_then(|product| product.purchase_price) {
    ///     println!("{price:.2}");
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` if the owner of the API key cannot see it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Toolbox_GetAssetDetails) ·
    /// scope `creator-store-product:read` · 1,000 requests per minute · beta
    pub fn get_asset(&self, asset: impl Into<AssetId>) -> Result<CreatorStoreAsset> {
        let call = self.client.call(&GET_ASSET).path_param(asset.into());
        call.send()
    }

    /// Searches the store with the older GET request, which cannot search by image. Use [`search`](Self::search) instead.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// Those of [`search`](Self::search), and `InvalidInput` if the search has an image.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Toolbox_SearchCreatorStoreAssetsDeprecated) ·
    /// scope `creator-store-product:read` · 1,000 requests per minute · up to 100 items per page · beta · superseded by `POST /toolbox-service/v2/assets:search`
    pub fn search_by_url(&self, search: StoreSearch) -> Items<CreatorStoreAsset> {
        let call = self.client.call(&SEARCH_BY_URL);
        call.queries_checked(search.parameters()).list()
    }
}
