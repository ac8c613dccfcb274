//! The circuit breaker of a batch, which all its threads share: decides when the next file may be sent, and when to stop.
//! It neither sleeps nor reads a clock.

use std::time::{Duration, Instant};

use crate::error::ErrorKind;

/// The number of failures in a row that stops the batch.
const MAX_FAILURES: u32 = 8;
/// The weight of a failure with an unknown outcome, since the user has to check each such file.
const UNCLEAR_WEIGHT: u32 = 2;
/// The weight of a failure that the file did not cause, such as a missing permission.
const DENIED_WEIGHT: u32 = 3;
/// The factor by which the first delay after a 429 exceeds that after a failure: limits count by the minute.
const THROTTLE_FACTOR: u32 = 4;

/// The delays and the limit of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct BreakerSettings {
    /// The first delay after a failure. It doubles with each failure.
    pub(super) first_delay: Duration,
    pub(super) max_delay: Duration,
    /// The time without a success after which the batch stops.
    pub(super) limit: Duration,
}

/// A reason why a file was not uploaded that may affect other files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The service rejected it temporarily, and may have named a wait.
    Throttled(Option<Duration>),
    /// The service could not be reached.
    Unreachable,
    /// It is unknown whether the service accepted it.
    Unclear,
    /// The service rejected it, and may reject others with the same message.
    Rejected(ErrorKind, String),
    /// Too many files and connections are open.
    OutOfDescriptors,
}

impl Trouble {
    /// Whether both are the same continuing trouble.
    fn continues(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rejected(..), Self::Rejected(..)) => self == other,
            (Self::Unreachable | Self::Unclear, Self::Unreachable | Self::Unclear) => true,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    fn weight(&self) -> u32 {
        match self {
            // These are limited by time.
            Self::Throttled(_) | Self::OutOfDescriptors => 0,
            Self::Unclear => UNCLEAR_WEIGHT,
            Self::Rejected(ErrorKind::PermissionDenied, _) => DENIED_WEIGHT,
            Self::Unreachable | Self::Rejected(..) => 1,
        }
    }
}

/// Whether a file may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    Go(Ticket),
    /// Not before this time, or before the probe has ended.
    Wait(Option<Duration>),
}

/// The ticket of a file that is being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket {
    /// The number of troubles before it.
    epoch: u64,
    /// Whether it is a probe: the only file, to find out whether the trouble is over.
    is_probe: bool,
}

/// The decision after a trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// After this time, one file may probe whether it is over.
    Continue(Duration),
    /// Further files would fail as well, for this reason.
    Stop(String),
}

/// The state of the circuit breaker.
#[derive(Debug)]
pub(super) struct CircuitBreaker {
    settings: BreakerSettings,
    trouble: Option<Current>,
    epoch: u64,
    is_probing: bool,
}

#[derive(Debug)]
struct Current {
    trouble: Trouble,
    since: Instant,
    /// The number of delays so far.
    delays: u32,
    weight: u32,
    until: Instant,
}

impl CircuitBreaker {
    pub(super) fn new(settings: BreakerSettings) -> Self {
        Self {
            settings,
            trouble: None,
            epoch: 0,
            is_probing: false,
        }
    }

    /// Decides whether a file may be sent. Each ticket must be returned with `success`, `failure` or `give_back`.
    pub(super) fn admit(&mut self, now: Instant) -> Admission {
        let Some(current) = &self.trouble else {
            return Admission::Go(self.ticket(false));
        };
        let left = current.until.saturating_duration_since(now);
        match (left.is_zero(), self.is_probing) {
            (_, true) => Admission::Wait(None),
            (false, false) => Admission::Wait(Some(left)),
            (true, false) => {
                self.is_probing = true;
                Admission::Go(self.ticket(true))
            }
        }
    }

    fn ticket(&self, is_probe: bool) -> Ticket {
        Ticket {
            epoch: self.epoch,
            is_probe,
        }
    }

    /// Returns the ticket of a file that was not sent.
    pub(super) fn give_back(&mut self, ticket: Ticket) {
        if ticket.is_probe {
            self.is_probing = false;
        }
    }

    /// Reports a file that the service accepted, or rejected for a reason that concerns only this file.
    pub(super) fn success(&mut self, ticket: Ticket) {
        self.give_back(ticket);
        let is_rejection = |current: &Current| matches!(current.trouble, Trouble::Rejected(..));
        // A file that was sent before the trouble proves its end only if the trouble would affect every file.
        if ticket.epoch == self.epoch || self.trouble.as_ref().is_some_and(is_rejection) {
            self.trouble = None;
        }
    }

    /// Reports a file that was not uploaded, for a reason that may affect others.
    pub(super) fn failure(&mut self, ticket: Ticket, trouble: Trouble, now: Instant) -> Verdict {
        self.give_back(ticket);
        let is_new = ticket.epoch == self.epoch;
        self.epoch = self.epoch.saturating_add(u64::from(is_new));
        let since = self.trouble.as_ref().map_or(now, |current| current.since);
        let (delays, weight, until) = match &self.trouble {
            Some(current) if current.trouble.continues(&trouble) => {
                (current.delays, current.weight, current.until)
            }
            _ => (0, 0, now),
        };
        // Files that were sent at the same time failed for one reason, but each rejection counts.
        let counts = is_new || matches!(trouble, Trouble::Rejected(..));
        let delay = self.delay(&trouble, delays.saturating_sub(u32::from(!is_new)));
        let current = Current {
            since,
            delays: delays.saturating_add(u32::from(is_new)),
            weight: weight.saturating_add(if counts { trouble.weight() } else { 0 }),
            until: now.checked_add(delay).map_or(until, |end| end.max(until)),
            trouble,
        };
        let verdict = self.verdict(&current, now);
        self.trouble = Some(current);
        verdict
    }

    fn delay(&self, trouble: &Trouble, delays: u32) -> Duration {
        let BreakerSettings {
            first_delay,
            max_delay,
            ..
        } = self.settings;
        let backoff = |first: Duration| {
            first
                .saturating_mul(2_u32.saturating_pow(delays))
                .min(max_delay)
        };
        match trouble {
            Trouble::Rejected(..) => Duration::ZERO,
            Trouble::Throttled(named) => {
                let backoff = backoff(first_delay.saturating_mul(THROTTLE_FACTOR));
                named.unwrap_or_default().max(backoff)
            }
            _ => backoff(first_delay),
        }
    }

    fn verdict(&self, current: &Current, now: Instant) -> Verdict {
        let limit = self.settings.limit;
        let wait = current.until.saturating_duration_since(now);
        let past = now.saturating_duration_since(current.since);
        let seconds = |time: Duration| time.as_secs_f32().ceil();
        if past.saturating_add(wait) > limit {
            return Verdict::Stop(format!(
                "no file was accepted for {} s, the next attempt would be in {} s, and the limit is {} s (`UploadAll::retry_timeout`)",
                seconds(past),
                seconds(wait),
                seconds(limit)
            ));
        }
        if current.weight < MAX_FAILURES {
            return Verdict::Continue(wait);
        }
        Verdict::Stop("the same happened to several files in a row".to_owned())
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed test is a panic"
)]
mod tests {
    use super::{
        Admission, BreakerSettings, CircuitBreaker, Duration, ErrorKind, Instant, Ticket, Trouble,
        Verdict,
    };

    const SETTINGS: BreakerSettings = BreakerSettings {
        first_delay: Duration::from_millis(500),
        max_delay: Duration::from_secs(65),
        limit: Duration::from_secs(180),
    };

    fn stops(verdict: &Verdict) -> bool {
        matches!(verdict, Verdict::Stop(_))
    }

    /// The delays of a single file with repeated trouble until the batch stops, in milliseconds.
    fn waits(trouble: &Trouble) -> Vec<u128> {
        let mut breaker = CircuitBreaker::new(SETTINGS);
        let mut now = Instant::now();
        let mut waits = Vec::new();
        loop {
            match breaker.admit(now) {
                Admission::Go(ticket) => {
                    if stops(&breaker.failure(ticket, trouble.clone(), now)) {
                        return waits;
                    }
                }
                Admission::Wait(Some(wait)) => {
                    waits.push(wait.as_millis());
                    now += wait;
                }
                Admission::Wait(None) => unreachable!(),
            }
        }
    }

    #[test]
    fn a_wait_that_is_too_short_grows_and_one_that_is_too_long_ends_it() {
        let named = |seconds| Trouble::Throttled(Some(Duration::from_secs(seconds)));
        let grown = [2000, 4000, 8000, 16_000, 32_000, 64_000];
        assert_eq!(waits(&Trouble::Throttled(None)), grown);
        assert_eq!(waits(&named(0)), grown);
        assert_eq!(waits(&named(1)), grown);
        assert_eq!(waits(&named(5)), [5000, 5000, 8000, 16_000, 32_000, 64_000]);
        assert_eq!(waits(&named(60)), [60_000, 60_000, 60_000]);
        assert_eq!(waits(&named(180)), [180_000]);
        assert_eq!(waits(&named(181)), [0; 0]);
        assert_eq!(waits(&named(3600)), [0; 0]);
    }

    #[test]
    fn the_same_failure_in_a_row_ends_it() {
        assert_eq!(waits(&Trouble::Unreachable).len(), 7);
        assert_eq!(waits(&Trouble::Unclear).len(), 3);
        let rejected = |kind| {
            let mut breaker = CircuitBreaker::new(SETTINGS);
            let now = Instant::now();
            let trouble = Trouble::Rejected(kind, "no".to_owned());
            let mut sent = 0;
            while let Admission::Go(ticket) = breaker.admit(now) {
                sent += 1;
                if stops(&breaker.failure(ticket, trouble.clone(), now)) {
                    break;
                }
            }
            sent
        };
        assert_eq!(rejected(ErrorKind::PermissionDenied), 3);
        assert_eq!(rejected(ErrorKind::BadRequest), 8);
    }

    fn admit(breaker: &mut CircuitBreaker, now: Instant) -> Option<Ticket> {
        match breaker.admit(now) {
            Admission::Go(ticket) => Some(ticket),
            Admission::Wait(_) => None,
        }
    }

    #[test]
    fn one_file_probes_whether_the_trouble_is_over() {
        let mut breaker = CircuitBreaker::new(SETTINGS);
        let start = Instant::now();
        let in_progress: Vec<Ticket> = (0..4).filter_map(|_| admit(&mut breaker, start)).collect();
        assert_eq!(in_progress.len(), 4, "nothing has failed yet");
        // Four files that were rejected together are one trouble; one that was accepted before proves nothing.
        for ticket in &in_progress[..3] {
            assert!(!stops(&breaker.failure(
                *ticket,
                Trouble::Throttled(None),
                start
            )));
        }
        breaker.success(in_progress[3]);
        assert_eq!(
            breaker.admit(start),
            Admission::Wait(Some(Duration::from_secs(2)))
        );
        let later = start + Duration::from_secs(2);
        let probe = admit(&mut breaker, later).unwrap();
        assert_eq!(breaker.admit(later), Admission::Wait(None), "one at a time");
        breaker.give_back(probe);
        let probe = admit(&mut breaker, later).unwrap();
        breaker.success(probe);
        assert!(admit(&mut breaker, later).is_some() && admit(&mut breaker, later).is_some());
    }

    #[test]
    fn a_file_that_is_accepted_ends_a_row_of_rejections() {
        let mut breaker = CircuitBreaker::new(SETTINGS);
        let now = Instant::now();
        let rejected = || Trouble::Rejected(ErrorKind::PermissionDenied, "no".to_owned());
        for _ in 0..10 {
            let (one, other) = (
                admit(&mut breaker, now).unwrap(),
                admit(&mut breaker, now).unwrap(),
            );
            assert!(!stops(&breaker.failure(one, rejected(), now)));
            breaker.success(other);
        }
    }
}
