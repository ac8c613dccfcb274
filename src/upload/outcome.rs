//! The result of an upload.

use std::fmt;

use crate::models::censorship::is_censored;
use crate::models::{Asset, AssetId, AssetType, ModerationState};

/// An upload that was processed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// The id of the new asset.
    pub asset_id: AssetId,
    /// The asset type.
    pub asset_type: AssetType,
    /// The name of the asset.
    pub display_name: String,
    /// The comparison of the name with the requested one.
    pub name: NameOutcome,
    /// The moderation state; `None` if the service did not report it.
    pub moderation_state: Option<ModerationState>,
    /// The number of the revision; `None` if the service did not report it.
    pub revision: Option<String>,
    /// The asset as the service reported it.
    pub asset: Asset,
}

/// The comparison of the name of an uploaded asset with the requested one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameOutcome {
    /// The requested name.
    AsAsked,
    /// The name of [`ModeratedName::RetryAs`](crate::ModeratedName::RetryAs), since the first one was moderated.
    Fallback,
    /// The service replaced some or all letters by `#`.
    Censored,
    /// The service chose another name.
    Changed,
}

/// The id, and the name if it differs from the requested one: `uploaded as 120000000001, named "####"`.
impl fmt::Display for Uploaded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "uploaded as {}", self.asset_id)?;
        match self.name {
            NameOutcome::AsAsked => Ok(()),
            _ => write!(formatter, ", named {:?}", self.display_name),
        }
    }
}

impl Uploaded {
    pub(super) fn new(
        asset: Asset,
        asset_type: &AssetType,
        requested: &str,
        is_fallback: bool,
    ) -> Self {
        let kept = asset
            .display_name
            .clone()
            .unwrap_or_else(|| requested.to_owned());
        let name = match is_fallback {
            _ if is_censored(requested, &kept) => NameOutcome::Censored,
            _ if requested != kept => NameOutcome::Changed,
            true => NameOutcome::Fallback,
            false => NameOutcome::AsAsked,
        };
        Self {
            asset_id: asset.asset_id,
            asset_type: asset
                .asset_type
                .clone()
                .unwrap_or_else(|| asset_type.clone()),
            display_name: kept,
            name,
            moderation_state: asset.moderation_state.clone(),
            revision: asset.revision_id.clone(),
            asset,
        }
    }
}
