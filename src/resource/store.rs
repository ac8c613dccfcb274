//! The creator store: searching it, and what the key's owner has saved there.

use serde_json::Value;

use crate::client::Client;
use crate::endpoint::{Endpoint, PageStyle};
use crate::error::{Error, Result};
use crate::http::Request;
use crate::models::{
    AssetId, CreatorStoreAsset, MAX_SAVES, SaveTarget, SavesRemoved, StoreAsset, StoreSave,
    StoreSaveFilter, StoreSearch, StoreSearchPage,
};
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
const LIST_SAVES: Endpoint = Endpoint::get("/toolbox-service/v1/saves")
    .scopes(&["creator-store-save:read"])
    .paginated("saves", 500)
    .page_style(PageStyle::Numbered);
const SAVE: Endpoint =
    Endpoint::post("/toolbox-service/v1/saves").scopes(&["creator-store-save:write"]);
const UNSAVE: Endpoint = Endpoint::delete("/toolbox-service/v1/saves")
    .scopes(&["creator-store-save:write"])
    .gone_is_done();
const UNSAVE_ALL: Endpoint =
    Endpoint::post("/toolbox-service/v1/saves:bulkDelete").scopes(&["creator-store-save:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &SEARCH,
    &SEARCH_BY_URL,
    &GET_ASSET,
    &LIST_SAVES,
    &SAVE,
    &UNSAVE,
    &UNSAVE_ALL,
];

impl Client {
    /// The creator store. Asks nothing yet.
    pub fn creator_store(&self) -> CreatorStore {
        CreatorStore {
            client: self.clone(),
        }
    }
}

/// The creator store, where models, plugins, sounds and more are found and sold. Made by [`Client::creator_store`].
#[derive(Debug, Clone)]
#[must_use = "a handle asks nothing until a method is called"]
pub struct CreatorStore {
    pub(super) client: Client,
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
    /// Each item may be an error; after one the list is over. `BadRequest` for a kind or a category that the store
    /// does not know; `InvalidInput` if the lowest price or length is above the highest.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Toolbox_SearchCreatorStoreAssets) ·
    /// scope `creator-store-product:read` · 100 a page, 1000 pages a minute · beta
    pub fn search(&self, search: StoreSearch) -> Items<CreatorStoreAsset> {
        let request = search.validated();
        let request = request.and_then(|search| Request::new(&SEARCH).json(&search));
        Items::new(self.client.http().clone(), request)
    }

    /// One page of a search, by its number from 0, with how many results there are in all, and which facets.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{StoreAssetType, StoreSearch};
    ///
    /// let search = StoreSearch::of(StoreAssetType::Audio).text("menu theme");
    /// let page = client.creator_store().search_page(search, 0, 1)?;
    /// println!("{:?} sounds; perhaps narrow it down by {:?}", page.total_results, page.available_facets);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// `size` is how many results are on a page, from 1 to 100.
    ///
    /// # Errors
    /// Those of [`search`](Self::search).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Toolbox_SearchCreatorStoreAssets) ·
    /// scope `creator-store-product:read` · 1000 a minute · beta
    pub fn search_page(
        &self,
        search: StoreSearch,
        number: u32,
        size: u32,
    ) -> Result<StoreSearchPage> {
        let page = [
            ("pageNumber", Value::from(number)),
            ("maxPageSize", Value::from(size.clamp(1, 100))),
        ];
        let request = Request::new(&SEARCH).json(&search.validated()?)?;
        self.client.http().send(&request.merge_json(page))
    }

    /// Searches the store over GET, which the service calls deprecated; by words, not by an image.
    ///
    /// # Errors
    /// Those of [`search`](Self::search), and `InvalidInput` for an image.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Toolbox_SearchCreatorStoreAssetsDeprecated) ·
    /// scope `creator-store-product:read` · 100 a page, 1000 pages a minute · beta
    pub fn search_by_url(&self, search: StoreSearch) -> Items<CreatorStoreAsset> {
        let request = search.parameters().map(|parameters| {
            let request = Request::new(&SEARCH_BY_URL);
            parameters
                .iter()
                .fold(request, |request, (name, value)| request.query(name, value))
        });
        Items::new(self.client.http().clone(), request)
    }

    /// What the store tells about an asset.
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
    /// `NotFound` if there is no such asset, `PermissionDenied` if it is not shown to the key's owner.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Toolbox_GetAssetDetails) ·
    /// scope `creator-store-product:read` · 1000 a minute · beta
    pub fn get_asset(&self, asset: impl Into<AssetId>) -> Result<CreatorStoreAsset> {
        let request = Request::new(&GET_ASSET).path_param(asset.into());
        self.client.http().send(&request)
    }

    /// What the key's owner has saved.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{StoreAssetType, StoreSaveFilter};
    ///
    /// let plugins = StoreSaveFilter::all().asset_type(StoreAssetType::Plugin);
    /// for save in client.creator_store().list_saves(plugins) {
    ///     let save = save?;
    ///     println!("{:?} since {:?}", save.asset.and_then(|asset| asset.asset_id()), save.date_saved);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_GetSaves) ·
    /// scope `creator-store-save:read` · 500 a page, 200 pages a minute · beta
    pub fn list_saves(&self, filter: StoreSaveFilter) -> Items<StoreSave> {
        let (sort, direction) = filter.sort.unzip();
        let request = Request::new(&LIST_SAVES)
            .query_opt("targetType", filter.asset_type)
            .query_opt("targetId", filter.asset_id)
            .query_opt("keyword", filter.keyword)
            .query_opt("hideOwnedAssets", filter.hide_owned)
            .query_opt("sortBy", sort)
            .query_opt("sortDirection", direction);
        Items::new(self.client.http().clone(), Ok(request))
    }

    /// Saves an asset for the key's owner.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::StoreAsset;
    ///
    /// client.creator_store().save(StoreAsset::model(16_989_381_169))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if there is no such asset of this kind, `Conflict` if it is saved already.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_CreateSave) ·
    /// scope `creator-store-save:write` · 200 a minute · beta
    pub fn save(&self, asset: StoreAsset) -> Result<()> {
        let request = Request::new(&SAVE).json(&SaveTarget::from(asset))?;
        self.client.http().send_no_content(&request)
    }

    /// Removes an asset from what the key's owner has saved.
    ///
    /// # Errors
    /// `NotFound` if it is not saved.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_DeleteSave) ·
    /// scope `creator-store-save:write` · 200 a minute · beta
    pub fn unsave(&self, asset: StoreAsset) -> Result<()> {
        let request = Request::new(&UNSAVE)
            .query("targetType", asset.asset_type)
            .query("targetId", asset.asset_id);
        self.client.http().send_no_content(&request)
    }

    /// Removes 1 to 5000 assets from what the key's owner has saved, and tells how many were there.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::StoreAsset;
    ///
    /// let removed = client.creator_store().unsave_all([StoreAsset::model(1), StoreAsset::audio(2)])?;
    /// assert!(removed <= 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` for no asset, or more than 5000.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_BulkDeleteSaves) ·
    /// scope `creator-store-save:write` · 200 a minute · beta
    pub fn unsave_all(&self, assets: impl IntoIterator<Item = StoreAsset>) -> Result<u64> {
        let targets: Vec<SaveTarget> = assets.into_iter().map(Into::into).collect();
        if targets.is_empty() || targets.len() > MAX_SAVES {
            return Err(Error::invalid_input(format!(
                "1 to {MAX_SAVES} saves can be removed at once, not {}",
                targets.len()
            )));
        }
        let request = Request::new(&UNSAVE_ALL).json(&serde_json::json!({ "targets": targets }))?;
        let removed: SavesRemoved = self.client.http().send(&request)?;
        Ok(removed.deleted_count)
    }
}
