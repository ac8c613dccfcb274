//! The rate limits of a client: the count of its process, and the limiter that it shares with others, if it has one.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::event::{ClientEvent, EventHook};
use super::rate_limit::ProcessLimiter;
use super::request::Request;
use super::stop::StopSignal;
use crate::endpoint::Method;
use crate::rate_limit::report::RateLimit;
use crate::rate_limit::{LimitedCall, LimiterError, RateLimiter, Turn};

/// The first and the maximum delay before a limiter that failed is called again.
const OUTAGE_DELAYS: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// The limiter of the caller's choice.
#[derive(Clone)]
pub(crate) struct LimiterChoice(Arc<dyn RateLimiter>);

impl LimiterChoice {
    pub(crate) fn new(limiter: impl RateLimiter + 'static) -> Self {
        Self(Arc::new(limiter))
    }
}

impl fmt::Debug for LimiterChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LimiterChoice(set)")
    }
}

/// The rate limits of a client, which all its clones share.
#[derive(Debug)]
pub(super) struct Limiter {
    own: ProcessLimiter,
    shared: Option<LimiterChoice>,
    outage: Mutex<Option<Outage>>,
    events: EventHook,
}

/// An outage of the shared limiter.
#[derive(Debug, Clone, Copy)]
struct Outage {
    failures: u32,
    until: Instant,
}

impl Limiter {
    pub(super) fn new(shared: Option<LimiterChoice>, events: EventHook) -> Self {
        Self {
            own: ProcessLimiter::default(),
            shared,
            outage: Mutex::default(),
            events,
        }
    }

    /// Allows a request, or returns the time after which to call again.
    pub(super) fn acquire(
        &self,
        request: &Request,
        token: u64,
        max_wait: Option<Duration>,
        stop: &StopSignal,
    ) -> Turn {
        let turn = self.call_shared(request, stop, |limiter, call| {
            limiter.acquire(&call.with_token(token).with_max_wait(max_wait))
        });
        let own = || match self.own.acquire(&request.endpoint, Instant::now()) {
            Some(wait) => Turn::after(wait),
            None => Turn::now(),
        };
        turn.unwrap_or_else(own)
    }

    /// Records what a response reported, if anything. `token` is the one that the limiter returned for the request.
    pub(super) fn record(
        &self,
        request: &Request,
        token: u64,
        reported: Option<RateLimit>,
        stop: &StopSignal,
    ) {
        if let Some(reported) = reported {
            self.own.record(&request.endpoint, reported, Instant::now());
        }
        if request.is_anonymous || (reported.is_none() && token == 0) {
            return;
        }
        self.call_shared(request, stop, |limiter, call| {
            limiter.record(&call.with_token(token), &reported.unwrap_or_default())
        });
    }

    /// Returns the last report of a call, by method and documented path.
    pub(super) fn reported(&self, method: Option<Method>, path: &str) -> Option<RateLimit> {
        self.own.reported(method, path)
    }

    /// Calls the shared limiter, unless it failed just now.
    fn call_shared<T>(
        &self,
        request: &Request,
        stop: &StopSignal,
        action: impl FnOnce(&dyn RateLimiter, LimitedCall<'_>) -> Result<T, LimiterError>,
    ) -> Option<T> {
        let LimiterChoice(limiter) = self.shared.as_ref()?;
        let is_retry = self.probe_outage()?;
        let is_stopped = || stop.is_stopped();
        let call = LimitedCall::new(request.endpoint.method, request.endpoint.path())
            .with_stop(&is_stopped);
        match action(&**limiter, call) {
            Ok(result) => {
                if is_retry && self.lock().take().is_some() {
                    self.events.report(|| ClientEvent::LimiterRestored {
                        method: request.endpoint.method,
                        endpoint: request.endpoint.path(),
                        path: request.path(),
                    });
                }
                Some(result)
            }
            // The shutdown ended the call.
            Err(_) if stop.is_stopped() => None,
            Err(error) => {
                self.fail(request, is_retry, &error);
                None
            }
        }
    }

    /// Returns whether this call is the first one after an outage; `None` while the limiter must not be called.
    fn probe_outage(&self) -> Option<bool> {
        let mut outage = self.lock();
        let Some(outage) = &mut *outage else {
            return Some(false);
        };
        let now = Instant::now();
        if now < outage.until {
            return None;
        }
        // One call tries; the others do not wait for it.
        outage.until = retry_time(now, outage.failures);
        Some(true)
    }

    fn fail(&self, request: &Request, is_retry: bool, error: &LimiterError) {
        let now = Instant::now();
        let mut outage = self.lock();
        let failures = match &*outage {
            // Another thread has reported it.
            Some(_) if !is_retry => return,
            Some(outage) => outage.failures.saturating_add(1),
            None => 0,
        };
        let until = retry_time(now, failures);
        *outage = Some(Outage { failures, until });
        drop(outage);
        if !self.events.is_set() {
            return;
        }
        let reason = error.to_string();
        self.events.report(|| ClientEvent::LimiterFallback {
            method: request.endpoint.method,
            endpoint: request.endpoint.path(),
            path: request.path(),
            reason: &reason,
            delay: until.saturating_duration_since(now),
        });
    }

    fn lock(&self) -> MutexGuard<'_, Option<Outage>> {
        self.outage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn retry_time(now: Instant, failures: u32) -> Instant {
    let (first, max_delay) = OUTAGE_DELAYS;
    let delay = first
        .saturating_mul(2_u32.saturating_pow(failures))
        .min(max_delay);
    now.checked_add(delay).unwrap_or(now)
}
