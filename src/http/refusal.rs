//! Errors that stand elsewhere than in the API's error bodies: in an answer whose status says success, and at the
//! hosts that content comes from.

use serde_json::Value;
use time::OffsetDateTime;

use super::answer::Headers;
use super::failure::{retry_after, scalar};
use super::retry::Fate;
use crate::error::{Error, ErrorKind};

/// The error that `{"code": 404, "message": "…"}` in a success stands for.
pub(crate) fn refusal(error: &Value) -> Error {
    let field = |names: [&str; 2]| names.iter().find_map(|name| scalar(error.get(name)?));
    let code = field(["code", "Code"]);
    let custom = field(["customErrorCode", "CustomErrorCode"]);
    let message = field(["message", "Message"]).filter(|message| !message.is_empty());
    let message = message.unwrap_or_else(|| "the service gave no reason".to_owned());
    let kind = match code.as_deref().and_then(|code| code.parse().ok()) {
        Some(401) => ErrorKind::InvalidKey,
        Some(403) => ErrorKind::PermissionDenied,
        Some(404) => ErrorKind::NotFound,
        // The service says 409, or a number of its own, where it means 403.
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
    Error::new(kind, message).with(|facts| {
        facts.status = Some(200);
        facts.code = code;
        facts.details = Some(error.clone());
        facts.fate = fate(kind);
    })
}

/// The error of a host that has no content for us.
pub(super) fn denied(status: u16, headers: &Headers, reason: &str) -> Error {
    let kind = match status {
        404 | 410 => ErrorKind::NotFound,
        429 => ErrorKind::RateLimited,
        408 | 500..=599 => ErrorKind::ServiceUnavailable,
        // The key was not sent, so it is not to blame.
        _ => ErrorKind::Unexpected,
    };
    let message = match reason {
        "" => "the host of the content does not give it".to_owned(),
        reason => format!("the host of the content does not give it ({reason})"),
    };
    Error::new(kind, message).with(|facts| {
        facts.status = Some(status);
        facts.retry_after = retry_after(status, headers, None, OffsetDateTime::now_utc());
        facts.fate = fate(kind);
    })
}

fn fate(kind: ErrorKind) -> Fate {
    match kind {
        ErrorKind::RateLimited => Fate::Refused,
        ErrorKind::ServiceUnavailable => Fate::Unclear,
        _ => Fate::Final,
    }
}
