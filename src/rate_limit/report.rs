//! The report of a response about a rate limit.

use std::time::Duration;

/// The state of a rate limit, as the last response of a call reported it.
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
    /// The number of requests in a window.
    pub limit: Option<u64>,
    /// The length of a window.
    pub window: Option<Duration>,
    /// The number of requests that are left in the current window.
    pub remaining: Option<u64>,
    /// The time until the next window starts, counted from the response.
    pub reset: Option<Duration>,
}
