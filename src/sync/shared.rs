//! The shared state of the threads of a batch: the files to upload, the known contents, and the circuit breaker.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::circuit_breaker::{Admission, CircuitBreaker, Ticket, Trouble, Verdict};
use super::ended::ended_before_sending;
use super::ledger::{Entry, Key, KnownAsset, LedgerFile};
use super::plan::Plan;
use super::quota::AudioQuota;
use crate::error::{Error, ErrorKind, Result};
use crate::http::StopSignal;

/// The shared state of the threads.
pub(super) struct Shared {
    pub(super) plan: Plan,
    /// Ends the requests and waits of this batch.
    pub(super) stop: StopSignal,
    state: Mutex<State>,
    /// Woken when a file may be sent, or the batch stops.
    changed: Condvar,
    quota: Mutex<AudioQuota>,
}

struct State {
    queue: VecDeque<PathBuf>,
    ledger: Option<LedgerFile>,
    /// The uploads in progress, with the files of the same content that wait for them.
    in_progress: HashMap<Key, InProgress>,
    /// The contents that were uploaded or looked up in this run.
    done: HashMap<Key, KnownAsset>,
    /// The contents that were sent in this run with an unknown outcome.
    unclear: HashMap<Key, Error>,
    /// The kind and the message of the error that stopped the batch.
    stopped: Option<(ErrorKind, String)>,
    /// Whether the batch was dropped.
    is_abandoned: bool,
    breaker: CircuitBreaker,
}

struct InProgress {
    first: PathBuf,
    waiting: Vec<PathBuf>,
}

/// The decision about a file. `Upload` and `Resume` must be followed by `complete`.
pub(super) enum Claim {
    Upload,
    /// An earlier run started it as this operation.
    Resume(String),
    /// It was uploaded, in this run or in an earlier one.
    Known {
        asset: KnownAsset,
        is_earlier: bool,
    },
    /// An earlier upload has an unknown outcome.
    Unclear(Error),
    /// It waits for the file with this path.
    Waits(PathBuf),
}

/// The end of an upload.
pub(super) enum End<'a> {
    Done(KnownAsset),
    /// It is certain that no asset was created, for this reason.
    Void(&'a str),
    /// It is unknown whether an asset was created.
    Unclear(&'a Error),
}

/// The interval at which a thread that waits calls the caller's `stop_when`.
const STOP_POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A permission to send a file.
pub(super) struct Permit<'a> {
    shared: &'a Shared,
    ticket: Option<Ticket>,
}

impl Shared {
    pub(super) fn new(
        plan: Plan,
        stop: StopSignal,
        queue: VecDeque<PathBuf>,
        ledger: Option<LedgerFile>,
    ) -> Arc<Self> {
        let state = State {
            queue,
            ledger,
            in_progress: HashMap::new(),
            done: HashMap::new(),
            unclear: HashMap::new(),
            stopped: None,
            is_abandoned: false,
            breaker: CircuitBreaker::new(plan.breaker_settings()),
        };
        let shared = Arc::new(Self {
            plan,
            stop,
            state: Mutex::new(state),
            changed: Condvar::new(),
            quota: Mutex::default(),
        });
        let woken = Arc::downgrade(&shared);
        shared.stop.on_stop(move || {
            if let Some(shared) = woken.upgrade() {
                // With the lock, every thread has either seen the signal or is waiting for it.
                drop(shared.lock());
                shared.changed.notify_all();
            }
        });
        shared
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next file, unless the batch was dropped.
    pub(super) fn next_path(&self) -> Option<PathBuf> {
        let mut state = self.lock();
        if state.is_abandoned {
            return None;
        }
        state.queue.pop_front()
    }

    /// Returns the first file that is still to be uploaded.
    pub(super) fn first_path(&self) -> PathBuf {
        self.lock().queue.front().cloned().unwrap_or_default()
    }

    /// Fails if no further file may be sent.
    pub(super) fn check(&self) -> Result<()> {
        self.check_state(&self.lock())
    }

    fn check_state(&self, state: &State) -> Result<()> {
        let is_over = self
            .plan
            .stop_when
            .as_ref()
            .is_some_and(|is_over| is_over());
        if is_over || self.stop.is_stopped() {
            return Err(ended_before_sending());
        }
        match &state.stopped {
            None => Ok(()),
            Some((kind, why)) => Err(Error::new(
                *kind,
                format!("it was not sent, since the batch was stopped: {why}"),
            )),
        }
    }

    /// Stops the batch: sends no further file. Uploads in progress continue.
    pub(super) fn stop_because(&self, error: &Error) {
        self.set_stopped(error.kind(), error.message().to_owned());
    }

    fn set_stopped(&self, kind: ErrorKind, why: String) {
        self.lock().stopped.get_or_insert((kind, why));
        self.changed.notify_all();
    }

    /// Ends everything at once, including uploads in progress.
    pub(super) fn abandon(&self) {
        self.lock().is_abandoned = true;
        self.stop.stop();
    }

    /// Waits until a file may be sent. Fails if the batch is stopped.
    pub(super) fn admit(&self) -> Result<Permit<'_>> {
        let mut state = self.lock();
        loop {
            self.check_state(&state)?;
            state = match state.breaker.admit(Instant::now()) {
                Admission::Go(ticket) => {
                    return Ok(Permit {
                        shared: self,
                        ticket: Some(ticket),
                    });
                }
                Admission::Wait(time) => {
                    // Nothing wakes this thread when `stop_when` becomes true.
                    let poll = self.plan.stop_when.is_some().then_some(STOP_POLL_INTERVAL);
                    if let Some(time) = time.into_iter().chain(poll).min() {
                        let woken = self.changed.wait_timeout(state, time);
                        woken.unwrap_or_else(PoisonError::into_inner).0
                    } else {
                        let woken = self.changed.wait(state);
                        woken.unwrap_or_else(PoisonError::into_inner)
                    }
                }
            };
        }
    }

    /// Waits until this thread is the only one that opens files and connections.
    pub(super) fn admit_alone(&self) -> Result<Permit<'_>> {
        let mut state = self.lock();
        if let Admission::Go(ticket) = state.breaker.admit(Instant::now()) {
            let verdict = state
                .breaker
                .failure(ticket, Trouble::OutOfDescriptors, Instant::now());
            drop(state);
            self.apply_verdict(&verdict, ErrorKind::InvalidInput, "too many files are open");
        } else {
            drop(state);
        }
        self.admit()
    }

    /// Stops the batch if further files would fail as well.
    fn apply_verdict(&self, verdict: &Verdict, kind: ErrorKind, message: &str) {
        if let Verdict::Stop(why) = verdict {
            self.set_stopped(kind, format!("{message} ({why})"));
        }
        self.changed.notify_all();
    }

    /// Decides what to do with a file of this content.
    pub(super) fn claim(&self, key: &Key, path: &Path) -> Claim {
        let mut state = self.lock();
        if let Some(other) = state.in_progress.get_mut(key) {
            if !self.plan.is_dry {
                other.waiting.push(path.to_owned());
            }
            return Claim::Waits(other.first.clone());
        }
        if let Some(asset) = state.done.get(key) {
            return Claim::Known {
                asset: asset.clone(),
                is_earlier: false,
            };
        }
        if let Some(error) = state.unclear.get(key) {
            return Claim::Unclear(error.duplicate());
        }
        let claim = match state.ledger.as_ref().and_then(|ledger| ledger.get(key)) {
            Some(Entry::Done(asset)) => {
                return Claim::Known {
                    asset: asset.clone(),
                    is_earlier: true,
                };
            }
            Some(Entry::Sent) if !self.plan.resends_unclear => {
                return Claim::Unclear(ended_before_response());
            }
            Some(Entry::Started(operation)) => Claim::Resume(operation.clone()),
            Some(Entry::Sent) | None => Claim::Upload,
        };
        let in_progress = InProgress {
            first: path.to_owned(),
            waiting: Vec::new(),
        };
        state.in_progress.insert(key.clone(), in_progress);
        claim
    }

    /// Records a step in the ledger, if there is one.
    pub(super) fn record(&self, key: &Key, entry: Entry, path: &Path) -> Result<()> {
        match &mut self.lock().ledger {
            Some(ledger) => {
                ledger.name_run(&self.plan.service())?;
                ledger.record(key, entry, path)
            }
            None => Ok(()),
        }
    }

    /// Records that the last step created no asset.
    pub(super) fn void(&self, key: &Key, why: &str, path: &Path) -> Result<()> {
        match &mut self.lock().ledger {
            Some(ledger) => ledger.void(key, why, path),
            None => Ok(()),
        }
    }

    /// Fails if the ledger has another upload of this content whose outcome is unknown.
    pub(super) fn check_other_upload(&self, key: &Key) -> Result<()> {
        let state = self.lock();
        let entry = state.ledger.as_ref().and_then(|ledger| ledger.get(key));
        match entry {
            Some(Entry::Sent) if !self.plan.resends_unclear => Err(ended_before_response()),
            _ => Ok(()),
        }
    }

    /// Records the state of an asset of an earlier run.
    pub(super) fn remember(&self, key: &Key, asset: &KnownAsset, path: &Path) -> Result<()> {
        self.lock().done.insert(key.clone(), asset.clone());
        self.record(key, Entry::Done(asset.clone()), path)
    }

    /// Records the end of an upload, and returns the files of the same content that ended with it. The result is that of
    /// writing the ledger.
    pub(super) fn complete(
        &self,
        key: &Key,
        path: &Path,
        end: End<'_>,
    ) -> (Result<()>, Vec<PathBuf>) {
        let mut state = self.lock();
        let in_progress = state.in_progress.remove(key);
        let waiting = in_progress.map(|one| one.waiting).unwrap_or_default();
        match end {
            End::Done(asset) => {
                state.done.insert(key.clone(), asset.clone());
                drop(state);
                (self.record(key, Entry::Done(asset), path), waiting)
            }
            End::Unclear(error) => {
                state.unclear.insert(key.clone(), error.duplicate());
                (Ok(()), waiting)
            }
            End::Void(why) => {
                // Each of them gets its own attempt.
                state.queue.extend(waiting);
                drop(state);
                (self.void(key, why, path), Vec::new())
            }
        }
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

impl Permit<'_> {
    /// Reports that the service accepted the file, or rejected it for a reason that concerns only this file.
    pub(super) fn success(mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.shared.lock().breaker.success(ticket);
            self.shared.changed.notify_all();
        }
    }

    /// Reports that the file was not uploaded, for a reason that may affect others. Returns the delay until the next
    /// file, if there is one.
    pub(super) fn failure(mut self, trouble: Trouble, error: &Error) -> Option<Duration> {
        let ticket = self.ticket.take()?;
        let verdict = self
            .shared
            .lock()
            .breaker
            .failure(ticket, trouble, Instant::now());
        self.shared
            .apply_verdict(&verdict, error.kind(), error.message());
        match verdict {
            Verdict::Continue(delay) => Some(delay),
            Verdict::Stop(_) => None,
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.shared.lock().breaker.give_back(ticket);
            self.shared.changed.notify_all();
        }
    }
}

fn ended_before_response() -> Error {
    unclear("and ended before there was a response")
}

/// Returns the error for a file that an earlier run sent with an unknown outcome. The file itself is valid, so the kind
/// is `Conflict`: this run conflicts with the ledger, which forbids to send the file again unless the caller allows it.
pub(super) fn unclear(what: &str) -> Error {
    let message = format!("an earlier run sent this file, {what}; it was not sent again");
    let error = Error::new(ErrorKind::Conflict, message).with_advice(
        "Look for it among your creations (https://create.roblox.com/dashboard/creations). If it is not there, send it \
         with `UploadAll::resend_unclear(true)`; if it is, put \"asset\":\"ITS ID\" in place of \"sent\":true or of the \
         operation into its last line of the ledger",
    );
    error.map(|inner| inner.outcome_unknown = true)
}
