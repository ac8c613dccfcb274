//! Errors that do not come as an error response of the API: those in the body of a success, and those of content hosts.

use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::error_body::ErrorBody;
use super::error_subject::has_any;
use super::response::{ErrorHeaders, Response};
use super::retry_after::retry_after;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Retryability};
use crate::json::scalar_text;
use crate::rate_limit::report::RateLimit;

/// Builds the error of an entry such as `{"code": 404, "message": "…"}` in a 2xx body.
pub(crate) fn entry_error(error: &Value) -> Error {
    let field = |names: [&str; 2]| names.iter().find_map(|name| scalar_text(error.get(name)?));
    let code = field(["code", "Code"]);
    let custom = field(["customErrorCode", "CustomErrorCode"]);
    let message = field(["message", "Message"]).filter(|message| !message.is_empty());
    let message = message.unwrap_or_else(|| "the service gave no reason".to_owned());
    let kind = match code.as_deref().and_then(|code| code.parse().ok()) {
        Some(401) => ErrorKind::InvalidKey,
        Some(403) => ErrorKind::PermissionDenied,
        Some(404) => ErrorKind::NotFound,
        // The service uses 409 or a specific code instead of 403.
        _ if custom.as_deref() == Some("NoPermissionToAsset")
            || message.to_ascii_lowercase().contains("not authorized") =>
        {
            ErrorKind::PermissionDenied
        }
        Some(409) => ErrorKind::Conflict,
        Some(429) => ErrorKind::RateLimited,
        Some(500..=599) => ErrorKind::ServiceUnavailable,
        _ => ErrorKind::Unexpected,
    };
    Error::new(kind, message).map(|inner| {
        inner.status = Some(200);
        inner.code = code;
        inner.details = Some(error.clone());
        inner.retryability = retryability(kind);
    })
}

/// Detects the error in a response whose status says success.
pub(super) fn detect_error(endpoint: &Endpoint, response: &Response) -> Option<Error> {
    if response.status == 204 && endpoint.no_content_is_not_found {
        let error = Error::new(ErrorKind::NotFound, "the resource was deleted");
        return Some(error.map(|inner| {
            inner.status = Some(204);
            inner.code = Some("Deleted".to_owned());
        }));
    }
    // Lists check for errors when they have no items.
    if endpoint.error_fields_are_data || endpoint.pagination.is_some() {
        return None;
    }
    let text = response.body.to_str().ok()?;
    let is_suspect = text.contains("\"error") || text.contains("\"code\"");
    error_in_object(&is_suspect.then(|| serde_json::from_str(text).ok())??)
}

/// Returns the error that an object holds in one of the service's shapes.
pub(crate) fn error_in_object(object: &Map<String, Value>) -> Option<Error> {
    let has = |name: &str| match object.get(name) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(object)) => !object.is_empty(),
        Some(_) => true,
    };
    let is_error = ["error", "errors", "errorCode"]
        .iter()
        .any(|name| has(name))
        || (has("code") && has("message"));
    is_error.then(|| {
        let error = ErrorBody::from_success_body(object);
        let kind = error.code().map_or(ErrorKind::Unexpected, kind_of_code);
        error.map(|inner| {
            inner.kind = kind;
            inner.retryability = retryability(kind);
        })
    })
}

/// Returns the kind of a status, or of its name in cloud/v2.
fn kind_of_code(code: &str) -> ErrorKind {
    match code {
        "401" | "UNAUTHENTICATED" => ErrorKind::InvalidKey,
        "403" | "PERMISSION_DENIED" | "INSUFFICIENT_SCOPE" => ErrorKind::PermissionDenied,
        "404" | "NOT_FOUND" => ErrorKind::NotFound,
        "409" | "412" | "ABORTED" | "ALREADY_EXISTS" => ErrorKind::Conflict,
        "429" | "RESOURCE_EXHAUSTED" => ErrorKind::RateLimited,
        "400" | "INVALID_ARGUMENT" | "FAILED_PRECONDITION" => ErrorKind::BadRequest,
        "500" | "502" | "503" | "504" | "INTERNAL" | "UNAVAILABLE" => ErrorKind::ServiceUnavailable,
        _ => ErrorKind::Unexpected,
    }
}

/// Builds the error of a content host that rejected a download or an upload.
pub(super) fn content_error(
    what: &str,
    status: u16,
    headers: &ErrorHeaders,
    reason: &str,
) -> Error {
    let kind = match status {
        404 | 410 => ErrorKind::NotFound,
        429 => ErrorKind::RateLimited,
        408 | 500..=599 => ErrorKind::ServiceUnavailable,
        // The key was not sent, so it is not the cause.
        _ => ErrorKind::Unexpected,
    };
    let message = match reason {
        "" => format!("the content host refused the {what}"),
        reason => format!("the content host refused the {what} ({reason})"),
    };
    Error::new(kind, message).map(|inner| {
        inner.status = Some(status);
        inner.retry_after = retry_after(status, headers, None, OffsetDateTime::now_utc());
        inner.retryability = retryability(kind);
    })
}

/// Words of a 429 that is about work in progress.
const UNFINISHED: [&str; 5] = [
    "incomplete",
    "unfinished",
    "concurrent",
    "in progress",
    "still running",
];

/// Distinguishes a 429 about unfinished work, for which a wait for the next window does not help, from one about the
/// rate of requests.
pub(super) fn unfinished_limit(
    endpoint: &Endpoint,
    reported: Option<RateLimit>,
    error: Error,
) -> Error {
    let Some(limit) = endpoint
        .unfinished_limit
        .filter(|_| error.kind() == ErrorKind::RateLimited)
    else {
        return error;
    };
    let message = error.message().to_ascii_lowercase();
    let has_requests_left = reported
        .and_then(|reported| reported.remaining)
        .is_some_and(|remaining| remaining > 0);
    if !has_requests_left && !has_any(&message, &UNFINISHED) {
        return error.with_advice(format!(
            "Wait before the next request; if the error persists, {limit}"
        ));
    }
    error
        .map(|inner| {
            inner.kind = ErrorKind::Conflict;
            inner.retryability = Retryability::Permanent;
            inner.retry_after = None;
        })
        .with_advice(format!("This is not a rate limit: {limit}"))
}

fn retryability(kind: ErrorKind) -> Retryability {
    match kind {
        ErrorKind::RateLimited => Retryability::Throttled,
        ErrorKind::ServiceUnavailable => Retryability::ServerError,
        _ => Retryability::Permanent,
    }
}
