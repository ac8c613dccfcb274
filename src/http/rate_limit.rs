//! Rate limits: the reports of the service, and the count of one process.

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::endpoint::{EndpointRef, Method};
use crate::rate_limit::report::RateLimit;

/// Parses the headers. If there are several values, the strictest counts; unparsable values are ignored.
pub(super) fn parse<'a>(header: impl Fn(&str) -> Option<Cow<'a, str>>) -> Option<RateLimit> {
    let integer = |text: &str| text.trim().parse::<u64>().ok();
    let limit = header("x-ratelimit-limit").unwrap_or_default();
    let window = limit
        .split([';', ','])
        .find_map(|part| integer(part.trim().strip_prefix("w=")?));
    let remaining = header("x-ratelimit-remaining").unwrap_or_default();
    let reset = header("x-ratelimit-reset").unwrap_or_default();
    let rate_limit = RateLimit {
        limit: limit.split([';', ',']).find_map(integer),
        window: window.map(Duration::from_secs),
        remaining: remaining.split(',').filter_map(integer).min(),
        reset: reset.split(',').filter_map(seconds).max(),
    };
    (rate_limit != RateLimit::default()).then_some(rate_limit)
}

/// Parses a number of seconds, which may have a fraction.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// The maximum number of calls whose limits are kept. Raw calls can have any path.
const MAX_ENTRIES: usize = 256;
/// The maximum time that a request waits for the next window.
const MAX_WINDOW: Duration = Duration::from_secs(120);
/// The maximum difference between the ends of a window that responses report.
const SAME_WINDOW: Duration = Duration::from_secs(2);

/// Counts the requests of one process, for its threads.
#[derive(Debug, Default)]
pub(super) struct ProcessLimiter(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    method: Method,
    path: Box<str>,
    reported: RateLimit,
    window: Option<Window>,
    used: Instant,
}

/// The current window, as far as it is known.
#[derive(Debug, Clone, Copy)]
struct Window {
    end: Instant,
    /// The number of requests that may still be sent in it. Requests in flight are subtracted.
    left: u64,
}

impl ProcessLimiter {
    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one request of the current window. Returns `None` if it may be sent now, else the time until the next
    /// window.
    pub(super) fn acquire(&self, endpoint: &EndpointRef, now: Instant) -> Option<Duration> {
        let mut entries = self.lock();
        let entry = find(&mut entries, endpoint)?;
        entry.used = now;
        let window = entry.window.as_mut()?;
        if window.end <= now {
            // Assumed for the next window, until a response reports it.
            entry.window = Window::after(entry.reported, now);
            return None;
        }
        match window.left.checked_sub(1) {
            Some(left) => {
                window.left = left;
                None
            }
            None => Some(window.end.saturating_duration_since(now)),
        }
    }

    /// Records what a response reported.
    pub(super) fn record(&self, endpoint: &EndpointRef, reported: RateLimit, now: Instant) {
        let mut entries = self.lock();
        let window = Window::from_report(reported, now);
        if let Some(entry) = find(&mut entries, endpoint) {
            entry.reported = reported;
            entry.used = now;
            entry.window = match (entry.window, window) {
                // Responses can arrive out of order: the count only falls within a window.
                (Some(old), Some(new)) if old.is_same(new) => Some(Window {
                    left: old.left.min(new.left),
                    ..new
                }),
                (old, new) => new.or(old),
            };
            return;
        }
        if entries.len() >= MAX_ENTRIES {
            let oldest = entries
                .iter()
                .enumerate()
                .min_by_key(|(_, entry)| entry.used);
            if let Some((index, _)) = oldest {
                entries.swap_remove(index);
            }
        }
        entries.push(Entry {
            method: endpoint.method,
            path: endpoint.path().into(),
            reported,
            window,
            used: now,
        });
    }

    /// Returns the last report of a call, by method and documented path.
    pub(super) fn reported(&self, method: Option<Method>, path: &str) -> Option<RateLimit> {
        let entries = self.lock();
        let mut named = entries.iter().filter(|entry| *entry.path == *path);
        let entry = named.find(|entry| method.is_none_or(|method| entry.method == method));
        entry.map(|entry| entry.reported)
    }
}

fn find<'a>(entries: &'a mut [Entry], endpoint: &EndpointRef) -> Option<&'a mut Entry> {
    entries
        .iter_mut()
        .find(|entry| entry.method == endpoint.method && *entry.path == *endpoint.path())
}

impl Window {
    fn from_report(reported: RateLimit, now: Instant) -> Option<Self> {
        let reset = reported.reset.or(reported.window)?.min(MAX_WINDOW);
        Some(Self {
            end: now.checked_add(reset)?,
            left: reported.remaining?,
        })
    }

    /// Returns a window that has just started, with its first request taken.
    fn after(reported: RateLimit, now: Instant) -> Option<Self> {
        let length = reported.window?.min(MAX_WINDOW);
        Some(Self {
            end: now.checked_add(length)?,
            left: reported.limit?.saturating_sub(1),
        })
    }

    fn is_same(self, other: Self) -> bool {
        let (early, late) = (self.end.min(other.end), self.end.max(other.end));
        late.saturating_duration_since(early) <= SAME_WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::{Cow, Duration, EndpointRef, Instant, Method, ProcessLimiter, RateLimit};

    #[test]
    fn requests_wait_for_the_next_window_when_one_is_used_up() {
        let limits = ProcessLimiter::default();
        let endpoint = EndpointRef::custom(Method::Get, "/a");
        let start = Instant::now();
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        let reported = |remaining, reset| RateLimit {
            limit: Some(3),
            window: Some(Duration::from_secs(60)),
            remaining: Some(remaining),
            reset: Some(Duration::from_secs(reset)),
        };
        assert_eq!(
            limits.acquire(&endpoint, at(0)),
            None,
            "nothing is known yet"
        );
        limits.record(&endpoint, reported(2, 10), at(0));
        // A late response does not give back requests that others acquired.
        assert_eq!(limits.acquire(&endpoint, at(1)), None);
        limits.record(&endpoint, reported(2, 9), at(1));
        assert_eq!(limits.acquire(&endpoint, at(1)), None);
        assert_eq!(
            limits.acquire(&endpoint, at(4)),
            Some(Duration::from_secs(6))
        );
        let other = EndpointRef::custom(Method::Post, "/a");
        assert_eq!(
            limits.acquire(&other, at(4)),
            None,
            "another call, another limit"
        );
        // The next window allows the limit, for all threads together.
        for _ in 0..3 {
            assert_eq!(limits.acquire(&endpoint, at(10)), None);
        }
        assert_eq!(
            limits.acquire(&endpoint, at(10)),
            Some(Duration::from_secs(60))
        );
        // The wait is capped, however long the window claims to be.
        limits.record(&endpoint, reported(0, 1_000_000_000), at(80));
        assert_eq!(
            limits.acquire(&endpoint, at(80)),
            Some(Duration::from_secs(120))
        );
    }

    #[test]
    fn a_full_table_forgets_the_oldest_entry() {
        let limits = ProcessLimiter::default();
        let start = Instant::now();
        let report = RateLimit {
            remaining: Some(0),
            reset: Some(Duration::from_secs(60)),
            ..RateLimit::default()
        };
        for number in 0..1000_u64 {
            let endpoint = EndpointRef::custom(Method::Get, &format!("/{number}"));
            let now = start + Duration::from_millis(number);
            limits.record(&endpoint, report, now);
            assert!(
                limits.acquire(&endpoint, now).is_some(),
                "{number} is known"
            );
        }
        assert_eq!(limits.lock().len(), super::MAX_ENTRIES);
        assert_eq!(limits.reported(None, "/0"), None, "the oldest is forgotten");
        assert_eq!(limits.reported(Some(Method::Get), "/999"), Some(report));
        assert_eq!(limits.reported(Some(Method::Patch), "/999"), None);
    }

    #[test]
    fn limits_come_as_numbers_and_as_lists() {
        let parse = |limit: &str, remaining: &str, reset: &str| {
            let header = |name: &str| match name {
                "x-ratelimit-limit" => Some(limit.to_owned()),
                "x-ratelimit-remaining" => Some(remaining.to_owned()),
                _ => Some(reset.to_owned()),
            };
            let values = [
                "x-ratelimit-limit",
                "x-ratelimit-remaining",
                "x-ratelimit-reset",
            ]
            .map(|name| (name, header(name)));
            super::parse(|name| {
                values
                    .iter()
                    .find(|(known, _)| *known == name)?
                    .1
                    .as_deref()
                    .map(Cow::Borrowed)
            })
            .map(|known| {
                (
                    known.limit,
                    known.window.map(|window| window.as_secs()),
                    known.remaining,
                    known.reset,
                )
            })
        };
        let seconds = |seconds: u64| Some(Duration::from_secs(seconds));
        assert_eq!(
            parse("200;w=60", "199", "22"),
            Some((Some(200), Some(60), Some(199), seconds(22)))
        );
        assert_eq!(
            parse("1000, 1000;w=60", "5, 0", "22, 0"),
            Some((Some(1000), Some(60), Some(0), seconds(22)))
        );
        assert_eq!(parse("x", "-1", "soon"), None);
        assert_eq!(parse("", "99999999999999999999", "1e400"), None);
        assert_eq!(
            parse("5", "x, 3", "-1, 4"),
            Some((Some(5), None, Some(3), seconds(4)))
        );
    }
}
