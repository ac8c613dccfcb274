//! Three-dimensional pictures of avatars, outfits and assets.

use super::{Asset, User};
use crate::client::Client;
use crate::endpoint::{Endpoint, Host};
use crate::error::Result;
use crate::http::Request;
use crate::models::{OutfitId, Thumbnail3d};

const ASSET: Endpoint = Endpoint::get("/v1/assets-thumbnail-3d")
    .host(Host::Thumbnails)
    .scopes(&["thumbnail:read"]);
const AVATAR: Endpoint = Endpoint::get("/v1/users/avatar-3d")
    .host(Host::Thumbnails)
    .scopes(&["thumbnail:read"]);
const OUTFIT: Endpoint = Endpoint::get("/v1/users/outfit-3d")
    .host(Host::Thumbnails)
    .scopes(&["thumbnail:read"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&ASSET, &AVATAR, &OUTFIT];

impl Asset {
    /// A three-dimensional picture of the asset, as an OBJ model.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let picture = client.asset(6_768_917_255).get_thumbnail_3d()?;
    /// match picture.finished() {
    ///     Some(url) => println!("{url}"),
    ///     None => println!("{}: ask again later", picture.state),
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if there is no such asset, or none of which there is such a picture.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#thumbnails_get_v1_assets_thumbnail_3d) ·
    /// scope `thumbnail:read` · 100 a minute · beta
    pub fn get_thumbnail_3d(&self) -> Result<Thumbnail3d> {
        let request = Request::new(&ASSET).query("assetId", self.id);
        self.client.http().send(&request)
    }

    /// A three-dimensional picture of the asset, as a glTF model.
    ///
    /// # Errors
    /// Those of [`get_thumbnail_3d`](Self::get_thumbnail_3d).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#thumbnails_get_v1_assets_thumbnail_3d) ·
    /// scope `thumbnail:read` · 100 a minute · beta
    pub fn get_thumbnail_gltf(&self) -> Result<Thumbnail3d> {
        let request = Request::new(&ASSET)
            .query("assetId", self.id)
            .query("useGltf", true);
        self.client.http().send(&request)
    }
}

impl User {
    /// A three-dimensional picture of the user's avatar.
    ///
    /// # Errors
    /// `BadRequest` if there is no such user.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/avatars#thumbnails_get_v1_users_avatar_3d) ·
    /// scope `thumbnail:read` · 500 a minute · beta
    pub fn get_avatar_3d(&self) -> Result<Thumbnail3d> {
        let request = Request::new(&AVATAR).query("userId", self.id);
        self.client.http().send(&request)
    }
}

impl Client {
    /// A three-dimensional picture of an outfit.
    ///
    /// # Errors
    /// `BadRequest` if there is no such outfit.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnails#thumbnails_get_v1_users_outfit_3d) ·
    /// scope `thumbnail:read` · 100 a minute · beta
    pub fn get_outfit_3d(&self, outfit: impl Into<OutfitId>) -> Result<Thumbnail3d> {
        let request = Request::new(&OUTFIT).query("outfitId", outfit.into());
        self.http().send(&request)
    }
}
