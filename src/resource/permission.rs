//! Permissions on assets.

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::Request;
use crate::models::{AssetId, GrantOutcome, GrantResponse, PermissionGrant};

const GRANT: Endpoint = Endpoint::patch("/asset-permissions-api/v1/assets/permissions")
    .scopes(&["asset-permissions:write"])
    .error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GRANT];

impl Client {
    /// Grants a permission on all these assets, and tells which they were.
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
    /// The service does what it can: of several assets, some may be granted although this fails. The error names each
    /// of the others and says why. [`grant_each_permission`](Self::grant_each_permission) takes them apart.
    ///
    /// # Errors
    /// `NotFound` if there is no such asset or subject, `PermissionDenied` if the key's owner may not grant it,
    /// `BadRequest` for what cannot be granted, or if assets were refused for reasons of several kinds;
    /// `InvalidInput` if the grant names no asset.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#patch_asset_permissions_api_v1_assets_permissions) ·
    /// scope `asset-permissions:write`, with a key only · 100 a minute · beta
    pub fn grant_permissions(&self, grant: PermissionGrant) -> Result<Vec<AssetId>> {
        let (body, asked) = grant.into_parts()?;
        let request = Request::new(&GRANT).json(&body)?;
        self.http().send_with(&request, |received| {
            let answer: GrantResponse = received.json()?;
            GrantOutcome::new(answer, asked.clone()).into_result()
        })
    }

    /// Grants a permission on each of these assets if it can be, and tells what came of it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{AssetAction, PermissionGrant, UserId};
    ///
    /// let grant = PermissionGrant::new(AssetAction::Use, UserId::from(156)).assets([404, 405]);
    /// let outcome = client.grant_each_permission(grant)?;
    /// for refusal in &outcome.refused {
    ///     println!("asset {}: {:?}", refusal.asset_id, refusal.code);
    /// }
    /// # assert_eq!(outcome.refused.len(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the grant names no asset. A refused asset is no error here.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#patch_asset_permissions_api_v1_assets_permissions) ·
    /// scope `asset-permissions:write`, with a key only · 100 a minute · beta
    pub fn grant_each_permission(&self, grant: PermissionGrant) -> Result<GrantOutcome> {
        let (body, asked) = grant.into_parts()?;
        let request = Request::new(&GRANT).json(&body)?;
        let answer: GrantResponse = self.http().send(&request)?;
        Ok(GrantOutcome::new(answer, asked))
    }
}
