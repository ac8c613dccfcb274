//! Three-dimensional pictures.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::models::serde_helpers::count;

/// A three-dimensional picture of an avatar, an outfit or an asset; or how far the service is with making it.
///
/// The document does not say how it looks, so everything but the state may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Thumbnail3d {
    /// How far it is. `Pending` means that it is being made: ask again in a few seconds.
    pub state: ThumbnailState,
    /// Where a JSON document is that names the model, its material and its textures, and tells the camera. It can be
    /// fetched without a key. Some such addresses are the bare hash of the content network.
    pub image_url: Option<String>,
    /// The id of the user, the outfit or the asset.
    pub target_id: Option<u64>,
    /// The version of the picture's form, such as `TN3`.
    pub version: Option<String>,
}

impl Thumbnail3d {
    /// Where the picture is, if it is finished.
    #[must_use]
    pub fn finished(&self) -> Option<&str> {
        let is_finished = self.state == ThumbnailState::Completed;
        self.image_url.as_deref().filter(|_| is_finished)
    }
}

open_enum! {
    /// How far a picture is.
    ThumbnailState,
    /// It is there.
    Completed = "Completed",
    /// It is being made.
    Pending = "Pending",
    /// It waits for moderation.
    InReview = "InReview",
    /// It may not be shown.
    Blocked = "Blocked",
    /// It could not be made.
    Error = "Error",
    /// It cannot be had now.
    TemporarilyUnavailable = "TemporarilyUnavailable",
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a picture")]
struct Thumbnail3dWire {
    state: Option<ThumbnailState>,
    image_url: Option<String>,
    #[serde(default, deserialize_with = "count")]
    target_id: Option<u64>,
    version: Option<String>,
}

impl<'de> Deserialize<'de> for Thumbnail3d {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Thumbnail3dWire::deserialize(deserializer)?;
        let image_url = wire.image_url.filter(|url| !url.is_empty());
        // What comes with an address is finished.
        let by_address = image_url.as_ref().map(|_| ThumbnailState::Completed);
        Ok(Self {
            state: wire
                .state
                .or(by_address)
                .ok_or_else(|| D::Error::missing_field("state"))?,
            image_url,
            target_id: wire.target_id,
            version: wire.version,
        })
    }
}
