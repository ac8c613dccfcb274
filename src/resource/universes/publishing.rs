//! Publishes places.

use super::Place;
use crate::endpoint::{Endpoint, Repeat, UserContent};
use crate::error::Result;
use crate::http::UploadBody;
use crate::models::PlaceFile;
use crate::models::serde_helpers::integer;

const PUBLISH: Endpoint = Endpoint::post("/universes/v1/{universeId}/places/{placeId}/versions")
    .scopes(&["universe-places:write"])
    .user_content(UserContent::File)
    .repeat(Repeat::AfterLoss)
    .conflict_causes(
        "The place is open in Roblox Studio, or it has a Team Create session, or it does not belong to the universe",
    );

pub(super) const ENDPOINTS: &[&Endpoint] = &[&PUBLISH];

/// The response. Its content type is text, although it is JSON.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a version number")]
struct PublishedVersion {
    #[serde(deserialize_with = "integer")]
    version_number: u64,
}

impl Place {
    /// Publishes an `rbxl` or `rbxlx` file as the new version of the place, and returns the version number.
    ///
    /// The file is streamed, so it can have any size. A file with the content of the current version gets the same number,
    /// so the request is retried after a lost connection. Running servers keep their version until they are restarted.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::AssetFile;
    ///
    /// let place = client.universe(13_058).place(90);
    /// let file = AssetFile::bytes("game.rbxlx", b"<roblox version=\"4\"></roblox>".to_vec())   // or AssetFile::open("game.rbxl")?
    ///     .on_progress(|sent, total| println!("{sent} of {total} bytes"));
    /// let version = place.publish(file)?;
    /// println!("version {version} is live");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The same from a path: `place.publish("game.rbxl")?`.
    ///
    /// # Errors
    /// `InvalidInput` if the file cannot be read, and `InvalidAsset` if it is certainly not a place (both before anything
    /// is sent); `Conflict` if the place is open in Studio or Team Create, or belongs to another universe; `NotFound` if
    /// it does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Places_CreatePlaceVersionApiKey) ·
    /// scope `universe-places:write` · API key only · 30 requests per minute · beta
    pub fn publish(&self, file: impl Into<PlaceFile>) -> Result<u64> {
        self.send_version(file.into(), "Published")
    }

    /// Saves an `rbxl` or `rbxlx` file as a version of the place without publishing it, and returns the version number.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # let path = std::env::temp_dir().join(format!("rblx-open-cloud-doc-{}.rbxlx", std::process::id()));
    /// # std::fs::write(&path, b"<roblox version=\"4\"></roblox>").unwrap();
    /// let version = client.universe(13_058).place(91).save(&path)?;
    /// # std::fs::remove_file(&path).unwrap();
    /// println!("version {version} is saved");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`publish`](Self::publish).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Places_CreatePlaceVersionApiKey) ·
    /// scope `universe-places:write` · API key only · 30 requests per minute · beta
    pub fn save(&self, file: impl Into<PlaceFile>) -> Result<u64> {
        self.send_version(file.into(), "Saved")
    }

    fn send_version(&self, file: PlaceFile, version_type: &str) -> Result<u64> {
        let (file, content_type) = file.open()?;
        let call = self.call(&PUBLISH).query("versionType", version_type);
        let version: PublishedVersion = call.upload(UploadBody::File(file, content_type))?;
        Ok(version.version_number)
    }
}
