//! Whether a request that failed is sent again, and when. A pure function of what happened: it neither sleeps nor
//! draws random numbers.

use std::time::Duration;

use super::config::MAX_TIMEOUT;
use crate::error::Retryability;

/// How often, and after which pauses, a failed request is sent again.
///
/// What is repeated at all is not a matter of taste: 429 always, since the service did nothing; a connection that was
/// never established, always; 5xx, time-outs and lost connections only where doing it twice does no harm. Uploads are
/// never repeated once a byte may have been processed.
///
/// The pauses grow twofold and are drawn between nothing and that, so that many clients do not come back at once.
/// Where the service says how long to wait, that counts; if it is longer than the longest pause, the error comes back
/// at once, with [`Error::retry_after`](crate::Error::retry_after).
///
/// ```
/// use std::time::Duration;
/// use rblx_open_cloud::{Client, RetryPolicy};
///
/// let patient = RetryPolicy::default().max_attempts(8).max_backoff(Duration::from_secs(60)).max_elapsed(Duration::from_secs(600));
/// let client = Client::builder("api-key").base_url("http://127.0.0.1:4306").retry(patient).build()?;
/// let never = Client::builder("api-key").base_url("http://127.0.0.1:4306").retry(RetryPolicy::none()).build()?;
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    max_elapsed: Duration,
}

impl Default for RetryPolicy {
    /// 4 attempts, pauses from half a second up to 20 seconds, and no attempt begun after a minute.
    fn default() -> Self {
        Self {
            max_attempts: 4,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
            max_elapsed: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Every request is sent once.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// How many times a request is sent at most, the first time included.
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// The pause before the second attempt, at most; each further one may be twice as long.
    pub fn initial_backoff(mut self, pause: Duration) -> Self {
        self.initial_backoff = pause;
        self
    }

    /// No pause is longer, whether jittered or demanded by the service.
    pub fn max_backoff(mut self, pause: Duration) -> Self {
        self.max_backoff = pause;
        self
    }

    /// The time within which further attempts may begin, counted from the beginning of the first one.
    pub fn max_elapsed(mut self, max_elapsed: Duration) -> Self {
        self.max_elapsed = max_elapsed;
        self
    }

    /// The same, with no more time than this.
    pub(super) fn limited_to(&self, left: Duration) -> Self {
        self.clone().max_elapsed(self.max_elapsed.min(left))
    }
}

/// One failed attempt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    /// How many attempts were made, this one included.
    pub(super) number: u32,
    pub(super) retryability: Retryability,
    /// Doing it twice does no harm.
    pub(super) is_idempotent: bool,
    /// How long the service asks to wait.
    pub(super) retry_after: Option<Duration>,
    /// Since the beginning of the first attempt.
    pub(super) elapsed: Duration,
}

/// The pause before the next attempt, or `None` if there is none. `random_unit` is a random number from 0 to 1.
pub(super) fn next_delay(
    policy: &RetryPolicy,
    attempt: Attempt,
    random_unit: f64,
) -> Option<Duration> {
    let is_allowed = match attempt.retryability {
        Retryability::Permanent => false,
        Retryability::NotSent | Retryability::Throttled => true,
        Retryability::Ambiguous => attempt.is_idempotent,
    };
    if !is_allowed || attempt.number >= policy.max_attempts {
        return None;
    }
    let doublings = attempt.number.saturating_sub(1);
    let backoff = policy
        .initial_backoff
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(policy.max_backoff)
        .min(MAX_TIMEOUT);
    let jittered = backoff.mul_f64(random_unit.clamp(0.0, 1.0));
    let pause = attempt
        .retry_after
        .map_or(jittered, |asked| asked.max(jittered));
    let is_in_time = attempt
        .elapsed
        .checked_add(pause)
        .is_some_and(|begin| begin <= policy.max_elapsed);
    (pause <= policy.max_backoff && is_in_time).then_some(pause)
}

/// A number from 0 to 1 that differs each time; the hash maps of the standard library have one at hand.
pub(super) fn random_unit() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or_default();
    f64::from(bits) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Attempt, Duration, RetryPolicy, Retryability, next_delay};

    const NO: Option<u64> = None;

    fn milliseconds(attempt: Attempt, random_unit: f64) -> Option<u128> {
        next_delay(&RetryPolicy::default(), attempt, random_unit).map(|delay| delay.as_millis())
    }

    /// number, retryability, repeatable, retry-after in seconds, elapsed in seconds → longest drawn pause in milliseconds
    type Row = (u32, Retryability, bool, Option<u64>, u64, Option<u128>);

    #[test]
    fn the_whole_decision_as_a_table() {
        let rows: &[Row] = &[
            // What will not change is not asked again.
            (1, Retryability::Permanent, true, NO, 0, None),
            (1, Retryability::Permanent, false, Some(1), 0, None),
            // Nothing was done: again, whatever it is.
            (1, Retryability::NotSent, true, NO, 0, Some(500)),
            (1, Retryability::NotSent, false, NO, 0, Some(500)),
            (1, Retryability::Throttled, true, NO, 0, Some(500)),
            (1, Retryability::Throttled, false, NO, 0, Some(500)),
            // Something may have been done: again only where twice does no harm.
            (1, Retryability::Ambiguous, true, NO, 0, Some(500)),
            (1, Retryability::Ambiguous, false, NO, 0, None),
            (1, Retryability::Ambiguous, false, Some(1), 0, None),
            // Pauses double, attempts end.
            (2, Retryability::Ambiguous, true, NO, 0, Some(1000)),
            (3, Retryability::Ambiguous, true, NO, 0, Some(2000)),
            (4, Retryability::Ambiguous, true, NO, 0, None),
            (u32::MAX, Retryability::Throttled, true, NO, 0, None),
            // What the service asks for is a least wait; too long a one is the caller's decision.
            (1, Retryability::Throttled, false, Some(5), 0, Some(5000)),
            (3, Retryability::Throttled, false, Some(1), 0, Some(2000)),
            (1, Retryability::Throttled, true, Some(20), 0, Some(20_000)),
            (1, Retryability::Throttled, true, Some(21), 0, None),
            (1, Retryability::Throttled, true, Some(u64::MAX), 0, None),
            (1, Retryability::Ambiguous, true, Some(7), 0, Some(7000)),
            // The time budget counts the pause as well.
            (1, Retryability::Throttled, true, Some(20), 40, Some(20_000)),
            (1, Retryability::Throttled, true, Some(20), 41, None),
            (1, Retryability::Ambiguous, true, NO, 60, None),
            (1, Retryability::Ambiguous, true, NO, u64::MAX, None),
        ];
        for row @ &(number, retryability, is_idempotent, retry_after, elapsed, expected) in rows {
            let retry_after = retry_after.map(Duration::from_secs);
            let attempt = Attempt {
                number,
                retryability,
                is_idempotent,
                retry_after,
                elapsed: Duration::from_secs(elapsed),
            };
            assert_eq!(milliseconds(attempt, 1.0), expected, "{row:?}");
        }
    }

    #[test]
    fn pauses_are_drawn_from_the_whole_range() {
        let attempt = Attempt {
            number: 2,
            retryability: Retryability::Ambiguous,
            is_idempotent: true,
            retry_after: None,
            elapsed: Duration::ZERO,
        };
        for (draw, expected) in [(0.0, 0), (0.5, 500), (1.0, 1000), (-1.0, 0), (7.0, 1000)] {
            assert_eq!(milliseconds(attempt, draw), Some(expected));
        }
        let asked = Attempt {
            retry_after: Some(Duration::from_secs(3)),
            ..attempt
        };
        assert_eq!(
            milliseconds(asked, 0.0),
            Some(3000),
            "never earlier than the service asks"
        );
        let draws: Vec<f64> = (0..100).map(|_| super::random_unit()).collect();
        assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)));
        assert!(draws.iter().any(|draw| *draw < 0.3) && draws.iter().any(|draw| *draw > 0.7));
    }

    #[test]
    fn extreme_policies_do_no_harm() {
        let attempt = Attempt {
            number: 1,
            retryability: Retryability::Throttled,
            is_idempotent: true,
            retry_after: None,
            elapsed: Duration::ZERO,
        };
        assert_eq!(next_delay(&RetryPolicy::none(), attempt, 1.0), None);
        assert_eq!(
            next_delay(&RetryPolicy::default().max_attempts(0), attempt, 1.0),
            None
        );
        let endless = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .initial_backoff(Duration::MAX)
            .max_backoff(Duration::MAX)
            .max_elapsed(Duration::MAX);
        for number in [1, 2, 100, u32::MAX - 1] {
            let pause = next_delay(&endless, Attempt { number, ..attempt }, 0.5);
            assert!(pause.is_some_and(|pause| pause < Duration::MAX));
        }
        let asked = Attempt {
            retry_after: Some(Duration::MAX),
            elapsed: Duration::MAX,
            ..attempt
        };
        assert_eq!(next_delay(&endless, asked, 1.0), None);
    }
}
