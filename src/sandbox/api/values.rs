//! Numbers and Boolean values in paths, queries, filters and JSON.

use serde_json::Value;

/// Parses a number in plain digits.
pub(crate) fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Parses a number that JSON contains as a number or as text.
pub(crate) fn json_number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str().and_then(number))
}

/// Parses `true` and `false`. Python clients write `True` and `False`.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Returns the text between single or double quotes.
pub(crate) fn quoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"'))
}

/// Returns the id in a quoted resource path such as `'users/156'`.
pub(crate) fn quoted_id(text: &str, collection: &str) -> Option<u64> {
    let path = quoted(text)?.strip_prefix(collection)?;
    number(path.strip_prefix('/')?)
}
