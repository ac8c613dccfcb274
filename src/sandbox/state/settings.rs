//! How operations and updates behave.

use std::time::Duration;

use time::OffsetDateTime;

use super::schedule::Schedule;
use crate::sandbox::clock::later;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) operation_polls: Option<u32>,
    pub(crate) operation_time: Option<Duration>,
    pub(crate) thumbnail_polls: u32,
    pub(crate) price: u64,
    pub(crate) badge_cost: u64,
    pub(crate) updates_as_operations: bool,
    pub(crate) enforce_rate_limits: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            operation_polls: Some(1),
            operation_time: Some(Duration::from_secs(1)),
            thumbnail_polls: 0,
            price: 0,
            badge_cost: 0,
            updates_as_operations: false,
            enforce_rate_limits: false,
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
