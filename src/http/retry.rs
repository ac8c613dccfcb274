//! Whether a request that failed is sent again, and when. A pure function of what happened: it neither sleeps nor
//! draws random numbers.

use std::time::Duration;

use super::settings::LONGEST;

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

    /// No pause is longer, whether drawn or demanded by the service.
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
    pub(super) fn within(&self, left: Duration) -> Self {
        self.clone().max_elapsed(self.max_elapsed.min(left))
    }
}

/// What a failure says about the request: was anything done?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Fate {
    /// The answer will be the same next time.
    #[default]
    Final,
    /// Nothing reached the service.
    NeverSent,
    /// The service refused before it did anything (429).
    Refused,
    /// Something may have been done: 5xx, a time-out, a lost connection, an answer that was cut off.
    Unclear,
}

/// One failed attempt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    /// How many attempts were made, this one included.
    pub(super) number: u32,
    pub(super) fate: Fate,
    /// Doing it twice does no harm.
    pub(super) is_repeatable: bool,
    /// How long the service asks to wait.
    pub(super) retry_after: Option<Duration>,
    /// Since the beginning of the first attempt.
    pub(super) elapsed: Duration,
}

/// The pause before the next attempt, or `None` if there is none. `draw` is a random number from 0 to 1.
pub(super) fn pause(policy: &RetryPolicy, attempt: Attempt, draw: f64) -> Option<Duration> {
    let is_allowed = match attempt.fate {
        Fate::Final => false,
        Fate::NeverSent | Fate::Refused => true,
        Fate::Unclear => attempt.is_repeatable,
    };
    if !is_allowed || attempt.number >= policy.max_attempts {
        return None;
    }
    let doublings = attempt.number.saturating_sub(1);
    let grown = policy
        .initial_backoff
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(policy.max_backoff)
        .min(LONGEST);
    let drawn = grown.mul_f64(draw.clamp(0.0, 1.0));
    let pause = attempt.retry_after.map_or(drawn, |asked| asked.max(drawn));
    let is_in_time = attempt
        .elapsed
        .checked_add(pause)
        .is_some_and(|begin| begin <= policy.max_elapsed);
    (pause <= policy.max_backoff && is_in_time).then_some(pause)
}

/// A number from 0 to 1 that differs each time; the hash maps of the standard library have one at hand.
pub(super) fn draw() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or_default();
    f64::from(bits) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Attempt, Duration, Fate, RetryPolicy, pause};

    const NO: Option<u64> = None;

    fn milliseconds(attempt: Attempt, draw: f64) -> Option<u128> {
        pause(&RetryPolicy::default(), attempt, draw).map(|pause| pause.as_millis())
    }

    /// number, fate, repeatable, retry-after in seconds, elapsed in seconds → longest drawn pause in milliseconds
    type Row = (u32, Fate, bool, Option<u64>, u64, Option<u128>);

    #[test]
    fn the_whole_decision_as_a_table() {
        let rows: &[Row] = &[
            // What will not change is not asked again.
            (1, Fate::Final, true, NO, 0, None),
            (1, Fate::Final, false, Some(1), 0, None),
            // Nothing was done: again, whatever it is.
            (1, Fate::NeverSent, true, NO, 0, Some(500)),
            (1, Fate::NeverSent, false, NO, 0, Some(500)),
            (1, Fate::Refused, true, NO, 0, Some(500)),
            (1, Fate::Refused, false, NO, 0, Some(500)),
            // Something may have been done: again only where twice does no harm.
            (1, Fate::Unclear, true, NO, 0, Some(500)),
            (1, Fate::Unclear, false, NO, 0, None),
            (1, Fate::Unclear, false, Some(1), 0, None),
            // Pauses double, attempts end.
            (2, Fate::Unclear, true, NO, 0, Some(1000)),
            (3, Fate::Unclear, true, NO, 0, Some(2000)),
            (4, Fate::Unclear, true, NO, 0, None),
            (u32::MAX, Fate::Refused, true, NO, 0, None),
            // What the service asks for is a least wait; too long a one is the caller's decision.
            (1, Fate::Refused, false, Some(5), 0, Some(5000)),
            (3, Fate::Refused, false, Some(1), 0, Some(2000)),
            (1, Fate::Refused, true, Some(20), 0, Some(20_000)),
            (1, Fate::Refused, true, Some(21), 0, None),
            (1, Fate::Refused, true, Some(u64::MAX), 0, None),
            (1, Fate::Unclear, true, Some(7), 0, Some(7000)),
            // The time budget counts the pause as well.
            (1, Fate::Refused, true, Some(20), 40, Some(20_000)),
            (1, Fate::Refused, true, Some(20), 41, None),
            (1, Fate::Unclear, true, NO, 60, None),
            (1, Fate::Unclear, true, NO, u64::MAX, None),
        ];
        for row @ &(number, fate, is_repeatable, retry_after, elapsed, expected) in rows {
            let retry_after = retry_after.map(Duration::from_secs);
            let attempt = Attempt {
                number,
                fate,
                is_repeatable,
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
            fate: Fate::Unclear,
            is_repeatable: true,
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
        let draws: Vec<f64> = (0..100).map(|_| super::draw()).collect();
        assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)));
        assert!(draws.iter().any(|draw| *draw < 0.3) && draws.iter().any(|draw| *draw > 0.7));
    }

    #[test]
    fn extreme_policies_do_no_harm() {
        let attempt = Attempt {
            number: 1,
            fate: Fate::Refused,
            is_repeatable: true,
            retry_after: None,
            elapsed: Duration::ZERO,
        };
        assert_eq!(pause(&RetryPolicy::none(), attempt, 1.0), None);
        assert_eq!(
            pause(&RetryPolicy::default().max_attempts(0), attempt, 1.0),
            None
        );
        let endless = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .initial_backoff(Duration::MAX)
            .max_backoff(Duration::MAX)
            .max_elapsed(Duration::MAX);
        for number in [1, 2, 100, u32::MAX - 1] {
            let pause = pause(&endless, Attempt { number, ..attempt }, 0.5);
            assert!(pause.is_some_and(|pause| pause < Duration::MAX));
        }
        let asked = Attempt {
            retry_after: Some(Duration::MAX),
            elapsed: Duration::MAX,
            ..attempt
        };
        assert_eq!(pause(&endless, asked, 1.0), None);
    }
}
