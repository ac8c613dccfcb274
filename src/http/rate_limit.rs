//! What the service says about its limits, in numbers.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::endpoint::{EndpointRef, Method};

/// How much of a limit is left, as the last answer of a call told.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// client.user(156).get()?;
/// if let Some(limit) = client.rate_limit("/cloud/v2/users/{user_id}") {
///     println!("{:?} of {:?} requests left", limit.remaining, limit.limit);
/// }
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests in a window.
    pub limit: Option<u64>,
    /// The length of a window.
    pub window: Option<Duration>,
    /// Requests that are left in this window.
    pub remaining: Option<u64>,
    /// When the next window begins, from the moment of the answer.
    pub reset: Option<Duration>,
}

impl RateLimit {
    /// Of several values the strictest counts; nonsense counts as none.
    pub(super) fn parse<'a>(header: impl Fn(&str) -> Option<Cow<'a, str>>) -> Option<Self> {
        let integer = |text: &str| text.trim().parse::<u64>().ok();
        let limit = header("x-ratelimit-limit").unwrap_or_default();
        let window = limit
            .split([';', ','])
            .find_map(|part| integer(part.trim().strip_prefix("w=")?));
        let remaining = header("x-ratelimit-remaining").unwrap_or_default();
        let reset = header("x-ratelimit-reset").unwrap_or_default();
        let rate_limit = Self {
            limit: limit.split([';', ',']).find_map(integer),
            window: window.map(Duration::from_secs),
            remaining: remaining.split(',').filter_map(integer).min(),
            reset: reset.split(',').filter_map(seconds).max(),
        };
        (rate_limit != Self::default()).then_some(rate_limit)
    }
}

/// A number of seconds as headers write it, whole or not.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Raw calls may name any path; of so many calls the limits are kept.
const MAX_ENTRIES: usize = 256;
/// However long a window is said to last, no request waits longer for the next one.
const MAX_WINDOW: Duration = Duration::from_secs(120);
/// Answers of one window may tell its end a little differently.
const SAME_WINDOW: Duration = Duration::from_secs(2);

/// The last word of each call about its limit.
#[derive(Debug, Default)]
pub(super) struct RateLimits(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    method: Method,
    path: Box<str>,
    told: RateLimit,
    window: Option<Window>,
}

/// The window that is open, as far as it is known.
#[derive(Debug, Clone, Copy)]
struct Window {
    end: Instant,
    /// Requests that may still be sent in it, those under way taken off.
    left: u64,
}

impl RateLimits {
    pub(super) fn record(&self, endpoint: &EndpointRef, told: RateLimit, now: Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = Window::told(told, now);
        if let Some(known) = find(&mut known, endpoint) {
            known.told = told;
            known.window = match (known.window, window) {
                // Answers overtake each other: the count only falls within a window.
                (Some(old), Some(new)) if old.is_same(new) => Some(Window {
                    left: old.left.min(new.left),
                    ..new
                }),
                (old, new) => new.or(old),
            };
        } else if known.len() < MAX_ENTRIES {
            known.push(Entry {
                method: endpoint.method,
                path: endpoint.path().into(),
                told,
                window,
            });
        }
    }

    /// Takes one request of the window: `None` if it may be sent now, else how long until the next window.
    pub(super) fn acquire(&self, endpoint: &EndpointRef, now: Instant) -> Option<Duration> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = find(&mut known, endpoint)?;
        let window = known.window.as_mut()?;
        if window.end <= now {
            // What the next window holds, until an answer tells.
            known.window = Window::after(known.told, now);
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

    pub(super) fn of(&self, path: &str) -> Option<RateLimit> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .iter()
            .find(|known| *known.path == *path)
            .map(|known| known.told)
    }
}

fn find<'a>(known: &'a mut [Entry], endpoint: &EndpointRef) -> Option<&'a mut Entry> {
    known
        .iter_mut()
        .find(|known| known.method == endpoint.method && *known.path == *endpoint.path())
}

impl Window {
    fn told(told: RateLimit, now: Instant) -> Option<Self> {
        let reset = told.reset.or(told.window)?.min(MAX_WINDOW);
        Some(Self {
            end: now.checked_add(reset)?,
            left: told.remaining?,
        })
    }

    /// A window that has just begun, with its first request taken.
    fn after(told: RateLimit, now: Instant) -> Option<Self> {
        let length = told.window?.min(MAX_WINDOW);
        Some(Self {
            end: now.checked_add(length)?,
            left: told.limit?.saturating_sub(1),
        })
    }

    fn is_same(self, other: Self) -> bool {
        let (early, late) = (self.end.min(other.end), self.end.max(other.end));
        late.saturating_duration_since(early) <= SAME_WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::{Cow, Duration, EndpointRef, Instant, Method, RateLimit, RateLimits};

    #[test]
    fn a_window_that_is_used_up_is_waited_for() {
        let limits = RateLimits::default();
        let endpoint = EndpointRef::custom(Method::Get, "/a");
        let start = Instant::now();
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        let told = |remaining, reset| RateLimit {
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
        limits.record(&endpoint, told(2, 10), at(0));
        // An answer that was overtaken does not give back what others took.
        assert_eq!(limits.acquire(&endpoint, at(1)), None);
        limits.record(&endpoint, told(2, 9), at(1));
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
        // The next window holds what the limit says, for all threads together.
        for _ in 0..3 {
            assert_eq!(limits.acquire(&endpoint, at(10)), None);
        }
        assert_eq!(
            limits.acquire(&endpoint, at(10)),
            Some(Duration::from_secs(60))
        );
        // A window for ever is not believed.
        limits.record(&endpoint, told(0, 1_000_000_000), at(80));
        assert_eq!(
            limits.acquire(&endpoint, at(80)),
            Some(Duration::from_secs(120))
        );
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
            RateLimit::parse(|name| {
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
