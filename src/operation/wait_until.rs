//! The loop that polls until there is a result.

use std::time::{Duration, Instant};

use super::Cadence;
use crate::error::{Error, ErrorKind, Result};
use crate::http::HttpClient;

/// The minimum time for a poll, even when the limit of the wait is over.
const MIN_POLL_TIMEOUT: Duration = Duration::from_secs(2);

/// Something that can be polled.
pub(crate) trait Poll<T> {
    /// Polls once, within the time. Returns the result, or `None` while it is still running.
    fn poll_within(&mut self, time: Duration) -> Result<Option<T>>;

    /// Whether the state was just reported, so that the first poll can wait.
    fn is_fresh(&self) -> bool;

    /// Returns the error of a wait whose limit is over.
    fn still_running(&self, limit: Duration, elapsed: Duration) -> Error;
}

/// Polls, with growing delays, until there is a result or `limit` is over. Transient errors do not end the wait, since the
/// work continues.
pub(crate) fn wait_until<T>(
    http: &HttpClient,
    cadence: Cadence,
    limit: Duration,
    polled: &mut impl Poll<T>,
) -> Result<T> {
    let cadence = http
        .poll_interval()
        .map_or(cadence, |(first, max)| Cadence::new(first, max));
    let limit = http
        .deadline()
        .map_or(limit, |deadline| deadline.min(limit));
    let started = Instant::now();
    let left = || limit.saturating_sub(started.elapsed());
    let mut delays = 0;
    let mut last_error: Option<Error> = None;
    loop {
        if polled.is_fresh() || last_error.is_some() {
            if left().is_zero() && delays > 0 {
                let error = polled.still_running(limit, started.elapsed());
                return Err(match last_error {
                    Some(source) => error.with_source(source),
                    None => error,
                });
            }
            let named = last_error.as_ref().and_then(Error::retry_after);
            let delay = cadence
                .delay(delays, started.elapsed())
                .max(named.unwrap_or_default());
            if !http.stop_signal().sleep(delay.min(left())) {
                // The limit is not over: the message names the time so far.
                let elapsed = started.elapsed();
                let error = polled.still_running(whole_milliseconds(elapsed), elapsed);
                return Err(error.map(|inner| inner.kind = ErrorKind::Shutdown));
            }
            delays = delays.saturating_add(1);
        }
        match polled.poll_within(left().max(MIN_POLL_TIMEOUT)) {
            Ok(Some(result)) => return Ok(result),
            Ok(None) => last_error = None,
            Err(error) if is_transient(&error) => last_error = Some(error),
            Err(error) => return Err(error),
        }
    }
}

fn whole_milliseconds(time: Duration) -> Duration {
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

/// Whether the next poll may succeed.
fn is_transient(error: &Error) -> bool {
    let may_pass = matches!(
        error.kind(),
        ErrorKind::RateLimited
            | ErrorKind::ServiceUnavailable
            | ErrorKind::Transport
            | ErrorKind::Timeout
    );
    may_pass && error.retryability() != crate::error::Retryability::Permanent
}
