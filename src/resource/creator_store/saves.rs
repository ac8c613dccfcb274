//! The assets that the owner of the API key has saved in the creator store.

use serde_json::{Value, json};

use super::CreatorStore;
use crate::endpoint::{Endpoint, PageStyle};
use crate::error::{Error, Result};
use crate::models::open_enum::OpenEnum as _;
use crate::models::{MAX_SAVES, SavesRemoved, StoreAsset, StoreSave, StoreSaveFilter};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/toolbox-service/v1/saves")
    .scopes(&["creator-store-save:read"])
    .paginated("saves", 500)
    .page_style(PageStyle::Numbered);
const SAVE: Endpoint =
    Endpoint::post("/toolbox-service/v1/saves").scopes(&["creator-store-save:write"]);
const UNSAVE: Endpoint = Endpoint::delete("/toolbox-service/v1/saves")
    .scopes(&["creator-store-save:write"])
    .retried_404_is_success();
const UNSAVE_ALL: Endpoint =
    Endpoint::post("/toolbox-service/v1/saves:bulkDelete").scopes(&["creator-store-save:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &SAVE, &UNSAVE, &UNSAVE_ALL];

impl CreatorStore {
    /// Lists the assets that the owner of the API key has saved.
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
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_GetSaves) ·
    /// scope `creator-store-save:read` · 200 requests per minute · up to 500 items per page · beta
    pub fn list_saves(&self, filter: StoreSaveFilter) -> Items<StoreSave> {
        let call = self.client.call(&LIST);
        call.queries_checked(filter.into_params()).list()
    }

    /// Saves an asset for the owner of the API key.
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
    /// `NotFound` if no asset of this type has the id, `Conflict` if it is saved already.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_CreateSave) ·
    /// scope `creator-store-save:write` · 200 requests per minute · beta
    pub fn save(&self, asset: StoreAsset) -> Result<()> {
        let call = self.client.call(&SAVE).json_checked(target(&asset));
        call.send_no_content()
    }

    /// Removes an asset from those that the owner of the API key has saved.
    ///
    /// # Errors
    /// `NotFound` if it is not saved.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_DeleteSave) ·
    /// scope `creator-store-save:write` · 200 requests per minute · beta
    pub fn unsave(&self, asset: StoreAsset) -> Result<()> {
        let call = self.client.call(&UNSAVE);
        call.query_known("targetType", Some(&asset.asset_type))
            .query("targetId", asset.asset_id)
            .send_no_content()
    }

    /// Removes 1 to 5000 assets from those that the owner of the API key has saved, and returns how many were saved.
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
    /// `InvalidInput` if there is no asset, or more than 5000.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/creator-store#Saves_BulkDeleteSaves) ·
    /// scope `creator-store-save:write` · 200 requests per minute · beta
    pub fn unsave_all(&self, assets: impl IntoIterator<Item = StoreAsset>) -> Result<u64> {
        let body = targets(assets).map(|targets| json!({ "targets": targets }));
        let call = self.client.call(&UNSAVE_ALL).json_checked(body);
        let removed: SavesRemoved = call.send()?;
        Ok(removed.deleted_count)
    }
}

/// Returns an asset in the body of a request. Its id is a number here, not a text.
fn target(asset: &StoreAsset) -> Result<Value> {
    let asset_type = asset.asset_type.validated()?;
    Ok(json!({ "targetType": asset_type, "targetId": asset.asset_id.get() }))
}

/// Returns the assets in the body of a request, or an error if there are too many.
fn targets(assets: impl IntoIterator<Item = StoreAsset>) -> Result<Vec<Value>> {
    let mut targets = Vec::new();
    for asset in assets {
        targets.push(target(&asset)?);
    }
    match targets.len() {
        1..=MAX_SAVES => Ok(targets),
        count => Err(Error::invalid_input(format!(
            "1 to {MAX_SAVES} saves can be removed at once, not {count}"
        ))),
    }
}
