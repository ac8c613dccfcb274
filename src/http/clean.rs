//! Errors that are safe to print: no credential, whatever a server sent back, and not too much text.

use serde_json::Value;

use crate::error::Facts;

/// Of a text this much is kept, in bytes.
const EXCERPT: usize = 4 * 1024;
/// A secret shorter than this is no secret, and its letters occur by chance.
const SHORTEST_SECRET: usize = 4;
const REDACTED: &str = "[redacted]";

/// Cuts what is too long, and takes the secret out of everything that a server may have sent back.
pub(super) fn clean(facts: &mut Facts, secret: &str) {
    let clean = |text: &mut String| {
        *text = excerpt(&redacted(text, secret));
    };
    clean(&mut facts.message);
    for text in [&mut facts.code, &mut facts.trace_id, &mut facts.operation]
        .into_iter()
        .flatten()
    {
        clean(text);
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

fn redacted(text: &str, secret: &str) -> String {
    if secret.len() < SHORTEST_SECRET {
        text.to_owned()
    } else {
        text.replace(secret, REDACTED)
    }
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
