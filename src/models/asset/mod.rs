//! Assets: what the service answers, and what it can be asked to make or change.

mod answer;
#[cfg(feature = "upload")]
mod change;
#[cfg(feature = "upload")]
mod content_type;
mod delivery;
mod kinds;
mod social;

pub use answer::{Asset, AssetPreview, AssetVersion, Creator};
#[cfg(feature = "upload")]
pub use change::{AssetUpdate, AssetUpload};
pub(crate) use delivery::LocationResponse;
pub use delivery::{AssetLocation, AssetMetadata, ContentRepresentation, LocationRequest};
pub use kinds::{AssetField, AssetPrivacy, AssetState, AssetType, ModerationState};
pub use social::{SocialLink, SocialPlatform};
