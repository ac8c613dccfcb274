//! Notifications that were delivered before.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hmac_sha256::Hash;

const DEFAULT_CAPACITY: usize = 10_000;

/// The ids of the last notifications, to recognize one that is delivered again.
///
/// The service repeats a delivery that was not acknowledged in time, and anyone who reads a notification can repeat it
/// while its age is accepted. This remembers the last 10,000 ids unless another number is set, 64 bytes each whatever
/// their length. It can be shared by threads. After a restart it is empty: what must never be done twice, such as
/// granting an item, needs a persistent record.
///
/// ```
/// use rblx_open_cloud::webhooks::SeenNotifications;
///
/// let seen = SeenNotifications::with_capacity(1_000);
/// assert!(seen.insert("b7e6a3c1"), "new");
/// assert!(!seen.insert("b7e6a3c1"), "a duplicate");
/// seen.remove("b7e6a3c1"); // it could not be handled, and is delivered again
/// assert!(seen.insert("b7e6a3c1"));
/// ```
#[derive(Debug)]
pub struct SeenNotifications {
    capacity: usize,
    seen: Mutex<Seen>,
}

/// The digests of the ids, also in the order of their arrival.
#[derive(Debug, Default)]
struct Seen {
    digests: HashSet<[u8; 32]>,
    order: VecDeque<[u8; 32]>,
}

impl SeenNotifications {
    /// Remembers this number of ids, at least one; the oldest is forgotten first.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            seen: Mutex::default(),
        }
    }

    /// Records an id. Returns whether it is new.
    pub fn insert(&self, notification_id: &str) -> bool {
        let digest = Hash::hash(notification_id.as_bytes());
        let mut seen = self.lock();
        if !seen.digests.insert(digest) {
            return false;
        }
        seen.order.push_back(digest);
        if seen.order.len() > self.capacity
            && let Some(oldest) = seen.order.pop_front()
        {
            seen.digests.remove(&oldest);
        }
        true
    }

    /// Forgets an id whose notification could not be handled, so that the next delivery is new again.
    pub fn remove(&self, notification_id: &str) {
        let digest = Hash::hash(notification_id.as_bytes());
        let mut seen = self.lock();
        if seen.digests.remove(&digest) {
            seen.order.retain(|known| *known != digest);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for SeenNotifications {
    fn default() -> Self {
        Self::with_capacity(DEFAULT_CAPACITY)
    }
}
