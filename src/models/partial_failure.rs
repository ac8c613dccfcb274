//! Errors about the parts of a request that failed although the call succeeded.

use std::fmt::Display;

use serde::Serialize;

use crate::error::{Error, ErrorKind};

/// Returns the error about the parts that failed: `2 of 5 names were not updated: …`. `what` says what happened to them.
pub(crate) fn some_failed<F: Display + Serialize>(
    kind: ErrorKind,
    what: &str,
    failed: &[F],
    succeeded: usize,
    code: impl Fn(&F) -> Option<String>,
) -> Error {
    let reasons: Vec<String> = failed.iter().map(ToString::to_string).collect();
    let (count, all) = (failed.len(), failed.len().saturating_add(succeeded));
    let message = format!("{count} of {all} {what}: {}", reasons.join(", "));
    partial_failure(kind, message, failed, code)
}

/// Returns an error with the failed parts as its details. It has the code of the parts, if all of them have the same one.
pub(crate) fn partial_failure<F: Serialize>(
    kind: ErrorKind,
    message: String,
    failed: &[F],
    code: impl Fn(&F) -> Option<String>,
) -> Error {
    Error::new(kind, message).map(|inner| {
        inner.code = common(failed, code).flatten();
        inner.details = serde_json::to_value(failed).ok();
    })
}

/// Returns the value that all parts have in common.
pub(crate) fn common<F, T: PartialEq>(parts: &[F], value: impl Fn(&F) -> T) -> Option<T> {
    let mut values = parts.iter().map(value);
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
