//! Assets: details, versions, uploads and changes, downloads, permissions.

mod asset;

mod versions;

#[cfg(feature = "upload")]
mod uploads;

mod delivery;

mod permissions;

mod download_options;

pub use asset::Asset;
pub use download_options::DownloadOptions;
#[cfg(feature = "upload")]
pub(crate) use uploads::{asset_form, start_upload};

pub(super) const ENDPOINTS: super::Endpoints = &[
    asset::ENDPOINTS,
    versions::ENDPOINTS,
    #[cfg(feature = "upload")]
    uploads::ENDPOINTS,
    delivery::ENDPOINTS,
    permissions::ENDPOINTS,
];
