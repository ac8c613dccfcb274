//! The clock of a sandbox: it can be moved forward, and can run faster than the real one.

use std::time::{Duration, Instant};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

#[derive(Debug)]
pub(crate) struct Clock {
    start: OffsetDateTime,
    started: Instant,
    /// Seconds of this clock per real second; 0 stops it.
    speed: f64,
    advanced: Duration,
}

impl Clock {
    /// Starts a clock at the current time.
    pub(crate) fn new(speed: f64) -> Self {
        Self {
            start: OffsetDateTime::now_utc(),
            started: Instant::now(),
            speed,
            advanced: Duration::ZERO,
        }
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        let elapsed = scaled(self.started.elapsed(), self.speed);
        later(self.start, elapsed.saturating_add(self.advanced))
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.advanced = self.advanced.saturating_add(by);
    }

    pub(crate) fn speed(&self) -> f64 {
        self.speed
    }

    /// Goes on from the current time at another speed.
    pub(crate) fn set_speed(&mut self, speed: f64) {
        *self = Self {
            start: self.now(),
            ..Self::new(speed)
        };
    }

    /// Converts a duration on this clock to real time. A stopped clock counts as one of normal speed.
    pub(crate) fn to_real(&self, duration: Duration) -> Duration {
        if self.speed > 0.0 {
            scaled(duration, self.speed.recip())
        } else {
            duration
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new(1.0)
    }
}

fn scaled(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}

/// Adds a duration to a time, up to the latest time that can be represented.
pub(crate) fn later(time: OffsetDateTime, by: Duration) -> OffsetDateTime {
    time.saturating_add(time::Duration::try_from(by).unwrap_or(time::Duration::MAX))
}

/// Parses a time of RFC 3339.
pub(crate) fn parse_timestamp(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

/// Formats a time as the service does.
pub(crate) fn timestamp(time: OffsetDateTime) -> String {
    time.format(&Rfc3339).unwrap_or_default()
}
