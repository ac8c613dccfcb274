//! New experiments, and plans of them.

use serde::Serialize;

use super::experiment::{Experiment, TargetingCriteria};
use super::kinds::{ExperimentMetric, ExperimentProduct};
use super::variants::{
    ConfigExperimentVariant, ConfigExperimentVariants, ExperimentConfiguration, MatchmakingVariant,
    MatchmakingVariants,
};
use crate::error::Result;
use crate::models::ConditionalRule;
use crate::models::limits::finite;
use crate::models::open_enum::{OpenEnum as _, validate_all};
use crate::models::serde_helpers::is_none;

const SECONDS_PER_DAY: u64 = 86_400;

/// An experiment to create, or to replace one that has not started.
///
/// ```
/// use rblx_open_cloud::models::{ConfigExperimentVariant, ExperimentMetric, NewExperiment};
///
/// let experiment = NewExperiment::new("LowerBossHealth")
///     .configs([
///         ConfigExperimentVariant::baseline("Control", "bossHealth").weight(50),
///         ConfigExperimentVariant::treatment("Weaker", "bossHealth", serde_json::json!(300)).weight(50),
///     ])
///     .exposure_percent(40)
///     .days(14)
///     .goal(ExperimentMetric::Day1Retention);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct NewExperiment {
    #[serde(skip_serializing_if = "is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    experiment_configuration: Option<ExperimentConfiguration>,
    #[serde(skip_serializing_if = "is_none")]
    exposure_percent: Option<u64>,
    #[serde(skip_serializing_if = "is_none")]
    targeting_criteria: Option<TargetingCriteria>,
    #[serde(skip_serializing_if = "is_none")]
    duration_seconds: Option<u64>,
    #[serde(skip_serializing_if = "is_none")]
    universe_goal_metric: Option<ExperimentMetric>,
}

impl NewExperiment {
    /// Creates an experiment with a name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            description: None,
            experiment_configuration: None,
            exposure_percent: None,
            targeting_criteria: None,
            duration_seconds: None,
            universe_goal_metric: None,
        }
    }

    /// Copies an existing experiment. A replacement starts from it, since fields that are not set are lost.
    pub fn from_experiment(experiment: &Experiment) -> Self {
        let metrics = experiment.metrics.as_ref();
        Self {
            name: experiment.name.clone(),
            description: experiment.description.clone(),
            experiment_configuration: with_null_values(experiment),
            exposure_percent: experiment.exposure_percent,
            targeting_criteria: experiment.targeting_criteria.clone(),
            duration_seconds: experiment.duration_seconds,
            universe_goal_metric: metrics.and_then(|metrics| metrics.goal_metric.clone()),
        }
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Varies the value of a config key: one baseline, and up to two others.
    pub fn configs(mut self, variants: impl IntoIterator<Item = ConfigExperimentVariant>) -> Self {
        self.experiment_configuration = Some(ExperimentConfiguration {
            product_type: Some(ExperimentProduct::Configs),
            configs: Some(ConfigExperimentVariants {
                variants: variants.into_iter().collect(),
            }),
            matchmaking: None,
        });
        self
    }

    /// Varies the scoring of matchmaking.
    pub fn matchmaking(mut self, variants: impl IntoIterator<Item = MatchmakingVariant>) -> Self {
        self.experiment_configuration = Some(ExperimentConfiguration {
            product_type: Some(ExperimentProduct::Matchmaking),
            configs: None,
            matchmaking: Some(MatchmakingVariants {
                variants: variants.into_iter().collect(),
            }),
        });
        self
    }

    /// Sets the percentage of the eligible users who take part.
    pub fn exposure_percent(mut self, percent: u32) -> Self {
        self.exposure_percent = Some(percent.into());
        self
    }

    /// Restricts the experiment to users to which the rule applies.
    pub fn targeting(mut self, rule: ConditionalRule) -> Self {
        self.targeting_criteria = Some(TargetingCriteria { rule: Some(rule) });
        self
    }

    /// Sets the duration, from 14 to 60 days.
    pub fn days(mut self, days: u32) -> Self {
        self.duration_seconds = Some(u64::from(days).saturating_mul(SECONDS_PER_DAY));
        self
    }

    /// Sets the metric that decides.
    pub fn goal(mut self, metric: ExperimentMetric) -> Self {
        self.universe_goal_metric = Some(metric);
        self
    }

    /// Returns an error for the wrong case of a known value.
    pub(crate) fn validated(&self) -> Result<&Self> {
        validate_all(&self.universe_goal_metric)?;
        Ok(self)
    }
}

/// Returns the configuration of an experiment with null as the value of variants without one: null and absent values are
/// read alike, and every variant except the baseline has a value.
fn with_null_values(experiment: &Experiment) -> Option<ExperimentConfiguration> {
    let mut configuration = experiment.experiment_configuration.clone()?;
    for variant in configuration
        .configs
        .iter_mut()
        .flat_map(|configs| &mut configs.variants)
    {
        let is_baseline = variant
            .variant_meta
            .as_ref()
            .and_then(|meta| meta.is_baseline);
        if let Some(entry) = &mut variant.config_entry
            && is_baseline == Some(false)
        {
            entry.entry_value.get_or_insert_default();
        }
    }
    Some(configuration)
}

/// The plan of an experiment. The service computes the smallest effect that it can detect.
///
/// ```
/// use rblx_open_cloud::models::{ExperimentMetric, MdeQuery};
///
/// let plan = MdeQuery::new(ExperimentMetric::Day1Retention, 14).exposure_percent(40).weights(50.0, [25.0, 25.0]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct MdeQuery {
    #[serde(skip_serializing_if = "is_none")]
    exposure_percent: Option<u32>,
    duration_seconds: u64,
    #[serde(skip_serializing_if = "is_none")]
    baseline_weight: Option<f64>,
    #[serde(skip_serializing_if = "is_none")]
    variant_weights: Option<Vec<f64>>,
    universe_goal_metric: ExperimentMetric,
    #[serde(skip_serializing_if = "is_none")]
    targeting_criteria: Option<TargetingCriteria>,
}

impl MdeQuery {
    /// Creates the plan of an experiment with a goal metric and a number of days.
    pub fn new(goal: ExperimentMetric, days: u32) -> Self {
        Self {
            exposure_percent: None,
            duration_seconds: u64::from(days).saturating_mul(SECONDS_PER_DAY),
            baseline_weight: None,
            variant_weights: None,
            universe_goal_metric: goal,
            targeting_criteria: None,
        }
    }

    /// Sets the percentage of the eligible users who take part.
    pub fn exposure_percent(mut self, percent: u32) -> Self {
        self.exposure_percent = Some(percent);
        self
    }

    /// Sets the shares of players of the baseline and of the other variants, from 0 to 100.
    pub fn weights(mut self, baseline: f64, variants: impl IntoIterator<Item = f64>) -> Self {
        self.baseline_weight = Some(baseline);
        self.variant_weights = Some(variants.into_iter().collect());
        self
    }

    /// Restricts the experiment to users to which the rule applies.
    pub fn targeting(mut self, rule: ConditionalRule) -> Self {
        self.targeting_criteria = Some(TargetingCriteria { rule: Some(rule) });
        self
    }

    /// Returns an error for the wrong case of a known value, or a share that is not finite.
    pub(crate) fn validated(&self) -> Result<&Self> {
        self.universe_goal_metric.validated()?;
        let variants = self.variant_weights.iter().flatten();
        for weight in self.baseline_weight.iter().chain(variants) {
            finite("the share of players of a variant", *weight)?;
        }
        Ok(self)
    }
}
