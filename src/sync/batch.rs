//! The threads of a batch, and what they share.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::ledger::{Entry, Key, Ledger};
use super::quota::AudioQuota;
use super::{Plan, SyncError, SyncedFile};
use crate::error::{Error, ErrorKind, Result};
use crate::models::AssetId;

pub(super) type Outcome = std::result::Result<SyncedFile, SyncError>;

/// A batch under way.
pub(super) struct Batch {
    shared: Arc<Shared>,
    results: Receiver<Outcome>,
    threads: Vec<JoinHandle<()>>,
}

/// What the threads share.
pub(super) struct Shared {
    pub(super) plan: Plan,
    state: Mutex<State>,
    /// Woken when the batch is to stop.
    stopped: Condvar,
    quota: Mutex<AudioQuota>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<PathBuf>,
    ledger: Option<Ledger>,
    /// What is being uploaded, and which files of the same content wait for it.
    in_progress: HashMap<Key, InProgress>,
    /// What was uploaded by this batch, for one without a ledger.
    done: HashMap<Key, AssetId>,
    stop: Option<Stop>,
}

struct InProgress {
    first: PathBuf,
    waiting: Vec<PathBuf>,
}

/// Why no further upload is begun.
#[derive(Debug, Clone)]
enum Stop {
    /// Nobody listens any more.
    Dropped,
    /// The kind and the words of the error that stopped it.
    Because(ErrorKind, String),
}

/// What to do about a file.
pub(super) enum Claim {
    Upload,
    /// An earlier run had begun it.
    Resume(String),
    Unchanged(AssetId),
    /// It waits for another file, whose path this is.
    Waits(PathBuf),
}

impl Batch {
    pub(super) fn start(mut plan: Plan) -> std::result::Result<Self, SyncError> {
        let ledger = match plan.ledger.take() {
            Some(path) => match Ledger::open(&path, plan.is_dry) {
                Ok(ledger) => Some(ledger),
                Err(error) => return Err(SyncError { path, error }),
            },
            None => None,
        };
        let queue: VecDeque<_> = std::mem::take(&mut plan.paths).into();
        let wanted = plan.threads.min(queue.len());
        plan.client = plan.client.http().clone().waiting_on_rate_limit().into();
        let state = State {
            queue,
            ledger,
            ..State::default()
        };
        let shared = Arc::new(Shared {
            plan,
            state: Mutex::new(state),
            stopped: Condvar::new(),
            quota: Mutex::default(),
        });
        let (sender, results) = channel();
        let threads = spawn(&shared, wanted, &sender)?;
        Ok(Self {
            shared,
            results,
            threads,
        })
    }

    /// The next result, once there is one.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        let next = self.results.recv().ok();
        if next.is_none() {
            for thread in self.threads.drain(..) {
                // A closure of the caller's panicked: it goes on in the caller's thread.
                if let Err(panic) = thread.join() {
                    std::panic::resume_unwind(panic);
                }
            }
        }
        next
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.shared.stop(Stop::Dropped);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// As many threads as there can be; one at least.
fn spawn(
    shared: &Arc<Shared>,
    wanted: usize,
    sender: &Sender<Outcome>,
) -> std::result::Result<Vec<JoinHandle<()>>, SyncError> {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    for number in 0..wanted {
        let (shared_too, sender) = (Arc::clone(shared), sender.clone());
        let thread = thread::Builder::new()
            .name(format!("upload-{number}"))
            .spawn(move || work(&shared_too, &sender));
        match thread {
            Ok(thread) => threads.push(thread),
            Err(error) if threads.is_empty() => {
                let path = shared.lock().queue.front().cloned().unwrap_or_default();
                let error = Error::invalid_input("no thread can be started").with_source(error);
                return Err(SyncError { path, error });
            }
            Err(_) => break,
        }
    }
    Ok(threads)
}

fn work(shared: &Shared, results: &Sender<Outcome>) {
    while let Some(path) = shared.take_path() {
        for outcome in shared.process(path) {
            // Nobody listens once the batch is dropped.
            let _ = results.send(outcome);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_path(&self) -> Option<PathBuf> {
        let mut state = self.lock();
        match state.stop {
            Some(Stop::Dropped) => None,
            _ => state.queue.pop_front(),
        }
    }

    /// Why no further upload may be begun, if so.
    pub(super) fn check(&self) -> Result<()> {
        match &self.lock().stop {
            None => Ok(()),
            Some(Stop::Dropped) => Err(Error::invalid_input("the batch was ended before it")),
            Some(Stop::Because(kind, why)) => Err(Error::new(
                *kind,
                format!("it was not sent, since the batch was stopped: {why}"),
            )),
        }
    }

    /// Begins no further upload.
    pub(super) fn stop_because(&self, error: &Error) {
        self.stop(Stop::Because(error.kind(), error.message().to_owned()));
    }

    fn stop(&self, why: Stop) {
        let mut state = self.lock();
        let is_stronger = matches!(why, Stop::Dropped);
        if state.stop.is_none() || is_stronger {
            state.stop = Some(why);
        }
        drop(state);
        self.stopped.notify_all();
    }

    /// Pauses, unless the batch is stopped meanwhile; false if so.
    pub(super) fn sleep(&self, delay: Duration) -> bool {
        let until = Instant::now().checked_add(delay);
        let mut state = self.lock();
        loop {
            let left = until.map_or(Duration::ZERO, |until| {
                until.saturating_duration_since(Instant::now())
            });
            if state.stop.is_some() || left.is_zero() {
                return state.stop.is_none();
            }
            (state, _) = self
                .stopped
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// What to do about a file of this content. Whoever gets `Upload` or `Resume` has to call `complete`.
    pub(super) fn claim(&self, key: &Key, path: &Path) -> Claim {
        let mut state = self.lock();
        if let Some(other) = state.in_progress.get_mut(key) {
            if !self.plan.is_dry {
                other.waiting.push(path.to_owned());
            }
            return Claim::Waits(other.first.clone());
        }
        let known = state
            .ledger
            .as_ref()
            .and_then(|ledger| ledger.get(key))
            .cloned();
        let claim = match known {
            Some(Entry::Done(asset)) => return Claim::Unchanged(asset),
            Some(Entry::Started(operation)) => Claim::Resume(operation),
            None => match state.done.get(key) {
                Some(asset) => return Claim::Unchanged(*asset),
                None => Claim::Upload,
            },
        };
        let in_progress = InProgress {
            first: path.to_owned(),
            waiting: Vec::new(),
        };
        state.in_progress.insert(key.clone(), in_progress);
        claim
    }

    /// Notes in the ledger, if there is one, that an operation was begun.
    pub(super) fn started(&self, key: &Key, operation: &str, path: &Path) -> Result<()> {
        match &mut self.lock().ledger {
            // Some are finished at once, and have no name.
            Some(ledger) if !operation.is_empty() => ledger.started(key, operation, path),
            _ => Ok(()),
        }
    }

    /// Notes what an upload came to: `None` if it failed. Gives the files that waited for it and are done with it.
    pub(super) fn complete(
        &self,
        key: &Key,
        path: &Path,
        asset: Option<AssetId>,
    ) -> Result<Vec<PathBuf>> {
        let mut state = self.lock();
        let waiting = state.in_progress.remove(key).map(|one| one.waiting);
        let waiting = waiting.unwrap_or_default();
        let noted = match (asset, &mut state.ledger) {
            (Some(asset), Some(ledger)) => ledger.done(key, asset, path),
            _ => Ok(()),
        };
        if let Some(asset) = asset.filter(|_| noted.is_ok()) {
            state.done.insert(key.clone(), asset);
            return Ok(waiting);
        }
        // They have their own try.
        state.queue.extend(waiting);
        noted.map(|()| Vec::new())
    }

    /// Takes one audio upload of the quota.
    pub(super) fn take_quota(&self) -> Result<()> {
        let mut quota = self.quota.lock().unwrap_or_else(PoisonError::into_inner);
        quota.take(&self.plan.client, self.plan.creator)
    }

    pub(super) fn give_quota_back(&self) {
        let mut quota = self.quota.lock().unwrap_or_else(PoisonError::into_inner);
        quota.give_back();
    }
}
