//! Conditions, filters and breakdowns of alerts.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::models::limits::finite;
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::{count, is_none, null_to_default, optional_float};

/// A condition: a comparison of a metric with a threshold.
///
/// ```
/// use rblx_open_cloud::models::{AlertCondition, AlertOperator};
///
/// let many_crashes = AlertCondition::absolute(AlertOperator::Greater, 2.0);
/// let fewer_than_last_week = AlertCondition::change(AlertOperator::Less, -30.0).periods_back(7);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    default,
    expecting = "a condition of an alert"
)]
#[non_exhaustive]
pub struct AlertCondition {
    /// Comparison.
    #[serde(skip_serializing_if = "is_none")]
    pub operator: Option<AlertOperator>,
    /// Value to compare with; for a change from an earlier period a percentage, such as `-30`.
    #[serde(deserialize_with = "optional_float", skip_serializing_if = "is_none")]
    pub threshold: Option<f64>,
    /// Kind of comparison.
    #[serde(skip_serializing_if = "is_none")]
    pub evaluation_mode: Option<AlertEvaluation>,
    /// Number of intervals between the compared periods.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub period_offset_multiplier: Option<u64>,
}

impl AlertCondition {
    /// Compares the metric itself.
    #[must_use]
    pub fn absolute(operator: AlertOperator, threshold: f64) -> Self {
        Self::new(AlertEvaluation::Absolute, operator, threshold)
    }

    /// Compares the change from the period before, in percent.
    #[must_use]
    pub fn change(operator: AlertOperator, percent: f64) -> Self {
        Self::new(AlertEvaluation::PeriodOverPeriod, operator, percent)
    }

    /// Sets the number of intervals between the compared periods. With an interval of a day, 7 compares with the same day of
    /// the week before.
    #[must_use]
    pub fn periods_back(mut self, intervals: u32) -> Self {
        self.period_offset_multiplier = Some(intervals.into());
        self
    }

    /// Returns an error for the wrong case of a known value, or a threshold that is not finite.
    pub(super) fn validated(&self) -> Result<&Self> {
        validate_all(&self.operator)?;
        validate_all(&self.evaluation_mode)?;
        self.threshold.map(finite_threshold).transpose()?;
        Ok(self)
    }

    fn new(mode: AlertEvaluation, operator: AlertOperator, threshold: f64) -> Self {
        Self {
            operator: Some(operator),
            threshold: Some(threshold),
            evaluation_mode: Some(mode),
            period_offset_multiplier: None,
        }
    }
}

pub(super) fn finite_threshold(threshold: f64) -> Result<f64> {
    finite("the threshold of an alert", threshold)
}

open_enum! {
    /// The comparison of a condition.
    AlertOperator,
    /// The metric is above the threshold.
    Greater = "Gt",
    /// The metric is the threshold or above it.
    GreaterOrEqual = "Gte",
    /// The metric is below the threshold.
    Less = "Lt",
    /// The metric is the threshold or below it.
    LessOrEqual = "Lte",
}

open_enum! {
    /// The value that a condition compares with its threshold.
    AlertEvaluation,
    /// The value of the metric.
    Absolute = "Absolute",
    /// The change from an earlier period, in percent.
    PeriodOverPeriod = "PeriodOverPeriod",
}

/// Values of a dimension to which a metric is narrowed, such as the platforms `Phone` and `Tablet`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a filter of an alert")]
#[non_exhaustive]
pub struct AlertDimensionFilter {
    /// Dimension, such as `Platform`. Case matters.
    #[serde(skip_serializing_if = "is_none")]
    pub dimension: Option<String>,
    /// Values. Case matters.
    #[serde(deserialize_with = "null_to_default")]
    pub values: Vec<String>,
}

impl AlertDimensionFilter {
    /// Creates a filter.
    #[must_use]
    pub fn new<S: Into<String>>(
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        Self {
            dimension: Some(dimension.into()),
            values: values.into_iter().map(Into::into).collect(),
        }
    }
}

/// Dimensions whose values are evaluated one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    default,
    expecting = "a breakdown of an alert"
)]
#[non_exhaustive]
pub struct AlertBreakdown {
    /// Dimensions: the service accepts one, which also has a filter.
    #[serde(deserialize_with = "null_to_default")]
    pub dimensions: Vec<String>,
}

impl AlertBreakdown {
    /// Creates a breakdown by one dimension.
    #[must_use]
    pub fn by(dimension: impl Into<String>) -> Self {
        Self {
            dimensions: vec![dimension.into()],
        }
    }
}
