//! Incidents: times at which an alert fired.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    AlertBreakdown, AlertCondition, AlertDimensionFilter, AlertFiringStatus, AlertInterval,
    AlertSeverity,
};
use crate::models::serde_helpers::{
    is_none, null_to_default, optional_float, optional_text, timestamp,
};
use crate::models::{AlertId, IncidentId};

/// An incident: it is opened when an alert fires, and resolved when the condition is no longer met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an incident")]
#[non_exhaustive]
pub struct AlertIncident {
    /// Id of the incident.
    pub id: IncidentId,
    /// Kind of the resource that the alert is about: `Universe`.
    #[serde(default, skip_serializing_if = "is_none")]
    pub resource_type: Option<String>,
    /// Id of that resource.
    #[serde(
        default,
        deserialize_with = "optional_text",
        skip_serializing_if = "is_none"
    )]
    pub resource_id: Option<String>,
    /// Whether the incident is open.
    #[serde(default, skip_serializing_if = "is_none")]
    pub status: Option<AlertFiringStatus>,
    /// Time at which it was opened.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub opened_at: Option<OffsetDateTime>,
    /// Start of the time in which the condition was met first.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub opened_window_start_at: Option<OffsetDateTime>,
    /// Time at which it was resolved.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub resolved_at: Option<OffsetDateTime>,
    /// Start of the time in which the condition was no longer met.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub resolved_window_start_at: Option<OffsetDateTime>,
    /// Trigger that opened the incident.
    #[serde(default, skip_serializing_if = "is_none")]
    pub first_firing_metadata: Option<AlertTrigger>,
    /// Latest trigger.
    #[serde(default, skip_serializing_if = "is_none")]
    pub latest_firing_metadata: Option<AlertTrigger>,
    /// The alert that opened it.
    #[serde(default, skip_serializing_if = "is_none")]
    pub alert_config: Option<AlertIncidentConfig>,
}

/// A trigger: the condition of an alert, and the values that met it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    default,
    expecting = "metadata of an incident"
)]
#[non_exhaustive]
pub struct AlertTrigger {
    /// Filters of the alert at that time.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub filter: Vec<AlertDimensionFilter>,
    /// Breakdown of the alert at that time.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub breakdown: Vec<AlertBreakdown>,
    /// Condition of the alert at that time.
    #[serde(skip_serializing_if = "is_none")]
    pub condition: Option<AlertCondition>,
    /// Values that met the condition.
    #[serde(
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub firing_condition: Vec<AlertReading>,
}

/// A value of a metric that met a condition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    default,
    expecting = "a value of an incident"
)]
#[non_exhaustive]
pub struct AlertReading {
    /// Value.
    #[serde(deserialize_with = "optional_float", skip_serializing_if = "is_none")]
    pub firing_value: Option<f64>,
    /// Value of the dimension that it belongs to, if the alert has a breakdown.
    #[serde(skip_serializing_if = "is_none")]
    pub firing_dimension: Option<AlertDimension>,
}

/// One value of a dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    default,
    expecting = "a dimension of an incident"
)]
#[non_exhaustive]
pub struct AlertDimension {
    /// Dimension, such as `Platform`.
    #[serde(skip_serializing_if = "is_none")]
    pub dimension: Option<String>,
    /// Value, such as `Phone`.
    #[serde(skip_serializing_if = "is_none")]
    pub value: Option<String>,
}

/// The alert of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an alert of an incident")]
#[non_exhaustive]
pub struct AlertIncidentConfig {
    /// Id of the alert.
    pub id: AlertId,
    /// Name.
    #[serde(default, skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Metric.
    #[serde(default, skip_serializing_if = "is_none")]
    pub metric: Option<String>,
    /// Severity.
    #[serde(default, skip_serializing_if = "is_none")]
    pub severity: Option<AlertSeverity>,
    /// Interval at which the condition is evaluated.
    #[serde(default, skip_serializing_if = "is_none")]
    pub interval: Option<AlertInterval>,
    /// Filters.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub filter: Vec<AlertDimensionFilter>,
    /// Breakdown.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub breakdown: Vec<AlertBreakdown>,
    /// Condition.
    #[serde(default, skip_serializing_if = "is_none")]
    pub condition: Option<AlertCondition>,
}
