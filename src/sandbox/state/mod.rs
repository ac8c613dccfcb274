//! The state of a sandbox, behind one lock.

pub(crate) mod asset;
#[cfg(feature = "oauth2")]
pub(crate) mod authority;
pub(crate) mod data_store;
pub(crate) mod faults;
pub(crate) mod fixtures;
pub(crate) mod forum;
pub(crate) mod group;
pub(crate) mod invalid_state;
pub(crate) mod item;
pub(crate) mod legacy_group;
pub(crate) mod luau;
pub(crate) mod metrics;
pub(crate) mod notification;
pub(crate) mod operation;
pub(crate) mod rate_limiter;
pub(crate) mod received;
pub(crate) mod saved;
pub(crate) mod schedule;
pub(crate) mod settings;
mod snapshot;
pub(crate) mod store;
pub(crate) mod universe;
pub(crate) mod user;

use std::collections::VecDeque;
use std::fmt;
use std::hash::RandomState;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use time::OffsetDateTime;

use super::clock::Clock;
use super::fault::Fault;
use super::random::random_text;
use super::server::Head;
use faults::Faults;
use luau::Luau;
use notification::ReceivedNotification;
use operation::{Effect, Operations, Outcome};
use rate_limiter::RateLimiter;
use received::{ReceivedRequest, ReceivedUpload};
use schedule::Schedule;
use settings::Settings;
use store::Store;
use universe::message::ReceivedMessage;

/// The state that all connections share.
pub(crate) struct Shared {
    pub(crate) api_key: String,
    /// Distinguishes this sandbox from every other one, also on the same port and with the same key.
    pub(crate) run: String,
    /// The address of the server.
    pub(crate) address: SocketAddr,
    /// Signs page tokens, so that made-up ones are noticed.
    pub(crate) token_hasher: RandomState,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) operations: Operations,
    pub(crate) luau: Luau,
    #[cfg(feature = "oauth2")]
    pub(crate) authority: authority::Authority,
    pub(crate) settings: Settings,
    pub(crate) faults: Faults,
    pub(crate) rate_limiter: RateLimiter,
    /// The information about the API key; `None` if it may do everything.
    pub(crate) key_info: Option<Value>,
    /// Code and message of the next operations that fail.
    pub(crate) operation_errors: VecDeque<(String, String)>,
    pub(crate) requests: Vec<ReceivedRequest>,
    pub(crate) uploads: Vec<ReceivedUpload>,
    pub(crate) notifications: Vec<ReceivedNotification>,
    pub(crate) messages: Vec<ReceivedMessage>,
    /// Changes of the resources at the start.
    pub(crate) seeds: Vec<Value>,
}

impl Shared {
    pub(crate) fn new(api_key: String, address: SocketAddr, state: State) -> Self {
        Self {
            api_key,
            run: random_text(),
            address,
            token_hasher: RandomState::new(),
            state: Mutex::new(state),
        }
    }

    /// Locks the state, and brings it up to the current time.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.finish_due_operations();
        state
    }
}

impl State {
    pub(crate) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// Records a request, and takes the fault that it meets.
    pub(crate) fn receive(&mut self, head: &Head, template: Option<&str>) -> Option<Fault> {
        if self
            .settings
            .kept_requests
            .is_some_and(|kept| self.requests.len() >= kept)
        {
            self.requests.remove(0);
        }
        self.requests.push(ReceivedRequest::new(head));
        let (path, _) = head.path_and_query();
        self.faults.take(&head.method, path, template)
    }

    /// Starts an operation that ends with this effect, or with the error that a test has set.
    pub(crate) fn start_operation(&mut self, path: &str, effect: Effect) -> Value {
        let outcome = self.outcome(effect);
        let schedule = self.settings.schedule(self.now());
        self.start_operation_with(path, schedule, outcome)
    }

    /// Returns the outcome of the next operation: this effect, or the error that a test has set.
    pub(crate) fn outcome(&mut self, effect: Effect) -> Outcome {
        match self.operation_errors.pop_front() {
            Some((code, message)) => Outcome::Failed { code, message },
            None => Outcome::Pending(effect),
        }
    }

    pub(crate) fn start_operation_with(
        &mut self,
        path: &str,
        schedule: Schedule,
        outcome: Outcome,
    ) -> Value {
        self.operations
            .start(path, schedule, outcome, &mut self.store)
    }

    pub(crate) fn poll_operation(&mut self, path: &str) -> Option<Value> {
        self.operations.poll(path, &mut self.store)
    }

    /// Goes back to the resources at the start. Settings, clock and credentials stay.
    pub(crate) fn reset(&mut self) -> Result<(), invalid_state::InvalidState> {
        self.store = fixtures::store(self.now());
        self.operations = Operations::default();
        self.luau.forget();
        self.faults.clear();
        self.rate_limiter = RateLimiter::default();
        self.operation_errors.clear();
        self.clear_received();
        self.apply_seeds()
    }

    /// Removes all recorded requests, uploads, notifications, messages and scripts.
    pub(crate) fn clear_received(&mut self) {
        self.requests.clear();
        self.uploads.clear();
        self.notifications.clear();
        self.messages.clear();
        self.luau.received.clear();
    }

    pub(crate) fn apply_seeds(&mut self) -> Result<(), invalid_state::InvalidState> {
        self.seeds
            .clone()
            .into_iter()
            .try_for_each(|seed| self.merge(seed))
    }

    fn finish_due_operations(&mut self) {
        let now = self.now();
        self.operations.finish_due(now, &mut self.store);
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}
