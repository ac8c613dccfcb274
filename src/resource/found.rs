//! Lookups of resources that may not exist.

use crate::error::{Error, ErrorKind, Result};

/// Turns `NotFound` into `None`, except for a web page with a 404, which is not about the resource.
pub(super) fn found<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound && !is_html(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_html(error: &Error) -> bool {
    let body = error.body().unwrap_or_default();
    body.trim_start().starts_with('<')
}
