//! Archives and restores assets.

use super::Asset;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models;

const ARCHIVE: Endpoint =
    Endpoint::post("/assets/v1/assets/{assetId}:archive").scopes(&["asset:read", "asset:write"]);
const RESTORE: Endpoint =
    Endpoint::post("/assets/v1/assets/{assetId}:restore").scopes(&["asset:read", "asset:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&ARCHIVE, &RESTORE];

impl Asset {
    /// Archives the asset, so that it can no longer be used. [`restore`](Self::restore) undoes it.
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` or `InvalidKey` if the API key cannot change it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_ArchiveAsset) ·
    /// scopes `asset:read`, `asset:write` · 100 requests per minute · beta
    pub fn archive(&self) -> Result<models::Asset> {
        self.call(&ARCHIVE).send()
    }

    /// Restores an archived asset.
    ///
    /// # Errors
    /// Those of [`archive`](Self::archive).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_RestoreAsset) ·
    /// scopes `asset:read`, `asset:write` · 100 requests per minute · beta
    pub fn restore(&self) -> Result<models::Asset> {
        self.call(&RESTORE).send()
    }
}
