//! The lifetime of an access token.

use std::time::{Duration, Instant};

use time::OffsetDateTime;

/// The time before the expiry at which tokens are renewed, so that a clock that is off by a minute does not matter.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// The time at which a token was obtained, by both clocks, and the time for which it is valid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifetime {
    duration: Option<Duration>,
    /// By the monotonic clock. It may stop while the machine sleeps, and is unknown after a restart.
    since: Option<Instant>,
    /// By the system clock.
    obtained_at: Option<OffsetDateTime>,
}

impl Lifetime {
    /// Starts now. Call it before the request, since the response takes time.
    pub(super) fn start() -> Self {
        Self {
            duration: None,
            since: Some(Instant::now()),
            obtained_at: Some(OffsetDateTime::now_utc()),
        }
    }

    /// Sets how long the token is valid.
    pub(super) fn with_duration(self, duration: Option<Duration>) -> Self {
        Self { duration, ..self }
    }

    /// Restores the lifetime of a token that an earlier process obtained.
    pub(super) fn restored(
        duration: Option<Duration>,
        obtained_at: Option<OffsetDateTime>,
    ) -> Self {
        Self {
            duration,
            since: None,
            obtained_at,
        }
    }

    pub(super) fn duration(&self) -> Option<Duration> {
        self.duration
    }

    pub(super) fn obtained_at(&self) -> Option<OffsetDateTime> {
        self.obtained_at
    }

    /// Returns when the token expires, by the system clock.
    pub(super) fn expires_at(&self) -> Option<OffsetDateTime> {
        let duration = time::Duration::try_from(self.duration?).ok()?;
        self.obtained_at?.checked_add(duration)
    }

    /// Whether the token has expired or is about to.
    pub(super) fn should_renew(&self) -> bool {
        self.is_expired_within(margin(self.duration))
    }

    /// Whether the token has expired.
    pub(super) fn is_expired(&self) -> bool {
        self.is_expired_within(Duration::ZERO)
    }

    fn is_expired_within(&self, margin: Duration) -> bool {
        let by_wall = self
            .obtained_at
            .map(|then| OffsetDateTime::now_utc() - then);
        let age = age(self.since.map(|since| since.elapsed()), by_wall);
        is_expired(self.duration, age, margin)
    }
}

/// Returns the margin. Short-lived tokens are used for at least three quarters of their lifetime.
fn margin(duration: Option<Duration>) -> Duration {
    duration.map_or(RENEWAL_MARGIN, |duration| RENEWAL_MARGIN.min(duration / 4))
}

/// Returns the greater age of the two clocks; `None` if neither knows.
fn age(steady: Option<Duration>, by_wall: Option<time::Duration>) -> Option<Duration> {
    let tolerance = time::Duration::seconds(60);
    let by_wall = by_wall
        // If the system clock was set back further, it does not show the age of a token of an earlier process.
        .filter(|age| steady.is_some() || *age >= -tolerance)
        .map(|age| Duration::try_from(age).unwrap_or_default());
    steady.max(by_wall)
}

/// Returns whether a token has expired. One of unknown age counts as expired; one of unknown lifetime is used until the
/// service rejects it.
fn is_expired(duration: Option<Duration>, age: Option<Duration>, margin: Duration) -> bool {
    match (duration, age) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(duration), Some(age)) => age.saturating_add(margin) >= duration,
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, age, is_expired, margin};

    /// Age by the monotonic and by the system clock in seconds → whether a token of 899 seconds is renewed.
    #[test]
    fn a_clock_that_is_off_does_no_harm() {
        for (steady, by_wall, expected) in [
            (Some(0), Some(0), false),
            (Some(838), Some(838), false),
            (Some(839), Some(839), true),
            // Set forward, or the machine slept: the token may have ended.
            (Some(10), Some(900), true),
            (Some(10), Some(70), false),
            // Set back: the monotonic clock counts.
            (Some(839), Some(-3600), true),
            (Some(10), Some(-3600), false),
            // Another process: only the system clock, with a tolerance of a minute.
            (None, Some(0), false),
            (None, Some(838), false),
            (None, Some(839), true),
            (None, Some(-60), false),
            (None, Some(-61), true),
            (None, None, true),
        ] {
            let duration = Some(Duration::from_secs(899));
            let age = age(
                steady.map(Duration::from_secs),
                by_wall.map(time::Duration::seconds),
            );
            assert_eq!(
                is_expired(duration, age, margin(duration)),
                expected,
                "{steady:?} {by_wall:?}"
            );
        }
    }

    #[test]
    fn the_margin_leaves_most_of_a_short_life() {
        let seconds = |duration| margin(Some(Duration::from_secs(duration))).as_secs();
        assert_eq!(
            (seconds(0), seconds(8), seconds(100), seconds(240)),
            (0, 2, 25, 60)
        );
        assert_eq!(seconds(u64::MAX), 60);
        assert!(
            !is_expired(None, None, Duration::ZERO),
            "until the service rejects it"
        );
    }
}
