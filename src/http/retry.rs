//! Decides whether and when a failed request is retried. A pure function: it neither sleeps nor generates random
//! numbers.

use std::time::Duration;

use super::retry_policy::RetryPolicy;
use crate::endpoint::Repeat;
use crate::error::Retryability;

/// The tokens that a retry takes from the quota.
const RETRY_COST: u32 = 14;
/// The maximum delay of any policy.
const MAX_DELAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The factor by which delays after a 429 grow.
const THROTTLE_GROWTH: u32 = 8;
/// Shorter waits that the service names are ignored: its windows last a minute.
const MIN_NAMED_WAIT: Duration = Duration::from_millis(1001);

/// One failed attempt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    /// The number of attempts so far, including this one.
    pub(super) number: u32,
    pub(super) retryability: Retryability,
    pub(super) repeat: Repeat,
    /// The wait that the service names.
    pub(super) retry_after: Option<Duration>,
    /// The time since the start of the first attempt.
    pub(super) elapsed: Duration,
}

impl Attempt {
    fn may_be_repeated(self) -> bool {
        match self.retryability {
            Retryability::Permanent => false,
            Retryability::NotSent | Retryability::Throttled => true,
            Retryability::Ambiguous => self.repeat >= Repeat::AfterLoss,
            Retryability::ServerError => self.repeat == Repeat::Always,
        }
    }

    /// Returns the tokens that the next attempt takes from the retry quota.
    pub(super) fn cost(self) -> u32 {
        match (self.retryability, self.named_wait()) {
            (Retryability::Throttled, Some(_)) => 0,
            _ => RETRY_COST,
        }
    }

    /// Returns the wait that the service names, unless it is too short.
    fn named_wait(self) -> Option<Duration> {
        self.retry_after.filter(|named| *named >= MIN_NAMED_WAIT)
    }

    /// Returns the delay before the next attempt by the policy.
    fn backoff(self, policy: &RetryPolicy, random_unit: f64) -> Duration {
        let steps = self.number.saturating_sub(1);
        let (first, growth, jitter) = match self.retryability {
            // Less jitter: after a delay near zero, the same window would still be used up.
            Retryability::Throttled => (policy.first_throttle_backoff(), THROTTLE_GROWTH, 0.125),
            _ => (policy.initial_backoff, 2, 1.0),
        };
        let max_delay = first
            .saturating_mul(growth.saturating_pow(steps))
            .min(policy.max_backoff)
            .min(MAX_DELAY);
        max_delay.mul_f64(1.0 - jitter * (1.0 - random_unit.clamp(0.0, 1.0)))
    }
}

/// Returns the delay before the next attempt, or `None` if there is none. `random_unit` is a random number from 0 to 1.
pub(super) fn next_delay(
    policy: &RetryPolicy,
    attempt: Attempt,
    random_unit: f64,
) -> Option<Duration> {
    if !attempt.may_be_repeated() || attempt.number >= policy.max_attempts {
        return None;
    }
    let backoff = attempt.backoff(policy, random_unit);
    let delay = match (attempt.named_wait(), attempt.retryability) {
        // The wait that the service names is exact.
        (Some(named), Retryability::Throttled) => named,
        (named, _) => named.map_or(backoff, |named| named.max(backoff)),
    };
    let is_in_time = attempt
        .elapsed
        .checked_add(delay)
        .is_some_and(|start| start <= policy.max_elapsed);
    (delay <= policy.max_backoff && is_in_time).then_some(delay)
}

/// Returns the delay before a change is tried again after a conflict with another writer. It is shorter than after a
/// failure, since the service works.
pub(super) fn conflict_delay(policy: &RetryPolicy, number: u32, random_unit: f64) -> Duration {
    let first = policy.initial_backoff.min(policy.max_backoff) / 8;
    let growth = 2_u32.saturating_pow(number.saturating_sub(1));
    let max_delay = first.saturating_mul(growth).min(policy.max_backoff);
    max_delay
        .min(MAX_DELAY)
        .mul_f64(random_unit.clamp(0.0, 1.0))
}

/// Returns a random number from 0 to 1, from the hash seeds of the standard library.
pub(super) fn random_unit() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or_default();
    f64::from(bits) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Attempt, Duration, Repeat, RetryPolicy, Retryability, next_delay};
    use Repeat::{AfterLoss, Always, Never};
    use Retryability::{Ambiguous, NotSent, Permanent, ServerError, Throttled};

    const NO: Option<u64> = None;

    fn milliseconds(attempt: Attempt, random_unit: f64) -> Option<u128> {
        next_delay(&RetryPolicy::default(), attempt, random_unit).map(|delay| delay.as_millis())
    }

    /// number, retryability, repeat, retry-after in seconds, elapsed in seconds → maximum delay in milliseconds
    type Row = (u32, Retryability, Repeat, Option<u64>, u64, Option<u128>);

    #[test]
    fn the_whole_decision_as_a_table() {
        let rows: &[Row] = &[
            // Permanent failures are not retried.
            (1, Permanent, Always, NO, 0, None),
            (1, Permanent, Never, Some(1), 0, None),
            // Requests that were not sent are always retried.
            (1, NotSent, Always, NO, 0, Some(500)),
            (1, NotSent, Never, NO, 0, Some(500)),
            (1, Throttled, Always, NO, 0, Some(1000)),
            (1, Throttled, Never, NO, 0, Some(1000)),
            // Requests that may have been carried out are retried only if that does no harm.
            (1, Ambiguous, Always, NO, 0, Some(500)),
            (1, Ambiguous, AfterLoss, NO, 0, Some(500)),
            (1, Ambiguous, Never, NO, 0, None),
            (1, Ambiguous, Never, Some(1), 0, None),
            (1, ServerError, Always, NO, 0, Some(500)),
            (1, ServerError, AfterLoss, NO, 0, None),
            (1, ServerError, Never, NO, 0, None),
            // Delays double, attempts end.
            (2, Ambiguous, Always, NO, 0, Some(1000)),
            (3, Ambiguous, Always, NO, 0, Some(2000)),
            (4, Ambiguous, Always, NO, 0, None),
            (u32::MAX, Throttled, Always, NO, 0, None),
            // Four attempts take longer than a window of a minute whose end the service does not name.
            (2, Throttled, Always, NO, 1, Some(8000)),
            (3, Throttled, Always, NO, 9, Some(64_000)),
            // The wait that the service names is used, unless it is too short or too long.
            (1, Throttled, Never, Some(5), 0, Some(5000)),
            (1, Throttled, Never, Some(0), 0, Some(1000)),
            (2, Throttled, Never, Some(1), 0, Some(8000)),
            (1, Throttled, Always, Some(60), 0, Some(60_000)),
            (1, Throttled, Always, Some(66), 0, None),
            (1, Throttled, Always, Some(u64::MAX), 0, None),
            (1, ServerError, Always, Some(7), 0, Some(7000)),
            // Bounds of a named wait: one that is too short is ignored, one that is too long ends the call.
            (1, ServerError, Always, Some(0), 0, Some(500)),
            (1, ServerError, Always, Some(1), 0, Some(500)),
            (1, ServerError, Always, Some(2), 0, Some(2000)),
            (1, ServerError, Always, Some(65), 0, Some(65_000)),
            (1, ServerError, Always, Some(66), 0, None),
            (1, ServerError, AfterLoss, Some(2), 0, None),
            (1, NotSent, Never, Some(2), 0, Some(2000)),
            (3, Throttled, Never, Some(2), 9, Some(2000)),
            (1, Throttled, Always, Some(65), 235, Some(65_000)),
            (1, Throttled, Always, Some(65), 236, None),
            // The time budget includes the delay.
            (1, Throttled, Always, Some(60), 240, Some(60_000)),
            (1, Throttled, Always, Some(60), 241, None),
            (1, Ambiguous, Always, NO, 300, None),
            (1, Ambiguous, Always, NO, u64::MAX, None),
        ];
        for row @ &(number, retryability, repeat, retry_after, elapsed, expected) in rows {
            let attempt = Attempt {
                number,
                retryability,
                repeat,
                retry_after: retry_after.map(Duration::from_secs),
                elapsed: Duration::from_secs(elapsed),
            };
            assert_eq!(milliseconds(attempt, 1.0), expected, "{row:?}");
        }
    }

    const ATTEMPT: Attempt = Attempt {
        number: 2,
        retryability: Ambiguous,
        repeat: Always,
        retry_after: None,
        elapsed: Duration::ZERO,
    };

    #[test]
    fn delays_after_faults_have_full_jitter() {
        for (random_unit, expected) in [(0.0, 0), (0.5, 500), (1.0, 1000), (-1.0, 0), (7.0, 1000)] {
            assert_eq!(milliseconds(ATTEMPT, random_unit), Some(expected));
        }
        let named = Attempt {
            retry_after: Some(Duration::from_secs(3)),
            ..ATTEMPT
        };
        assert_eq!(
            milliseconds(named, 0.0),
            Some(3000),
            "never earlier than the service asks"
        );
        let units: Vec<f64> = (0..100).map(|_| super::random_unit()).collect();
        assert!(units.iter().all(|unit| (0.0..=1.0).contains(unit)));
        assert!(units.iter().any(|unit| *unit < 0.3) && units.iter().any(|unit| *unit > 0.7));
    }

    #[test]
    fn delays_after_throttling_outlast_a_minute_with_any_jitter() {
        let delay = |number| {
            let throttled = Attempt {
                number,
                retryability: Throttled,
                ..ATTEMPT
            };
            milliseconds(throttled, 0.0).unwrap_or_default()
        };
        assert!(delay(1) + delay(2) + delay(3) >= 60_000);
    }

    #[test]
    fn only_a_wait_that_the_service_names_costs_nothing() {
        for (retryability, retry_after, expected) in [
            (Throttled, Some(5), 0),
            (Throttled, Some(1), 14),
            (Throttled, NO, 14),
            (NotSent, NO, 14),
            (Ambiguous, Some(5), 14),
            (ServerError, NO, 14),
        ] {
            let retry_after = retry_after.map(Duration::from_secs);
            let attempt = Attempt {
                retryability,
                retry_after,
                ..ATTEMPT
            };
            assert_eq!(attempt.cost(), expected, "{attempt:?}");
        }
    }

    #[test]
    fn the_first_delay_after_throttling_can_be_set_apart() {
        let policy = RetryPolicy::default()
            .initial_backoff(Duration::from_millis(10))
            .max_backoff(Duration::from_secs(4));
        let delays = |policy: &RetryPolicy, retryability| {
            [1, 2, 3].map(|number| {
                let attempt = Attempt {
                    number,
                    retryability,
                    ..ATTEMPT
                };
                next_delay(policy, attempt, 1.0).map(|delay| delay.as_millis())
            })
        };
        assert_eq!(
            delays(&policy, Throttled),
            [Some(20), Some(160), Some(1280)]
        );
        let apart = policy.throttle_backoff(Duration::from_millis(100));
        assert_eq!(
            delays(&apart, Throttled),
            [Some(100), Some(800), Some(4000)]
        );
        assert_eq!(delays(&apart, Ambiguous), [Some(10), Some(20), Some(40)]);
        assert_eq!(RetryPolicy::none().to_string(), "1 attempt");
        assert!(format!("{apart:?}").contains("throttle_backoff: Some(100ms)"));
    }

    #[test]
    fn extreme_policies_do_no_harm() {
        let attempt = Attempt {
            number: 1,
            retryability: Throttled,
            ..ATTEMPT
        };
        assert_eq!(next_delay(&RetryPolicy::none(), attempt, 1.0), None);
        let no_attempts = RetryPolicy::default().max_attempts(0);
        assert_eq!(next_delay(&no_attempts, attempt, 1.0), None);
        let endless = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .initial_backoff(Duration::MAX)
            .max_backoff(Duration::MAX)
            .max_elapsed(Duration::MAX);
        for number in [1, 2, 100, u32::MAX - 1] {
            let delay = next_delay(&endless, Attempt { number, ..attempt }, 0.5);
            assert!(delay.is_some_and(|delay| delay < Duration::MAX));
        }
        let named = Attempt {
            retry_after: Some(Duration::MAX),
            elapsed: Duration::MAX,
            ..attempt
        };
        assert_eq!(next_delay(&endless, named, 1.0), None);
    }
}
