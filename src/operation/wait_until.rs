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
    let mut wait = Wait::new(http, cadence, limit);
    loop {
        if polled.is_fresh() || wait.last_error.is_some() {
            wait.sleep(&|limit, elapsed| polled.still_running(limit, elapsed))?;
        }
        match polled.poll_within(wait.left().max(MIN_POLL_TIMEOUT)) {
            Ok(Some(result)) => return Ok(result),
            Ok(None) => wait.last_error = None,
            Err(error) if is_transient(&error) => wait.last_error = Some(error),
            Err(error) => return Err(error),
        }
    }
}

/// The state of a wait.
struct Wait<'a> {
    http: &'a HttpClient,
    cadence: Cadence,
    limit: Duration,
    started: Instant,
    delays: u32,
    /// The error of the last poll, if it was transient.
    last_error: Option<Error>,
}

impl<'a> Wait<'a> {
    fn new(http: &'a HttpClient, cadence: Cadence, limit: Duration) -> Self {
        let cadence = http
            .poll_interval()
            .map_or(cadence, |(first, max)| Cadence::new(first, max));
        let limit = http
            .deadline()
            .map_or(limit, |deadline| deadline.min(limit));
        Self {
            http,
            cadence,
            limit,
            started: Instant::now(),
            delays: 0,
            last_error: None,
        }
    }

    fn left(&self) -> Duration {
        self.limit.saturating_sub(self.started.elapsed())
    }

    /// Sleeps until the next poll. `still_running` returns the error if the limit is over, or the client is stopped.
    fn sleep(&mut self, still_running: &dyn Fn(Duration, Duration) -> Error) -> Result<()> {
        if self.left().is_zero() && self.delays > 0 {
            let error = still_running(self.limit, self.started.elapsed());
            return Err(match self.last_error.take() {
                Some(source) => error.with_source(source),
                None => error,
            });
        }
        let named = self.last_error.as_ref().and_then(Error::retry_after);
        let delay = self
            .cadence
            .delay(self.delays, self.started.elapsed())
            .max(named.unwrap_or_default());
        if !self.http.stop_signal().sleep(delay.min(self.left())) {
            // The limit is not over: the message names the time so far.
            let elapsed = self.started.elapsed();
            let error = still_running(whole_milliseconds(elapsed), elapsed);
            return Err(error.map(|inner| inner.kind = ErrorKind::Shutdown));
        }
        self.delays = self.delays.saturating_add(1);
        Ok(())
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
