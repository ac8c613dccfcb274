//! Pictures of users.

use serde::{Deserialize, Serialize};

/// A picture of a user's avatar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Thumbnail {
    /// Where the picture is.
    pub image_uri: String,
}

/// What a picture of a user should look like. What is not set is up to the service: 420 pixels, PNG, round.
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
    /// As the service makes it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Width and height in pixels: 48, 50, 60, 75, 100, 110, 150, 180, 352, 420 or 720.
    pub fn size(mut self, pixels: u32) -> Self {
        self.size = Some(pixels);
        self
    }

    /// The file format.
    pub fn format(mut self, format: ThumbnailFormat) -> Self {
        self.format = Some(format);
        self
    }

    /// The shape.
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
