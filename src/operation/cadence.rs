//! The delays between polls.

use std::time::Duration;

/// The delays between polls: the first one, the factor by which they grow, and the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cadence {
    first: Duration,
    max: Duration,
    /// The growth factor, in tenths.
    growth_tenths: u32,
}

impl Cadence {
    /// Doubles from half a second to 15 seconds: processing an asset takes seconds.
    pub(crate) const ASSETS: Self = Self {
        first: Duration::from_millis(500),
        max: Duration::from_secs(15),
        growth_tenths: 20,
    };

    /// Doubles from a second to 10 seconds: a restart takes minutes, and its state changes as players leave.
    pub(crate) const RESTARTS: Self = Self {
        first: Duration::from_secs(1),
        max: Duration::from_secs(10),
        growth_tenths: 20,
    };

    /// Creates the delays that a client sets. Each is at least a millisecond, so that waiting is never a busy loop.
    pub(crate) fn new(first: Duration, max: Duration) -> Self {
        let first = first.max(Duration::from_millis(1));
        Self {
            first,
            max: max.max(first),
            growth_tenths: 20,
        }
    }

    /// Returns the delay that follows this many delays.
    pub(crate) fn delay(self, after: u32) -> Duration {
        let mut delay = self.first;
        for _ in 0..after {
            if delay >= self.max {
                break;
            }
            delay = delay
                .checked_mul(self.growth_tenths)
                .map_or(self.max, |tenths| tenths / 10);
        }
        delay.min(self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cadence, Duration};

    #[test]
    fn delays_double_up_to_the_maximum() {
        let milliseconds = |cadence: Cadence| {
            [0, 1, 2, 3, 4, 5, 6, 31, 32, u32::MAX].map(|n| cadence.delay(n).as_millis())
        };
        assert_eq!(
            milliseconds(Cadence::ASSETS),
            [
                500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000
            ]
        );
        let none = Cadence::new(Duration::ZERO, Duration::ZERO);
        assert_eq!(milliseconds(none), [1; 10], "never a busy loop");
        let longest = Cadence::new(Duration::from_secs(1), Duration::MAX);
        assert!(longest.delay(u32::MAX) > Duration::from_secs(1_000_000));
    }
}
