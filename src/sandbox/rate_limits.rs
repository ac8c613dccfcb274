//! The rate limit of a request, and the headers that report it.

use std::time::Duration;

use super::api::call::Caller;
use super::api::route::Entry;
use super::clock::Clock;
use super::error_body;
use super::server::{Head, Response};
use super::state::Shared;
use super::state::rate_limiter::{Bucket, Limit, RateLimiter, Usage};

/// The limit in the headers of operations without a documented one.
const SHOWN_LIMIT: Limit = Limit {
    requests: 1000,
    window_seconds: 60,
};
/// The service understates `retry-after`: its value is constant, and only `x-ratelimit-reset` is exact.
const MAX_RETRY_AFTER: u64 = 5;

/// A request that was counted.
#[derive(Debug)]
pub(crate) struct Permit {
    bucket: Bucket,
    headers: Headers,
}

/// The values of the headers, in the client's time.
#[derive(Debug, Clone, Copy)]
struct Headers {
    requests: u64,
    window: u64,
    remaining: u64,
    reset: u64,
}

/// Counts a request, or returns the response to one that exceeds its limit.
pub(crate) fn acquire(
    shared: &Shared,
    head: &Head,
    caller: &Caller,
    entry: &Entry,
) -> Result<Permit, Response> {
    let state = &mut *shared.state();
    let documented = documented_limit(head, caller, entry);
    let is_enforced = documented.is_some() && state.settings.enforce_rate_limits;
    let (bucket, limit) = documented.unwrap_or_else(|| (Bucket::default(), SHOWN_LIMIT));
    let now = state.now();
    let usage = if is_enforced {
        state.rate_limiter.acquire(&bucket, limit, now)
    } else {
        // Nothing is used up, and the window ends at once: a client that counts its requests waits for a second at most.
        let usage = RateLimiter::default().acquire(&bucket, limit, now);
        Usage {
            reset: Duration::ZERO,
            ..usage
        }
    };
    let headers = Headers::new(usage, &state.clock);
    if usage.is_exceeded {
        return Err(too_many_requests(head, headers));
    }
    Ok(Permit { bucket, headers })
}

fn documented_limit(head: &Head, caller: &Caller, entry: &Entry) -> Option<(Bucket, Limit)> {
    let operation = entry.operation?;
    let (limit, caller) = match caller {
        Caller::Anyone | Caller::ApiKey => (operation.key_limit?, String::new()),
        Caller::User(_) => {
            let token = head.bearer_token().unwrap_or_default();
            let limit = operation.token_limit.or(operation.key_limit)?;
            (limit, token.to_owned())
        }
    };
    let bucket = Bucket {
        caller,
        method: entry.method,
        template: entry.template.text,
    };
    Some((bucket, limit))
}

impl Permit {
    /// Adds the headers to a response. A 404 gets no headers and does not count: the service returns it before the limiter.
    pub(crate) fn finish(self, shared: &Shared, response: Response) -> Response {
        if response.status == 404 {
            shared.state().rate_limiter.release(&self.bucket);
            return response;
        }
        self.headers.add_to(response)
    }
}

impl Headers {
    fn new(usage: Usage, clock: &Clock) -> Self {
        let seconds = |time: Duration| {
            let time = clock.to_real(time);
            time.as_secs() + u64::from(time.subsec_nanos() > 0)
        };
        Self {
            requests: usage.limit.requests,
            window: seconds(Duration::from_secs(usage.limit.window_seconds)),
            remaining: usage.remaining,
            reset: seconds(usage.reset).max(1),
        }
    }

    fn add_to(self, response: Response) -> Response {
        let limit = format!("{};w={}", self.requests, self.window);
        response
            .header("x-ratelimit-limit", limit)
            .header("x-ratelimit-remaining", self.remaining.to_string())
            .header("x-ratelimit-reset", self.reset.to_string())
    }
}

fn too_many_requests(head: &Head, headers: Headers) -> Response {
    let response = error_body::too_many_requests(head.path_and_query().0);
    let retry_after = headers.reset.min(MAX_RETRY_AFTER);
    headers.add_to(response.header("retry-after", retry_after.to_string()))
}

/// Returns the response of [`Fault::rate_limited`](super::Fault::rate_limited).
pub(crate) fn fault_response(head: &Head, seconds: u64) -> Response {
    let response = error_body::too_many_requests(head.path_and_query().0);
    let headers = Headers {
        requests: SHOWN_LIMIT.requests,
        window: SHOWN_LIMIT.window_seconds,
        remaining: 0,
        reset: seconds,
    };
    headers.add_to(response.header("retry-after", seconds.to_string()))
}
