//! Which alerts and incidents to list.

use time::OffsetDateTime;

use super::{AlertFiringStatus, AlertSeverity};
use crate::error::Result;
use crate::models::AlertId;
use crate::models::params::Params;

/// Which alerts to list.
///
/// ```
/// use rblx_open_cloud::models::{AlertFilter, AlertSeverity};
///
/// let serious = AlertFilter::all().firing().severity(AlertSeverity::Critical).severity(AlertSeverity::Medium);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct AlertFilter {
    ids: Vec<AlertId>,
    firing: Option<AlertFiringStatus>,
    severities: Vec<AlertSeverity>,
    metrics: Vec<String>,
}

impl AlertFilter {
    /// Lists all alerts.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists this alert, and those of other calls.
    pub fn alert(mut self, id: impl Into<AlertId>) -> Self {
        self.ids.push(id.into());
        self
    }

    /// Lists only alerts that are firing.
    pub fn firing(self) -> Self {
        self.status(AlertFiringStatus::Firing)
    }

    /// Lists only alerts with this status.
    pub fn status(mut self, status: AlertFiringStatus) -> Self {
        self.firing = Some(status);
        self
    }

    /// Lists alerts of this severity, and of those of other calls.
    pub fn severity(mut self, severity: AlertSeverity) -> Self {
        self.severities.push(severity);
        self
    }

    /// Lists alerts on this metric, and on those of other calls.
    pub fn metric(mut self, metric: impl Into<String>) -> Self {
        self.metrics.push(metric.into());
        self
    }

    pub(crate) fn params(self) -> Params {
        let params = each(Params::default(), "ids", self.ids);
        let params = params.with("firingStatus", self.firing);
        let params = each(params, "severities", self.severities);
        each(params, "metrics", self.metrics)
    }
}

/// Which incidents to list: all that were open at some point between two times.
///
/// ```
/// use rblx_open_cloud::models::{AlertSeverity, IncidentFilter};
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// let now = OffsetDateTime::now_utc();
/// let last_week = IncidentFilter::between(now - Duration::days(7), now).severity(AlertSeverity::Critical);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct IncidentFilter {
    start: OffsetDateTime,
    end: OffsetDateTime,
    metric: Option<String>,
    alerts: Vec<AlertId>,
    severities: Vec<AlertSeverity>,
}

impl IncidentFilter {
    /// Lists the incidents between two times. The first one must be within the last 30 days.
    pub fn between(start: OffsetDateTime, end: OffsetDateTime) -> Self {
        Self {
            start,
            end,
            metric: None,
            alerts: Vec::new(),
            severities: Vec::new(),
        }
    }

    /// Lists only incidents of alerts on this metric.
    pub fn metric(mut self, metric: impl Into<String>) -> Self {
        self.metric = Some(metric.into());
        self
    }

    /// Lists incidents of this alert, and of those of other calls.
    pub fn alert(mut self, id: impl Into<AlertId>) -> Self {
        self.alerts.push(id.into());
        self
    }

    /// Lists incidents of this severity, and of those of other calls.
    pub fn severity(mut self, severity: AlertSeverity) -> Self {
        self.severities.push(severity);
        self
    }

    pub(crate) fn params(self) -> Result<Params> {
        let params = Params::default().with_time("startTime", Some(self.start))?;
        let params = params.with_time("endTime", Some(self.end))?;
        let params = params.with("metric", self.metric);
        let params = each(params, "alertIds", self.alerts);
        Ok(each(params, "severities", self.severities))
    }
}

/// Appends a parameter once for each value.
fn each<T: std::fmt::Display>(params: Params, name: &'static str, values: Vec<T>) -> Params {
    let values = values.into_iter();
    values.fold(params, |params, value| params.with(name, Some(value)))
}
