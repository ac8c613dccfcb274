//! Limits of the values in requests.

use crate::error::{Error, Result};

/// Returns an error if a text has more than `max` characters.
pub(crate) fn validate_length(what: &str, text: &str, max: usize) -> Result<()> {
    let length = text.chars().count();
    if length > max {
        return Err(Error::invalid_input(format!(
            "{what} has {length} characters; the maximum is {max}"
        )));
    }
    Ok(())
}

/// Returns the number, or an error if it is infinite or not a number. JSON would write it as null.
pub(crate) fn finite(what: &str, number: f64) -> Result<f64> {
    if number.is_finite() {
        return Ok(number);
    }
    Err(Error::invalid_input(format!(
        "{what} must be a finite number, not {number}"
    )))
}
