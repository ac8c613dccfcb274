//! What the service says about its limits, in numbers.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::endpoint::Endpoint;

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

/// The last word of each call about its limit.
#[derive(Debug, Default)]
pub(super) struct RateLimits(Mutex<Vec<(&'static Endpoint, RateLimit)>>);

impl RateLimits {
    pub(super) fn note(&self, endpoint: &'static Endpoint, rate_limit: RateLimit) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known
            .iter_mut()
            .find(|(known, _)| known.path == endpoint.path && known.method == endpoint.method)
        {
            Some((_, last)) => *last = rate_limit,
            None => known.push((endpoint, rate_limit)),
        }
    }

    pub(super) fn of(&self, path: &str) -> Option<RateLimit> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .iter()
            .find(|(endpoint, _)| endpoint.path == path)
            .map(|(_, rate_limit)| *rate_limit)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cow, Duration, RateLimit};

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
