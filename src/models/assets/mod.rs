//! Assets: what the service answers, and what it can be asked to make or change.

mod asset;
#[cfg(feature = "upload")]
mod content_type;
mod delivery;
mod kinds;
mod permission;
mod social;
#[cfg(feature = "upload")]
mod update;

pub use asset::{Asset, AssetPreview, AssetVersion, Creator};
pub(crate) use delivery::LocationResponse;
pub use delivery::{AssetLocation, AssetMetadata, ContentRepresentation, LocationRequest};
pub use kinds::{AssetField, AssetPrivacy, AssetState, AssetType, ModerationState};
pub(crate) use permission::GrantResponse;
pub use permission::{
    AssetAction, AssetGrant, GrantErrorCode, GrantFailure, GrantOutcome, PermissionGrant,
    PermissionSubject,
};
pub use social::{SocialLink, SocialPlatform};
#[cfg(feature = "upload")]
pub use update::{AssetUpdate, AssetUpload};
