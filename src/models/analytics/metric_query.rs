//! Queries of metrics.

use serde::Serialize;
use time::OffsetDateTime;

use super::query_parts::{Filter, FilterOperation, Granularity, TimeRange, into_strings, validate};
use crate::error::Result;
use crate::models::serde_helpers::is_none;

/// Selects a metric, a time range, and how the result is divided.
///
/// ```
/// use rblx_open_cloud::models::{FilterOperation, Granularity, MetricQuery};
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// let now = OffsetDateTime::now_utc();
/// let query = MetricQuery::new("DailyActiveUsers", Granularity::OneDay, now - Duration::days(7), now)
///     .break_down_by(["Country"])
///     .filter("Platform", FilterOperation::In, ["Phone", "Tablet"]);
/// ```
///
/// Metrics and dimensions are texts, since the service adds new ones: the
/// [list of metrics](https://create.roblox.com/docs/cloud/guides/analytics/metrics) names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct MetricQuery {
    metric: String,
    granularity: Granularity,
    #[serde(flatten)]
    range: TimeRange,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    breakdown: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filter: Vec<Filter>,
    #[serde(skip_serializing_if = "is_none")]
    limit: Option<u32>,
}

impl MetricQuery {
    /// Creates a query of a metric such as `DailyActiveUsers`, from a time up to another one, which is left out.
    ///
    /// Standard metrics go back 4 years, metrics of performance 28 days. Ranges of more than two years support weeks and months only.
    pub fn new(
        metric: impl Into<String>,
        granularity: Granularity,
        start: OffsetDateTime,
        end: OffsetDateTime,
    ) -> Self {
        Self {
            metric: metric.into(),
            granularity,
            range: TimeRange {
                start_time: start,
                end_time: end,
            },
            breakdown: Vec::new(),
            filter: Vec::new(),
            limit: None,
        }
    }

    /// Divides the result by these dimensions: one series for each value.
    pub fn break_down_by<S: Into<String>>(
        mut self,
        dimensions: impl IntoIterator<Item = S>,
    ) -> Self {
        self.breakdown = into_strings(dimensions);
        self
    }

    /// Adds a condition on a dimension. All conditions must hold.
    pub fn filter<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        operation: FilterOperation,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.filter.push(Filter::new(dimension, operation, values));
        self
    }

    /// Limits the number of series to those with the largest totals. Only for [`Granularity::None`] with a breakdown.
    pub fn limit(mut self, series: u32) -> Self {
        self.limit = Some(series);
        self
    }

    pub(crate) fn validated(&self) -> Result<&Self> {
        self.range.validated()?;
        validate(Some(&self.granularity), &self.filter)?;
        Ok(self)
    }
}
