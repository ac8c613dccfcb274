//! Makes requests fail.

use serde_json::{Value, json};

use super::input::{BadInput, Fields, Input};
use crate::sandbox::fault::Fault;
use crate::sandbox::routes::TABLE;
use crate::sandbox::state::Shared;
use crate::sandbox::state::faults::Target;

const FIELDS: [&str; 9] = [
    "fault",
    "call",
    "times",
    "status",
    "code",
    "message",
    "retryAfter",
    "contentType",
    "body",
];

pub(super) fn count(shared: &Shared) -> Value {
    json!({ "left": shared.state().faults.left() })
}

pub(super) fn clear(shared: &Shared) -> Value {
    shared.state().faults.clear();
    count(shared)
}

pub(super) fn add(shared: &Shared, input: &Input) -> Result<Value, BadInput> {
    let fields = input.fields(&FIELDS)?;
    let fault = fault(&fields)?;
    let times = fields.number("times")?.unwrap_or(1);
    let times = usize::try_from(times).unwrap_or(usize::MAX);
    match fields.text("call")? {
        Some(call) => {
            let target = known(Target::parse(call))?;
            shared.state().faults.push_for(target, fault, times);
        }
        None => shared.state().faults.push(fault, times),
    }
    Ok(count(shared))
}

/// Rejects a call that does not exist, since no request would ever meet its fault.
fn known(target: Target) -> Result<Target, BadInput> {
    let (path, methods) = (target.path(), TABLE.methods_of(target.path()));
    if methods.is_empty() {
        return Err(BadInput(format!(
            "There is no call `{path}`: a documented path is expected, or a real one, with or without a method."
        )));
    }
    match target.method() {
        Some(method) if !methods.contains(&method) => Err(BadInput(format!(
            "There is no call `{method} {path}`, only {}.",
            methods.join(", ")
        ))),
        _ => Ok(target),
    }
}

/// The faults have the names of the functions of `Fault`.
fn fault(fields: &Fields) -> Result<Fault, BadInput> {
    let name = fields.text("fault")?.unwrap_or("status");
    Ok(match name {
        "status" => {
            let code = fields.text("code")?.unwrap_or("INTERNAL");
            let message = fields.text("message")?.unwrap_or("A fault of the sandbox.");
            Fault::status(status(fields, 500)?, code, message)
        }
        "raw" => {
            let content_type = fields.text("contentType")?.unwrap_or("text/plain");
            let body = fields.text("body")?.unwrap_or_default();
            Fault::raw(status(fields, 200)?, content_type, body)
        }
        "unavailable" => Fault::unavailable(),
        "rate_limited" => Fault::rate_limited(fields.number("retryAfter")?.unwrap_or(1)),
        "gateway_html" => Fault::gateway_html(status(fields, 502)?),
        "close_connection" => Fault::close_connection(),
        "lost_answer" => Fault::lost_answer(),
        "cut_body" => Fault::cut_body(),
        "truncated_json" => Fault::truncated_json(),
        "empty_page" => Fault::empty_page(),
        "never_respond" => Fault::never_respond(),
        other => {
            let message = format!(
                "There is no fault `{other}`, only status, raw, unavailable, rate_limited, gateway_html, close_connection, \
                 lost_answer, cut_body, truncated_json, empty_page and never_respond."
            );
            return Err(BadInput(message));
        }
    })
}

fn status(fields: &Fields, default: u16) -> Result<u16, BadInput> {
    let status = fields.number("status")?.unwrap_or(default.into());
    let status = u16::try_from(status)
        .ok()
        .filter(|status| (200..=599).contains(status));
    status.ok_or_else(|| BadInput::new("`status` must be between 200 and 599."))
}
