//! Metrics of a universe.

use super::Universe;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::{DimensionQuery, DimensionValues, MetricQuery, MetricSeries};
use crate::operation::{ANALYTICS_CODES, Operation, optional_paths};

const QUERY: Endpoint = Endpoint::post("/analytics-query-api/v1/universes/{universeId}/metrics")
    .scopes(&["universe.analytics:read"])
    .user_content(UserContent::None)
    .idempotent()
    .error_codes(ANALYTICS_CODES)
    .operation_paths(optional_paths)
    .error_fields_are_data();
const DIMENSIONS: Endpoint =
    Endpoint::post("/analytics-query-api/v1/universes/{universeId}/dimension-values")
        .scopes(&["universe.analytics:read"])
        .user_content(UserContent::None)
        .idempotent()
        .error_codes(ANALYTICS_CODES)
        .operation_paths(optional_paths)
        .error_fields_are_data();

pub(super) const ENDPOINTS: super::Endpoints = &[&[&QUERY, &DIMENSIONS]];

impl Universe {
    /// Queries a metric over time, such as daily active users or revenue.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{Granularity, MetricQuery};
    /// use rblx_open_cloud::time::{Duration, OffsetDateTime};
    ///
    /// let now = OffsetDateTime::now_utc();
    /// # sandbox.metric("DailyActiveUsers", [(now - Duration::days(2), 900.0), (now - Duration::days(1), 1200.0)]);
    /// let query = MetricQuery::new("DailyActiveUsers", Granularity::OneDay, now - Duration::days(7), now);
    /// let series = client.universe(13_058).query_metric(query)?.wait(std::time::Duration::from_secs(60))?;
    /// for point in series.data_points() {
    ///     println!("{}: {}", point.time.date(), point.value);
    /// }
    /// # assert_eq!(series.data_points().count(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Most queries are done at once; waiting for them sends no further request.
    ///
    /// # Errors
    /// `InvalidInput` if the time range does not end after its start (before anything is sent); `BadRequest` with code
    /// `2001` if the metric does not have the granularity, the dimension or the time range, and with `3000` or `1000` if
    /// the query is too large. An error of a query that ran for a while is `OperationFailed`, when it is polled.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/analytics#post_analytics_query_api_v1_universes__universe_id__metrics) ·
    /// scope `universe.analytics:read` · API key only · 30 requests per minute · beta
    pub fn query_metric(&self, query: MetricQuery) -> Result<Operation<MetricSeries>> {
        let call = self.call(&QUERY).json_checked(query.validated());
        call.operation()
    }

    /// Queries the values of a metric's dimensions, such as the countries of its users.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::DimensionQuery;
    /// use rblx_open_cloud::time::{Duration, OffsetDateTime};
    ///
    /// let now = OffsetDateTime::now_utc();
    /// # sandbox.metric("DailyActiveUsers", [(now - Duration::days(1), 1200.0)]);
    /// let query = DimensionQuery::new("DailyActiveUsers", ["Platform"], now - Duration::days(7), now);
    /// let result = client.universe(13_058).dimension_values(query)?.wait(std::time::Duration::from_secs(60))?;
    /// for value in &result.values[0].values {
    ///     println!("{}", value.value);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`query_metric`](Self::query_metric), and `InvalidInput` without a dimension.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/analytics#post_analytics_query_api_v1_universes__universe_id__dimension_values) ·
    /// scope `universe.analytics:read` · API key only · 30 requests per minute · beta
    pub fn dimension_values(&self, query: DimensionQuery) -> Result<Operation<DimensionValues>> {
        let call = self.call(&DIMENSIONS).json_checked(query.validated());
        call.operation()
    }
}
