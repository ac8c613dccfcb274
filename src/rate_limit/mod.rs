//! Rate limits that are shared: by the threads, the processes and the machines that spend them.
//!
//! The service counts the requests of each owner of keys: all API keys of one user, or of one group, have one budget for
//! each endpoint. A client with [`wait_on_rate_limit`](crate::ClientBuilder::wait_on_rate_limit) keeps count for its own
//! process. If several processes or machines use keys of the same owner, give their clients one [`RateLimiter`]:
//!
//! | who shares a limit | limiter |
//! | --- | --- |
//! | the threads of a process | none: all clones of a client share a count |
//! | processes of a machine | [`FileLimiter`], a file that all of them open |
//! | machines | `RedisLimiter`, on a Redis or Valkey server (feature `redis`) |
//!
//! Use one file, or one prefix, for each owner of keys. No extra requests are sent. Only clients with
//! `wait_on_rate_limit(true)` wait; the others just record what their responses report.
//!
//! ```
//! # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
//! # let path = std::env::temp_dir().join(format!("limits-doc-{}", std::process::id()));
//! use rblx_open_cloud::Client;
//! use rblx_open_cloud::rate_limit::FileLimiter;
//!
//! let client = Client::builder("api-key")
//! #   .base_url(sandbox.url())
//!     .wait_on_rate_limit(true)
//!     .rate_limiter(FileLimiter::open(&path)?)
//!     .build()?;
//! # std::fs::remove_file(path).ok();
//! # Ok::<(), rblx_open_cloud::Error>(())
//! ```
//!
//! # If the store fails
//! A limiter that cannot reach its file or server returns an error. The client then continues with the count of its own
//! process, reports [`ClientEvent::LimiterFallback`](crate::ClientEvent::LimiterFallback), and calls the limiter again
//! a little later: after a tenth of a second at first, after 5 seconds at most. No call fails because of it.

mod file;
#[cfg(feature = "redis")]
mod redis;
pub(crate) mod report;
#[cfg(test)]
#[allow(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a failed test is a panic"
)]
mod simulation;
mod window;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::Method;
use report::RateLimit;

pub use file::FileLimiter;
#[cfg(feature = "redis")]
pub use redis::RedisLimiter;

/// An error of a limiter. Every error and every text converts into it.
pub type LimiterError = Box<dyn std::error::Error + Send + Sync>;

/// Decides when requests may be sent, for all clients that share a rate limit.
///
/// [`FileLimiter`] and `RedisLimiter` implement it; so can you, for another store. For each request the client calls
/// [`acquire`](Self::acquire) until it allows the request, sleeps in between, sends the request, and calls
/// [`record`](Self::record) with what the response reported. A client that does not wait only calls `record`.
///
/// Both methods are called from many threads at once. They should return soon, since the call waits for them.
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::Mutex;
/// use std::time::{Duration, Instant};
/// use rblx_open_cloud::RateLimit;
/// use rblx_open_cloud::rate_limit::{LimitedCall, LimiterError, RateLimiter, Turn};
///
/// /// Waits where a window is used up, and counts nothing: good for one request at a time.
/// #[derive(Default)]
/// struct Simple(Mutex<HashMap<String, Instant>>);
///
/// impl RateLimiter for Simple {
///     fn acquire(&self, call: &LimitedCall<'_>) -> Result<Turn, LimiterError> {
///         let closed = self.0.lock().map_err(|_| "the lock is poisoned")?;
///         Ok(match closed.get(&call.to_string()) {
///             Some(until) if *until > Instant::now() => Turn::after(*until - Instant::now()),
///             _ => Turn::now(),
///         })
///     }
///
///     fn record(&self, call: &LimitedCall<'_>, reported: &RateLimit) -> Result<(), LimiterError> {
///         if let (Some(0), Some(reset)) = (reported.remaining, reported.reset) {
///             let mut closed = self.0.lock().map_err(|_| "the lock is poisoned")?;
///             closed.insert(call.to_string(), Instant::now() + reset);
///         }
///         Ok(())
///     }
/// }
///
/// let limiter = Simple::default();
/// let call = LimitedCall::new(rblx_open_cloud::Method::Get, "/cloud/v2/users/{user_id}");
/// assert_eq!(limiter.acquire(&call)?, Turn::now());
/// # Ok::<(), LimiterError>(())
/// ```
pub trait RateLimiter: Send + Sync {
    /// Takes one request of the call's current window, or returns how long to wait before calling again.
    ///
    /// # Errors
    /// Any, if it could not decide: the client continues with its own count.
    fn acquire(&self, call: &LimitedCall<'_>) -> Result<Turn, LimiterError>;

    /// Records what a response reported. All fields are `None` if it reported nothing.
    ///
    /// # Errors
    /// Any, if it could not be recorded: the client continues with its own count.
    fn record(&self, call: &LimitedCall<'_>, reported: &RateLimit) -> Result<(), LimiterError>;
}

impl<T: RateLimiter + ?Sized> RateLimiter for Arc<T> {
    fn acquire(&self, call: &LimitedCall<'_>) -> Result<Turn, LimiterError> {
        (**self).acquire(call)
    }

    fn record(&self, call: &LimitedCall<'_>, reported: &RateLimit) -> Result<(), LimiterError> {
        (**self).record(call, reported)
    }
}

/// A call that a [`RateLimiter`] decides about. Its `Display` is the name of its limit, such as
/// `GET /cloud/v2/users/{user_id}`: the service counts by endpoint, not by user or group.
#[derive(Clone, Copy)]
pub struct LimitedCall<'a> {
    method: Method,
    endpoint: &'a str,
    max_wait: Option<Duration>,
    token: u64,
    is_stopped: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl<'a> LimitedCall<'a> {
    /// Describes a call, for tests of a limiter.
    #[must_use]
    pub fn new(method: Method, endpoint: &'a str) -> Self {
        Self {
            method,
            endpoint,
            max_wait: None,
            token: 0,
            is_stopped: None,
        }
    }

    /// Sets the token of the last [`Turn`].
    #[must_use]
    pub fn with_token(mut self, token: u64) -> Self {
        self.token = token;
        self
    }

    /// Sets how long the caller can wait.
    #[must_use]
    pub fn with_max_wait(mut self, time: Option<Duration>) -> Self {
        self.max_wait = time;
        self
    }

    pub(crate) fn with_stop(mut self, is_stopped: &'a (dyn Fn() -> bool + Sync)) -> Self {
        self.is_stopped = Some(is_stopped);
        self
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Returns the documented path, such as `/cloud/v2/users/{user_id}`.
    #[must_use]
    pub fn endpoint(&self) -> &'a str {
        self.endpoint
    }

    /// Returns how long the caller can wait, if that is limited. A caller that cannot wait as long as required does not
    /// call again, so it should not get a place in a queue.
    #[must_use]
    pub fn max_wait(&self) -> Option<Duration> {
        self.max_wait
    }

    /// Returns the token of the last [`Turn`] of this call; 0 if it has none.
    #[must_use]
    pub fn token(&self) -> u64 {
        self.token
    }

    /// Returns whether the client was shut down. A limiter that blocks has to look every few milliseconds, and to return any
    /// error then.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.is_some_and(|is_stopped| is_stopped())
    }
}

impl fmt::Display for LimitedCall<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.endpoint)
    }
}

impl fmt::Debug for LimitedCall<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LimitedCall")
            .field("method", &self.method)
            .field("endpoint", &self.endpoint)
            .field("max_wait", &self.max_wait)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

/// The decision about a request: it may be sent now, or after a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Turn {
    wait: Option<Duration>,
    token: u64,
}

impl Turn {
    /// Allows the request now.
    pub const fn now() -> Self {
        Self {
            wait: None,
            token: 0,
        }
    }

    /// Makes the caller wait this time, then call again.
    pub const fn after(wait: Duration) -> Self {
        Self {
            wait: Some(wait),
            token: 0,
        }
    }

    /// Adds a number for the limiter, such as a place in a queue. It comes back as [`LimitedCall::token`] when the
    /// caller calls again, and when the response to the request is recorded.
    pub const fn with_token(mut self, token: u64) -> Self {
        self.token = token;
        self
    }

    /// Returns how long to wait before calling again; `None` if the request may be sent.
    #[must_use]
    pub const fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// Returns the token.
    #[must_use]
    pub const fn token(&self) -> u64 {
        self.token
    }
}

impl From<window::Decision> for Turn {
    fn from(decision: window::Decision) -> Self {
        match decision {
            window::Decision::Go(number) => Self::now().with_token(number),
            window::Decision::Wait(wait, turn) => {
                Self::after(Duration::from_micros(wait)).with_token(turn)
            }
        }
    }
}
