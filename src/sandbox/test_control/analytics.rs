//! Sets what queries of metrics return.

use time::OffsetDateTime;

use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::metrics::Point;

impl Sandbox {
    /// Sets the data points of a metric, for all universes. A query returns those in its time range; a granularity of the
    /// whole range adds them up. Filters are ignored, and every dimension has the one value `All`.
    ///
    /// Every second query is not done at once: it takes as long as other operations of the sandbox.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::time::{Duration, OffsetDateTime};
    ///
    /// let now = OffsetDateTime::now_utc();
    /// sandbox.metric("DailyActiveUsers", [(now - Duration::days(2), 900.0), (now - Duration::days(1), 1200.0)]);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn metric(&self, name: &str, points: impl IntoIterator<Item = (OffsetDateTime, f64)>) {
        let points = points.into_iter();
        let points = points.map(|(time, value)| Point { time, value }).collect();
        let state = &mut *self.shared.state();
        state.store.metrics.by_name.insert(name.to_owned(), points);
    }
}
