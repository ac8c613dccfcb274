//! Analytics: metrics of a universe over time, and the values of their dimensions.

mod dimension_query;
mod dimension_values;

mod metric_query;
mod metric_series;

mod query_parts;

pub use dimension_query::DimensionQuery;
pub use dimension_values::{Dimension, DimensionValue, DimensionValues};
pub use metric_query::MetricQuery;
pub use metric_series::{BreakdownValue, DataPoint, DataStatus, MetricSeries, MetricValue};
pub use query_parts::{FilterOperation, Granularity};
