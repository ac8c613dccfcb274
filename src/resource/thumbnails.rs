//! Thumbnails: images of avatars, and 3D models of avatars, outfits and assets.

use super::{Asset, User};
use crate::client::Client;
use crate::endpoint::{Endpoint, Host};
use crate::error::Result;
use crate::models::{OutfitId, Thumbnail, Thumbnail3d, ThumbnailRequest};
use crate::operation::Operation;

const GENERATE: Endpoint =
    Endpoint::get("/cloud/v2/users/{user_id}:generateThumbnail").error_fields_are_data();
const AVATAR: Endpoint = Endpoint::get("/v1/users/avatar-3d")
    .host(Host::Thumbnails)
    .scopes(&["thumbnail:read"]);
const OUTFIT: Endpoint = Endpoint::get("/v1/users/outfit-3d")
    .host(Host::Thumbnails)
    .scopes(&["thumbnail:read"]);
const ASSET: Endpoint = Endpoint::get("/v1/assets-thumbnail-3d")
    .host(Host::Thumbnails)
    .scopes(&["thumbnail:read"]);

pub(super) const ENDPOINTS: super::Endpoints = &[&[&GENERATE, &AVATAR, &OUTFIT, &ASSET]];

impl User {
    /// Starts to generate an image of the user's avatar. It is usually finished at once.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::{ThumbnailRequest, ThumbnailShape};
    ///
    /// let request = ThumbnailRequest::new().size(150).shape(ThumbnailShape::Square);
    /// let image = client.user(156).generate_thumbnail(request)?.wait(Duration::from_secs(30))?;
    /// println!("{}", image.image_uri);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the user does not exist, `BadRequest` if the service does not support the size.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/avatars#Cloud_GenerateUserThumbnail) ·
    /// no scope · 1,000 requests per minute with an API key, 10 with OAuth2 · stable
    #[doc(alias("headshot", "avatar"))]
    pub fn generate_thumbnail(&self, thumbnail: ThumbnailRequest) -> Result<Operation<Thumbnail>> {
        self.call(&GENERATE)
            .query_opt("size", thumbnail.size)
            .query_known("format", thumbnail.format.as_ref())
            .query_known("shape", thumbnail.shape.as_ref())
            .operation()
    }

    /// Returns a 3D model of the user's avatar.
    ///
    /// # Errors
    /// `BadRequest` if the user does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/avatars#thumbnails_get_v1_users_avatar_3d) ·
    /// scope `thumbnail:read` · 500 requests per minute · beta
    pub fn get_avatar_3d(&self) -> Result<Thumbnail3d> {
        self.client.call(&AVATAR).query("userId", self.id).send()
    }
}

impl Asset {
    /// Returns a 3D model of the asset, in the OBJ format.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let model = client.asset(6_768_917_255).get_thumbnail_3d()?;
    /// match model.finished() {
    ///     Some(url) => println!("{url}"),
    ///     None => println!("{}: try again later", model.state),
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the asset does not exist or its type has no 3D model.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#thumbnails_get_v1_assets_thumbnail_3d) ·
    /// scope `thumbnail:read` · 100 requests per minute · beta
    pub fn get_thumbnail_3d(&self) -> Result<Thumbnail3d> {
        self.client.call(&ASSET).query("assetId", self.id).send()
    }

    /// Returns a 3D model of the asset, in the glTF format.
    ///
    /// # Errors
    /// Those of [`get_thumbnail_3d`](Self::get_thumbnail_3d).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#thumbnails_get_v1_assets_thumbnail_3d) ·
    /// scope `thumbnail:read` · 100 requests per minute · beta
    pub fn get_thumbnail_gltf(&self) -> Result<Thumbnail3d> {
        let call = self.client.call(&ASSET).query("assetId", self.id);
        call.query("useGltf", true).send()
    }
}

impl Client {
    /// Returns a 3D model of an outfit.
    ///
    /// # Errors
    /// `BadRequest` if the outfit does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnails#thumbnails_get_v1_users_outfit_3d) ·
    /// scope `thumbnail:read` · 100 requests per minute · beta
    pub fn get_outfit_3d(&self, outfit: impl Into<OutfitId>) -> Result<Thumbnail3d> {
        self.call(&OUTFIT).query("outfitId", outfit.into()).send()
    }
}
