//! Numbers and Boolean values in paths, queries, filters and JSON.

use std::time::Duration;

use serde_json::{Number, Value};

use crate::models::serde_helpers::duration;

/// 2^63: floating-point numbers from here on do not fit into 64 bits.
const INTEGER_END: f64 = 9_223_372_036_854_775_808.0;

/// Parses a number in plain digits.
pub(crate) fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Parses a number that JSON contains as a number or as text.
pub(crate) fn json_number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str().and_then(number))
}

/// Returns a whole number of 64 bits, even if it is written with an exponent or a fraction of zero.
pub(crate) fn integer(number: &Number) -> Option<i64> {
    let is_integer =
        |float: &f64| float.fract() == 0.0 && (-INTEGER_END..INTEGER_END).contains(float);
    let float = || number.as_f64().filter(is_integer);
    #[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
    let from_float = || float().map(|float| float as i64);
    number.as_i64().or_else(from_float)
}

/// Parses a duration such as `3s`. Other forms, and no time at all, are rejected.
pub(crate) fn seconds(text: &str) -> Option<Duration> {
    let duration = duration::parse(text).filter(|_| text.ends_with('s'))?;
    (!duration.is_zero()).then_some(duration)
}

/// Splits `field == value`.
pub(crate) fn field_and_value(condition: &str) -> Option<(&str, &str)> {
    let (field, value) = condition.split_once("==")?;
    Some((field.trim(), value.trim()))
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
