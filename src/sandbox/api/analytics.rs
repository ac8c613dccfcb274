//! Queries of metrics. Filters are ignored, and each dimension has one value.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::call::Call;
use super::json::JsonObject;
use super::rejection::Rejection;
use crate::sandbox::clock::{parse_timestamp, timestamp};
use crate::sandbox::object::set_field;
use crate::sandbox::random::random_uuid;
use crate::sandbox::server::Response;
use crate::sandbox::state::metrics::Point;
use crate::sandbox::state::schedule::Schedule;

const GRANULARITIES: [&str; 7] = [
    "OneMinute",
    "HalfHour",
    "OneHour",
    "OneDay",
    "OneWeek",
    "OneMonth",
    "None",
];
/// The one value of each dimension.
const ALL: &str = "All";
const INVALID: u16 = 2001;

/// Rejects a query in the shape of an operation that failed.
fn failed(status: u16, code: u16, message: &str) -> Rejection {
    let error = json!({ "code": code, "message": message });
    Response::json(status, &json!({ "done": true, "error": error })).into()
}

fn invalid(message: &str) -> Rejection {
    failed(400, INVALID, message)
}

pub(crate) fn query_metric(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let query = Query::read(call)?;
    let granularity = query.body.text("granularity")?.unwrap_or_default();
    if !GRANULARITIES.contains(&granularity) {
        return Err(invalid("granularity is not valid."));
    }
    let points = if granularity == "None" {
        let sum = query.points.iter().map(|point| point.value).sum();
        let whole = Point {
            time: query.start,
            value: sum,
        };
        vec![whole]
    } else {
        query.points.clone()
    };
    let breakdowns: Vec<Value> = texts(&query.body, "breakdown")?
        .iter()
        .map(|dimension| json!({ "dimension": dimension, "value": ALL }))
        .collect();
    let points: Vec<Value> = points.iter().map(Point::to_json).collect();
    let series = json!({ "breakdowns": breakdowns, "dataPoints": points });
    let result = json!({ "values": [series] });
    Ok(start(call, query.universe, "metrics", result))
}

pub(crate) fn list_dimension_values(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let query = Query::read(call)?;
    let dimensions = texts(&query.body, "dimensions")?;
    if dimensions.is_empty() {
        return Err(invalid("dimensions is required."));
    }
    let values = dimensions
        .iter()
        .map(|dimension| json!({ "dimension": dimension, "values": [{ "value": ALL }] }));
    let result = json!({ "values": values.collect::<Vec<_>>() });
    Ok(start(call, query.universe, "dimension-values", result))
}

pub(crate) fn get_metric_operation(call: &mut Call<'_>) -> Result<Response, Rejection> {
    get_operation(call, "metrics")
}

pub(crate) fn get_dimension_operation(call: &mut Call<'_>) -> Result<Response, Rejection> {
    get_operation(call, "dimension-values")
}

/// The part of a request that all queries have.
struct Query {
    universe: u64,
    body: JsonObject,
    start: OffsetDateTime,
    /// The points in the time range.
    points: Vec<Point>,
}

impl Query {
    fn read(call: &mut Call<'_>) -> Result<Self, Rejection> {
        let universe = call.id("universeId")?;
        let body = call.json()?;
        let (start, end) = (time(&body, "startTime")?, time(&body, "endTime")?);
        let state = call.state();
        if !state.store.universes.contains_key(&universe) {
            return Err(failed(403, INVALID, "The universe cannot be accessed."));
        }
        let name = body.text("metric")?.unwrap_or_default();
        let points = state.store.metrics.by_name.get(name);
        let points = points.ok_or_else(|| invalid("The metric is not known."))?;
        let is_in_range = |point: &&Point| (start..end).contains(&point.time);
        Ok(Self {
            universe,
            start,
            points: points.iter().filter(is_in_range).cloned().collect(),
            body,
        })
    }
}

fn time(body: &JsonObject, name: &str) -> Result<OffsetDateTime, Rejection> {
    let text = body.text(name)?.unwrap_or_default();
    parse_timestamp(text).ok_or_else(|| invalid(&format!("{name} is not a time.")))
}

fn texts(body: &JsonObject, name: &str) -> Result<Vec<String>, Rejection> {
    let list = body.get(name).cloned().unwrap_or_else(|| json!([]));
    serde_json::from_value(list).map_err(|_| invalid(&format!("{name} is not a list of texts.")))
}

/// Starts the operation that has this result. Every second one is not done at once.
fn start(call: &Call<'_>, universe: u64, kind: &str, result: Value) -> Response {
    let path = path(universe, kind, &random_uuid());
    let mut state = call.state();
    let now = state.now();
    let schedule = if state.store.metrics.count_query() {
        Schedule {
            polls: Some(0),
            due: None,
        }
    } else {
        state.settings.schedule(now)
    };
    let outcome = state.outcome(Box::new(move |_| result));
    let mut operation = state.start_operation_with(&path, schedule, outcome);
    let metadata = json!({ "createdTime": timestamp(now) });
    set_field(&mut operation, "metadata", metadata);
    respond(&operation)
}

fn get_operation(call: &Call<'_>, kind: &str) -> Result<Response, Rejection> {
    let path = path(call.id("universeId")?, kind, &call.param("operationId")?);
    let operation = call.state().poll_operation(&path);
    let missing = || failed(404, INVALID, "The operation was not found.");
    Ok(respond(&operation.ok_or_else(missing)?))
}

fn path(universe: u64, kind: &str, id: &str) -> String {
    format!("v1/universes/{universe}/operations/{kind}/{id}")
}

/// Responds with an operation. The status is 202 while it runs, 200 when it is done, and 400 if it failed.
fn respond(operation: &Value) -> Response {
    let is_done = operation.get("done").and_then(Value::as_bool) == Some(true);
    let status = match (is_done, operation.get("error")) {
        (false, _) => 202,
        (true, None) => 200,
        (true, Some(_)) => 400,
    };
    Response::json(status, operation)
}
