//! The configuration of an experiment: its variants.

use serde::{Deserialize, Serialize};

use super::VariantId;
use super::kinds::ExperimentProduct;
use crate::models::serde_helpers::{
    is_none, non_empty_text, null_to_default, optional_id, small_count,
};
use crate::models::{PlaceId, RawJson};

/// The variants of an experiment, by the product that it varies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "the configuration of an experiment"
)]
#[non_exhaustive]
pub struct ExperimentConfiguration {
    /// Product that the experiment varies.
    #[serde(default, skip_serializing_if = "is_none")]
    pub product_type: Option<ExperimentProduct>,
    /// Variants of a config key.
    #[serde(
        default,
        rename = "inGameConfigExperimentConfiguration",
        skip_serializing_if = "is_none"
    )]
    pub configs: Option<ConfigExperimentVariants>,
    /// Variants of matchmaking.
    #[serde(
        default,
        rename = "matchmakingExperimentConfiguration",
        skip_serializing_if = "is_none"
    )]
    pub matchmaking: Option<MatchmakingVariants>,
}

/// The variants of a config key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "variants")]
#[non_exhaustive]
pub struct ConfigExperimentVariants {
    /// Variants. One of them is the baseline.
    #[serde(default, deserialize_with = "null_to_default")]
    pub variants: Vec<ConfigExperimentVariant>,
}

/// The variants of matchmaking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "variants")]
#[non_exhaustive]
pub struct MatchmakingVariants {
    /// Variants. One of them is the baseline.
    #[serde(default, deserialize_with = "null_to_default")]
    pub variants: Vec<MatchmakingVariant>,
}

/// A variant of a config key.
///
/// ```
/// use rblx_open_cloud::models::ConfigExperimentVariant;
///
/// let variants = [
///     ConfigExperimentVariant::baseline("Control", "bossHealth").weight(50),
///     ConfigExperimentVariant::treatment("Weaker", "bossHealth", serde_json::json!(300)).weight(50),
/// ];
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a variant of a config")]
#[non_exhaustive]
pub struct ConfigExperimentVariant {
    /// Label, weight and id.
    #[serde(default, skip_serializing_if = "is_none")]
    pub variant_meta: Option<VariantMeta>,
    /// Key and value.
    #[serde(default, skip_serializing_if = "is_none")]
    pub config_entry: Option<ExperimentConfigEntry>,
}

impl ConfigExperimentVariant {
    /// Creates the baseline, which keeps the published value.
    #[must_use]
    pub fn baseline(label: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            variant_meta: Some(VariantMeta::new(label.into(), true)),
            config_entry: Some(ExperimentConfigEntry {
                key: Some(key.into()),
                entry_value: None,
                description: None,
            }),
        }
    }

    /// Creates a variant in which the key has another value.
    #[must_use]
    pub fn treatment(
        label: impl Into<String>,
        key: impl Into<String>,
        value: impl Into<RawJson>,
    ) -> Self {
        Self {
            variant_meta: Some(VariantMeta::new(label.into(), false)),
            config_entry: Some(ExperimentConfigEntry {
                key: Some(key.into()),
                entry_value: Some(value.into()),
                description: None,
            }),
        }
    }

    /// Sets the share of players relative to the other variants.
    #[must_use]
    pub fn weight(mut self, weight: u32) -> Self {
        self.variant_meta.get_or_insert_default().weight = Some(weight);
        self
    }

    /// Sets the description of the value.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.config_entry.get_or_insert_default().description = Some(description.into());
        self
    }
}

/// The value that a config key has in a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an entry of a config")]
#[non_exhaustive]
pub struct ExperimentConfigEntry {
    /// Key, the same in all variants.
    #[serde(default, skip_serializing_if = "is_none")]
    pub key: Option<String>,
    /// Value. `None` in the baseline.
    #[serde(default, skip_serializing_if = "is_none")]
    pub entry_value: Option<RawJson>,
    /// Description.
    #[serde(default, skip_serializing_if = "is_none")]
    pub description: Option<String>,
}

/// A variant of matchmaking.
///
/// ```
/// use rblx_open_cloud::models::MatchmakingVariant;
///
/// let control = MatchmakingVariant::baseline("Control").platform_default(90);
/// let closer = MatchmakingVariant::treatment("Closer").place(90, "scoring-1").weight(50);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a variant of matchmaking")]
#[non_exhaustive]
pub struct MatchmakingVariant {
    /// Label, weight and id.
    #[serde(default, skip_serializing_if = "is_none")]
    pub variant_meta: Option<VariantMeta>,
    /// Scoring by place.
    #[serde(default, deserialize_with = "null_to_default")]
    pub place_matchmaking_configs: Vec<PlaceScoring>,
}

impl MatchmakingVariant {
    /// Creates the baseline.
    #[must_use]
    pub fn baseline(label: impl Into<String>) -> Self {
        Self {
            variant_meta: Some(VariantMeta::new(label.into(), true)),
            place_matchmaking_configs: Vec::new(),
        }
    }

    /// Creates a variant that differs from the baseline.
    #[must_use]
    pub fn treatment(label: impl Into<String>) -> Self {
        Self {
            variant_meta: Some(VariantMeta::new(label.into(), false)),
            place_matchmaking_configs: Vec::new(),
        }
    }

    /// Sets the share of players relative to the other variants.
    #[must_use]
    pub fn weight(mut self, weight: u32) -> Self {
        self.variant_meta.get_or_insert_default().weight = Some(weight);
        self
    }

    /// Gives a place a scoring, by the id of its configuration.
    #[must_use]
    pub fn place(mut self, place: impl Into<PlaceId>, scoring: impl Into<String>) -> Self {
        self.place_matchmaking_configs.push(PlaceScoring {
            place_id: Some(place.into()),
            matchmaking_scoring_config_id: Some(scoring.into()),
            use_platform_default: None,
        });
        self
    }

    /// Gives a place the scoring that the platform uses by default.
    #[must_use]
    pub fn platform_default(mut self, place: impl Into<PlaceId>) -> Self {
        self.place_matchmaking_configs.push(PlaceScoring {
            place_id: Some(place.into()),
            matchmaking_scoring_config_id: None,
            use_platform_default: Some(true),
        });
        self
    }
}

/// The scoring of matchmaking in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a scoring")]
#[non_exhaustive]
pub struct PlaceScoring {
    /// Place.
    #[serde(
        default,
        deserialize_with = "optional_id",
        serialize_with = "place_number",
        skip_serializing_if = "is_none"
    )]
    pub place_id: Option<PlaceId>,
    /// Id of the configuration of the scoring.
    #[serde(default, skip_serializing_if = "is_none")]
    pub matchmaking_scoring_config_id: Option<String>,
    /// Whether the place uses the default of the platform instead.
    #[serde(default, skip_serializing_if = "is_none")]
    pub use_platform_default: Option<bool>,
}

/// Writes the id of a place as the service expects it here: as a number.
#[allow(clippy::ref_option, reason = "the signature of serde")]
fn place_number<S: serde::Serializer>(
    place: &Option<PlaceId>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    place.map(PlaceId::get).serialize(serializer)
}

/// Label, weight and id of a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a variant")]
#[non_exhaustive]
pub struct VariantMeta {
    /// Id. The service assigns it when the experiment starts; before, it is null or empty.
    #[serde(
        default,
        deserialize_with = "non_empty_text",
        skip_serializing_if = "is_none"
    )]
    pub variant_id: Option<VariantId>,
    /// Label: up to 50 letters, digits, spaces, `_` and `-`, the first one a letter.
    #[serde(default, skip_serializing_if = "is_none")]
    pub label: Option<String>,
    /// Whether it is the baseline.
    #[serde(default, skip_serializing_if = "is_none")]
    pub is_baseline: Option<bool>,
    /// Share of players relative to the other variants.
    #[serde(
        default,
        deserialize_with = "small_count",
        skip_serializing_if = "is_none"
    )]
    pub weight: Option<u32>,
}

impl VariantMeta {
    fn new(label: String, is_baseline: bool) -> Self {
        Self {
            label: Some(label),
            is_baseline: Some(is_baseline),
            ..Self::default()
        }
    }
}
