//! The threads of a batch.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::ledger::LedgerFile;
use super::plan::Plan;
use super::shared::Shared;
use super::{SyncError, SyncedFile};
use crate::error::{Error, Result};

pub(super) type Outcome = Result<SyncedFile, SyncError>;

/// A batch in progress.
pub(super) struct Batch {
    shared: Arc<Shared>,
    events: Receiver<Event>,
    threads: Vec<JoinHandle<()>>,
}

/// A report of a thread.
enum Event {
    Outcome(Outcome),
    /// A closure of the caller panicked.
    Panic(Box<dyn Any + Send>),
}

impl Batch {
    pub(super) fn start(mut plan: Plan) -> Result<Self, SyncError> {
        let stop = plan.client.http().stop_signal().child();
        plan.client = plan
            .client
            .http()
            .clone()
            .waiting_on_rate_limit()
            .with_stop(&stop)
            .into();
        let ledger = match plan.ledger.take() {
            Some(path) => match open_ledger(&plan, &path) {
                Ok(ledger) => Some(ledger),
                Err(error) => return Err(SyncError { path, error }),
            },
            None => None,
        };
        let queue = std::mem::take(&mut plan.paths);
        let wanted = plan.threads.min(queue.len());
        let shared = Shared::new(plan, stop, queue.into(), ledger);
        let (sender, events) = channel();
        let threads = spawn(&shared, wanted, &sender)?;
        Ok(Self {
            shared,
            events,
            threads,
        })
    }

    /// Waits for the next result.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        match self.events.recv() {
            Ok(Event::Outcome(outcome)) => Some(outcome),
            Ok(Event::Panic(panic)) => {
                self.end();
                resume_unwind(panic)
            }
            Err(_) => None,
        }
    }

    fn end(&mut self) {
        self.shared.abandon();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.end();
    }
}

/// Opens the ledger of the service that the client talks to.
fn open_ledger(plan: &Plan, path: &std::path::Path) -> Result<LedgerFile> {
    let mut ledger = LedgerFile::open(path, &plan.service(), plan.is_dry)?;
    if ledger.run().is_some() && plan.service().run.is_none() {
        // Any response of a sandbox names its run.
        let _ = plan.client.user(156).get();
        ledger.name_run(&plan.service())?;
    }
    Ok(ledger)
}

/// Starts as many threads as possible, at least one.
fn spawn(
    shared: &Arc<Shared>,
    wanted: usize,
    sender: &Sender<Event>,
) -> Result<Vec<JoinHandle<()>>, SyncError> {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    for number in 0..wanted {
        let (shared_too, sender) = (Arc::clone(shared), sender.clone());
        let thread = thread::Builder::new()
            .name(format!("upload-{number}"))
            .spawn(move || work(&shared_too, &sender));
        match thread {
            Ok(thread) => threads.push(thread),
            Err(error) if threads.is_empty() => {
                let message = format!("no thread can be started ({error})");
                let error = Error::invalid_input(message).with_source(error);
                let path = shared.first_path();
                return Err(SyncError { path, error });
            }
            Err(_) => break,
        }
    }
    Ok(threads)
}

fn work(shared: &Shared, events: &Sender<Event>) {
    while let Some(path) = shared.next_path() {
        match catch_unwind(AssertUnwindSafe(|| shared.process(path))) {
            Ok(outcomes) => {
                for outcome in outcomes {
                    // Fails once the batch is dropped.
                    let _ = events.send(Event::Outcome(outcome));
                }
            }
            Err(panic) => {
                let _ = events.send(Event::Panic(panic));
                shared.abandon();
            }
        }
    }
}
