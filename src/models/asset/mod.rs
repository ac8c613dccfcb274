//! Assets: what the service answers, and what it can be asked to make or change.

mod answer;
#[cfg(feature = "upload")]
mod change;
mod kinds;

pub use answer::{Asset, AssetPreview, AssetVersion, Creator};
#[cfg(feature = "upload")]
pub use change::{AssetUpdate, AssetUpload};
pub use kinds::{AssetField, AssetState, AssetType, ModerationState};
