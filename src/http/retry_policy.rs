//! The settings of retries.

use std::fmt;
use std::time::Duration;

/// How often failed requests are retried, and after which delays.
///
/// Which requests are retried is not a setting. After a 429, and after a connection that was never established, all of
/// them are. After a 5xx, a timeout or a lost connection, only those that do no harm when they are carried out twice.
/// Uploads are never retried once the service may have processed them.
///
/// The delays double and are jittered, so that clients do not all retry at once. After a 429 the first one is longer
/// and they grow eightfold, since limits count by the minute. A wait that the service names is used instead, within
/// bounds: a wait of up to a second counts as unspecified, since windows last a minute, and one that is longer than the
/// maximum backoff ends the call at once, with [`Error::retry_after`](crate::Error::retry_after).
///
/// In an outage the retries of all clones together are limited by a [`quota`](Self::quota).
///
/// ```
/// use std::time::Duration;
/// use rblx_open_cloud::{Client, RetryPolicy};
///
/// let patient = RetryPolicy::default().max_attempts(8).max_elapsed(Duration::from_secs(600));
/// let client = Client::builder("api-key").base_url("http://127.0.0.1:4306").retry(patient).build()?;
/// let never = Client::builder("api-key").base_url("http://127.0.0.1:4306").retry(RetryPolicy::none()).build()?;
/// assert_eq!(
///     RetryPolicy::default().to_string(),
///     "4 attempts within 300s; delays from 500ms to 65s, after a 429 from 1s; a quota of 500"
/// );
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) max_attempts: u32,
    pub(super) initial_backoff: Duration,
    throttle_backoff: Option<Duration>,
    pub(super) max_backoff: Duration,
    pub(super) max_elapsed: Duration,
    quota: u32,
}

impl Default for RetryPolicy {
    /// 4 attempts with delays from half a second up to 65 seconds, and none that starts later than 5 minutes after the
    /// first: enough to wait for the next minute of a rate limit.
    fn default() -> Self {
        Self {
            max_attempts: 4,
            initial_backoff: Duration::from_millis(500),
            throttle_backoff: None,
            max_backoff: Duration::from_secs(65),
            max_elapsed: Duration::from_secs(300),
            quota: 500,
        }
    }
}

impl RetryPolicy {
    /// Returns a policy that never retries.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first.
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// Sets the maximum delay before the second attempt. It doubles with each attempt.
    pub fn initial_backoff(mut self, delay: Duration) -> Self {
        self.initial_backoff = delay;
        self
    }

    /// Sets the maximum delay before the second attempt after a 429 that names no wait; twice the
    /// [`initial_backoff`](Self::initial_backoff) by default. It grows eightfold with each attempt.
    pub fn throttle_backoff(mut self, delay: Duration) -> Self {
        self.throttle_backoff = Some(delay);
        self
    }

    /// Sets the maximum delay, whether computed here or named by the service.
    pub fn max_backoff(mut self, delay: Duration) -> Self {
        self.max_backoff = delay;
        self
    }

    /// Sets the time within which further attempts may start, measured from the start of the first one.
    pub fn max_elapsed(mut self, max_elapsed: Duration) -> Self {
        self.max_elapsed = max_elapsed;
        self
    }

    /// Sets the number of tokens in the retry quota; 500 by default. All clones of a client share it.
    ///
    /// A retry takes 14 tokens, and a success gives back what its retries took, or 1. While too few are left, failed
    /// requests are not retried: in an outage 100 calls send at most 135 requests instead of 400. A 429 whose wait the
    /// service names takes none.
    pub fn quota(mut self, tokens: u32) -> Self {
        self.quota = tokens;
        self
    }

    /// Returns the maximum delay before the second attempt after a 429.
    pub(super) fn first_throttle_backoff(&self) -> Duration {
        self.throttle_backoff
            .unwrap_or(self.initial_backoff.saturating_mul(2))
    }

    /// Returns the capacity of the retry quota.
    pub(super) fn quota_capacity(&self) -> u32 {
        self.quota
    }

    /// Returns the initial and the maximum backoff.
    #[cfg(feature = "sync")]
    pub(crate) fn backoff(&self) -> (Duration, Duration) {
        (self.initial_backoff, self.max_backoff)
    }

    /// Shortens the time within which further attempts may start.
    pub(super) fn limited_to(&self, left: Duration) -> Self {
        self.clone().max_elapsed(self.max_elapsed.min(left))
    }
}

impl fmt::Display for RetryPolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.max_attempts <= 1 {
            return formatter.write_str("1 attempt");
        }
        write!(
            formatter,
            "{} attempts within {:?}; delays from {:?} to {:?}, after a 429 from {:?}; a quota of {}",
            self.max_attempts,
            self.max_elapsed,
            self.initial_backoff,
            self.max_backoff,
            self.first_throttle_backoff(),
            self.quota,
        )
    }
}
