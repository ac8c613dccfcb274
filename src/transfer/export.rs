//! Exports of data stores.

use std::fmt;
use std::io::Write;

use super::checkpoint::ExportCheckpoint;
use super::in_order::{Next, Source, run};
use super::pace::{DEFAULT_RATE, Pace};
use super::{DEFAULT_THREADS, MAX_THREADS};
use crate::error::{Error, ErrorKind, Result};
use crate::http::StopSignal;
use crate::models::{EntryFilter, EntryKey, RawJson};
use crate::paging::{PageToken, Pages};
use crate::resource::DataStore;

type OnCheckpoint<'a> = Box<dyn FnMut(ExportCheckpoint) -> std::io::Result<()> + 'a>;
type OnProgress<'a> = Box<dyn FnMut(ExportProgress) + 'a>;

/// An export of a data store. Created by [`DataStore::export`].
///
/// The entries are read by several threads, and written in the order of the list by the thread that calls
/// [`run`](Self::run). Only a page of keys and a few entries for each thread are held in memory.
#[must_use = "nothing is exported until `run` is called"]
pub struct Export<'a, W> {
    store: DataStore,
    writer: W,
    filter: EntryFilter,
    threads: usize,
    rate: Option<u32>,
    resume: Option<ExportCheckpoint>,
    on_checkpoint: Option<OnCheckpoint<'a>>,
    on_progress: Option<OnProgress<'a>>,
}

/// The progress of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportProgress {
    /// The number of entries that were written in this run.
    pub entries: u64,
    /// The number of entries that were deleted between listing and reading them in this run.
    pub vanished: u64,
    /// The number of bytes that were written, including those before the checkpoint.
    pub bytes: u64,
}

/// The result of an export.
#[derive(Debug)]
#[non_exhaustive]
pub struct Exported {
    /// The number of entries that were written in this run.
    pub entries: u64,
    /// The number of entries that were deleted between listing and reading them. They are not an error.
    pub vanished: u64,
    /// The number of bytes that were written, including those before the checkpoint.
    pub bytes: u64,
    /// One error for each key of the list that could not be decoded. These entries are missing.
    pub failed: Vec<Error>,
}

impl fmt::Display for Exported {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entries, bytes, vanished) = (self.entries, self.bytes, self.vanished);
        write!(
            formatter,
            "{entries} entries in {bytes} bytes, {vanished} vanished"
        )?;
        match self.failed.len() {
            0 => Ok(()),
            failed => write!(formatter, ", {failed} keys could not be read"),
        }
    }
}

impl<'a, W: Write> Export<'a, W> {
    pub(crate) fn new(store: DataStore, writer: W) -> Self {
        Self {
            store,
            writer,
            filter: EntryFilter::all(),
            threads: DEFAULT_THREADS,
            rate: Some(DEFAULT_RATE),
            resume: None,
            on_checkpoint: None,
            on_progress: None,
        }
    }

    /// Selects the entries. Deleted ones have no value, so they are never exported.
    pub fn matching(mut self, filter: EntryFilter) -> Self {
        self.filter = filter.show_deleted(false);
        self
    }

    /// Sets the number of entries that are read at once, from 1 to 32; 4 by default.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.clamp(1, MAX_THREADS);
        self
    }

    /// Sets the number of requests per minute, at least 1; 300 by default. Each entry takes one request, and each page of 256 keys
    /// another one.
    ///
    /// The budget is shared with the game servers of the universe. It has 300 reads a minute and 40 more for each player.
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

    /// Continues after a checkpoint of an earlier run, with the same data store, scope and filter. The writer must be
    /// at the position of the checkpoint: [`ExportCheckpoint::open`] cuts a file there, so that each entry is written
    /// once.
    pub fn resume(mut self, checkpoint: ExportCheckpoint) -> Self {
        self.resume = Some(checkpoint);
        self
    }

    /// Calls `keep` after each page, when its lines have been written and the writer has been flushed. An error ends
    /// the export.
    pub fn on_checkpoint(
        mut self,
        keep: impl FnMut(ExportCheckpoint) -> std::io::Result<()> + 'a,
    ) -> Self {
        self.on_checkpoint = Some(Box::new(keep));
        self
    }

    /// Calls `report` after each entry.
    pub fn on_progress(mut self, report: impl FnMut(ExportProgress) + 'a) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    /// Exports the entries.
    ///
    /// # Errors
    /// The first error of a request; the lines before it have been written. `InvalidInput` if the writer or a callback
    /// fails, the checkpoint belongs to another export, or the rate is 0; `Shutdown` if the client was shut down. The
    /// export can then be resumed with its last checkpoint.
    pub fn run(self) -> Result<Exported> {
        let list = self.store.describe_list(&self.filter);
        if let Some(checkpoint) = &self.resume {
            checkpoint.check(&list)?;
        }
        let (store, stop) = self.store.for_transfer(self.rate.is_some());
        let pace = Pace::new(self.rate, &stop)?;
        let keys = store.list_entries(self.filter);
        let (keys, bytes) = match self.resume {
            Some(checkpoint) => (keys.starting_at(checkpoint.token), checkpoint.bytes),
            None => (keys, 0),
        };
        let progress = ExportProgress {
            bytes,
            ..ExportProgress::default()
        };
        let mut writing = Writing {
            keys: keys.pages(),
            page: Vec::new().into_iter(),
            next_token: None,
            pace: &pace,
            stop: &stop,
            writer: self.writer,
            list,
            progress,
            failed: Vec::new(),
            on_checkpoint: self.on_checkpoint,
            on_progress: self.on_progress,
        };
        run(self.threads, &mut writing, |job: Job| Line {
            text: read(&store, &pace, &job.key),
            ends_page: job.ends_page,
        })?;
        writing.finished()
    }
}

/// Reads an entry as a line; `None` if it vanished.
fn read(store: &DataStore, pace: &Pace, key: &EntryKey) -> Result<Option<String>> {
    pace.wait()?;
    match store.entry(key).find::<RawJson>()? {
        Some(entry) => entry.to_line().map(Some).map_err(|error| {
            Error::new(ErrorKind::Decode, "the entry cannot be written as JSON")
                .with_advice("")
                .with_source(error)
        }),
        None => Ok(None),
    }
}

/// An entry to read.
struct Job {
    key: EntryKey,
    /// The token of the next page, if the entry is the last one of its page.
    ends_page: Option<PageToken>,
}

/// An entry that was read.
struct Line {
    text: Result<Option<String>>,
    ends_page: Option<PageToken>,
}

/// The work of the caller's thread: lists keys and writes lines.
struct Writing<'p, 'a, W> {
    keys: Pages<EntryKey>,
    page: std::vec::IntoIter<EntryKey>,
    /// The token of the page after the one whose keys are being consumed.
    next_token: Option<PageToken>,
    pace: &'p Pace,
    stop: &'p StopSignal,
    writer: W,
    list: String,
    progress: ExportProgress,
    failed: Vec<Error>,
    on_checkpoint: Option<OnCheckpoint<'a>>,
    on_progress: Option<OnProgress<'a>>,
}

impl<W: Write> Source for Writing<'_, '_, W> {
    type Job = Job;
    type Done = Line;

    fn next(&mut self) -> Result<Next<Job>> {
        loop {
            if let Some(key) = self.page.next() {
                let is_last = self.page.len() == 0;
                let ends_page = if is_last {
                    self.next_token.take()
                } else {
                    None
                };
                return Ok(Next::Job(Job { key, ends_page }));
            }
            self.pace.wait()?;
            let Some(page) = self.keys.next().transpose()? else {
                return Ok(Next::Over);
            };
            self.failed.extend(page.failed);
            self.next_token = page.next_token;
            self.page = page.items.into_iter();
        }
    }

    fn finish(&mut self, line: Line) -> Result<()> {
        match line.text? {
            Some(text) => {
                self.writer
                    .write_all(text.as_bytes())
                    .map_err(write_error)?;
                self.progress.bytes += text.len() as u64;
                self.progress.entries += 1;
            }
            None => self.progress.vanished += 1,
        }
        if let Some(token) = line.ends_page {
            self.keep_checkpoint(token)?;
        }
        if let Some(report) = &mut self.on_progress {
            report(self.progress);
        }
        Ok(())
    }

    fn abort(&self) {
        self.stop.stop();
    }
}

impl<W: Write> Writing<'_, '_, W> {
    fn keep_checkpoint(&mut self, token: PageToken) -> Result<()> {
        let Some(keep) = &mut self.on_checkpoint else {
            return Ok(());
        };
        // The lines that a checkpoint counts must have been written before it is kept.
        self.writer.flush().map_err(write_error)?;
        let checkpoint = ExportCheckpoint::new(token, self.progress.bytes, &self.list);
        keep(checkpoint).map_err(|error| {
            let message = format!("the checkpoint of the export cannot be kept ({error})");
            Error::invalid_input(message).with_source(error)
        })
    }

    fn finished(mut self) -> Result<Exported> {
        self.writer.flush().map_err(write_error)?;
        Ok(Exported {
            entries: self.progress.entries,
            vanished: self.progress.vanished,
            bytes: self.progress.bytes,
            failed: self.failed,
        })
    }
}

fn write_error(error: std::io::Error) -> Error {
    let message = format!("the export cannot be written ({error})");
    Error::invalid_input(message).with_source(error)
}

impl<W> fmt::Debug for Export<'_, W> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Export")
            .field("store", &self.store)
            .field("filter", &self.filter)
            .field("threads", &self.threads)
            .field("rate", &self.rate)
            .field("resume", &self.resume)
            .finish_non_exhaustive()
    }
}
