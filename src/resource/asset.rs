//! Assets: what they are, their versions, and whether they are in use.

#[cfg(feature = "upload")]
use super::creator::update_asset;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
#[cfg(feature = "upload")]
use crate::http::Form;
use crate::http::Request;
#[cfg(feature = "upload")]
use crate::models::AssetUpdate;
use crate::models::{self, AssetField, AssetId, AssetVersion};
#[cfg(feature = "upload")]
use crate::operation::Operation;
use crate::paging::Items;

const GET: Endpoint = Endpoint::get("/assets/v1/assets/{assetId}").scopes(&["asset:read"]);
const LIST_VERSIONS: Endpoint = Endpoint::get("/assets/v1/assets/{assetId}/versions")
    .scopes(&["asset:read"])
    .paginated("assetVersions", 50)
    .or_bare_list();
const GET_VERSION: Endpoint =
    Endpoint::get("/assets/v1/assets/{assetId}/versions/{versionNumber}").scopes(&["asset:read"]);
#[cfg(feature = "upload")]
const ROLLBACK: Endpoint = Endpoint::post("/assets/v1/assets/{assetId}/versions:rollback")
    .scopes(&["asset:read", "asset:write"]);
const ARCHIVE: Endpoint =
    Endpoint::post("/assets/v1/assets/{assetId}:archive").scopes(&["asset:read", "asset:write"]);
const RESTORE: Endpoint =
    Endpoint::post("/assets/v1/assets/{assetId}:restore").scopes(&["asset:read", "asset:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &GET,
    &LIST_VERSIONS,
    &GET_VERSION,
    #[cfg(feature = "upload")]
    &ROLLBACK,
    &ARCHIVE,
    &RESTORE,
];

impl Client {
    /// An asset, by id. Asks nothing yet.
    pub fn asset(&self, id: impl Into<AssetId>) -> Asset {
        Asset {
            client: self.clone(),
            id: id.into(),
        }
    }
}

/// An asset of the service. Made by [`Client::asset`].
#[derive(Debug, Clone)]
#[must_use = "a handle asks nothing until a method is called"]
pub struct Asset {
    pub(super) client: Client,
    pub(super) id: AssetId,
}

impl Asset {
    /// The id that the handle was made with.
    #[must_use]
    pub fn id(&self) -> AssetId {
        self.id
    }

    /// What the asset is, with the fields that the service gives without being asked for more.
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` or `InvalidKey` if the key may not see it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_GetAsset) · scope `asset:read` · 120 a minute · beta
    pub fn get(&self) -> Result<models::Asset> {
        self.client
            .http()
            .send(&Request::new(&GET).path_param(self.id))
    }

    /// What the asset is, with these fields as well.
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
    /// Those of [`get`](Self::get), and `BadRequest` for a field that the service does not know.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_GetAsset) · scope `asset:read` · 120 a minute · beta
    pub fn get_with(&self, fields: impl IntoIterator<Item = AssetField>) -> Result<models::Asset> {
        let fields: Vec<String> = fields.into_iter().map(|field| field.to_string()).collect();
        let request = Request::new(&GET).path_param(self.id);
        let request = if fields.is_empty() {
            request
        } else {
            request.query("readMask", fields.join(","))
        };
        self.client.http().send(&request)
    }

    /// Changes texts, icon, previews and links, or, for models, the content: the same as
    /// [`User::update_asset`](crate::resource::User::update_asset), without naming whose asset it is.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::AssetFile;
    /// # use rblx_open_cloud::models::{AssetType, AssetUpload};
    /// # let file = AssetFile::bytes("model.fbx", vec![1, 2, 3]);
    /// # let model = client.user(156).upload_asset(AssetUpload::new(AssetType::Model, "Tree", "", file))?
    /// #     .wait(std::time::Duration::from_secs(60))?;
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::{AssetUpdate, SocialPlatform};
    ///
    /// let change = AssetUpdate::new()
    ///     .description("An old one")
    ///     .social_link(SocialPlatform::Twitch, "https://twitch.tv/your-channel")
    ///     .remove_icon();
    /// client.asset(model.asset_id).update(change)?.wait(Duration::from_secs(60))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **Upload only what you control.** Content that breaks the rules can get the account of the key's owner
    /// moderated; with an OAuth2 token, the account of the user who granted it.
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set, or a text is too long (before anything is sent); those of
    /// [`User::upload_asset`](crate::resource::User::upload_asset).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_UpdateAsset) · scopes `asset:read`, `asset:write` · 120 a minute · beta
    #[cfg(feature = "upload")]
    pub fn update(&self, change: AssetUpdate) -> Result<Operation<models::Asset>> {
        update_asset(&self.client, self.id, change)
    }

    /// The versions of the asset.
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#listAssetVersions) · scope `asset:read` · 50 a page, 100 pages a minute · beta
    pub fn list_versions(&self) -> Items<AssetVersion> {
        Items::new(
            self.client.http().clone(),
            Ok(Request::new(&LIST_VERSIONS).path_param(self.id)),
        )
    }

    /// A version of the asset, by its number.
    ///
    /// # Errors
    /// `NotFound` if there is no such version.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_GetAssetVersion) · scope `asset:read` · 100 a minute · beta
    pub fn get_version(&self, number: u64) -> Result<AssetVersion> {
        self.client.http().send(
            &Request::new(&GET_VERSION)
                .path_param(self.id)
                .path_param(number),
        )
    }

    /// Makes an earlier version the current one again, as a new version.
    ///
    /// # Errors
    /// `NotFound` if there is no such version.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_RollbackAssetVersion) · scopes `asset:read`, `asset:write` · 100 a minute · beta
    #[cfg(feature = "upload")]
    pub fn roll_back(&self, number: u64) -> Result<AssetVersion> {
        let version = format!("assets/{}/versions/{number}", self.id);
        let form = Form::new().text("assetVersion", version);
        self.client.call(&ROLLBACK).path_param(self.id).upload(form)
    }

    /// Takes the asset out of use. It can be [restored](Self::restore).
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` or `InvalidKey` if the key may not change it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_ArchiveAsset) · scopes `asset:read`, `asset:write` · 100 a minute · beta
    pub fn archive(&self) -> Result<models::Asset> {
        self.client
            .http()
            .send(&Request::new(&ARCHIVE).path_param(self.id))
    }

    /// Takes an archived asset into use again.
    ///
    /// # Errors
    /// Those of [`archive`](Self::archive).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_RestoreAsset) · scopes `asset:read`, `asset:write` · 100 a minute · beta
    pub fn restore(&self) -> Result<models::Asset> {
        self.client
            .http()
            .send(&Request::new(&RESTORE).path_param(self.id))
    }
}
