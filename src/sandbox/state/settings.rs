//! The settings of a sandbox that tests can change.

use std::time::Duration;

use time::OffsetDateTime;

use super::schedule::Schedule;
use crate::sandbox::clock::later;

/// The time that an operation takes on the sandbox's clock: long enough to be seen unfinished, and short for a test.
const OPERATION_TIME: Duration = Duration::from_millis(100);

#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) operation_polls: Option<u32>,
    pub(crate) operation_time: Option<Duration>,
    pub(crate) thumbnail_polls: u32,
    pub(crate) price: u64,
    pub(crate) badge_cost: u64,
    pub(crate) updates_as_operations: bool,
    pub(crate) enforce_rate_limits: bool,
    /// Added to every response.
    pub(crate) latency: Duration,
    /// Bytes per second in each direction of a connection, if they are limited.
    pub(crate) bandwidth: Option<u64>,
    /// The number of requests that are kept. `None` keeps all.
    pub(crate) kept_requests: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            operation_polls: None,
            operation_time: Some(OPERATION_TIME),
            thumbnail_polls: 0,
            price: 0,
            badge_cost: 0,
            updates_as_operations: false,
            enforce_rate_limits: false,
            latency: Duration::ZERO,
            bandwidth: None,
            kept_requests: None,
        }
    }
}

impl Settings {
    /// Returns when an operation that starts now is done.
    pub(crate) fn schedule(&self, now: OffsetDateTime) -> Schedule {
        Schedule {
            polls: self.operation_polls,
            due: self.operation_time.map(|time| later(now, time)),
        }
    }
}
