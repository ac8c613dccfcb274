//! The handle for an asset.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::open_enum::field_mask;
use crate::models::{self, AssetField, AssetId};

const GET: Endpoint = Endpoint::get("/assets/v1/assets/{assetId}").scopes(&["asset:read"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET];

/// A handle for an asset. Created by [`Client::asset`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Asset {
    pub(in crate::resource) client: Client,
    pub(in crate::resource) id: AssetId,
}

impl Asset {
    /// Returns the id of the asset. Sends no request.
    #[must_use]
    pub fn id(&self) -> AssetId {
        self.id
    }

    /// Returns the asset with the fields that the service includes by default.
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` or `InvalidKey` if the API key cannot see it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_GetAsset) ·
    /// scope `asset:read` · 120 requests per minute · beta
    pub fn get(&self) -> Result<models::Asset> {
        self.get_with([])
    }

    /// Returns the asset with additional fields.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::AssetFile;
    /// # use rblx_open_cloud::models::{AssetType, AssetUpload};
    /// # let file = AssetFile::bytes("model.fbx", vec![1, 2, 3]);
    /// # let model = client.user(156).upload_asset(AssetUpload::new(AssetType::Model, "Tree", "", file))?
    /// #     .wait(std::time::Duration::from_secs(60))?;
    /// use rblx_open_cloud::models::{AssetField, SocialPlatform};
    ///
    /// let asset = client.asset(model.asset_id).get_with([AssetField::Icon, AssetField::TwitchSocialLink])?;
    /// println!("icon {:?}, {:?}", asset.icon_id(), asset.social_link(&SocialPlatform::Twitch));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`get`](Self::get), `BadRequest` if the service does not know a field, and `InvalidInput` if a field is spelled
    /// in the wrong case (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_GetAsset) ·
    /// scope `asset:read` · 120 requests per minute · beta
    pub fn get_with(&self, fields: impl IntoIterator<Item = AssetField>) -> Result<models::Asset> {
        let fields: Vec<AssetField> = fields.into_iter().collect();
        let call = self.call(&GET);
        call.query_checked("readMask", field_mask(&fields))
            .send_with_known_field("assetId", self.id)
    }

    /// Starts a call about the asset.
    pub(super) fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
