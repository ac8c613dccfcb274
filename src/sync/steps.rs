//! Steps of a run at which a test can end the process. In other builds they do nothing.

/// Passes a step.
#[cfg(not(test))]
pub(super) fn pass(_: &str) {}

/// Passes a step, or ends the process there, as a power failure would.
#[cfg(test)]
pub(super) fn pass(_: &str) {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static PASSED: AtomicUsize = AtomicUsize::new(0);
    let number = PASSED.fetch_add(1, Ordering::Relaxed).saturating_add(1);
    let end = std::env::var("SYNC_END_AT_STEP").ok();
    if end.and_then(|end| end.parse().ok()) == Some(number) {
        std::process::abort();
    }
}
