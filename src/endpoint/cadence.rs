//! The delays between polls.

use std::time::Duration;

/// The delays between the polls of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cadence {
    /// The first delay. Each further one is twice as long, up to `max`.
    first: Duration,
    max: Duration,
    /// Delays that follow from the time since the start, in place of the others.
    steps: &'static [Step],
}

/// A delay, and the time since the start up to which it is used.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    until: Duration,
    delay: Duration,
}

impl Cadence {
    /// Doubles from half a second to 15 seconds: processing an asset takes seconds.
    pub(crate) const ASSETS: Self =
        Self::doubling(Duration::from_millis(500), Duration::from_secs(15));

    /// Doubles from a second to 10 seconds: a restart takes minutes, and its state changes as players leave.
    pub(crate) const RESTARTS: Self =
        Self::doubling(Duration::from_secs(1), Duration::from_secs(10));

    /// Doubles from 2 to 10 seconds: all calls about instances share 45 requests per minute.
    pub(crate) const INSTANCES: Self =
        Self::doubling(Duration::from_secs(2), Duration::from_secs(10));

    /// Doubles from 2 to 10 seconds: a query that is not done at once covers much data.
    #[cfg(feature = "analytics")]
    pub(crate) const ANALYTICS: Self = Self::INSTANCES;
    /// Doubles from 2 to 10 seconds: experiments change within seconds.
    #[cfg(feature = "configs")]
    pub(crate) const EXPERIMENTS: Self =
        Self::doubling(Duration::from_secs(2), Duration::from_secs(10));

    /// Doubles from 6 to 12 seconds: the request that started the operation is repeated, and counts toward 10 per minute.
    pub(crate) const REPEATED: Self =
        Self::doubling(Duration::from_secs(6), Duration::from_secs(12));

    /// Half a second for 20 seconds, a second up to a minute, then 5 seconds: the end of a short script is noticed
    /// soon, and a long one costs few requests.
    pub(crate) const LUAU: Self = Self {
        steps: &[
            Step {
                until: Duration::from_secs(20),
                delay: Duration::from_millis(500),
            },
            Step {
                until: Duration::from_secs(60),
                delay: Duration::from_secs(1),
            },
        ],
        ..Self::doubling(Duration::from_secs(5), Duration::from_secs(5))
    };

    const fn doubling(first: Duration, max: Duration) -> Self {
        Self {
            first,
            max,
            steps: &[],
        }
    }

    /// Creates the delays that a client sets. Each is at least a millisecond, so that waiting is never a busy loop.
    pub(crate) fn new(first: Duration, max: Duration) -> Self {
        let first = first.max(Duration::from_millis(1));
        Self::doubling(first, max.max(first))
    }

    /// Returns the delay that follows this many delays, and this time since the start.
    pub(crate) fn delay(self, after: u32, elapsed: Duration) -> Duration {
        if let Some(step) = self.steps.iter().find(|step| elapsed < step.until) {
            return step.delay;
        }
        let mut delay = self.first;
        for _ in 0..after {
            if delay >= self.max {
                break;
            }
            delay = delay.saturating_mul(2);
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
            [0, 1, 2, 3, 4, 5, 6, 31, 32, u32::MAX]
                .map(|n| cadence.delay(n, Duration::ZERO).as_millis())
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
        assert!(longest.delay(u32::MAX, Duration::ZERO) > Duration::from_secs(1_000_000));
    }

    #[test]
    fn a_short_script_is_noticed_soon_and_a_long_one_costs_few_requests() {
        let mut elapsed = Duration::ZERO;
        let mut polls = 0;
        let mut delays = Vec::new();
        while elapsed < Duration::from_secs(300) {
            let delay = Cadence::LUAU.delay(polls, elapsed);
            if delays.last() != Some(&(delay.as_millis())) {
                delays.push(delay.as_millis());
            }
            elapsed += delay;
            polls += 1;
        }
        assert_eq!(delays, [500, 1000, 5000]);
        assert_eq!(
            polls,
            40 + 40 + 48,
            "polls of a script that takes 5 minutes"
        );
    }
}
