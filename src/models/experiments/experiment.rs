//! Experiments as the service returns them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ExperimentId;
use super::kinds::{ExperimentMetric, ExperimentProduct, ExperimentState, OperationalStatus};
use super::variants::ExperimentConfiguration;
use crate::models::serde_helpers::{count, is_none, null_to_default, optional_id, timestamp};
use crate::models::{ConditionalRule, UserId};

/// An experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an experiment")]
#[non_exhaustive]
pub struct Experiment {
    /// Id.
    pub id: ExperimentId,
    /// Name.
    #[serde(default, skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Description.
    #[serde(default, skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_updated_time: Option<OffsetDateTime>,
    /// Time at which it started.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub started_time: Option<OffsetDateTime>,
    /// Time at which it stopped.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub stopped_time: Option<OffsetDateTime>,
    /// State.
    #[serde(default, skip_serializing_if = "is_none")]
    pub state: Option<ExperimentState>,
    /// Variants.
    #[serde(default, skip_serializing_if = "is_none")]
    pub experiment_configuration: Option<ExperimentConfiguration>,
    /// Percentage of the eligible users who take part.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub exposure_percent: Option<u64>,
    /// Criteria for eligible users. Without them, all are eligible.
    #[serde(default, skip_serializing_if = "is_none")]
    pub targeting_criteria: Option<TargetingCriteria>,
    /// Task that the service carries out on it.
    #[serde(default, skip_serializing_if = "is_none")]
    pub operational_status: Option<OperationalStatus>,
    /// User who created it.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub created_by: Option<UserId>,
    /// Time at which it is to start.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub scheduled_time: Option<OffsetDateTime>,
    /// Planned duration in seconds.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub duration_seconds: Option<u64>,
    /// Metrics.
    #[serde(
        default,
        rename = "universeMetricConfiguration",
        skip_serializing_if = "is_none"
    )]
    pub metrics: Option<ExperimentMetrics>,
}

/// The criteria for users who are eligible for an experiment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "targeting criteria")]
#[non_exhaustive]
pub struct TargetingCriteria {
    /// Condition on the user. Without it, all are eligible.
    #[serde(default, skip_serializing_if = "is_none")]
    pub rule: Option<ConditionalRule>,
}

/// The metrics of an experiment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the metrics of an experiment")]
#[non_exhaustive]
pub struct ExperimentMetrics {
    /// Metric that decides.
    #[serde(default, skip_serializing_if = "is_none")]
    pub goal_metric: Option<ExperimentMetric>,
    /// Metrics that are only observed.
    #[serde(default, deserialize_with = "null_to_default")]
    pub learning_metrics: Vec<ExperimentMetric>,
}

/// An experiment in a list, without its variants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an experiment")]
#[non_exhaustive]
pub struct ExperimentSummary {
    /// Id.
    pub id: ExperimentId,
    /// Name.
    #[serde(default, skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Description.
    #[serde(default, skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_updated_time: Option<OffsetDateTime>,
    /// Time at which it started.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub started_time: Option<OffsetDateTime>,
    /// Time at which it stopped.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub stopped_time: Option<OffsetDateTime>,
    /// State.
    #[serde(default, skip_serializing_if = "is_none")]
    pub state: Option<ExperimentState>,
    /// User who created it.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub created_by: Option<UserId>,
    /// First config key that it varies. Empty for matchmaking.
    #[serde(default, skip_serializing_if = "is_none")]
    pub experiment_config_key: Option<String>,
    /// Time at which it is to start.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub scheduled_time: Option<OffsetDateTime>,
    /// Planned duration in seconds.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub duration_seconds: Option<u64>,
    /// Product that it varies.
    #[serde(default, skip_serializing_if = "is_none")]
    pub product_type: Option<ExperimentProduct>,
}

/// A response that holds an experiment.
#[derive(Deserialize)]
#[serde(expecting = "an experiment")]
pub(crate) struct ExperimentResponse {
    pub(crate) experiment: Experiment,
}

/// The body that schedules an experiment.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScheduleBody {
    #[serde(serialize_with = "timestamp::in_utc::serialize")]
    pub(crate) scheduled_start_time: OffsetDateTime,
}

/// The body that completes an experiment.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompleteBody<'a> {
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) variant_id: Option<&'a str>,
}
