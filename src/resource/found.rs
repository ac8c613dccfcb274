//! Lookups of what may not be there.

use crate::error::{Error, ErrorKind, Result};

/// Returns `None` for what the service does not find. A web page with a 404 says nothing about the resource.
pub(super) fn found<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound && !is_page(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_page(error: &Error) -> bool {
    let body = error.body().unwrap_or_default();
    body.trim_start().starts_with('<')
}
