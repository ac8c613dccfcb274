//! Results of experiments.

use serde::{Deserialize, Serialize};

use crate::models::serde_helpers::{count, is_none, null_to_default};

/// Statistics of an experiment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "the statistics of an experiment"
)]
#[non_exhaustive]
pub struct ExperimentStats {
    /// Whether the shares of players differ from the weights of the variants (sample ratio mismatch).
    #[serde(default, skip_serializing_if = "is_none")]
    pub is_srm_detected: Option<bool>,
}

/// The smallest effect that an experiment can detect.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a minimum effect")]
#[non_exhaustive]
pub struct MinimumEffect {
    /// Estimated number of players that the experiment needs, over all variants.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub total_sample_size: Option<u64>,
    /// Smallest effect for each variant but the baseline, in percent of the goal metric.
    #[serde(default, deserialize_with = "null_to_default")]
    pub mde_relative_percentages: Vec<f64>,
    /// Number of players below which the estimate is not reliable.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub minimum_sample_size_threshold: Option<u64>,
}
