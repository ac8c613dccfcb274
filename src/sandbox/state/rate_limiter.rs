//! Rate limits, counted in fixed windows that are aligned with the clock.

use std::collections::BTreeMap;
use std::time::Duration;

use time::OffsetDateTime;

/// The number of requests that are allowed in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) requests: u64,
    pub(crate) window_seconds: u64,
}

/// A group of requests that are counted together: by credential and operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bucket {
    /// The access token; empty for the API key.
    pub(crate) caller: String,
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
}

/// The rest of a limit after a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) limit: Limit,
    pub(crate) is_exceeded: bool,
    pub(crate) remaining: u64,
    /// The time until the next window.
    pub(crate) reset: Duration,
}

#[derive(Debug, Default)]
struct Window {
    number: u64,
    used: u64,
}

#[derive(Debug, Default)]
pub(crate) struct RateLimiter(BTreeMap<Bucket, Window>);

impl RateLimiter {
    /// Counts a request, unless the limit is exceeded.
    pub(crate) fn acquire(&mut self, bucket: &Bucket, limit: Limit, now: OffsetDateTime) -> Usage {
        let seconds = u64::try_from(now.unix_timestamp()).unwrap_or_default();
        let length = limit.window_seconds.max(1);
        let window = self.0.entry(bucket.clone()).or_default();
        if window.number != seconds / length {
            (window.number, window.used) = (seconds / length, 0);
        }
        let is_exceeded = window.used >= limit.requests;
        if !is_exceeded {
            window.used += 1;
        }
        let into_window = Duration::new(seconds % length, now.nanosecond());
        Usage {
            limit,
            is_exceeded,
            remaining: limit.requests - window.used.min(limit.requests),
            reset: Duration::from_secs(length).saturating_sub(into_window),
        }
    }

    /// Takes back what the last request of this bucket counted.
    pub(crate) fn release(&mut self, bucket: &Bucket) {
        if let Some(window) = self.0.get_mut(bucket) {
            window.used = window.used.saturating_sub(1);
        }
    }
}
