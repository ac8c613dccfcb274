//! Parts of both kinds of queries: time range, granularity and filters.

use serde::Serialize;
use time::OffsetDateTime;

use crate::error::{Error, Result};
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::timestamp;

open_enum! {
    /// The length of time that a data point covers. Not every metric has every granularity; all have days.
    ///
    /// Days, weeks and months begin at midnight UTC.
    Granularity,
    /// A minute.
    OneMinute = "OneMinute",
    /// Half an hour.
    HalfHour = "HalfHour",
    /// An hour.
    OneHour = "OneHour",
    /// A day.
    OneDay = "OneDay",
    /// A week.
    OneWeek = "OneWeek",
    /// A month.
    OneMonth = "OneMonth",
    /// The whole time range: one data point.
    None = "None",
}

open_enum! {
    /// The comparison of a filter with the value of a dimension.
    FilterOperation,
    /// Equal to one of the values.
    In = "In",
    /// Different from all of the values.
    NotIn = "NotIn",
    /// Greater than the value, as a number.
    GreaterThan = "GreaterThan",
    /// Greater than or equal to the value, as a number.
    GreaterThanOrEqual = "GreaterThanOrEqual",
    /// Less than the value, as a number.
    LessThan = "LessThan",
    /// Less than or equal to the value, as a number.
    LessThanOrEqual = "LessThanOrEqual",
    /// Matches the value as a pattern.
    Match = "Match",
}

/// A condition on a dimension, as the service accepts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Filter {
    dimension: String,
    values: Vec<String>,
    operation: FilterOperation,
}

impl Filter {
    pub(super) fn new<S: Into<String>>(
        dimension: impl Into<String>,
        operation: FilterOperation,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        Self {
            dimension: dimension.into(),
            values: into_strings(values),
            operation,
        }
    }
}

/// A time range: the start belongs to it, the end does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TimeRange {
    #[serde(serialize_with = "timestamp::in_utc::serialize")]
    pub(super) start_time: OffsetDateTime,
    #[serde(serialize_with = "timestamp::in_utc::serialize")]
    pub(super) end_time: OffsetDateTime,
}

impl TimeRange {
    pub(super) fn validated(&self) -> Result<()> {
        if self.start_time >= self.end_time {
            return Err(Error::invalid_input(format!(
                "the time range of a query must end after its start: {} to {}",
                self.start_time, self.end_time
            )));
        }
        Ok(())
    }
}

pub(super) fn into_strings<S: Into<String>>(texts: impl IntoIterator<Item = S>) -> Vec<String> {
    texts.into_iter().map(Into::into).collect()
}

/// Returns an error for the wrong case of a known value.
pub(super) fn validate(granularity: Option<&Granularity>, filters: &[Filter]) -> Result<()> {
    validate_all(granularity)?;
    validate_all(filters.iter().map(|filter| &filter.operation))
}
