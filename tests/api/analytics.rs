//! Queries of metrics: requests, results at once and later, and permanent errors whose status is that of transient ones.

use std::time::Duration;

use crate::support::{MockServer, Received, json, ok};
use rblx_open_cloud::models::{
    DataStatus, DimensionQuery, DimensionValues, FilterOperation, Granularity, MetricQuery,
    MetricSeries,
};
use rblx_open_cloud::{Client, ErrorKind, Operation, Result};
use time::OffsetDateTime;

const METRICS: &str = "/analytics-query-api/v1/universes/5/metrics";
const DIMENSIONS: &str = "/analytics-query-api/v1/universes/5/dimension-values";
const PATH: &str = "v1/universes/5/operations/metrics/abc";
const LONG: Duration = Duration::from_secs(60);

fn day(day: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_767_225_600 + day * 86_400).unwrap()
}

fn query() -> MetricQuery {
    MetricQuery::new("DailyActiveUsers", Granularity::OneDay, day(0), day(31))
}

fn dimensions() -> DimensionQuery {
    DimensionQuery::new("DailyActiveUsers", ["Country", "Platform"], day(0), day(31))
}

fn done(values: &str) -> String {
    format!(
        r#"{{"path":"{PATH}","done":true,"metadata":{{"createdTime":"2026-01-15T00:00:00Z"}},"response":{{"values":{values}}}}}"#
    )
}

fn pending() -> Vec<u8> {
    json(
        202,
        format!(
            r#"{{"path":"{PATH}","done":false,"metadata":{{"createdTime":"2026-01-15T00:00:00Z"}}}}"#
        ),
    )
}

fn failed(status: u16, code: u16) -> Vec<u8> {
    json(
        status,
        format!(r#"{{"path":"{PATH}","done":true,"error":{{"code":{code},"message":"why"}}}}"#),
    )
}

fn sent<T>(call: impl FnOnce(Client) -> Result<T>) -> Received {
    let peer = MockServer::replying([ok(done("[]"))]);
    call(peer.client()).unwrap();
    assert_eq!(peer.requests().len(), 1);
    peer.requests().remove(0)
}

#[test]
fn requests() {
    let whole = query()
        .break_down_by(["Platform"])
        .filter("Platform", FilterOperation::In, ["Phone", "Tablet"])
        .filter("AgeGroup", FilterOperation::NotIn, [""; 0])
        .limit(10);
    let all_dimensions = dimensions()
        .filter("Platform", FilterOperation::Match, ["Ph*"])
        .granularity(Granularity::None)
        .limit(5);
    let time = r#""startTime":"2026-01-01T00:00:00Z","endTime":"2026-02-01T00:00:00Z""#;
    let metric = r#""metric":"DailyActiveUsers""#;
    for (request, target, body) in [
        (
            sent(|client| client.universe(5).query_metric(query())),
            METRICS,
            format!(r#"{{{metric},"granularity":"OneDay",{time}}}"#),
        ),
        (
            sent(|client| client.universe(5).query_metric(whole)),
            METRICS,
            format!(
                r#"{{{metric},"granularity":"OneDay",{time},"breakdown":["Platform"],"filter":[{{"dimension":"Platform","values":["Phone","Tablet"],"operation":"In"}},{{"dimension":"AgeGroup","values":[],"operation":"NotIn"}}],"limit":10}}"#
            ),
        ),
        (
            sent(|client| client.universe(5).dimension_values(dimensions())),
            DIMENSIONS,
            format!(r#"{{{metric},"dimensions":["Country","Platform"],{time}}}"#),
        ),
        (
            sent(|client| client.universe(5).dimension_values(all_dimensions)),
            DIMENSIONS,
            format!(
                r#"{{{metric},"dimensions":["Country","Platform"],{time},"filter":[{{"dimension":"Platform","values":["Ph*"],"operation":"Match"}}],"granularity":"None","limit":5}}"#
            ),
        ),
    ] {
        assert_eq!((&*request.method, &*request.target), ("POST", target));
        assert_eq!(String::from_utf8(request.body).unwrap(), body);
    }
}

#[test]
fn operations_have_the_documented_names() {
    let names = "In NotIn GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual Match";
    let operations = [
        FilterOperation::In,
        FilterOperation::NotIn,
        FilterOperation::GreaterThan,
        FilterOperation::GreaterThanOrEqual,
        FilterOperation::LessThan,
        FilterOperation::LessThanOrEqual,
        FilterOperation::Match,
    ];
    assert_eq!(
        operations.map(|operation| operation.to_string()).join(" "),
        names
    );
}

#[test]
fn wrong_queries_are_not_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let universe = peer.client().universe(5);
    let backward = MetricQuery::new("m", Granularity::OneDay, day(1), day(1));
    let misspelled = MetricQuery::new("m", "oneDay".into(), day(0), day(1));
    let operation = query().filter("d", "in".into(), ["x"]);
    for (query, why) in [
        (backward, "must end after its start"),
        (misspelled, "did you mean \"OneDay\"?"),
        (operation, "did you mean \"In\"?"),
    ] {
        let error = universe.query_metric(query).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(why), "{error}");
    }
    let nothing = DimensionQuery::new("m", [""; 0], day(0), day(1));
    let error = universe.dimension_values(nothing).unwrap_err();
    assert!(
        error.to_string().contains("at least one dimension"),
        "{error}"
    );
    assert!(peer.requests().is_empty());
}

#[test]
fn a_result_that_comes_at_once_is_not_polled() {
    let values = r#"[{"breakdowns":[{"dimension":"Platform","value":"p1","displayValue":"Phone"}],"dataPoints":[
        {"time":"2026-01-01T00:00:00Z","value":10000},
        {"time":"2026-01-02T00:00:00Z","value":0.5,"status":"Projected","stringValues":null},
        {"time":"2026-01-03T00:00:00Z","value":0,"stringValues":["HighCTR"],"status":"Guessed"}]},
        {"breakdowns":null,"dataPoints":null}, {}]"#;
    let peer = MockServer::replying([ok(done(values))]);
    let universe = peer.client().universe(5);
    let series = universe.query_metric(query()).unwrap().wait(LONG).unwrap();
    let platform = &series.values[0].breakdowns[0];
    assert_eq!(
        (&*platform.value, platform.display_value.as_deref()),
        ("p1", Some("Phone"))
    );
    let points: Vec<_> = series.data_points().collect();
    assert_eq!((points[0].time, points[0].value), (day(0), 10_000.0));
    assert_eq!(points[1].status, Some(DataStatus::Projected));
    assert_eq!(points[2].string_values, ["HighCTR"]);
    assert_eq!(points[2].status, Some("Guessed".into()));
    assert_eq!((series.values.len(), points.len()), (3, 3));
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn an_unfinished_query_is_polled_at_its_path() {
    let peer = MockServer::replying([pending(), pending(), ok(done("[]"))]);
    let universe = peer.retrying_client().universe(5);
    let mut operation = universe.query_metric(query()).unwrap();
    assert_eq!((operation.path(), operation.is_done()), (PATH, false));
    operation.wait(LONG).unwrap();
    let targets: Vec<_> = peer
        .requests()
        .iter()
        .map(|request| format!("{} {}", request.method, request.target))
        .collect();
    let poll = format!("GET /analytics-query-api/{PATH}");
    assert_eq!(targets, [format!("POST {METRICS}"), poll.clone(), poll]);

    // A response that omits `done` is not taken for a result.
    let started = json(202, format!(r#"{{"path":"{PATH}"}}"#));
    let peer = MockServer::replying([started, ok(done("[]"))]);
    let universe = peer.retrying_client().universe(5);
    let mut operation = universe.query_metric(query()).unwrap();
    assert_eq!((operation.path(), operation.is_done()), (PATH, false));
    operation.wait(LONG).unwrap();

    // Elsewhere, by the path alone, with or without its prefix; also that of dimension values.
    let values = r#"[{"dimension":"Country","values":[{"value":"US"},{"value":"9","displayValue":"Nine"}]},{"dimension":"x"}]"#;
    let peer = MockServer::replying([ok(done(values))]);
    let path = "v1/universes/5/operations/dimension-values/abc";
    for path in [path.to_owned(), format!("/analytics-query-api/{path}")] {
        let mut operation: Operation<DimensionValues> = peer.client().operation(path);
        let result = operation.wait(LONG).unwrap();
        assert_eq!(
            result.values[0].values[1].display_value.as_deref(),
            Some("Nine")
        );
        assert_eq!(result.values[1].values, []);
    }
    for request in peer.requests() {
        assert_eq!(request.target, format!("/analytics-query-api/{path}"));
    }
}

#[test]
fn a_query_that_is_too_large_is_not_retried_despite_its_status() {
    for (status, code) in [(429, 3000), (504, 1000)] {
        let peer = MockServer::replying([failed(status, code)]);
        let error = peer
            .retrying_client()
            .universe(5)
            .query_metric(query())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BadRequest, "{error}");
        assert_eq!(error.code(), Some(code.to_string().as_str()));
        assert!(error.to_string().contains("Request less"), "{error}");
        assert_eq!(peer.requests().len(), 1, "{status}");
        let universe = peer.retrying_client().universe(5);
        let error = universe.dimension_values(dimensions()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BadRequest, "{error}");

        // The same error of a poll ends the wait.
        let peer = MockServer::replying([pending(), failed(status, code)]);
        let universe = peer.retrying_client().universe(5);
        let error = universe
            .query_metric(query())
            .unwrap()
            .wait(LONG)
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::BadRequest, Some(PATH))
        );
        assert_eq!(peer.requests().len(), 2, "{status}");
    }
}

#[test]
fn other_errors() {
    let peer = MockServer::replying([failed(400, 2001)]);
    let error = peer.client().universe(5).query_metric(query()).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::BadRequest, Some("2001"))
    );
    assert!(error.to_string().contains("why"), "{error}");

    // Inside of a success, at once or later.
    for responses in [vec![pending(), failed(200, 2001)], vec![failed(200, 2001)]] {
        let peer = MockServer::replying(responses);
        let universe = peer.retrying_client().universe(5);
        let error = universe
            .query_metric(query())
            .unwrap()
            .wait(LONG)
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::OperationFailed, Some("2001"))
        );
    }

    // After transient errors a query is sent again, since it only reads.
    for first in [failed(503, 2002), failed(500, 2000), json(429, "{}")] {
        let peer = MockServer::replying([first, ok(done("[]"))]);
        let universe = peer.retrying_client().universe(5);
        assert!(universe.query_metric(query()).unwrap().is_done());
        assert_eq!(peer.requests().len(), 2);
    }
    let peer = MockServer::replying([pending(), failed(503, 2002), ok(done("[]"))]);
    let universe = peer.retrying_client().universe(5);
    let series: MetricSeries = universe.query_metric(query()).unwrap().wait(LONG).unwrap();
    assert_eq!(series.values, []);
}
