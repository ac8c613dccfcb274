//! The pauses between two questions.

use std::time::Duration;

/// How long to wait between two questions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Polling {
    first: Duration,
    longest: Duration,
}

impl Polling {
    /// At least a millisecond, so that waiting never turns into a busy loop.
    pub(crate) fn new(first: Duration, longest: Duration) -> Self {
        let first = first.max(Duration::from_millis(1));
        Self {
            first,
            longest: longest.max(first),
        }
    }

    /// The pause after so many pauses: each is twice as long as the one before, up to the longest.
    pub(super) fn pause(self, after: u32) -> Duration {
        self.first
            .saturating_mul(2_u32.saturating_pow(after))
            .min(self.longest)
    }
}

impl Default for Polling {
    fn default() -> Self {
        Self::new(Duration::from_millis(500), Duration::from_secs(15))
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Polling};

    #[test]
    fn pauses_double_up_to_the_longest() {
        let milliseconds = |polling: Polling| {
            [0, 1, 2, 3, 4, 5, 6, 31, 32, u32::MAX].map(|n| polling.pause(n).as_millis())
        };
        assert_eq!(
            milliseconds(Polling::default()),
            [
                500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000
            ]
        );
        let none = Polling::new(Duration::ZERO, Duration::ZERO);
        assert_eq!(milliseconds(none), [1; 10], "never a busy loop");
        let longest = Polling::new(Duration::from_secs(1), Duration::MAX);
        assert!(longest.pause(u32::MAX) > Duration::from_secs(1_000_000));
    }
}
