//! Memory stores: queues and sorted maps, whose items expire.

pub(crate) mod queue;
pub(crate) mod sorted_map;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::time::Duration;

use queue::Queue;
use sorted_map::SortedMap;

/// How long an item lives unless the request says otherwise, and at most.
pub(crate) const MAX_LIFETIME: Duration = Duration::from_secs(45 * 24 * 60 * 60);

/// What servers with players share. A flush empties it.
#[derive(Debug, Default)]
pub(crate) struct MemoryStore {
    pub(crate) queues: BTreeMap<String, Queue>,
    pub(crate) maps: BTreeMap<String, SortedMap>,
}

/// A number with an order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number(f64);

impl Number {
    pub(crate) fn new(number: f64) -> Self {
        // Negative zero is no other number.
        Self(number + 0.0)
    }

    pub(crate) fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}
