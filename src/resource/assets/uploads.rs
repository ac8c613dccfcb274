//! Uploads and changes of assets, for users, groups and assets alike.

use super::Asset;
use crate::asset_file::AssetFile;
use crate::client::Client;
use crate::content::check_content;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::http::{Form, UploadBody};
use crate::models::serde_helpers::non_empty;
use crate::models::{self, AssetId, AssetType, AssetUpdate, AssetUpload, Creator};
use crate::operation::Operation;
use crate::resource::{Group, User};

const CREATE: Endpoint = Endpoint::post("/assets/v1/assets")
    .scopes(&["asset:read", "asset:write"])
    .user_content(UserContent::File)
    .error_fields_are_data();
const UPDATE: Endpoint = Endpoint::patch("/assets/v1/assets/{assetId}")
    .scopes(&["asset:read", "asset:write"])
    .user_content(UserContent::File)
    .error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&CREATE, &UPDATE];

impl Asset {
    /// Changes the name, description, icon, previews or links of the asset or, for models, the content.
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
    /// Only the fields that are set are sent. Without a file the operation is finished at once, and its result has only
    /// the changed fields.
    ///
    /// **Upload only what you control.** Content that breaks the rules of the platform can get the account of the key's
    /// owner moderated; with an OAuth2 token, the account of the user who granted it.
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set or a text is too long (before anything is sent), and those of
    /// [`User::upload_asset`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_UpdateAsset) ·
    /// scopes `asset:read`, `asset:write` · 120 requests per minute · beta
    pub fn update(&self, change: AssetUpdate) -> Result<Operation<models::Asset>> {
        update_asset(&self.client, self.id, change)
    }
}

/// Uploads a new asset.
fn upload_asset(
    client: &Client,
    creator: Creator,
    upload: AssetUpload,
) -> Result<Operation<models::Asset>> {
    let asset_type = upload.asset_type().clone();
    let (json, mut file) = upload.into_parts(creator)?;
    check_file(&mut file, asset_type.as_str(), &asset_type)?;
    start_upload(client, &mut asset_form(json, file).into())
}

/// Changes an asset.
fn update_asset(
    client: &Client,
    asset: AssetId,
    change: AssetUpdate,
) -> Result<Operation<models::Asset>> {
    let mask = non_empty(Some(change.mask()));
    let (json, mut file) = change.into_parts(asset)?;
    check_file(&mut file, "an update of content", &AssetType::Model)?;
    let call = client.call(&UPDATE).path_param(asset);
    let call = call.query_opt("updateMask", mask);
    // Each new content creates a version; names and descriptions can be set twice.
    let call = call.never_repeat_if(file.is_some());
    let id = ("assetId", asset.to_string());
    call.upload_operation(&mut asset_form(json, file).into(), Some(id))
}

/// Sends a prepared upload.
pub(crate) fn start_upload(
    client: &Client,
    body: &mut UploadBody,
) -> Result<Operation<models::Asset>> {
    client.call(&CREATE).upload_operation(body, None)
}

/// Returns the form of an asset: its JSON, and its file.
pub(crate) fn asset_form(json: String, file: Option<(AssetFile, String)>) -> Form {
    Form::new()
        .text("request", json)
        .file_opt("fileContent", file)
}

/// Checks the content of a file before it is sent.
fn check_file(file: &mut Option<(AssetFile, String)>, what: &str, takes: &AssetType) -> Result<()> {
    match file {
        Some((file, _)) => check_content(file, what, &takes.extensions()),
        None => Ok(()),
    }
}

/// Adds the methods that upload and change assets to the handle of a creator.
macro_rules! asset_methods {
    ($handle:ident, $creator:path) => {
        impl $handle {
            /// Uploads a file in one line, and waits until it is processed: `upload("icon.png").run()?`.
            ///
            /// ```
            /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
            /// # let client = sandbox.client();
            /// use rblx_open_cloud::AssetFile;
            /// use rblx_open_cloud::models::AssetType;
            ///
            /// let picture = AssetFile::bytes("icon.png", b"\x89PNG\r\n\x1a\n".to_vec());   // or "icon.png", a path
            /// let uploaded = client.user(156).upload(picture).run()?;
            /// println!("rbxassetid://{}", uploaded.asset_id);
            /// # assert_eq!(uploaded.asset_type, AssetType::Image);
            /// # assert_eq!(uploaded.display_name, "icon");
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// The file name determines asset type, name and content type, and the first bytes are checked against it;
            /// [`Upload`](crate::Upload) has the settings. Nothing is sent until [`run`](crate::Upload::run), which also
            /// lists the errors.
            pub fn upload(&self, source: impl Into<$crate::UploadSource>) -> $crate::Upload {
                $crate::Upload::new(self.client.clone(), $creator(self.id), source.into())
            }

            /// Uploads many files, several at once. Returns an iterator over the results.
            ///
            /// It takes paths of files; for a folder: `sync::files_in(folder)?`.
            ///
            /// ```no_run
            /// # let client = rblx_open_cloud::Client::from_env()?;
            /// for file in client.user(156).upload_all(["icon.png", "tree.fbx"]).ledger("assets.ledger") {
            ///     match file {
            ///         Ok(file) => println!("{} = {:?}", file.path.display(), file.asset_id()),
            ///         Err(error) => eprintln!("{error}"),
            ///     }
            /// }
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// [`UploadAll`](crate::sync::UploadAll) has the settings: a ledger of earlier uploads, a dry run, the number of
            /// threads. A file that fails does not stop the others. It keeps the rate limits of the service, and for audio
            /// checks the quota before it sends anything.
            #[cfg(feature = "sync")]
            pub fn upload_all<P: Into<std::path::PathBuf>>(
                &self,
                paths: impl IntoIterator<Item = P>,
            ) -> $crate::sync::UploadAll {
                let paths = paths.into_iter().map(Into::into).collect();
                $crate::sync::UploadAll::new(self.client.clone(), $creator(self.id), paths)
            }

            /// Uploads a new asset that will belong to this creator.
            ///
            /// ```
            /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
            /// # let client = sandbox.client();
            /// use std::time::Duration;
            /// use rblx_open_cloud::AssetFile;
            /// use rblx_open_cloud::models::{AssetType, AssetUpload};
            ///
            /// let file = AssetFile::bytes("icon.png", b"\x89PNG\r\n\x1a\n".to_vec());   // or AssetFile::open("icon.png")?
            /// let upload = AssetUpload::new(AssetType::Decal, "Icon", "The icon of the game", file);
            /// let asset = client.user(156).upload_asset(upload)?.wait(Duration::from_secs(60))?;
            /// println!("{} is {:?}", asset.asset_id, asset.moderation_state);
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// The file, up to 20 MB except for videos, is streamed over a connection of its own, with an exact length and
            /// without a total timeout. The upload is retried only if it was certainly not carried out (no connection, or a
            /// 429), because the service cannot tell a retry from another upload.
            ///
            /// **Upload only what you control.** Content that breaks the rules of the platform can get the account of the
            /// key's owner moderated; with an OAuth2 token, the account of the user who granted it.
            ///
            /// # Errors
            /// `InvalidAsset` if the extension does not match the asset type (before anything is sent) or the service
            /// rejects the file, `ModeratedText` if the name or description is moderated, `InvalidInput` if the content
            /// type is unknown or the file changes while it is sent.
            ///
            /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_CreateAsset) ·
            /// scopes `asset:read`, `asset:write` · 120 requests per minute · beta
            pub fn upload_asset(&self, upload: AssetUpload) -> Result<Operation<models::Asset>> {
                upload_asset(&self.client, $creator(self.id), upload)
            }

            /// Changes the name, description, icon, previews or links of an asset of this creator or, for models, the content.
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
            /// use rblx_open_cloud::models::AssetUpdate;
            ///
            /// let change = AssetUpdate::new().display_name("Oak");
            /// let asset = client.user(156).update_asset(model.asset_id, change)?.wait(Duration::from_secs(60))?;
            /// assert_eq!(asset.display_name.as_deref(), Some("Oak"));
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// It is the same as [`Asset::update`].
            ///
            /// # Errors
            /// `InvalidInput` if nothing is set, and those of [`upload_asset`](Self::upload_asset).
            ///
            /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_UpdateAsset) ·
            /// scopes `asset:read`, `asset:write` · 120 requests per minute · beta
            pub fn update_asset(
                &self,
                asset: impl Into<AssetId>,
                change: AssetUpdate,
            ) -> Result<Operation<models::Asset>> {
                update_asset(&self.client, asset.into(), change)
            }
        }
    };
}

asset_methods!(User, Creator::User);
asset_methods!(Group, Creator::Group);
