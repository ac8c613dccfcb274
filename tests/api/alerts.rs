//! Alerts on metrics. The bodies are those of the official guide.

use rblx_open_cloud::models::{
    AlertBreakdown, AlertCondition, AlertDimensionFilter, AlertEvaluation, AlertFilter,
    AlertFiringStatus, AlertInterval, AlertOperator, AlertSeverity, AlertState, AlertUpdate,
    IncidentFilter, NewAlert,
};
use rblx_open_cloud::resource::Alerts;
use rblx_open_cloud::{ErrorKind, Result};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::support::{MockServer, Received, json as response, ok};

const PATH: &str = "/analytics-alert-control-plane/v1/resource/Universe/id/13058/alerts";

fn alert() -> Value {
    json!({
        "alertId": "1234567890123", "resourceType": "Universe", "resourceId": "1234567890",
        "name": "High client crash rate", "metric": "ClientCrashRate15m",
        "description": "Crash rate above 2% across all platforms", "severity": "SEV_0", "interval": "OneMinute",
        "consecutiveOccurrences": 10, "filter": [], "breakdown": [],
        "condition": {"operator": "Gt", "threshold": 2, "evaluationMode": "Absolute"},
        "configState": "Syncing", "webhookReceiverConfig": null, "firingStatus": "OK", "lastFiredAt": null,
        "createdAt": "2026-10-01T18:00:00Z", "lastModifiedAt": "2026-10-01T18:00:00Z", "lastModifiedBy": "987654321"
    })
}

fn sent<T>(call: impl FnOnce(Alerts) -> Result<T>) -> Received {
    let peer = MockServer::replying([ok("{}")]);
    let _ = call(peer.client().universe(13_058).alerts());
    peer.requests().remove(0)
}

fn time(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).unwrap()
}

fn body(request: &Received) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[test]
fn requests_are_those_of_the_guide() {
    let all = sent(|alerts| alerts.list(AlertFilter::all()));
    assert_eq!((all.method.as_str(), all.target.as_str()), ("GET", PATH));
    let filter = AlertFilter::all()
        .firing()
        .severity(AlertSeverity::Critical)
        .severity(AlertSeverity::Medium)
        .metric("ClientCrashRate15m")
        .alert("7");
    assert_eq!(
        sent(|alerts| alerts.list(filter)).target,
        format!(
            "{PATH}?ids=7&firingStatus=Firing&severities=SEV_0&severities=SEV_1&metrics=ClientCrashRate15m"
        )
    );

    let condition = AlertCondition::absolute(AlertOperator::Greater, 3.0);
    let new = NewAlert::new(
        "Mobile crash rate by platform",
        "ClientCrashRate15m",
        condition,
    )
    .evaluated(AlertInterval::OneMinute, 15)
    .filter("Platform", ["Phone", "Tablet"])
    .break_down_by("Platform");
    let request = sent(|alerts| alerts.create(new));
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", PATH)
    );
    assert_eq!(
        body(&request),
        json!({
            "name": "Mobile crash rate by platform", "metric": "ClientCrashRate15m", "severity": "SEV_1",
            "interval": "OneMinute", "consecutiveOccurrences": 15,
            "filter": [{"dimension": "Platform", "values": ["Phone", "Tablet"]}],
            "breakdown": [{"dimensions": ["Platform"]}],
            "condition": {"operator": "Gt", "threshold": 3.0, "evaluationMode": "Absolute"}
        })
    );
    let condition = AlertCondition::change(AlertOperator::Less, -30.0).periods_back(7);
    let new = NewAlert::new(
        "PCU week-over-week drop",
        "PeakConcurrentPlayers",
        condition,
    )
    .description("d")
    .severity(AlertSeverity::Low)
    .evaluated(AlertInterval::OneDay, 1)
    .webhooks(["3f2b8c1e-5d4a-4f6b-9a7e-1c2d3e4f5a6b"]);
    assert_eq!(
        body(&sent(|alerts| alerts.create(new))),
        json!({
            "name": "PCU week-over-week drop", "metric": "PeakConcurrentPlayers", "description": "d", "severity": "SEV_2",
            "interval": "OneDay", "consecutiveOccurrences": 1,
            "condition": {
                "operator": "Lt", "threshold": -30.0, "evaluationMode": "PeriodOverPeriod", "periodOffsetMultiplier": 7
            },
            "webhookReceiverConfig": {"receivers": [{"webhookConfigurationId": "3f2b8c1e-5d4a-4f6b-9a7e-1c2d3e4f5a6b"}]}
        })
    );

    let update = AlertUpdate::new()
        .threshold(5.0)
        .state(AlertState::Disabled)
        .webhooks([""; 0]);
    let request = sent(|alerts| alerts.update("12", update));
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("PATCH", format!("{PATH}/12").as_str()),
        "without a mask"
    );
    assert_eq!(
        body(&request),
        json!({
            "condition": {"threshold": 5.0}, "configState": "Disabled", "webhookReceiverConfig": {"receivers": []}
        })
    );
    let update = AlertUpdate::new()
        .name("n")
        .description("d")
        .severity(AlertSeverity::Low)
        .interval(AlertInterval::OneHour)
        .occurrences(2)
        .condition(AlertCondition::absolute(AlertOperator::LessOrEqual, 0.5))
        .filters([AlertDimensionFilter::new("Platform", ["Phone"])])
        .breakdown([AlertBreakdown::by("Platform")]);
    assert_eq!(
        body(&sent(|alerts| alerts.update("12", update))),
        json!({
            "name": "n", "description": "d", "severity": "SEV_2", "interval": "OneHour", "consecutiveOccurrences": 2,
            "condition": {"operator": "Lte", "threshold": 0.5, "evaluationMode": "Absolute"},
            "filter": [{"dimension": "Platform", "values": ["Phone"]}], "breakdown": [{"dimensions": ["Platform"]}]
        })
    );
    let request = sent(|alerts| alerts.delete("12"));
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("DELETE", format!("{PATH}/12").as_str())
    );

    let filter =
        IncidentFilter::between(time("2026-09-24T00:00:00Z"), time("2026-10-01T00:00:00Z"))
            .metric("M")
            .alert("7")
            .alert("8")
            .severity(AlertSeverity::Critical);
    assert_eq!(
        sent(|alerts| alerts.incidents(filter)).target,
        format!(
            "{PATH}/incidents?startTime=2026-09-24T00%3A00%3A00Z&endTime=2026-10-01T00%3A00%3A00Z&metric=M&alertIds=7&alertIds=8&severities=SEV_0"
        )
    );
}

#[test]
fn responses_are_read() {
    let peer = MockServer::replying([response(201, alert().to_string())]);
    let alerts = peer.client().universe(13_058).alerts();
    let condition = AlertCondition::absolute(AlertOperator::Greater, 2.0);
    let created = alerts
        .create(NewAlert::new("n", "m", condition.clone()))
        .unwrap();
    assert_eq!(created.alert_id.as_str(), "1234567890123");
    assert_eq!(created.config_state, Some(AlertState::Syncing));
    assert_eq!(created.firing_status, Some(AlertFiringStatus::Resolved));
    assert_eq!(created.condition, Some(condition));
    assert_eq!(created.last_modified_by, Some(987_654_321.into()));
    assert_eq!(
        (created.last_fired_at, created.webhook_receiver_config),
        (None, None)
    );

    let peer = MockServer::replying([ok(json!([alert(), alert()]).to_string())]);
    let listed = peer.client().universe(1).alerts().list(AlertFilter::all());
    assert_eq!(listed.unwrap().len(), 2);

    let incident = json!([{
        "id": "5555555555", "resourceType": "Universe", "resourceId": "1234567890", "status": "OK",
        "openedAt": "2026-09-28T14:12:00Z", "openedWindowStartAt": "2026-09-28T14:02:00Z",
        "resolvedAt": null,
        "firstFiringMetadata": {
            "filter": [{"dimension": "Platform", "values": ["Phone", "Tablet"]}],
            "breakdown": [{"dimensions": ["Platform"]}],
            "condition": {"operator": "Gt", "threshold": 3, "evaluationMode": "Absolute"},
            "firingCondition": [
                {"firingValue": 3.8, "firingDimension": {"dimension": "Platform", "value": "Phone"}}
            ]
        },
        "alertConfig": {"id": "1234567890123", "name": "n", "severity": "SEV_1", "interval": "OneMinute"}
    }]);
    let peer = MockServer::replying([ok(incident.to_string())]);
    let now = time("2026-10-01T00:00:00Z");
    let incidents = peer.client().universe(1).alerts();
    let incidents = incidents
        .incidents(IncidentFilter::between(now, now))
        .unwrap();
    assert_eq!(
        (
            incidents[0].opened_at,
            incidents[0].opened_window_start_at,
            incidents[0].resolved_at
        ),
        (
            Some(time("2026-09-28T14:12:00Z")),
            Some(time("2026-09-28T14:02:00Z")),
            None
        )
    );
    let first = incidents[0].first_firing_metadata.as_ref().unwrap();
    assert_eq!(first.firing_condition[0].firing_value, Some(3.8));
    assert_eq!(
        first.condition.as_ref().unwrap().evaluation_mode,
        Some(AlertEvaluation::Absolute)
    );
    let config = incidents[0].alert_config.as_ref().unwrap();
    assert_eq!(config.id.as_str(), "1234567890123");

    let peer = MockServer::replying([response(204, "")]);
    peer.client().universe(1).alerts().delete("7").unwrap();
}

#[test]
fn a_404_after_a_lost_response_means_deleted() {
    let missing = response(404, r#"{"errorCode":"ALERT_NOT_FOUND","message":"gone"}"#);
    let peer = MockServer::replying([response(503, "{}"), missing.clone()]);
    let alerts = peer.retrying_client().universe(1).alerts();
    alerts.delete("7").unwrap();
    assert_eq!(peer.requests().len(), 2);
    let peer = MockServer::replying([missing]);
    let error = peer.retrying_client().universe(1).alerts().delete("7");
    assert_eq!(error.unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn rejections_have_their_kinds() {
    let kind = |status: u16, code: &str| {
        let error = json!({"errorCode": code, "message": "the reason"}).to_string();
        let peer = MockServer::replying([response(status, error)]);
        let alerts = peer.client().universe(1).alerts();
        let condition = AlertCondition::absolute(AlertOperator::Greater, 2.0);
        let error = alerts
            .create(NewAlert::new("n", "m", condition))
            .unwrap_err();
        assert!(error.to_string().contains("the reason"), "{error}");
        assert_eq!(error.code(), Some(code));
        error.kind()
    };
    assert_eq!(kind(400, "INVALID_FIELD_VALUE"), ErrorKind::BadRequest);
    assert_eq!(
        kind(400, "TEXT_FILTER_BLOCKED_NAME"),
        ErrorKind::ModeratedText
    );
    assert_eq!(
        kind(400, "TEXT_FILTER_BLOCKED_DESCRIPTION"),
        ErrorKind::ModeratedText
    );
    let rejected = response(
        400,
        r#"{"errorCode":"TEXT_FILTER_BLOCKED_NAME","message":"m"}"#,
    );
    let peer = MockServer::replying([rejected]);
    let alerts = peer.client().universe(1).alerts();
    let error = alerts
        .update("7", AlertUpdate::new().name("n"))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ModeratedText);
    assert_eq!(kind(403, "PERMISSION_DENIED"), ErrorKind::PermissionDenied);
    assert_eq!(kind(404, "ALERT_NOT_FOUND"), ErrorKind::NotFound);
    assert_eq!(kind(409, "ALERT_NAME_EXISTED"), ErrorKind::Conflict);
    assert_eq!(kind(409, "MAX_ALERT_REACHED"), ErrorKind::Conflict);
    assert_eq!(
        kind(503, "SERVICE_UNAVAILABLE"),
        ErrorKind::ServiceUnavailable
    );

    let peer = MockServer::replying([ok("{}")]);
    let alerts = peer.client().universe(1).alerts();
    for error in [
        alerts.update("7", AlertUpdate::new()).unwrap_err(),
        alerts.delete("").unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    assert!(peer.requests().is_empty());
}
