//! Assets: their metadata and versions, uploads and updates, permissions, and the location of their content.

mod asset;
mod kinds;
pub(crate) mod social;
mod version;

#[cfg(feature = "upload")]
pub(super) mod content_type;
#[cfg(feature = "upload")]
mod texts;
#[cfg(feature = "upload")]
mod update;
#[cfg(feature = "upload")]
mod upload;

mod grant;
mod grant_outcome;

mod delivery;

pub use asset::{Asset, AssetPreview, Creator};
pub(crate) use delivery::LocationResponse;
pub use delivery::{AssetLocation, AssetMetadata, ContentRepresentation, LocationRequest};
pub use grant::{AssetAction, AssetGrant, PermissionGrant, PermissionSubject};
pub(crate) use grant_outcome::GrantResponse;
pub use grant_outcome::{GrantErrorCode, GrantFailure, GrantOutcome};
pub use kinds::{AssetField, AssetPrivacy, AssetState, AssetType, ModerationState};
pub use social::{SocialLink, SocialPlatform};
#[cfg(feature = "upload")]
pub use update::AssetUpdate;
#[cfg(feature = "upload")]
pub use upload::AssetUpload;
pub use version::AssetVersion;
