//! Permissions on assets.

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{AssetId, GrantOutcome, GrantResponse, PermissionGrant};

const GRANT: Endpoint = Endpoint::patch("/asset-permissions-api/v1/assets/permissions")
    .scopes(&["asset-permissions:write"])
    .error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GRANT];

impl Client {
    /// Grants a permission on all these assets, and returns their ids.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::AssetFile;
    /// # use rblx_open_cloud::models::{AssetType, AssetUpload};
    /// # let upload = || AssetUpload::new(AssetType::Model, "Tree", "", AssetFile::bytes("model.fbx", [1]));
    /// # let mut upload = client.user(156).upload_asset(upload())?;
    /// # let tree = upload.wait(std::time::Duration::from_secs(60))?.asset_id;
    /// use rblx_open_cloud::models::{AssetAction, PermissionGrant, UniverseId};
    ///
    /// let grant = PermissionGrant::new(AssetAction::Use, UniverseId::from(13_058)).asset(tree);
    /// client.grant_permissions(grant)?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **If it fails, it may still have granted the permission on some of the assets.** The error names the others and
    /// the reasons; [`grant_each_permission`](Self::grant_each_permission) returns both as values.
    ///
    /// # Errors
    /// `NotFound` if an asset or the subject does not exist, `PermissionDenied` if the owner of the API key cannot grant
    /// it, `BadRequest` if it cannot be granted or assets failed for several reasons; `InvalidInput` if the grant has no
    /// assets. It fails as a whole if one asset fails.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#patch_asset_permissions_api_v1_assets_permissions) ·
    /// scope `asset-permissions:write` · API key only · 100 requests per minute · beta
    pub fn grant_permissions(&self, grant: PermissionGrant) -> Result<Vec<AssetId>> {
        let (body, assets) = grant.into_parts()?;
        self.call(&GRANT).json(&body).send_with(|received| {
            let response: GrantResponse = received.json()?;
            GrantOutcome::new(response, assets.clone()).into_result()
        })
    }

    /// Grants a permission on each of these assets, and returns which succeeded and which failed.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{AssetAction, PermissionGrant, UserId};
    ///
    /// let grant = PermissionGrant::new(AssetAction::Use, UserId::from(156)).assets([404, 405]);
    /// let outcome = client.grant_each_permission(grant)?;
    /// for failure in &outcome.refused {
    ///     println!("asset {}: {:?}", failure.asset_id, failure.code);
    /// }
    /// # assert_eq!(outcome.refused.len(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the grant has no assets. An asset that fails is part of the outcome, not an error.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#patch_asset_permissions_api_v1_assets_permissions) ·
    /// scope `asset-permissions:write` · API key only · 100 requests per minute · beta
    pub fn grant_each_permission(&self, grant: PermissionGrant) -> Result<GrantOutcome> {
        let (body, assets) = grant.into_parts()?;
        let response: GrantResponse = self.call(&GRANT).json(&body).send()?;
        Ok(GrantOutcome::new(response, assets))
    }
}
