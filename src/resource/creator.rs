//! Creators: what a user and a group can upload and change in the same way.

use crate::asset_file::AssetFile;
use crate::client::Client;
use crate::content::check_content;
use crate::endpoint::{Endpoint, Repeat, UserContent};
use crate::error::Result;
use crate::http::{Form, Request, UploadBody};
use crate::models::{Asset, AssetId, AssetType, AssetUpdate, AssetUpload, Creator};
use crate::operation::Operation;

const CREATE: Endpoint = Endpoint::post("/assets/v1/assets")
    .scopes(&["asset:read", "asset:write"])
    .user_content(UserContent::File)
    .error_fields_are_data();
const UPDATE: Endpoint = Endpoint::patch("/assets/v1/assets/{assetId}")
    .scopes(&["asset:read", "asset:write"])
    .user_content(UserContent::File)
    .error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&CREATE, &UPDATE];

pub(super) fn upload_asset(
    client: &Client,
    creator: Creator,
    upload: AssetUpload,
) -> Result<Operation<Asset>> {
    let asset_type = upload.asset_type().clone();
    let (json, mut file) = upload.into_parts(creator)?;
    check(&mut file, asset_type.as_str(), &asset_type)?;
    begin_upload(client, &mut asset_form(json, file).into())
}

/// Checks the content of a file that belongs to a call.
fn check(file: &mut Option<(AssetFile, String)>, what: &str, takes: &AssetType) -> Result<()> {
    match file {
        Some((file, _)) => check_content(file, what, &takes.extensions()),
        None => Ok(()),
    }
}

/// The form of an asset: its JSON, and its file.
pub(crate) fn asset_form(json: String, file: Option<(AssetFile, String)>) -> Form {
    Form::new()
        .text("request", json)
        .file_opt("fileContent", file)
}

/// Sends an upload that is prepared.
pub(crate) fn begin_upload(client: &Client, body: &mut UploadBody) -> Result<Operation<Asset>> {
    Operation::start_upload(client.http(), &Request::new(&CREATE), body, None)
}

pub(super) fn update_asset(
    client: &Client,
    asset: AssetId,
    change: AssetUpdate,
) -> Result<Operation<Asset>> {
    let mask = Some(change.mask()).filter(|mask| !mask.is_empty());
    let (json, mut file) = change.into_parts(asset)?;
    check(&mut file, "an update of content", &AssetType::Model)?;
    let request = Request::new(&UPDATE)
        .path_param(asset)
        .query_opt("updateMask", mask);
    // New content makes a version each time; names and descriptions can be set twice.
    let request = match file {
        Some(_) => request.at_most(Repeat::Never),
        None => request,
    };
    let given = ("assetId", asset.to_string());
    let mut body = asset_form(json, file).into();
    Operation::start_upload(client.http(), &request, &mut body, Some(given))
}

/// Gives a handle with `client` and `id` the methods of a creator.
macro_rules! asset_methods {
    ($handle:ident, $creator:expr) => {
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
            /// Asset type, name and content type follow from the file name, and the first bytes are checked against
            /// it; [`Upload`](crate::Upload) has the settings. Nothing is sent until
            /// [`run`](crate::Upload::run), whose errors tell what can be wrong.
            pub fn upload(&self, source: impl Into<$crate::UploadSource>) -> $crate::Upload {
                $crate::Upload::new(self.client.clone(), $creator(self.id), source.into())
            }

            /// Uploads many files, several at once, and no content twice: results come as each is finished.
            ///
            /// [`UploadAll`](crate::sync::UploadAll) has the settings: a ledger of what was uploaded before, a dry
            /// run, how many at once. A file that fails does not stop the others. The service's limits are kept, and
            /// for audio the quota is looked at before anything is sent.
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
            /// The file is streamed over a connection of its own, with an exact length and without a total time-out.
            /// It is repeated by itself only if nothing can have been
            /// done yet (no connection, or a 429): the service cannot tell a repetition from a second upload.
            ///
            /// **Upload only what you control.** Content that breaks the rules can get the account of the key's owner
            /// moderated; with an OAuth2 token, the account of the user who granted it.
            ///
            /// # Errors
            /// `InvalidAsset` if the extension does not fit the asset type (before anything is sent) or the service
            /// refuses the file, `ModeratedText` if name or description are moderated, `InvalidInput` if the content
            /// type is not known or the file changes while it is sent.
            ///
            /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_CreateAsset) · scopes
            /// `asset:read`, `asset:write` · 120 a minute, 20 MB a file except videos · beta
            pub fn upload_asset(
                &self,
                upload: $crate::models::AssetUpload,
            ) -> $crate::Result<$crate::Operation<$crate::models::Asset>> {
                $crate::resource::creator::upload_asset(&self.client, $creator(self.id), upload)
            }

            /// Changes texts, icon, previews and links or, for models, the content of an asset of this creator.
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
            /// Only what is set is sent. Without a file the service answers at once, with the changed fields alone;
            /// the operation is then done already.
            ///
            /// **Upload only what you control.** Content that breaks the rules can get the account of the key's owner
            /// moderated; with an OAuth2 token, the account of the user who granted it.
            ///
            /// # Errors
            /// `InvalidInput` if nothing is set, and those of [`upload_asset`](Self::upload_asset).
            ///
            /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Assets_UpdateAsset) · scopes
            /// `asset:read`, `asset:write` · 120 a minute · beta
            pub fn update_asset(
                &self,
                asset: impl Into<$crate::models::AssetId>,
                change: $crate::models::AssetUpdate,
            ) -> $crate::Result<$crate::Operation<$crate::models::Asset>> {
                $crate::resource::creator::update_asset(&self.client, asset.into(), change)
            }
        }
    };
}
