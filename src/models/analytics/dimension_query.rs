//! Queries of the values of dimensions.

use serde::Serialize;
use time::OffsetDateTime;

use super::query_parts::{Filter, FilterOperation, Granularity, TimeRange, into_strings, validate};
use crate::error::{Error, Result};
use crate::models::serde_helpers::is_none;

/// Selects dimensions of a metric whose values to list.
///
/// ```
/// use rblx_open_cloud::models::DimensionQuery;
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// let now = OffsetDateTime::now_utc();
/// let query = DimensionQuery::new("DailyActiveUsers", ["Country"], now - Duration::days(30), now).limit(5);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct DimensionQuery {
    metric: String,
    dimensions: Vec<String>,
    #[serde(flatten)]
    range: TimeRange,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filter: Vec<Filter>,
    #[serde(skip_serializing_if = "is_none")]
    granularity: Option<Granularity>,
    #[serde(skip_serializing_if = "is_none")]
    limit: Option<u32>,
}

impl DimensionQuery {
    /// Creates a query of dimensions of a metric, from a time up to another one, which is left out.
    pub fn new<S: Into<String>>(
        metric: impl Into<String>,
        dimensions: impl IntoIterator<Item = S>,
        start: OffsetDateTime,
        end: OffsetDateTime,
    ) -> Self {
        Self {
            metric: metric.into(),
            dimensions: into_strings(dimensions),
            range: TimeRange {
                start_time: start,
                end_time: end,
            },
            filter: Vec::new(),
            granularity: None,
            limit: None,
        }
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

    /// Sets the granularity at which the metric is computed.
    pub fn granularity(mut self, granularity: Granularity) -> Self {
        self.granularity = Some(granularity);
        self
    }

    /// Limits the number of values for each dimension to those with the largest totals. Only without a granularity, or
    /// with [`Granularity::None`].
    pub fn limit(mut self, values: u32) -> Self {
        self.limit = Some(values);
        self
    }

    pub(crate) fn validated(&self) -> Result<&Self> {
        if self.dimensions.is_empty() {
            return Err(Error::invalid_input(
                "a query of dimension values names at least one dimension",
            ));
        }
        self.range.validated()?;
        validate(self.granularity.as_ref(), &self.filter)?;
        Ok(self)
    }
}
