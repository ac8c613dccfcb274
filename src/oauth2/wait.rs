//! The one place where this module sleeps.

use std::thread;
use std::time::Duration;

/// Sleeps between two polls of a loop that checks its own deadline. Callers keep it below 100 ms.
pub(super) fn poll_delay(duration: Duration) {
    thread::sleep(duration);
}
