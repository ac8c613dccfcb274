//! Alerts to create, and changes of alerts.

use serde::Serialize;

use super::condition::finite_threshold;
use super::{
    AlertBreakdown, AlertCondition, AlertDimensionFilter, AlertInterval, AlertReceivers,
    AlertSeverity, AlertState,
};
use crate::error::Result;
use crate::models::open_enum::{OpenEnum as _, validated_value};

/// An alert to create.
///
/// By default, it evaluates its condition every hour, fires at once, and has medium severity.
///
/// ```
/// use rblx_open_cloud::models::{AlertCondition, AlertInterval, AlertOperator, AlertSeverity, NewAlert};
///
/// let condition = AlertCondition::absolute(AlertOperator::Greater, 2.0);
/// let alert = NewAlert::new("Many crashes", "ClientCrashRate15m", condition)
///     .severity(AlertSeverity::Critical)
///     .evaluated(AlertInterval::OneMinute, 10)
///     .filter("Platform", ["Phone", "Tablet"])
///     .break_down_by("Platform");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct NewAlert {
    name: String,
    metric: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    severity: AlertSeverity,
    interval: AlertInterval,
    consecutive_occurrences: u32,
    condition: AlertCondition,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filter: Vec<AlertDimensionFilter>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    breakdown: Vec<AlertBreakdown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_receiver_config: Option<AlertReceivers>,
}

impl NewAlert {
    /// Creates an alert on a metric. The name has up to 50 characters, and no other alert of the universe has it.
    pub fn new(
        name: impl Into<String>,
        metric: impl Into<String>,
        condition: AlertCondition,
    ) -> Self {
        Self {
            name: name.into(),
            metric: metric.into(),
            description: None,
            severity: AlertSeverity::Medium,
            interval: AlertInterval::OneHour,
            consecutive_occurrences: 1,
            condition,
            filter: Vec::new(),
            breakdown: Vec::new(),
            webhook_receiver_config: None,
        }
    }

    /// Sets the description, up to 200 characters.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Sets the severity.
    pub fn severity(mut self, severity: AlertSeverity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets how often the condition is evaluated, and how many times in a row it must be met before the alert fires.
    pub fn evaluated(mut self, interval: AlertInterval, occurrences: u32) -> Self {
        self.interval = interval;
        self.consecutive_occurrences = occurrences;
        self
    }

    /// Narrows the metric to values of a dimension.
    pub fn filter<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.filter
            .push(AlertDimensionFilter::new(dimension, values));
        self
    }

    /// Evaluates the condition for each value of a dimension, which must have a filter.
    pub fn break_down_by(mut self, dimension: impl Into<String>) -> Self {
        self.breakdown = vec![AlertBreakdown::by(dimension)];
        self
    }

    /// Notifies webhooks of the universe, by their ids.
    pub fn webhooks<S: Into<String>>(mut self, ids: impl IntoIterator<Item = S>) -> Self {
        self.webhook_receiver_config = Some(AlertReceivers::new(ids));
        self
    }

    /// Returns an error for the wrong case of a known value.
    pub(crate) fn validated(&self) -> Result<&Self> {
        self.severity.validated()?;
        self.interval.validated()?;
        self.condition.validated()?;
        Ok(self)
    }
}

change! {
    /// A change of an alert. Only the fields that are set change.
    ///
    /// ```
    /// use rblx_open_cloud::models::{AlertState, AlertUpdate};
    ///
    /// let quiet = AlertUpdate::new().state(AlertState::Disabled);
    /// let higher = AlertUpdate::new().threshold(5.0);
    /// ```
    #[derive(Debug, Clone)]
    AlertUpdate: "the update of an alert",
    /// Sets the name.
    name = "name": into String,
    /// Sets the description.
    description = "description": into String,
    /// Sets the severity.
    severity = "severity": into AlertSeverity => validated_value,
    /// Sets how often the condition is evaluated.
    interval = "interval": into AlertInterval => validated_value,
    /// Sets how many times in a row the condition must be met.
    occurrences = "consecutiveOccurrences": u32,
    /// Sets the condition.
    condition = "condition": into AlertCondition => valid_condition,
    /// Sets the threshold of the condition, and leaves the rest of it.
    threshold = "condition.threshold": check f64 => finite_threshold,
    /// Sets the state: `Enabled` or `Disabled`.
    state = "configState": into AlertState => validated_value,
    /// Replaces all filters.
    filters = "filter": into Vec<AlertDimensionFilter>,
    /// Replaces the breakdown.
    breakdown = "breakdown": into Vec<AlertBreakdown>,
}

impl AlertUpdate {
    /// Replaces the webhooks. Without webhooks, nobody is notified.
    pub fn webhooks<S: Into<String>>(mut self, ids: impl IntoIterator<Item = S>) -> Self {
        self.fields
            .set("webhookReceiverConfig", AlertReceivers::new(ids));
        self
    }
}

fn valid_condition(condition: AlertCondition) -> Result<AlertCondition> {
    condition.validated()?;
    Ok(condition)
}
