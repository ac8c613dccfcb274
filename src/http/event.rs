//! Events: what a client reports to the caller's callback.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::Method;
use crate::error::ErrorKind;

/// An event of a client, for [`ClientBuilder::on_event`](crate::ClientBuilder::on_event). Its `Display` is one readable
/// line. It contains no key, no token and no body.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum ClientEvent<'a> {
    /// A request is about to be sent.
    #[non_exhaustive]
    Attempt {
        /// The method.
        method: Method,
        /// The documented path, such as `/cloud/v2/users/{user_id}`.
        endpoint: &'a str,
        /// The path with its arguments, without the query.
        path: &'a str,
        /// The number of the attempt, counted from 1.
        attempt: u32,
    },
    /// A response arrived, whatever its status.
    #[non_exhaustive]
    Response {
        /// The method.
        method: Method,
        /// The documented path.
        endpoint: &'a str,
        /// The path with its arguments, without the query.
        path: &'a str,
        /// The number of the attempt, counted from 1.
        attempt: u32,
        /// The HTTP status.
        status: u16,
        /// The size of the body in bytes, after decompression.
        bytes: u64,
        /// The time since the request was sent.
        elapsed: Duration,
    },
    /// An attempt failed, and the request is sent again after a delay.
    #[non_exhaustive]
    Retry {
        /// The method.
        method: Method,
        /// The documented path.
        endpoint: &'a str,
        /// The path with its arguments, without the query.
        path: &'a str,
        /// The number of the attempt that failed, counted from 1.
        attempt: u32,
        /// The kind of the failure.
        kind: ErrorKind,
        /// The HTTP status of the failure, if there was a response.
        status: Option<u16>,
        /// The delay before the next attempt.
        delay: Duration,
    },
    /// A request waits for a rate limit. Waits of a few milliseconds are not reported.
    #[non_exhaustive]
    RateLimitWait {
        /// The method.
        method: Method,
        /// The documented path.
        endpoint: &'a str,
        /// The path with its arguments, without the query.
        path: &'a str,
        /// The time until the request is sent, or the limit is checked again.
        delay: Duration,
    },
    /// The rate limiter failed: the client continues with the count of its own process, and calls the limiter again
    /// later.
    #[non_exhaustive]
    LimiterFallback {
        /// The method of the call that noticed it.
        method: Method,
        /// The documented path.
        endpoint: &'a str,
        /// The path with its arguments, without the query.
        path: &'a str,
        /// The error of the limiter.
        reason: &'a str,
        /// The time until it is called again.
        delay: Duration,
    },
    /// The rate limiter works again.
    #[non_exhaustive]
    LimiterRestored {
        /// The method of the call that noticed it.
        method: Method,
        /// The documented path.
        endpoint: &'a str,
        /// The path with its arguments, without the query.
        path: &'a str,
    },
}

impl fmt::Display for ClientEvent<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attempt {
                method,
                path,
                attempt,
                ..
            } => {
                write!(formatter, "{method} {path}: attempt {attempt}")
            }
            Self::Response {
                method,
                path,
                status,
                bytes,
                elapsed,
                ..
            } => {
                write!(
                    formatter,
                    "{method} {path}: {status}, {bytes} bytes in {elapsed:.1?}"
                )
            }
            Self::Retry {
                method,
                path,
                attempt,
                kind,
                status,
                delay,
                ..
            } => {
                write!(
                    formatter,
                    "{method} {path}: attempt {attempt} failed ({kind}"
                )?;
                if let Some(status) = status {
                    write!(formatter, ", {status}")?;
                }
                write!(formatter, "); next attempt in {delay:.1?}")
            }
            Self::RateLimitWait {
                method,
                path,
                delay,
                ..
            } => {
                write!(
                    formatter,
                    "{method} {path}: waits {delay:.1?} for the rate limit"
                )
            }
            Self::LimiterFallback {
                method,
                path,
                reason,
                ..
            } => {
                write!(
                    formatter,
                    "{method} {path}: continues without the rate limiter ({reason})"
                )
            }
            Self::LimiterRestored { method, path, .. } => {
                write!(formatter, "{method} {path}: the rate limiter is back")
            }
        }
    }
}

/// A callback for events.
type Hook = dyn Fn(&ClientEvent<'_>) + Send + Sync;

/// The callback of a client, if it is set.
#[derive(Clone, Default)]
pub(crate) struct EventHook(Option<Arc<Hook>>);

impl EventHook {
    pub(crate) fn new(hook: impl Fn(&ClientEvent<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hook)))
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.is_some()
    }

    /// Reports an event, which is built only if there is a callback.
    pub(super) fn report<'a>(&self, event: impl FnOnce() -> ClientEvent<'a>) {
        if let Some(hook) = &self.0 {
            hook(&event());
        }
    }
}

impl fmt::Debug for EventHook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() {
            "EventHook(set)"
        } else {
            "EventHook(none)"
        })
    }
}
