//! The count of one endpoint's requests, for all clients that share it: a pure function of the state, the time and the
//! event. The file holds this state as a line, Redis as a hash (`redis/script.lua` is the same decision).
//!
//! Each window starts with one request, a probe. Its response reports the requests left and the end of the window;
//! until then the others wait. Once a window is used up, callers get numbered turns in the windows to come, and come
//! back when theirs is due: whoever came first goes first.

use std::time::Duration;

use super::report::RateLimit;

/// Microseconds of a clock that all who share the state have in common.
pub(super) type Micros = u64;

/// The maximum wait for a window, whatever length is reported.
pub(super) const MAX_WINDOW: Micros = 120_000_000;
/// The maximum number of requests in a window.
pub(super) const MAX_COUNT: u64 = 999_999_999;
/// The length of a window that is not known.
const DEFAULT_WINDOW: Micros = 60_000_000;
/// The maximum time that the others wait for the response to a probe.
const MAX_PROBE: Micros = 500_000;
/// The time that the next in turn has to start the window, before any other caller may.
const GRACE: Micros = 20_000;
/// The time for which an endpoint that reports nothing is not limited.
const SILENCE: Micros = 10_000_000;
/// The minimum and the maximum wait for something that may happen at any time.
const POLL: (Micros, Micros) = (1_000, 25_000);
/// Windows of at least this length are reported in whole seconds, and it is not documented whether these are rounded up.
const LONG_WINDOW: Micros = 30_000_000;
const SECOND: Micros = 1_000_000;
/// A value of `slot` which means that the previous window was used up.
const SCARCE: Micros = 1;

/// The state of the current window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Phase {
    /// Before the first window, or after the end of one.
    #[default]
    Closed,
    /// Its first request is on its way.
    Probing,
    /// Its end and the requests left are estimated, since the probe takes long.
    Guessed,
    /// A response reported its end and the requests left.
    Open,
    /// The endpoint reports no limits.
    Silent,
}

/// The state of one endpoint. All zero is an endpoint that nothing is known about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Window {
    pub(super) phase: Phase,
    /// The time at which the phase ends.
    pub(super) end: Micros,
    /// The requests left for callers without a turn. Requests in flight are subtracted.
    pub(super) left: u64,
    /// Requests in a window.
    pub(super) limit: u64,
    /// The length of a window, as far as it was seen.
    pub(super) length: Micros,
    /// The time at which the next caller without a turn may send, if many callers share the rest; else 0.
    pub(super) slot: Micros,
    /// The number of the window, counted from 1.
    pub(super) number: u64,
    /// Turns in `first..due` may be used in the current window. Turns in `due..next` wait for a later one.
    pub(super) first: u64,
    pub(super) due: u64,
    pub(super) next: u64,
}

/// The decision about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Go, in the window with this number.
    Go(u64),
    /// Call again after this time, with this turn; 0 means no turn.
    Wait(Micros, u64),
}

impl Window {
    /// Allows a request, or returns the time after which to call again. `turn` is from the last result, and `max_wait`
    /// is the maximum wait of the caller.
    pub(super) fn acquire(&mut self, now: Micros, turn: u64, max_wait: Micros) -> Decision {
        self.update(now);
        match self.phase {
            Phase::Silent => Decision::Go(self.number),
            Phase::Closed => self.start(now, turn, max_wait),
            Phase::Probing => {
                let since = self.end.saturating_sub(self.probe_time());
                let wait = now.saturating_sub(since) / 2;
                self.queue(wait.clamp(POLL.0, POLL.1), turn, max_wait)
            }
            Phase::Guessed | Phase::Open => self.take(now, turn, max_wait),
        }
    }

    /// Ends a phase that is over. Discards a state that cannot be true.
    fn update(&mut self, now: Micros) {
        if self.end > now.saturating_add(MAX_WINDOW + SECOND) {
            // The clock was set back.
            (self.phase, self.end) = (Phase::Closed, 0);
        }
        if now < self.end {
            return;
        }
        match self.phase {
            Phase::Probing if self.limit > 0 => {
                self.guess(now, self.end.saturating_sub(self.probe_time()));
            }
            Phase::Probing => self.silence(now, SECOND),
            Phase::Guessed | Phase::Open | Phase::Silent => self.phase = Phase::Closed,
            Phase::Closed => {}
        }
    }

    /// Estimates the requests left, without the probe, until a response reports them.
    fn guess(&mut self, now: Micros, start: Micros) {
        self.phase = Phase::Guessed;
        self.end = start.saturating_add(self.length()).max(now);
        self.distribute(now, self.limit.saturating_sub(1));
    }

    /// Allows every request for this time, also those of callers with a turn.
    fn silence(&mut self, now: Micros, time: Micros) {
        self.phase = Phase::Silent;
        self.end = now.saturating_add(time);
        (self.first, self.due) = (self.next, self.next);
    }

    fn length(&self) -> Micros {
        if self.length == 0 {
            DEFAULT_WINDOW
        } else {
            self.length
        }
    }

    fn probe_time(&self) -> Micros {
        (self.length() / 4).clamp(POLL.0, MAX_PROBE)
    }

    /// Distributes the requests of a window: first to callers with a turn, the rest to others.
    fn distribute(&mut self, now: Micros, left: u64) {
        self.first = self.due;
        self.due = self.next.min(self.due.saturating_add(left));
        let waiting = self.due.saturating_sub(self.first);
        self.left = left.saturating_sub(waiting);
        // Otherwise a quick caller would take all of them while the others wake up.
        let is_scarce = waiting > 0 && (self.slot == SCARCE || waiting.saturating_mul(4) >= left);
        self.slot = if is_scarce { now } else { 0 };
    }

    /// Returns the turn of a caller, if it is still to come.
    fn pending_turn(&self, turn: u64) -> Option<u64> {
        (turn >= self.due.max(1) && turn < self.next).then_some(turn)
    }

    /// Starts a window, if it is the caller's turn or no other caller does.
    fn start(&mut self, now: Micros, turn: u64, max_wait: Micros) -> Decision {
        let is_next = self.due == self.next || self.pending_turn(turn) == Some(self.due);
        if !is_next && now < self.end.saturating_add(GRACE) {
            return self.queue(POLL.0, turn, max_wait);
        }
        if self.pending_turn(turn) == Some(self.due) {
            self.due = self.due.saturating_add(1);
        }
        self.first = self.due;
        self.slot = if self.left == 0 && self.number > 0 {
            SCARCE
        } else {
            0
        };
        self.number = self.number.saturating_add(1);
        self.left = 0;
        self.phase = Phase::Probing;
        self.end = now.saturating_add(self.probe_time());
        Decision::Go(self.number)
    }

    fn take(&mut self, now: Micros, turn: u64, max_wait: Micros) -> Decision {
        if turn >= self.first.max(1) && turn < self.due {
            return Decision::Go(self.number);
        }
        if self.pending_turn(turn).is_none() && self.left > 0 {
            return self.take_left(now, max_wait);
        }
        let left = self.end.saturating_sub(now).max(POLL.0);
        if self.phase == Phase::Guessed {
            return self.queue(left.min(POLL.1), turn, max_wait);
        }
        let ahead = self
            .pending_turn(turn)
            .unwrap_or(self.next)
            .saturating_sub(self.due);
        let windows = ahead.checked_div(self.limit).unwrap_or_default();
        let wait = left.saturating_add(windows.saturating_mul(self.length()));
        self.queue(wait.min(MAX_WINDOW), turn, max_wait)
    }

    /// Takes one of the requests left: now or, if they are scarce, in the next of the slots that are spread over a
    /// quarter of the window.
    fn take_left(&mut self, now: Micros, max_wait: Micros) -> Decision {
        let slot = self.slot.max(now);
        let wait = slot.saturating_sub(now);
        if wait > max_wait {
            return Decision::Wait(wait, 0);
        }
        if self.slot > 0 {
            let time = self.end.saturating_sub(slot) / 4;
            let step = time.checked_div(self.left.saturating_add(1));
            self.slot = slot.saturating_add(step.unwrap_or_default());
        }
        self.left = self.left.saturating_sub(1);
        if wait < POLL.0 {
            return Decision::Go(self.number);
        }
        let turn = self.new_turn();
        self.due = self.next;
        Decision::Wait(wait, turn)
    }

    fn new_turn(&mut self) -> u64 {
        if self.next == 0 {
            // Turns start at 1.
            (self.first, self.due, self.next) = (1, 1, 1);
        }
        let turn = self.next;
        self.next = turn.saturating_add(1);
        turn
    }

    /// Makes the caller wait, with its turn or a new one; without a turn if it cannot wait that long.
    fn queue(&mut self, wait: Micros, turn: u64, max_wait: Micros) -> Decision {
        if let Some(turn) = self.pending_turn(turn) {
            return Decision::Wait(wait, turn);
        }
        if wait > max_wait {
            return Decision::Wait(wait, 0);
        }
        Decision::Wait(wait, self.new_turn())
    }

    /// Records what the response to a request of the window with this number reported; 0 is a request that was not
    /// counted here.
    pub(super) fn record(&mut self, now: Micros, number: u64, reported: Report) {
        self.update(now);
        let is_current = number == self.number && number != 0;
        let Some((left, reset)) = reported.left.zip(reported.reset) else {
            if is_current && self.phase == Phase::Probing {
                // Some errors report nothing, though the endpoint has limits.
                if self.limit > 0 {
                    self.guess(now, now);
                } else {
                    self.silence(now, SILENCE);
                }
            }
            return;
        };
        self.limit = reported
            .limit
            .unwrap_or(self.limit.max(left.saturating_add(1)));
        let end = now.saturating_add(reset.min(MAX_WINDOW));
        match self.phase {
            Phase::Open | Phase::Guessed if is_current => {
                // Reports come late, never early: the earliest end is the best known.
                let is_guessed = self.phase == Phase::Guessed;
                self.end = if is_guessed { end } else { self.end.min(end) };
                self.left = self.left.min(left);
                self.phase = Phase::Open;
            }
            // A client that does not wait spends the same limit.
            Phase::Open | Phase::Guessed if number == 0 => {
                if end > now.midpoint(self.end) {
                    self.left = self.left.min(left);
                }
            }
            // The response is from a window that is over.
            _ if number != 0 && !is_current => {}
            Phase::Closed if is_current => {}
            _ => {
                if !is_current {
                    self.number = self.number.saturating_add(1);
                }
                self.phase = Phase::Open;
                self.end = end;
                self.distribute(now, left);
            }
        }
        let max_length = reported.window.unwrap_or(MAX_WINDOW).min(MAX_WINDOW);
        self.length = self.length.max(reset).min(max_length).max(POLL.0);
    }
}

/// The report of a response, in the units of this module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Report {
    pub(super) limit: Option<u64>,
    pub(super) window: Option<Micros>,
    pub(super) left: Option<u64>,
    pub(super) reset: Option<Micros>,
}

impl From<&RateLimit> for Report {
    fn from(reported: &RateLimit) -> Self {
        let time = |time| micros(time).min(MAX_WINDOW);
        let window = reported.window.map(time);
        let reset = reported.reset.or(reported.window).map(time);
        let is_whole = |time: Micros| time.is_multiple_of(SECOND);
        let is_long = window.is_some_and(|window| window >= LONG_WINDOW);
        Self {
            limit: reported
                .limit
                .filter(|limit| *limit > 0)
                .map(|limit| limit.min(MAX_COUNT)),
            window,
            left: reported.remaining.map(|left| left.min(MAX_COUNT)),
            reset: reset.map(|reset| match reset {
                reset if is_whole(reset) && is_long => reset.saturating_add(SECOND),
                0 => SECOND,
                reset => reset,
            }),
        }
    }
}

pub(super) fn micros(time: Duration) -> Micros {
    Micros::try_from(time.as_micros()).unwrap_or(Micros::MAX)
}
