//! Thumbnails: pictures of avatars, and three-dimensional ones of avatars, outfits and assets.

mod picture;
mod three_d;

pub use picture::{Thumbnail, ThumbnailFormat, ThumbnailRequest, ThumbnailShape};
pub use three_d::{Thumbnail3d, ThumbnailState};
