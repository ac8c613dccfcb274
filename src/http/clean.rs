//! Errors that are safe to print: no credential, whatever a server sent back, and not too much text.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::request::RESERVED;
use crate::error::Facts;

/// Of a text this much is kept, in bytes.
const EXCERPT: usize = 4 * 1024;
/// A secret shorter than this is no secret, and its letters occur by chance.
const SHORTEST_SECRET: usize = 4;
const REDACTED: &str = "[redacted]";

/// Of a body this much is looked at, in bytes.
const LOOKED_AT: usize = 256 * 1024;

/// Cuts what is too long, and takes the secrets out of everything that a server may have sent back.
pub(super) fn clean(facts: &mut Facts, secrets: &[&str]) {
    let mut secrets: Vec<&str> = secrets.to_vec();
    secrets.retain(|secret| secret.len() >= SHORTEST_SECRET);
    // One may begin with another, and its rest would stay.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    let texts = [&mut facts.code, &mut facts.trace_id, &mut facts.operation];
    for text in texts.into_iter().flatten().chain([&mut facts.message]) {
        *text = excerpt(&redacted(text, &secrets));
        // A terminal would obey them.
        *text = text.replace(char::is_control, " ");
    }
    facts.details = facts
        .details
        .take()
        .map(|details| without(details, &secrets));
    facts.body = facts
        .body
        .take()
        .map(|body| match serde_json::from_str::<Value>(&body) {
            // Escapes may hide it from a search in the text.
            Ok(value) if holds(&value, &secrets) => excerpt(&without(value, &secrets).to_string()),
            _ => excerpt(&redacted(&body, &secrets)),
        });
}

/// The beginning of a body, as text.
pub(super) fn excerpt_of(body: &[u8]) -> String {
    String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body)).into_owned()
}

/// The text without the secrets, as they are and as paths, forms and JSON write them.
fn redacted(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        let in_path = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
        let in_form = utf8_percent_encode(secret, RESERVED).to_string();
        let in_json = secret.replace('/', "\\/");
        for written in [secret, &*in_path, &*in_form, &*in_json] {
            text = text.replace(written, REDACTED);
        }
    }
    text
}

fn holds(value: &Value, secrets: &[&str]) -> bool {
    let has = |text: &str| secrets.iter().any(|secret| text.contains(secret));
    match value {
        Value::String(text) => has(text),
        Value::Array(list) => list.iter().any(|value| holds(value, secrets)),
        Value::Object(object) => object
            .iter()
            .any(|(key, value)| has(key) || holds(value, secrets)),
        _ => false,
    }
}

/// The JSON without the secrets.
fn without(value: Value, secrets: &[&str]) -> Value {
    match value {
        Value::String(text) => Value::String(redacted(&text, secrets)),
        Value::Array(list) => list
            .into_iter()
            .map(|value| without(value, secrets))
            .collect(),
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| (redacted(&key, secrets), without(value, secrets)))
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
