//! Filters of alerts and incidents.

use time::OffsetDateTime;

use super::{AlertFiringStatus, AlertSeverity};
use crate::error::Result;
use crate::models::AlertId;
use crate::models::open_enum::OpenEnum as _;
use crate::models::params::Params;

/// Selects the alerts to list.
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

    /// Adds an alert to list.
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

    /// Adds a severity: lists alerts of any added one.
    pub fn severity(mut self, severity: AlertSeverity) -> Self {
        self.severities.push(severity);
        self
    }

    /// Adds a metric: lists alerts on any added one.
    pub fn metric(mut self, metric: impl Into<String>) -> Self {
        self.metrics.push(metric.into());
        self
    }

    pub(crate) fn params(&self) -> Result<Params> {
        Params::default()
            .with_each("ids", self.ids.iter().map(AlertId::validated))?
            .with_known("firingStatus", self.firing.as_ref())?
            .with_each(
                "severities",
                self.severities.iter().map(AlertSeverity::validated),
            )?
            .with_each("metrics", self.metrics.iter().map(Ok))
    }
}

/// Selects the incidents to list: those that were open at some point between two times.
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

    /// Adds an alert: lists incidents of any added one.
    pub fn alert(mut self, id: impl Into<AlertId>) -> Self {
        self.alerts.push(id.into());
        self
    }

    /// Adds a severity: lists incidents of any added one.
    pub fn severity(mut self, severity: AlertSeverity) -> Self {
        self.severities.push(severity);
        self
    }

    pub(crate) fn params(&self) -> Result<Params> {
        Params::default()
            .with_time("startTime", Some(self.start))?
            .with_time("endTime", Some(self.end))?
            .with("metric", self.metric.as_ref())
            .with_each("alertIds", self.alerts.iter().map(AlertId::validated))?
            .with_each(
                "severities",
                self.severities.iter().map(AlertSeverity::validated),
            )
    }
}
