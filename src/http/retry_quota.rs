//! The retry quota: limits the retries of all clones of a client, so that they do not multiply the load of an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// The tokens that are left. Retries take them, successes give them back.
#[derive(Debug)]
pub(super) struct RetryQuota {
    capacity: u32,
    left: AtomicU32,
}

impl RetryQuota {
    pub(super) fn new(capacity: u32) -> Self {
        Self {
            capacity,
            left: AtomicU32::new(capacity),
        }
    }

    /// Takes tokens. Returns false if there are not enough.
    pub(super) fn take(&self, cost: u32) -> bool {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(cost)
            })
            .is_ok()
    }

    /// Gives back the tokens that the retries of a successful call took, or 1 if it needed none.
    pub(super) fn give_back(&self, taken: u32) {
        let capacity = self.capacity;
        if taken == 0 && self.left.load(Ordering::Relaxed) == capacity {
            return;
        }
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                Some(left.saturating_add(taken.max(1)).min(capacity))
            });
    }
}
