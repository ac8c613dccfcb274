//! Lengths of time in requests.

use std::time::Duration;

use crate::error::{Error, Result};
use crate::models::serde_helpers::duration;

/// Maximum time to live of an item, in seconds: 45 days.
const MAX_LIFETIME: u64 = 3_888_000;

/// Returns the time to live of an item, as the service accepts it.
pub(super) fn lifetime(time: Option<Duration>) -> Result<Option<String>> {
    let Some(time) = time else { return Ok(None) };
    if !is_whole(time) || time.as_secs() > MAX_LIFETIME {
        return Err(Error::invalid_input(format!(
            "an item of a memory store lives 1 to {MAX_LIFETIME} whole seconds (45 days), not {time:?}"
        )));
    }
    Ok(Some(duration::to_text(time)))
}

/// Returns the time for which the items of a read are invisible, as the service accepts it.
pub(super) fn window(time: Option<Duration>) -> Result<Option<String>> {
    let Some(time) = time else { return Ok(None) };
    if !is_whole(time) {
        return Err(Error::invalid_input(format!(
            "items are invisible for whole seconds, at least 1, not {time:?}"
        )));
    }
    Ok(Some(duration::to_text(time)))
}

fn is_whole(time: Duration) -> bool {
    time.as_secs() > 0 && time.subsec_nanos() == 0
}
