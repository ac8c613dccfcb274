//! Alerts as the service returns them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{AlertBreakdown, AlertCondition, AlertDimensionFilter};
use crate::models::serde_helpers::{
    count, is_none, null_to_default, optional_id, optional_text, timestamp,
};
use crate::models::{AlertId, UserId};

/// An alert on a metric of a universe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an alert")]
#[non_exhaustive]
pub struct Alert {
    /// Id of the alert.
    pub alert_id: AlertId,
    /// Kind of the resource that the alert is about: `Universe`.
    #[serde(default, skip_serializing_if = "is_none")]
    pub resource_type: Option<String>,
    /// Id of that resource.
    #[serde(
        default,
        deserialize_with = "optional_text",
        skip_serializing_if = "is_none"
    )]
    pub resource_id: Option<String>,
    /// Name, which no other alert of the universe has.
    #[serde(default, skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Metric, such as `ClientCrashRate15m`.
    #[serde(default, skip_serializing_if = "is_none")]
    pub metric: Option<String>,
    /// Description.
    #[serde(default, skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Severity.
    #[serde(default, skip_serializing_if = "is_none")]
    pub severity: Option<AlertSeverity>,
    /// Interval at which the condition is evaluated.
    #[serde(default, skip_serializing_if = "is_none")]
    pub interval: Option<AlertInterval>,
    /// Number of evaluations in a row that must meet the condition before the alert fires.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub consecutive_occurrences: Option<u64>,
    /// Values of dimensions to which the metric is narrowed.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub filter: Vec<AlertDimensionFilter>,
    /// Dimensions whose values are evaluated one by one.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub breakdown: Vec<AlertBreakdown>,
    /// Condition.
    #[serde(default, skip_serializing_if = "is_none")]
    pub condition: Option<AlertCondition>,
    /// State of the configuration. A new alert is `Syncing` for a short time.
    #[serde(default, skip_serializing_if = "is_none")]
    pub config_state: Option<AlertState>,
    /// Webhooks that are notified.
    #[serde(default, skip_serializing_if = "is_none")]
    pub webhook_receiver_config: Option<AlertReceivers>,
    /// Whether the alert is firing.
    #[serde(default, skip_serializing_if = "is_none")]
    pub firing_status: Option<AlertFiringStatus>,
    /// Time at which the alert last fired.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_fired_at: Option<OffsetDateTime>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created_at: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_modified_at: Option<OffsetDateTime>,
    /// User who changed it last.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub last_modified_by: Option<UserId>,
}

/// The webhooks that an alert notifies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "receivers of an alert")]
#[non_exhaustive]
pub struct AlertReceivers {
    /// Webhooks.
    #[serde(default, deserialize_with = "null_to_default")]
    pub receivers: Vec<AlertReceiver>,
}

/// A webhook that an alert notifies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a receiver of an alert")]
#[non_exhaustive]
pub struct AlertReceiver {
    /// Id of the webhook, a UUID. Webhooks are created on the Creator Dashboard.
    #[serde(default, skip_serializing_if = "is_none")]
    pub webhook_configuration_id: Option<String>,
}

impl AlertReceivers {
    pub(super) fn new<S: Into<String>>(webhooks: impl IntoIterator<Item = S>) -> Self {
        let receiver = |id: S| AlertReceiver {
            webhook_configuration_id: Some(id.into()),
        };
        Self {
            receivers: webhooks.into_iter().map(receiver).collect(),
        }
    }
}

open_enum! {
    /// The severity of an alert.
    AlertSeverity,
    /// The highest severity.
    Critical = "SEV_0",
    /// The middle one.
    Medium = "SEV_1",
    /// The lowest one.
    Low = "SEV_2",
}

open_enum! {
    /// The interval at which an alert evaluates its condition. Not every metric has every interval.
    AlertInterval,
    /// Every minute. The condition must be met 6 to 30 times in a row.
    OneMinute = "OneMinute",
    /// Every 30 minutes. The condition must be met 1 to 10 times in a row, as for the longer intervals.
    HalfHour = "HalfHour",
    /// Every hour.
    OneHour = "OneHour",
    /// Every day.
    OneDay = "OneDay",
}

open_enum! {
    /// The state of the configuration of an alert.
    AlertState,
    /// A change is on its way.
    Syncing = "Syncing",
    /// The condition is evaluated.
    Enabled = "Enabled",
    /// The alert was disabled.
    Disabled = "Disabled",
    /// The configuration does not work.
    Error = "Error",
    /// Roblox paused the alert.
    PausedByRoblox = "PausedByRoblox",
}

open_enum! {
    /// Whether an alert or an incident is firing.
    AlertFiringStatus,
    /// The condition is not met.
    Resolved = "OK",
    /// The condition is met.
    Firing = "Firing",
}
