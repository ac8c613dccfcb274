//! Error bodies: parses ten shapes into one [`Error`].

use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::error_subject::{
    advice_of_meaning, field_and_hint, has_any, kind_of_condition, kind_of_meaning, meaning_of,
    says_exists, says_stale,
};
use super::response::{ErrorHeaders, Response};
use super::retry_after::retry_after;
use crate::endpoint::{CodeMeaning, Endpoint, UserContent};
use crate::error::{Error, ErrorKind, Retryability};
use crate::json::scalar_text;

/// The advice for a web page in place of a response.
pub(super) const NOT_THE_SERVICE_ADVICE: &str = "Something between this machine and the service may have responded, such as a \
    proxy or the sign-in page of a network; check them and the base URL";

/// The content of an error body, whatever its shape.
#[derive(Debug, Default)]
pub(crate) struct ErrorBody {
    message: String,
    code: Option<String>,
    details: Option<Value>,
    trace_id: Option<String>,
    body: Option<String>,
    is_html: bool,
    is_json: bool,
}

impl ErrorBody {
    /// Parses JSON of all known shapes, plain text, a gateway's page and an empty body.
    fn parse(body: &[u8]) -> Self {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let text = String::from_utf8_lossy(body);
        let parsed = match serde_json::from_str::<Value>(&text) {
            Ok(value) => Self {
                is_json: true,
                ..Self::from_json(&value)
            },
            Err(_) => Self::from_text(&text),
        };
        Self {
            body: (!body.is_empty()).then(|| text.into_owned()),
            ..parsed
        }
    }

    fn from_json(value: &Value) -> Self {
        match value {
            Value::Object(object) => Self::from_object(object),
            Value::String(text) => Self {
                message: unquoted(text),
                ..Self::default()
            },
            Value::Null => Self::default(),
            other => Self {
                message: other.to_string(),
                ..Self::default()
            },
        }
    }

    fn from_object(object: &Map<String, Value>) -> Self {
        // Some services wrap everything in `error`, the gateway in a list `errors`.
        let inner = match (object.get("errors"), object.get("error")) {
            (Some(Value::Array(errors)), _) => errors.first().and_then(Value::as_object),
            (_, Some(Value::Object(error))) => Some(error),
            // An operation that failed at once.
            _ => object
                .get("operation")
                .and_then(|operation| operation.get("error")?.as_object()),
        };
        let text = |object: &Map<String, Value>, name: &str| {
            let text = object.get(name).and_then(scalar_text);
            text.filter(|text| !text.is_empty())
        };
        let find = |names: &[&str]| {
            names.iter().find_map(|name| {
                let nested = inner.and_then(|inner| text(inner, name));
                nested.or_else(|| text(object, name))
            })
        };
        let message = find(&[
            "message",
            "errorMessage",
            "error_description",
            "detail",
            "userFacingMessage",
            "title",
        ])
        .or_else(|| text(object, "error"))
        .unwrap_or_default();
        let code = find(&["code", "errorCode"]).or_else(|| {
            // `error` is a code next to a message, and the message itself otherwise.
            text(object, "error").filter(|code| *code != message)
        });
        let fields = object
            .get("errors")
            .and_then(Value::as_object)
            .map(field_messages)
            .unwrap_or_default();
        let mut message = unquoted(&message);
        if !message.is_empty() && !fields.is_empty() {
            message.push_str(": ");
        }
        message.push_str(&fields);
        Self {
            message,
            code,
            details: ["details", "errorDetails", "errors"]
                .iter()
                .find_map(|name| {
                    object
                        .get(*name)
                        .filter(|value| value.as_array().is_none_or(|list| !list.is_empty()))
                })
                .or_else(|| inner.and_then(|inner| inner.get("details")))
                .cloned()
                .or_else(|| field_and_hint(object)),
            trace_id: object
                .get("traceId")
                .or_else(|| {
                    object
                        .get("extensions")
                        .and_then(|extensions| extensions.get("traceId"))
                })
                .and_then(scalar_text),
            ..Self::default()
        }
    }

    fn from_text(text: &str) -> Self {
        let text = text.trim();
        if text.starts_with('<') {
            return Self {
                message: page_summary(text),
                is_html: true,
                ..Self::default()
            };
        }
        Self {
            message: unquoted(text),
            ..Self::default()
        }
    }

    /// Builds an error from a 2xx body.
    pub(super) fn from_success_body(object: &Map<String, Value>) -> Error {
        let parsed = Self::from_object(object);
        let message = match parsed.message.as_str() {
            "" => "the service gave no reason",
            message => message,
        };
        Error::new(ErrorKind::Unexpected, message).map(|inner| {
            inner.status = Some(200);
            inner.code = parsed.code;
            inner.details = parsed.details;
            inner.trace_id = parsed.trace_id;
            inner.body = Some(Value::Object(object.clone()).to_string());
        })
    }

    /// Builds the error of a response whose status is not a success.
    pub(super) fn to_error(
        response: &Response,
        headers: &ErrorHeaders,
        endpoint: &Endpoint,
    ) -> Error {
        let status = response.status;
        let mut error_body = Self::parse(response.body.bytes());
        // JSON is parsed even if the content type says HTML.
        if headers.is_html && !error_body.is_html && !error_body.is_json {
            error_body.message = page_summary(&error_body.message);
            error_body.is_html = true;
        }
        let meaning = meaning_of(error_body.code.as_deref(), endpoint);
        let kind = meaning.map_or_else(
            || error_body.kind(status, endpoint.user_content),
            kind_of_meaning,
        );
        if error_body.message.is_empty() {
            "the service gave no reason".clone_into(&mut error_body.message);
        }
        if (300..400).contains(&status) {
            error_body.message = redirect_message(headers.redirect_host.as_deref());
        } else if status < 200 {
            error_body.message =
                String::from("the server wants to switch protocols; check the base URL");
        }
        let retryability = match meaning {
            Some(CodeMeaning::FeatureDisabled) => Retryability::Permanent,
            _ => error_body.retryability(status, kind),
        };
        Error::new(kind, error_body.message).map(|inner| {
            inner.status = Some(status);
            inner.code = error_body.code;
            inner.details = error_body.details;
            inner.trace_id = error_body.trace_id.or_else(|| headers.trace_id.clone());
            inner.body = error_body.body;
            inner.retry_after = retry_after(
                status,
                headers,
                response.rate_limit,
                OffsetDateTime::now_utc(),
            );
            inner.retryability = retryability;
            if error_body.is_html && matches!(status, 401 | 403 | 404 | 405 | 407 | 451) {
                inner.advice = Some(NOT_THE_SERVICE_ADVICE.into());
            }
            if let Some(advice) = meaning.and_then(advice_of_meaning) {
                inner.advice = Some(advice.into());
            }
        })
    }

    fn kind(&self, status: u16, content: UserContent) -> ErrorKind {
        if let Some(kind) = self
            .code
            .as_deref()
            .and_then(|code| kind_of_condition(status, code))
        {
            return kind;
        }
        match status {
            // The API responds with JSON: an HTML page with a 400 comes from the gateway in front of it.
            400 if self.is_html => ErrorKind::ServiceUnavailable,
            400 if says_exists(&self.message) || says_stale(&self.message) => ErrorKind::Conflict,
            400 => kind_of_message(&self.message, content).unwrap_or(ErrorKind::BadRequest),
            401 => ErrorKind::InvalidKey,
            403 => ErrorKind::PermissionDenied,
            404 => ErrorKind::NotFound,
            409 | 412 => ErrorKind::Conflict,
            429 => ErrorKind::RateLimited,
            402..=498 => ErrorKind::BadRequest,
            // 499: the service cancelled the request.
            499..=599 => ErrorKind::ServiceUnavailable,
            _ => ErrorKind::Unexpected,
        }
    }

    /// Returns whether the request can be sent again. An HTML page of any status and an empty 502 or 504 come from the
    /// gateway.
    fn retryability(&self, status: u16, kind: ErrorKind) -> Retryability {
        let is_gateway = self.is_html || (matches!(status, 502 | 504) && self.body.is_none());
        match (kind, status) {
            (ErrorKind::RateLimited, _) => Retryability::Throttled,
            // The service does not support the method or the version of the protocol.
            (_, 501 | 505) => Retryability::Permanent,
            (ErrorKind::ServiceUnavailable, _) if is_gateway => Retryability::Ambiguous,
            (ErrorKind::ServiceUnavailable, _) => Retryability::ServerError,
            _ => Retryability::Permanent,
        }
    }
}

/// Returns the kind that only the message shows. If the call sent no such content, only the service's fixed messages
/// count, since others may mention files and names as well.
pub(crate) fn kind_of_message(message: &str, content: UserContent) -> Option<ErrorKind> {
    let has_content = content == UserContent::File;
    let text = message.to_ascii_lowercase();
    let text = text.trim_matches(['.', ' ']);
    let has = |words: &[&str]| has_any(text, words);
    // The account is moderated, not the text.
    if has(&["user is moderated"]) {
        return Some(ErrorKind::PermissionDenied);
    }
    let is_moderated = matches!(
        text,
        "assetname is moderated"
            | "assetdescription is moderated"
            | "inappropriate name or description"
    ) || (content != UserContent::None
        && has(&["moderated"])
        && has(&["fully", "name", "description", "title", "text"]));
    if is_moderated {
        return Some(ErrorKind::ModeratedText);
    }
    let things = [
        "image",
        "audio",
        "video",
        "model",
        "mesh",
        "animation",
        "file",
        "asset",
        "content",
    ];
    let thing = text
        .strip_prefix("invalid")
        .map(|thing| thing.trim_start_matches([' ', '_']));
    let is_invalid = thing.is_some_and(|thing| {
        things
            .iter()
            .any(|name| thing == *name || (has_content && thing.starts_with(name)))
    });
    let format_faults = [
        "unsupported",
        "file type",
        "file format",
        "content type",
        "corrupt",
        "decoded",
        "file too large",
    ];
    (is_invalid || (has_content && has(&format_faults))).then_some(ErrorKind::InvalidAsset)
}

fn redirect_message(host: Option<&str>) -> String {
    let Some(target) = host else {
        return "the response is a redirect, which is not followed; check the base URL".to_owned();
    };
    format!(
        "redirects are not followed, so that no other host gets the key (this one points to {target}); check the base URL"
    )
}

/// Formats `{"field": ["reason"]}` as `field: reason; …`.
fn field_messages(fields: &Map<String, Value>) -> String {
    let parts = fields.iter().map(|(field, why)| match why {
        Value::Array(list) => format!(
            "{field}: {}",
            list.iter()
                .filter_map(scalar_text)
                .collect::<Vec<_>>()
                .join(" ")
        ),
        why => format!("{field}: {}", scalar_text(why).unwrap_or_default()),
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// Removes the quotes of a message that is quoted twice, such as `"\"InvalidImage\""`.
pub(crate) fn unquoted(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
        .to_owned()
}

/// Summarizes a gateway's page in one line: its title or heading.
fn page_summary(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let heading = ["<title", "<h1", "<h2"].iter().find_map(|tag| {
        let start = lower.find(tag)?.saturating_add(tag.len());
        let (_, rest) = page.get(start..)?.split_once('>')?;
        let (text, _) = rest.split_once("</")?;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    });
    match heading {
        Some(heading) => format!("a gateway responded in place of the service: {heading}"),
        None => "a gateway responded in place of the service".to_owned(),
    }
}
