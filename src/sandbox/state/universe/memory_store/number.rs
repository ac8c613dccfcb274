//! Numbers by which items are sorted.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A number with an order.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Number(f64);

impl Number {
    pub(crate) fn new(number: f64) -> Self {
        // Negative zero is the same number as zero.
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
