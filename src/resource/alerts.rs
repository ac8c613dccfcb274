//! Alerts on metrics of a universe.

use super::Universe;
use crate::call::Call;
use crate::endpoint::{CodeMeaning, Endpoint};
use crate::error::Result;
use crate::models::{
    Alert, AlertFilter, AlertId, AlertIncident, AlertUpdate, IncidentFilter, NewAlert,
};

const LIST: Endpoint = Endpoint::get(
    "/analytics-alert-control-plane/v1/resource/{resourceType}/id/{resourceId}/alerts",
)
.scopes(&["universe.analytics.alert:read"]);
const CREATE: Endpoint = Endpoint::post(
    "/analytics-alert-control-plane/v1/resource/{resourceType}/id/{resourceId}/alerts",
)
.scopes(&["universe.analytics.alert:write"])
.error_codes(CODES);
const UPDATE: Endpoint = Endpoint::patch(
    "/analytics-alert-control-plane/v1/resource/{resourceType}/id/{resourceId}/alerts/{alertId}",
)
.scopes(&["universe.analytics.alert:write"])
.error_codes(CODES);
const DELETE: Endpoint = Endpoint::delete(
    "/analytics-alert-control-plane/v1/resource/{resourceType}/id/{resourceId}/alerts/{alertId}",
)
.scopes(&["universe.analytics.alert:write"])
.retried_404_is_success();
const LIST_INCIDENTS: Endpoint = Endpoint::get(
    "/analytics-alert-control-plane/v1/resource/{resourceType}/id/{resourceId}/alerts/incidents",
)
.scopes(&["universe.analytics.alert:read"]);

const CODES: &[(&str, CodeMeaning)] = &[
    ("TEXT_FILTER_BLOCKED_NAME", CodeMeaning::ModeratedText),
    (
        "TEXT_FILTER_BLOCKED_DESCRIPTION",
        CodeMeaning::ModeratedText,
    ),
];

pub(super) const ENDPOINTS: super::Endpoints =
    &[&[&LIST, &CREATE, &UPDATE, &DELETE, &LIST_INCIDENTS]];

/// The only type of resource that the documentation names.
const UNIVERSE: &str = "Universe";

impl Universe {
    /// Returns a handle for the alerts on metrics of the universe. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::AlertFilter;
    ///
    /// for alert in client.universe(13_058).alerts().list(AlertFilter::all().firing())? {
    ///     println!("{:?} fires since {:?}", alert.name, alert.last_fired_at);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn alerts(&self) -> Alerts {
        Alerts {
            universe: self.clone(),
        }
    }
}

/// A handle for the alerts on metrics of a universe. Created by [`Universe::alerts`], with the feature `analytics`.
///
/// An alert compares a metric with a threshold, again and again, and opens an incident when it fires. The service reports
/// the alerts of one universe on one page, at most 20.
///
/// These calls are experimental, and newer than the document that the rest of the crate was made from. They were written from
/// the official guide and not tried against the service. Two things are guessed: that the ids of a filter are sent as one
/// parameter for each, as the guide shows for severities; and that [`AlertState::Enabled`](crate::models::AlertState) enables an
/// alert again, since the guide only shows how to disable one.
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Alerts {
    universe: Universe,
}

impl Alerts {
    /// Returns the alerts of the universe.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{AlertFilter, AlertSeverity};
    ///
    /// let serious = AlertFilter::all().severity(AlertSeverity::Critical);
    /// println!("{} critical alerts", client.universe(13_058).alerts().list(serious)?.len());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `PermissionDenied` if the universe is not eligible for alerts. The call fails as a whole if one alert cannot be decoded.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/analytics#get_analytics_alert_control_plane_v1_resource__resourceType__id__resourceId__alerts) ·
    /// scope `universe.analytics.alert:read` · 120 requests per minute · experimental
    pub fn list(&self, filter: AlertFilter) -> Result<Vec<Alert>> {
        self.call(&LIST).queries_checked(filter.params()).send()
    }

    /// Creates an alert. A universe can have 20.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{AlertCondition, AlertInterval, AlertOperator, NewAlert};
    ///
    /// let condition = AlertCondition::absolute(AlertOperator::Greater, 2.0);
    /// let alert = NewAlert::new("Many crashes", "ClientCrashRate15m", condition).evaluated(AlertInterval::OneMinute, 10);
    /// println!("{}", client.universe(13_058).alerts().create(alert)?.alert_id);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Conflict` if the universe has an alert of this name, or 20 alerts; `ModeratedText` if a filter rejects the name or the
    /// description; `BadRequest` if the metric does not have this interval or dimension.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/analytics#post_analytics_alert_control_plane_v1_resource__resourceType__id__resourceId__alerts) ·
    /// scope `universe.analytics.alert:write` · 30 requests per minute · experimental
    pub fn create(&self, alert: NewAlert) -> Result<Alert> {
        self.call(&CREATE).json_checked(alert.validated()).send()
    }

    /// Changes an alert.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::AlertUpdate;
    ///
    /// let alert = client.universe(13_058).alerts().update("1234567890123", AlertUpdate::new().threshold(5.0))?;
    /// println!("{:?}", alert.condition);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the alert does not exist; `Conflict` if another one has the name; `InvalidInput` if nothing is set (before
    /// anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/analytics#patch_analytics_alert_control_plane_v1_resource__resourceType__id__resourceId__alerts__alertId_) ·
    /// scope `universe.analytics.alert:write` · 30 requests per minute · experimental
    pub fn update(&self, id: impl Into<AlertId>, update: AlertUpdate) -> Result<Alert> {
        let call = self.alert(&UPDATE, &id.into());
        call.json_checked(update.validated()).send()
    }

    /// Deletes an alert for good.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// client.universe(13_058).alerts().delete("1234567890123")?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the alert does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/analytics#delete_analytics_alert_control_plane_v1_resource__resourceType__id__resourceId__alerts__alertId_) ·
    /// scope `universe.analytics.alert:write` · 30 requests per minute · experimental
    pub fn delete(&self, id: impl Into<AlertId>) -> Result<()> {
        self.alert(&DELETE, &id.into()).send_no_content()
    }

    /// Returns the incidents that were open at some point between two times. The service keeps those of the last 30 days.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::IncidentFilter;
    /// use rblx_open_cloud::time::{Duration, OffsetDateTime};
    ///
    /// let now = OffsetDateTime::now_utc();
    /// let filter = IncidentFilter::between(now - Duration::days(7), now);
    /// for incident in client.universe(13_058).alerts().incidents(filter)? {
    ///     println!("{:?} to {:?}", incident.opened_at, incident.resolved_at);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the first time is more than 30 days ago. The call fails as a whole if one incident cannot be decoded.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/analytics#get_analytics_alert_control_plane_v1_resource__resourceType__id__resourceId__alerts_incidents) ·
    /// scope `universe.analytics.alert:read` · 120 requests per minute · experimental
    pub fn incidents(&self, filter: IncidentFilter) -> Result<Vec<AlertIncident>> {
        let call = self.call(&LIST_INCIDENTS);
        call.queries_checked(filter.params()).send()
    }

    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.universe.client.call(endpoint);
        call.path_param(UNIVERSE).path_param(self.universe.id)
    }

    fn alert(&self, endpoint: &'static Endpoint, id: &AlertId) -> Call {
        self.call(endpoint).path_param_checked(id.validated())
    }
}
