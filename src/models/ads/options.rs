//! Options for campaigns.

use serde::{Deserialize, Serialize};

use super::campaign::CampaignTargeting;
use super::kinds::{CampaignObjective, CampaignPayment};
use crate::models::UniverseId;
use crate::models::serde_helpers::{count, is_none, null_to_default};

/// The options for campaigns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(
    default,
    rename_all = "camelCase",
    expecting = "the options of campaigns"
)]
#[non_exhaustive]
pub struct CampaignOptions {
    /// Goals.
    #[serde(deserialize_with = "null_to_default")]
    pub objectives: Vec<CampaignObjective>,
    /// Ways to pay.
    #[serde(deserialize_with = "null_to_default")]
    pub payment_types: Vec<CampaignPayment>,
    /// Formats of images.
    #[serde(deserialize_with = "null_to_default")]
    pub ad_formats: Vec<AdFormat>,
    /// Users that a campaign can be shown to.
    #[serde(skip_serializing_if = "is_none")]
    pub targeting_dimensions: Option<CampaignTargeting>,
    /// Whether the experience can be advertised. `None` if no experience was named.
    #[serde(skip_serializing_if = "is_none")]
    pub eligibility: Option<UniverseEligibility>,
}

/// A format of images.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, expecting = "a format")]
#[non_exhaustive]
pub struct AdFormat {
    /// Name.
    #[serde(skip_serializing_if = "is_none")]
    pub format: Option<String>,
    /// Width in pixels.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub width: Option<u64>,
    /// Height in pixels.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub height: Option<u64>,
}

/// Whether an experience can be advertised.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, expecting = "whether an experience can be advertised")]
#[non_exhaustive]
pub struct UniverseEligibility {
    /// Whether it can be advertised.
    #[serde(skip_serializing_if = "is_none")]
    pub eligible: Option<bool>,
}

/// The experiences that can be advertised.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a list of universes")]
pub(crate) struct AdvertisableUniverses {
    #[serde(default, deserialize_with = "null_to_default")]
    advertisable_universes: Vec<AdvertisableUniverse>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a universe")]
struct AdvertisableUniverse {
    universe_id: UniverseId,
}

impl AdvertisableUniverses {
    pub(crate) fn into_ids(self) -> Vec<UniverseId> {
        let universes = self.advertisable_universes.into_iter();
        universes.map(|universe| universe.universe_id).collect()
    }
}
