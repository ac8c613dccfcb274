//! Makes errors safe to print: removes credentials that a server may have sent back, and cuts long texts.

use std::borrow::Cow;

use serde_json::Value;

use super::percent_encode::encodings;
use crate::error::Inner;

/// The maximum length of a text in an error, in bytes.
const MAX_TEXT_LENGTH: usize = 4 * 1024;
/// The minimum length of a secret that is redacted. Shorter ones occur by chance.
const MIN_SECRET_LENGTH: usize = 4;
const REDACTED: &str = "[redacted]";

/// The maximum length of a body that is searched for secrets, in bytes.
const MAX_SEARCHED_LENGTH: usize = 256 * 1024;

/// Removes the secrets from everything that a server may have sent back, and cuts long texts.
pub(super) fn redact(inner: &mut Inner, secrets: &[&str]) {
    let secrets = encoded_forms(secrets);
    let texts = [&mut inner.code, &mut inner.trace_id, &mut inner.operation];
    for text in texts.into_iter().flatten().chain([&mut inner.message]) {
        *text = excerpt(&redacted(text, &secrets)).to_owned();
        // A terminal would interpret control characters.
        if text.contains(char::is_control) {
            *text = text.replace(char::is_control, " ");
        }
    }
    if let Some(details) = &mut inner.details {
        redact_json(details, &secrets);
    }
    if let Some(body) = &mut inner.body {
        *body = match serde_json::from_str::<Value>(body) {
            // Escapes in the JSON may hide a secret from a search in the text.
            Ok(mut value) if contains_secret(&value, &secrets) => {
                redact_json(&mut value, &secrets);
                excerpt(&value.to_string()).to_owned()
            }
            _ => excerpt(&redacted(body, &secrets)).to_owned(),
        };
    }
}

/// Returns the secrets in all encodings: plain, as in paths, forms and JSON. The longest come first, since one may start
/// with another.
fn encoded_forms(secrets: &[&str]) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for secret in secrets {
        if secret.len() < MIN_SECRET_LENGTH {
            continue;
        }
        let [form, query] = encodings(secret);
        for form in [
            (*secret).to_owned(),
            form,
            query,
            secret.replace('/', "\\/"),
        ] {
            if !forms.contains(&form) {
                let shorter = forms.partition_point(|known| known.len() >= form.len());
                forms.insert(shorter, form);
            }
        }
    }
    forms
}

/// Returns the start of a body as text.
pub(super) fn lossy_prefix(body: &[u8]) -> String {
    String::from_utf8_lossy(body.get(..MAX_SEARCHED_LENGTH).unwrap_or(body)).into_owned()
}

/// Removes the secrets from a text.
fn redacted<'a>(text: &'a str, secrets: &[String]) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    for secret in secrets {
        if text.contains(secret.as_str()) {
            text = Cow::Owned(text.replace(secret.as_str(), REDACTED));
        }
    }
    text
}

fn contains_secret(value: &Value, secrets: &[String]) -> bool {
    let has = |text: &str| secrets.iter().any(|secret| text.contains(secret));
    match value {
        Value::String(text) => has(text),
        Value::Array(list) => list.iter().any(|value| contains_secret(value, secrets)),
        Value::Object(object) => object
            .iter()
            .any(|(key, value)| has(key) || contains_secret(value, secrets)),
        _ => false,
    }
}

/// Removes the secrets from a JSON value.
fn redact_json(value: &mut Value, secrets: &[String]) {
    match value {
        Value::String(text) => *text = redacted(text, secrets).into_owned(),
        Value::Array(list) => {
            for value in list {
                redact_json(value, secrets);
            }
        }
        Value::Object(object) => {
            for (key, mut value) in std::mem::take(object) {
                redact_json(&mut value, secrets);
                object.insert(redacted(&key, secrets).into_owned(), value);
            }
        }
        _ => {}
    }
}

/// Returns the start of a text, cut between characters.
fn excerpt(text: &str) -> &str {
    let mut end = MAX_TEXT_LENGTH.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}
