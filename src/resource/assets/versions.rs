//! The versions of an asset, and its archive.

use super::Asset;
use crate::endpoint::Endpoint;
use crate::error::Result;
#[cfg(feature = "upload")]
use crate::http::Form;
use crate::models::{self, AssetVersion};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/assets/v1/assets/{assetId}/versions")
    .scopes(&["asset:read"])
    .paginated("assetVersions", 50)
    .or_bare_list();
const GET: Endpoint =
    Endpoint::get("/assets/v1/assets/{assetId}/versions/{versionNumber}").scopes(&["asset:read"]);
#[cfg(feature = "upload")]
const ROLLBACK: Endpoint = Endpoint::post("/assets/v1/assets/{assetId}/versions:rollback")
    .scopes(&["asset:read", "asset:write"]);
const ARCHIVE: Endpoint =
    Endpoint::post("/assets/v1/assets/{assetId}:archive").scopes(&["asset:read", "asset:write"]);
const RESTORE: Endpoint =
    Endpoint::post("/assets/v1/assets/{assetId}:restore").scopes(&["asset:read", "asset:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &LIST,
    &GET,
    #[cfg(feature = "upload")]
    &ROLLBACK,
    &ARCHIVE,
    &RESTORE,
];

impl Asset {
    /// Lists the versions of the asset.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#listAssetVersions) ·
    /// scope `asset:read` · 100 requests per minute · up to 50 items per page · beta
    pub fn list_versions(&self) -> Items<AssetVersion> {
        self.call(&LIST).list()
    }

    /// Returns a version of the asset by its number.
    ///
    /// # Errors
    /// `NotFound` if the version does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_GetAssetVersion) ·
    /// scope `asset:read` · 100 requests per minute · beta
    pub fn get_version(&self, number: u64) -> Result<AssetVersion> {
        self.call(&GET).path_param(number).send()
    }

    /// Restores an earlier version as a new version, and returns the new one.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::AssetFile;
    /// # use rblx_open_cloud::models::{AssetType, AssetUpload};
    /// # let file = AssetFile::bytes("model.fbx", vec![1, 2, 3]);
    /// # let model = client.user(156).upload_asset(AssetUpload::new(AssetType::Model, "Tree", "", file))?
    /// #     .wait(std::time::Duration::from_secs(60))?;
    /// let asset = client.asset(model.asset_id);
    /// asset.roll_back(1)?;
    /// assert_eq!(asset.list_versions().count(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the version does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_RollbackAssetVersion) ·
    /// scopes `asset:read`, `asset:write` · 100 requests per minute · beta
    #[cfg(feature = "upload")]
    pub fn roll_back(&self, number: u64) -> Result<AssetVersion> {
        let version = format!("assets/{}/versions/{number}", self.id);
        let form = Form::new().text("assetVersion", version);
        self.call(&ROLLBACK).upload(form)
    }

    /// Archives the asset, so that it can no longer be used. [`restore`](Self::restore) undoes it.
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` or `InvalidKey` if the API key cannot change it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_ArchiveAsset) ·
    /// scopes `asset:read`, `asset:write` · 100 requests per minute · beta
    pub fn archive(&self) -> Result<models::Asset> {
        self.call(&ARCHIVE)
            .send_with_known_field("assetId", self.id)
    }

    /// Restores an archived asset.
    ///
    /// # Errors
    /// Those of [`archive`](Self::archive).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_RestoreAsset) ·
    /// scopes `asset:read`, `asset:write` · 100 requests per minute · beta
    pub fn restore(&self) -> Result<models::Asset> {
        self.call(&RESTORE)
            .send_with_known_field("assetId", self.id)
    }
}
