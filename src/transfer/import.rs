//! Imports into data stores.

use std::collections::HashSet;
use std::fmt::{self, Display};
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};

use super::import_lines::{Lines, at_line, parse};
use super::in_order::{Next, Source, run};
use super::pace::{DEFAULT_RATE, Pace};
use super::{DEFAULT_THREADS, MAX_THREADS};
use crate::error::{Error, ErrorKind, Result};
use crate::models::{EntryKey, EntryLine};
use crate::resource::DataStore;

type OnProgress<'a> = Box<dyn FnMut(ImportProgress) + 'a>;

/// An import into a data store. Created by [`DataStore::import`].
///
/// Existing entries are left unchanged, unless [`overwrite`](Self::overwrite) is set. A line names its scope. If the
/// data store has a [scope](DataStore::scope), lines of other scopes are errors, and lines without a scope get this
/// one.
#[must_use = "nothing is imported until `run` is called"]
pub struct Import<'a, R> {
    store: DataStore,
    reader: R,
    overwrites: bool,
    threads: usize,
    rate: Option<u32>,
    skipped_lines: u64,
    on_progress: Option<OnProgress<'a>>,
}

/// The progress of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportProgress {
    /// All lines up to this number are done. Pass it to [`Import::resume`] to continue.
    pub lines: u64,
    /// The number of entries that were written in this run.
    pub written: u64,
    /// The number of entries that existed and were left unchanged in this run.
    pub existing: u64,
}

/// The result of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// The number of lines, including those before the one at which the import was resumed.
    pub lines: u64,
    /// The number of entries that were written in this run.
    pub written: u64,
    /// The number of entries that existed and were left unchanged in this run.
    pub existing: u64,
}

impl Display for Imported {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (written, existing) = (self.written, self.existing);
        write!(formatter, "{written} entries written, {existing} existed")
    }
}

impl<'a, R: Read> Import<'a, R> {
    pub(crate) fn new(store: DataStore, reader: R) -> Self {
        Self {
            store,
            reader,
            overwrites: false,
            threads: DEFAULT_THREADS,
            rate: Some(DEFAULT_RATE),
            skipped_lines: 0,
            on_progress: None,
        }
    }

    /// Leaves existing entries unchanged, and counts them. This is the default.
    pub fn if_absent(mut self) -> Self {
        self.overwrites = false;
        self
    }

    /// Replaces existing entries.
    pub fn overwrite(mut self) -> Self {
        self.overwrites = true;
        self
    }

    /// Sets the number of entries that are written at once, from 1 to 32; 4 by default. Lines with the same key are
    /// written one after another, in their order.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.clamp(1, MAX_THREADS);
        self
    }

    /// Sets the number of requests per minute, at least 1; 300 by default. Each entry takes one request.
    ///
    /// The budget is shared with the game servers of the universe. It has 300 writes a minute and 20 more for each player.
    ///
    /// It also waits when the service reports that its own limit is used up. [`ClientBuilder::on_event`] shows that wait.
    ///
    /// [`ClientBuilder::on_event`]: crate::ClientBuilder::on_event
    pub fn rate_per_minute(mut self, requests: u32) -> Self {
        self.rate = Some(requests);
        self
    }

    /// Sends the next request as soon as a response has arrived, unless the client
    /// [waits](crate::ClientBuilder::wait_on_rate_limit). Game servers of the universe may then be throttled.
    pub fn unlimited(mut self) -> Self {
        self.rate = None;
        self
    }

    /// Continues after this line of the same file, which [`ImportProgress::lines`] counts.
    pub fn resume(mut self, lines: u64) -> Self {
        self.skipped_lines = lines;
        self
    }

    /// Calls `report` after each line, in their order.
    pub fn on_progress(mut self, report: impl FnMut(ImportProgress) + 'a) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    /// Imports the entries.
    ///
    /// # Errors
    /// The import stops at the first line that cannot be written, also if only the outcome of the write
    /// [is unknown](Error::outcome_unknown). The error names the line and the key, further lines with an unknown outcome,
    /// and up to which line everything is done. A few lines after that one may have been written, too:
    /// [resumed](Self::resume) there, the import writes them once more or finds that they exist. `InvalidInput` if the
    /// rate is 0, before anything is sent.
    pub fn run(self) -> Result<Imported> {
        let (store, stop) = self.store.for_transfer(self.rate.is_some());
        // Stopped by the thread whose write failed, so that the others do not wait for their turn any more.
        let turns = stop.child();
        let pace = Pace::new(self.rate, &turns)?;
        let overwrites = self.overwrites;
        let mut lines = Lines::new(self.reader);
        lines.skip(self.skipped_lines)?;
        let mut reading = Reading {
            store: &store,
            lines,
            in_progress: HashSet::new(),
            waiting: None,
            is_over: false,
            has_gap: false,
            progress: ImportProgress::default(),
            failure: None,
            on_progress: self.on_progress,
        };
        reading.progress.lines = self.skipped_lines;
        // Set by the same thread: the others start no further write.
        let has_failed = AtomicBool::new(false);
        run(self.threads, &mut reading, |job: Job| {
            let result = job.entry.and_then(|entry| {
                let turn = pace.wait();
                if has_failed.load(Ordering::Acquire) {
                    return Ok(Outcome::NotSent);
                }
                turn?;
                let written = write(&store, &entry, overwrites);
                if written.is_err() {
                    has_failed.store(true, Ordering::Release);
                    turns.stop();
                }
                written
            });
            Done {
                result,
                number: job.number,
                key: job.key,
            }
        })?;
        reading.finished()
    }
}

/// The outcome of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Written,
    Existing,
    /// Another line had failed before.
    NotSent,
}

fn write(store: &DataStore, line: &EntryLine, overwrites: bool) -> Result<Outcome> {
    if overwrites {
        let set = store.entry(line.key()).set(line.to_set());
        return set.map(|_| Outcome::Written);
    }
    match store.create(line.key(), line.to_new()) {
        Ok(_) => Ok(Outcome::Written),
        // An aborted write says nothing about the entry.
        Err(error) if error.kind() == ErrorKind::Conflict && error.code() != Some("ABORTED") => {
            Ok(Outcome::Existing)
        }
        Err(error) => Err(error),
    }
}

/// A line to write, or why there is nothing to write.
struct Job {
    number: u64,
    key: Option<EntryKey>,
    entry: Result<EntryLine>,
}

/// A line that was written, or not.
struct Done {
    number: u64,
    key: Option<EntryKey>,
    result: Result<Outcome>,
}

/// The work of the caller's thread: reads lines and counts results.
struct Reading<'p, 'a, R> {
    store: &'p DataStore,
    lines: Lines<R>,
    /// The keys that are being written, with their scopes.
    in_progress: HashSet<EntryKey>,
    /// A line whose key is being written.
    waiting: Option<Job>,
    is_over: bool,
    /// A line was not sent, so what follows does not count.
    has_gap: bool,
    progress: ImportProgress,
    failure: Option<Failure>,
    on_progress: Option<OnProgress<'a>>,
}

/// The failure that stops an import.
struct Failure {
    error: Error,
    /// Further lines whose outcome is unknown.
    unclear: Vec<String>,
}

impl<R: Read> Source for Reading<'_, '_, R> {
    type Job = Job;
    type Done = Done;

    fn next(&mut self) -> Result<Next<Job>> {
        if self.is_over || self.has_gap || self.failure.is_some() {
            return Ok(Next::Over);
        }
        let Some(job) = self.waiting.take().or_else(|| self.read_next()) else {
            return Ok(Next::Over);
        };
        let is_free = |key: &EntryKey| self.in_progress.insert(key.clone());
        if job.key.as_ref().is_none_or(is_free) {
            return Ok(Next::Job(job));
        }
        self.waiting = Some(job);
        Ok(Next::Later)
    }

    fn finish(&mut self, done: Done) -> Result<()> {
        if let Some(key) = &done.key {
            self.in_progress.remove(key);
        }
        match (done.result, &mut self.failure) {
            (Ok(Outcome::NotSent), None) => self.has_gap = true,
            (Ok(_), None) if self.has_gap => {}
            (Ok(outcome), None) => {
                self.progress.written += u64::from(outcome == Outcome::Written);
                self.progress.existing += u64::from(outcome == Outcome::Existing);
                self.progress.lines = done.number;
                if let Some(report) = &mut self.on_progress {
                    report(self.progress);
                }
            }
            (Err(error), None) => {
                let error = at_line(error, done.number, done.key.as_ref(), self.progress.lines);
                self.failure = Some(Failure {
                    error,
                    unclear: Vec::new(),
                });
            }
            (Err(error), Some(failure)) if error.outcome_unknown() => {
                failure.unclear.push(done.number.to_string());
            }
            // Lines after the one that failed are not counted, since a resumed import repeats them.
            (_, Some(_)) => {}
        }
        Ok(())
    }
}

impl<R: Read> Reading<'_, '_, R> {
    fn read_next(&mut self) -> Option<Job> {
        let line = self.lines.next().transpose()?;
        let number = self.lines.number;
        let entry = line.and_then(|line| parse(self.store, &line));
        // The lines after an invalid one are not written.
        self.is_over = entry.is_err();
        let key = entry.as_ref().ok().map(EntryLine::key);
        Some(Job {
            number,
            key: key.map(|key| self.store.with_scope(key)),
            entry,
        })
    }

    fn finished(self) -> Result<Imported> {
        match self.failure {
            None => Ok(Imported {
                lines: self.lines.number,
                written: self.progress.written,
                existing: self.progress.existing,
            }),
            Some(failure) if failure.unclear.is_empty() => Err(failure.error),
            Some(Failure { error, unclear }) => Err(error.map(|inner| {
                let lines = unclear.join(", ");
                let message = &inner.message;
                inner.message = format!("{message} (the outcome is unknown also for: {lines})");
            })),
        }
    }
}

impl<R> fmt::Debug for Import<'_, R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Import")
            .field("store", &self.store)
            .field("overwrites", &self.overwrites)
            .field("threads", &self.threads)
            .field("rate", &self.rate)
            .finish_non_exhaustive()
    }
}
