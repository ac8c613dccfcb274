//! Thumbnails: pictures of avatars, and 3D models of avatars, outfits and assets.

mod picture;
mod three_d;

pub use picture::{Thumbnail, ThumbnailFormat, ThumbnailRequest, ThumbnailShape};
pub use three_d::{Thumbnail3d, ThumbnailState};
