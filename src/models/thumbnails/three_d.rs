//! 3D thumbnails.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::models::serde_helpers::{count, is_none, non_empty};

/// A 3D model of an avatar, an outfit or an asset, or the state of its rendering.
///
/// The official document does not describe the response, so everything but the state may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Thumbnail3d {
    /// State of the rendering. While it is `Pending`, request the thumbnail again in a few seconds.
    pub state: ThumbnailState,
    /// URL of a JSON document that names the model, its material, its textures and the camera. It can be fetched
    /// without a key. Some responses have the bare hash of the content network instead.
    #[serde(skip_serializing_if = "is_none")]
    pub image_url: Option<String>,
    /// Id of the user, outfit or asset.
    #[serde(skip_serializing_if = "is_none")]
    pub target_id: Option<u64>,
    /// Version of the format, such as `TN3`.
    #[serde(skip_serializing_if = "is_none")]
    pub version: Option<String>,
}

impl Thumbnail3d {
    /// Returns the URL of a finished thumbnail.
    #[must_use]
    pub fn finished(&self) -> Option<&str> {
        let is_finished = self.state == ThumbnailState::Completed;
        self.image_url.as_deref().filter(|_| is_finished)
    }
}

open_enum! {
    /// The state of a thumbnail.
    ThumbnailState,
    /// Finished.
    Completed = "Completed",
    /// Being rendered.
    Pending = "Pending",
    /// Waiting for moderation.
    InReview = "InReview",
    /// Rejected by moderation.
    Blocked = "Blocked",
    /// Failed to render.
    Error = "Error",
    /// Not available at the moment.
    TemporarilyUnavailable = "TemporarilyUnavailable",
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a thumbnail")]
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
        let image_url = non_empty(wire.image_url);
        // A URL without a state is that of a finished thumbnail.
        let by_url = image_url.as_ref().map(|_| ThumbnailState::Completed);
        let state = wire.state.or(by_url);
        Ok(Self {
            state: state.ok_or_else(|| D::Error::missing_field("state"))?,
            image_url,
            target_id: wire.target_id,
            version: wire.version,
        })
    }
}
