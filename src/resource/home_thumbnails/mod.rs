//! Thumbnails of the home page.

mod handle;
mod upload;

pub use handle::HomeThumbnails;
pub use upload::HomeUpload;

pub(super) const ENDPOINTS: super::Endpoints = &[handle::ENDPOINTS, upload::ENDPOINTS];
