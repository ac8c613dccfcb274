//! Icons in several languages.

use serde::{Deserialize, Serialize};

use super::LanguageCode;
use crate::models::AssetId;
use crate::models::params::Params;
use crate::models::serde_helpers::{by_name_or_number, is_none, optional_id};

/// An icon in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an icon")]
#[non_exhaustive]
pub struct LocalizedIcon {
    /// Language.
    #[serde(skip_serializing_if = "is_none")]
    pub language_code: Option<LanguageCode>,
    /// Image. `None` if it has not been uploaded yet.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub image_id: Option<AssetId>,
    /// URL of the image in the requested size.
    #[serde(skip_serializing_if = "is_none")]
    pub image_url: Option<String>,
    /// State of its review.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub state: Option<ImageState>,
}

open_enum! {
    /// The state of the review of an image.
    ImageState,
    /// Approved: players see it.
    Approved = "Approved",
    /// In review.
    PendingReview = "PendingReview",
    /// Not available.
    Unavailable = "UnAvailable" | "Unavailable",
    /// Rejected by moderation.
    Rejected = "Rejected",
    /// It could not be processed.
    Error = "Error",
}

/// The size of listed icons, in pixels. The default is that of the service: 150 × 150, for universes 512 × 512.
///
/// ```
/// use rblx_open_cloud::models::IconSize;
///
/// assert_eq!(IconSize::square(256), IconSize::new(256, 256));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IconSize(Option<(u32, u32)>);

impl IconSize {
    /// Creates a size of this width and height.
    #[must_use]
    pub const fn new(width: u32, height: u32) -> Self {
        Self(Some((width, height)))
    }

    /// Creates a size whose width and height are equal.
    #[must_use]
    pub const fn square(side: u32) -> Self {
        Self::new(side, side)
    }

    pub(crate) fn params(self) -> Params {
        let Some((width, height)) = self.0 else {
            return Params::default();
        };
        let params = Params::default().with("width", Some(width));
        params.with("height", Some(height))
    }
}
