//! Pictures of users' avatars.

use serde::{Deserialize, Serialize};

/// A picture of a user's avatar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Thumbnail {
    /// URL of the picture.
    pub image_uri: String,
}

/// The size, format and shape of a picture. The service's defaults are 420 pixels, PNG, round.
///
/// ```
/// use rblx_open_cloud::models::{ThumbnailFormat, ThumbnailRequest, ThumbnailShape};
///
/// let icon = ThumbnailRequest::new().size(150).format(ThumbnailFormat::Png).shape(ThumbnailShape::Square);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ThumbnailRequest {
    pub(crate) size: Option<u32>,
    pub(crate) format: Option<ThumbnailFormat>,
    pub(crate) shape: Option<ThumbnailShape>,
}

impl ThumbnailRequest {
    /// Creates a request with the service's defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets width and height in pixels: 48, 50, 60, 75, 100, 110, 150, 180, 352, 420 or 720.
    pub fn size(mut self, pixels: u32) -> Self {
        self.size = Some(pixels);
        self
    }

    /// Sets the file format.
    pub fn format(mut self, format: ThumbnailFormat) -> Self {
        self.format = Some(format);
        self
    }

    /// Sets the shape.
    pub fn shape(mut self, shape: ThumbnailShape) -> Self {
        self.shape = Some(shape);
        self
    }
}

open_enum! {
    /// The file format of a picture.
    ThumbnailFormat,
    /// PNG.
    Png = "PNG",
    /// JPEG.
    Jpeg = "JPEG",
}

open_enum! {
    /// The shape of a picture.
    ThumbnailShape,
    /// A circle.
    Round = "ROUND",
    /// A square.
    Square = "SQUARE",
}
