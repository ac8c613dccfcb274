//! Results of queries of metrics.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{float, is_none, null_to_default, timestamp};

/// The result of a query of a metric.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, expecting = "the series of a metric")]
#[non_exhaustive]
pub struct MetricSeries {
    /// Series: one without a breakdown, else one for each value of the dimensions.
    #[serde(deserialize_with = "null_to_default")]
    pub values: Vec<MetricValue>,
}

impl MetricSeries {
    /// Returns the data points of all series, in their order.
    pub fn data_points(&self) -> impl Iterator<Item = &DataPoint> {
        self.values.iter().flat_map(|series| &series.data_points)
    }
}

/// One series of a metric.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "a series of a metric")]
#[non_exhaustive]
pub struct MetricValue {
    /// Values of the dimensions that the result is divided by. Empty without a breakdown.
    #[serde(deserialize_with = "null_to_default")]
    pub breakdowns: Vec<BreakdownValue>,
    /// Data points.
    #[serde(deserialize_with = "null_to_default")]
    pub data_points: Vec<DataPoint>,
}

/// A value of a dimension that the result is divided by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a value of a dimension")]
#[non_exhaustive]
pub struct BreakdownValue {
    /// Dimension.
    pub dimension: String,
    /// Value, as filters accept it.
    pub value: String,
    /// Value for people, where the value is an id.
    #[serde(skip_serializing_if = "is_none")]
    pub display_value: Option<String>,
}

/// A value of a metric at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a data point")]
#[non_exhaustive]
pub struct DataPoint {
    /// Start of the minute, day or other time span of the point.
    #[serde(with = "timestamp")]
    pub time: OffsetDateTime,
    /// Number. Meaningless for metrics whose values are texts.
    #[serde(deserialize_with = "float")]
    pub value: f64,
    /// Texts, for metrics whose values are texts.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub string_values: Vec<String>,
    /// Status. `None` if the service does not report one.
    #[serde(skip_serializing_if = "is_none")]
    pub status: Option<DataStatus>,
}

open_enum! {
    /// The certainty of a data point.
    DataStatus,
    /// Complete.
    Valid = "Valid",
    /// Estimated: it may still change.
    Projected = "Projected",
    /// Based on too few users to be reliable.
    NotStatisticallySignificant = "NotStatisticallySignificant",
}
