//! The pace of requests that several threads share.

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::http::StopSignal;

/// The budget of an experience without players, for reads and for writes, in requests per minute.
pub(super) const DEFAULT_RATE: u32 = 300;

/// Spaces requests at even intervals.
#[derive(Debug)]
pub(super) struct Pace {
    /// `None` without a limit.
    interval: Option<Duration>,
    /// The time at which the next request may be sent.
    next: Mutex<Option<Instant>>,
    stop: StopSignal,
}

impl Pace {
    /// # Errors
    /// `InvalidInput` for a rate of 0.
    pub(super) fn new(requests_per_minute: Option<u32>, stop: &StopSignal) -> Result<Self> {
        let interval = match requests_per_minute.map(NonZeroU32::new) {
            None => None,
            Some(Some(requests)) => Some(Duration::from_secs(60) / requests.get()),
            Some(None) => {
                return Err(Error::invalid_input(
                    "the rate is at least 1 request per minute; `unlimited` removes the limit",
                ));
            }
        };
        Ok(Self {
            interval,
            next: Mutex::default(),
            stop: stop.clone(),
        })
    }

    /// Waits until a request may be sent. Fails if the client is shut down.
    pub(super) fn wait(&self) -> Result<()> {
        let Some(interval) = self.interval else {
            return Ok(());
        };
        // The time is reserved under the lock, and slept outside of it.
        let now = Instant::now();
        let delay = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = next.map_or(now, |next| next.max(now));
            *next = Some(turn + interval);
            turn.saturating_duration_since(now)
        };
        if delay.is_zero() || self.stop.sleep(delay) {
            return Ok(());
        }
        let message = "the client was shut down before the request was sent";
        Err(Error::new(ErrorKind::Shutdown, message))
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Instant, Pace, Result, StopSignal};

    #[test]
    fn requests_of_all_threads_share_the_intervals() -> Result<()> {
        let pace = Pace::new(Some(6000), &StopSignal::default())?;
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for _ in 0..4 {
                        assert!(pace.wait().is_ok());
                    }
                });
            }
        });
        assert!(start.elapsed() >= Duration::from_millis(110));
        let unlimited = Pace::new(None, &StopSignal::default())?;
        assert!(unlimited.wait().is_ok() && unlimited.wait().is_ok());
        Ok(())
    }

    #[test]
    fn a_stop_ends_the_wait() -> Result<()> {
        let stop = StopSignal::default();
        let pace = Pace::new(Some(1), &stop)?;
        assert!(pace.wait().is_ok());
        stop.stop();
        assert!(pace.wait().is_err());
        Ok(())
    }
}
