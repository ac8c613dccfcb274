//! Everything a sandbox remembers, behind one lock.

use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use time::OffsetDateTime;

use super::fault::{Fault, Kind};
use super::notification::ReceivedNotification;
use super::received::{ReceivedRequest, ReceivedUpload};
use super::server::{Answer, Head};
use super::world::World;

/// Requests allowed in a minute, as the headers tell. Nothing is refused beyond them.
const RATE_LIMIT: u64 = 1000;

/// What the connections share.
pub(super) struct Shared {
    pub(super) api_key: String,
    /// Tells this sandbox from every other one, also on the same port and with the same key.
    pub(super) run: String,
    /// Seals page tokens: made-up ones do not fit.
    pub(super) seal: RandomState,
    /// Where the server listens, once it does.
    pub(super) address: OnceLock<SocketAddr>,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn new(api_key: String, world: World) -> Self {
        let state = State {
            world,
            ..State::default()
        };
        Self {
            api_key,
            run: random_text(),
            seal: RandomState::new(),
            address: OnceLock::new(),
            state: Mutex::new(state),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// How operations and updates behave.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    pub(super) polls_until_done: u32,
    pub(super) thumbnail_polls: u32,
    pub(super) price: u64,
    pub(super) updates_as_operations: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            polls_until_done: 1,
            thumbnail_polls: 0,
            price: 0,
            updates_as_operations: false,
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) world: World,
    #[cfg(feature = "oauth2")]
    pub(super) authority: super::oauth2::Authority,
    pub(super) settings: Settings,
    /// What is told about the key, if it is not everything.
    pub(super) key_info: Option<serde_json::Value>,
    pub(super) faults: VecDeque<Fault>,
    /// Code and message of operations that shall fail, in the order of their creation.
    pub(super) operation_errors: VecDeque<(String, String)>,
    pub(super) requests: Vec<ReceivedRequest>,
    pub(super) uploads: Vec<ReceivedUpload>,
    pub(super) notifications: Vec<ReceivedNotification>,
    /// The current minute since 1970 and the requests counted in it.
    window: (u64, u64),
}

impl State {
    /// Remembers a request, and says what shall go wrong with it.
    pub(super) fn receive(&mut self, head: &Head) -> Option<Kind> {
        self.requests.push(ReceivedRequest::new(head));
        self.faults.pop_front().map(|fault| fault.kind)
    }

    /// Adds the rate-limit headers. An answer 404 comes from before the limiter and has none.
    pub(super) fn count_request(&mut self, answer: Answer) -> Answer {
        if answer.status == 404 {
            return answer;
        }
        let now = u64::try_from(OffsetDateTime::now_utc().unix_timestamp()).unwrap_or_default();
        let (minute, used) = self.window;
        self.window = if minute == now / 60 {
            (minute, used + 1)
        } else {
            (now / 60, 1)
        };
        let remaining = RATE_LIMIT.saturating_sub(self.window.1);
        answer
            .header("x-ratelimit-limit", format!("{RATE_LIMIT};w=60"))
            .header("x-ratelimit-remaining", remaining.to_string())
            .header("x-ratelimit-reset", (60 - now % 60).to_string())
    }
}

/// Random text of 32 hexadecimal digits. Good enough for a key that opens nothing.
pub(super) fn random_text() -> String {
    let half = |salt: u8| RandomState::new().hash_one(salt);
    format!("{:016x}{:016x}", half(0), half(1))
}
