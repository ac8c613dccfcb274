//! Reads and changes the settings.

use serde_json::{Value, json};

use super::input::{BadInput, Input};
use crate::sandbox::state::Shared;

const NAMES: [&str; 8] = [
    "bandwidth",
    "enforceRateLimits",
    "latencySeconds",
    "operationPolls",
    "operationSeconds",
    "price",
    "thumbnailPolls",
    "updatesAsOperations",
];

pub(super) fn get(shared: &Shared) -> Value {
    let settings = shared.state().settings;
    json!({
        "bandwidth": settings.bandwidth,
        "enforceRateLimits": settings.enforce_rate_limits,
        "latencySeconds": settings.latency.as_secs_f64(),
        "operationPolls": settings.operation_polls,
        "operationSeconds": settings.operation_time.map(|time| time.as_secs_f64()),
        "price": settings.price,
        "thumbnailPolls": settings.thumbnail_polls,
        "updatesAsOperations": settings.updates_as_operations,
    })
}

pub(super) fn change(shared: &Shared, input: &Input) -> Result<Value, BadInput> {
    let fields = input.fields(&NAMES)?;
    let polls = |name| {
        let polls = fields.number(name)?.map(u32::try_from).transpose();
        polls.map_err(|_| BadInput::new(format!("`{name}` is too large.")))
    };
    let mut state = shared.state();
    let mut settings = state.settings;
    match fields.get("bandwidth") {
        Some(Value::Null) => settings.bandwidth = None,
        _ => settings.bandwidth = fields.number("bandwidth")?.or(settings.bandwidth),
    }
    if settings.bandwidth == Some(0) {
        return Err(BadInput::new(
            "`bandwidth` must be at least 1 byte per second, or null.",
        ));
    }
    if let Some(yes) = fields.flag("enforceRateLimits")? {
        settings.enforce_rate_limits = yes;
    }
    if let Some(latency) = fields.seconds("latencySeconds")? {
        settings.latency = latency;
    }
    if let Some(time) = fields.seconds("operationSeconds")? {
        (settings.operation_time, settings.operation_polls) = (Some(time), None);
    }
    if let Some(polls) = polls("operationPolls")? {
        (settings.operation_time, settings.operation_polls) = (None, Some(polls));
    }
    if let Some(price) = fields.number("price")? {
        settings.price = price;
    }
    if let Some(polls) = polls("thumbnailPolls")? {
        settings.thumbnail_polls = polls;
    }
    if let Some(yes) = fields.flag("updatesAsOperations")? {
        settings.updates_as_operations = yes;
    }
    state.settings = settings;
    drop(state);
    Ok(get(shared))
}
