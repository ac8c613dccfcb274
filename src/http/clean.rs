//! Errors that are safe to print: no credential, whatever a server sent back, and not too much text.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::error::Facts;

/// Of a text this much is kept, in bytes.
const EXCERPT: usize = 4 * 1024;
/// A secret shorter than this is no secret, and its letters occur by chance.
const SHORTEST_SECRET: usize = 4;
const REDACTED: &str = "[redacted]";

/// Of a body this much is looked at, in bytes.
const LOOKED_AT: usize = 256 * 1024;

/// Cuts what is too long, and takes the secret out of everything that a server may have sent back.
pub(super) fn clean(facts: &mut Facts, secret: &str) {
    let texts = [&mut facts.code, &mut facts.trace_id, &mut facts.operation];
    for text in texts.into_iter().flatten().chain([&mut facts.message]) {
        *text = excerpt(&redacted(text, secret));
        // A terminal would obey them.
        *text = text.replace(char::is_control, " ");
    }
    facts.details = facts.details.take().map(|details| without(details, secret));
    facts.body = facts
        .body
        .take()
        .map(|body| match serde_json::from_str::<Value>(&body) {
            // Escapes may hide it from a search in the text.
            Ok(value) if holds(&value, secret) => excerpt(&without(value, secret).to_string()),
            _ => excerpt(&redacted(&body, secret)),
        });
}

/// The beginning of a body, as text.
pub(super) fn excerpt_of(body: &[u8]) -> String {
    String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body)).into_owned()
}

/// The text without the secret, as it is and as paths and JSON write it.
fn redacted(text: &str, secret: &str) -> String {
    if secret.len() < SHORTEST_SECRET {
        return text.to_owned();
    }
    let in_path = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let in_json = secret.replace('/', "\\/");
    [secret, &in_path, &in_json]
        .iter()
        .fold(text.to_owned(), |text, secret| {
            text.replace(*secret, REDACTED)
        })
}

fn holds(value: &Value, secret: &str) -> bool {
    match value {
        Value::String(text) => text.contains(secret),
        Value::Array(list) => list.iter().any(|value| holds(value, secret)),
        Value::Object(object) => object
            .iter()
            .any(|(key, value)| key.contains(secret) || holds(value, secret)),
        _ => false,
    }
}

/// The JSON without the secret.
fn without(value: Value, secret: &str) -> Value {
    match value {
        Value::String(text) => Value::String(redacted(&text, secret)),
        Value::Array(list) => list
            .into_iter()
            .map(|value| without(value, secret))
            .collect(),
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| (redacted(&key, secret), without(value, secret)))
            .collect(),
        other => other,
    }
}

/// The beginning of a text, cut between characters.
fn excerpt(text: &str) -> String {
    let mut end = EXCERPT.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default().to_owned()
}
