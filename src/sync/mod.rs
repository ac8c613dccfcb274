//! Uploads many files. Files that were uploaded before are not uploaded again.
//!
//! ```
//! # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
//! # let client = sandbox.client();
//! # let folder = std::env::temp_dir().join(format!("rblx-open-cloud-doc-sync-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder).unwrap();
//! # std::fs::write(folder.join("icon.png"), b"\x89PNG\r\n\x1a\n").unwrap();
//! use rblx_open_cloud::sync;
//!
//! for file in client.user(156).upload_all(sync::files_in(&folder)?).ledger(folder.join("assets.ledger")) {
//!     match file {
//!         Ok(file) => println!("{} is {:?}", file.path.display(), file.asset_id()),
//!         Err(error) => eprintln!("{error}"),
//!     }
//! }
//! # assert_eq!(sandbox.uploads().len(), 1);
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), rblx_open_cloud::Error>(())
//! ```

mod batch;
mod circuit_breaker;
mod digest;
mod ended;
mod job;
mod ledger;
mod observer;
mod outcome;
mod plan;
mod quota;
mod scan;
mod shared;
mod steps;
#[cfg(all(test, feature = "sandbox"))]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::client::Client;
use crate::models::Creator;
use crate::upload::Upload;

use batch::Batch;
use plan::Plan;

pub use ledger::{Ledger, LedgerEntry, LedgerState};
pub use outcome::{SyncError, SyncOutcome, SyncedFile};
pub use scan::{FolderScan, SkipReason, SkippedFile, files_in, scan};

const MAX_THREADS: usize = 32;

/// Uploads many files. Created by [`User::upload_all`](crate::resource::User::upload_all) and
/// [`Group::upload_all`](crate::resource::Group::upload_all).
///
/// It is an iterator with one result for each file, in the order in which they are finished. Nothing is done before the
/// first `next`. An error of one file does not stop the others. The batch stops if the error would affect every file: the
/// key is rejected, the account is moderated, the same rejection comes several times in a row, the service or the network
/// is unavailable for longer than [`retry_timeout`](Self::retry_timeout), or the ledger cannot be written. Each file that
/// was not sent is then an error that says so.
///
/// Dropping it ends the batch at once: it closes the connections of uploads in progress and sends no further file. The
/// ledger records which uploads were cut off; the next run reports them.
#[must_use = "nothing is uploaded until it is iterated over"]
pub struct UploadAll {
    plan: Plan,
    batch: Option<Batch>,
    is_over: bool,
}

impl UploadAll {
    pub(crate) fn new(client: Client, creator: Creator, paths: Vec<PathBuf>) -> Self {
        Self {
            plan: Plan::new(client, creator, paths),
            batch: None,
            is_over: false,
        }
    }

    /// Records the uploads in this file, so that later runs do not repeat them.
    ///
    /// An upload is identified by the hash of its content, its asset type and its owner, not by the name of the file.
    /// Each step is on the disk before the next one is taken. After a crash the next run polls the uploads that the
    /// service had accepted. It reports a file that was sent without a response, and sends it again only with
    /// [`resend_unclear`](Self::resend_unclear). The ledger belongs to one service (the live one, or one run of a
    /// sandbox) and is rejected for another. It is a text file with a line for each step, and can be kept in a
    /// repository; [`Ledger::read`] reads it without a client.
    pub fn ledger(mut self, path: impl Into<PathBuf>) -> Self {
        self.plan.ledger = Some(path.into());
        self
    }

    /// Sets the number of files that are uploaded at once, from 1 to 32; 4 by default.
    pub fn threads(mut self, threads: usize) -> Self {
        self.plan.threads = threads.clamp(1, MAX_THREADS);
        self
    }

    /// Sets whether only to report which files would be uploaded, which are unchanged and which are rejected. A dry run
    /// uploads nothing and does not change the ledger.
    pub fn dry_run(mut self, yes: bool) -> Self {
        self.plan.is_dry = yes;
        self
    }

    /// Sets whether to send files again that an earlier run sent with an unknown outcome.
    ///
    /// Without it such files are errors of the kind [`Conflict`](crate::ErrorKind::Conflict) whose
    /// [`outcome_unknown`](crate::Error::outcome_unknown) is true. Look for them among the
    /// [creations](https://create.roblox.com/dashboard/creations) first: a file that did arrive becomes a second asset.
    pub fn resend_unclear(mut self, yes: bool) -> Self {
        self.plan.resends_unclear = yes;
        self
    }

    /// Sets how long to continue without a success while the service rejects uploads temporarily (429) or cannot be
    /// reached; 3 minutes by default.
    ///
    /// All threads wait together: as long as the service requests, or with the growing delays of the client's
    /// [`RetryPolicy`](crate::RetryPolicy). Then one file probes whether the trouble is over. If the service names a
    /// wait beyond the limit, the batch stops at once.
    pub fn retry_timeout(mut self, limit: Duration) -> Self {
        self.plan.retry_timeout = limit;
        self
    }

    /// Changes the settings of each upload by its path.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let all = client.user(156).upload_all(["decals/brick.png", "icons/close.png"]).each(|path, upload| {
    ///     if path.starts_with("decals") { upload.decal() } else { upload }
    /// });
    /// # drop(all);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn each(
        mut self,
        change: impl Fn(&Path, Upload) -> Upload + Send + Sync + 'static,
    ) -> Self {
        self.plan.each = Some(Arc::new(change));
        self
    }

    /// Calls `report(path, sent, total)`, in bytes of the file, while files are sent; from several threads.
    pub fn on_progress(mut self, report: impl Fn(&Path, u64, u64) + Send + Sync + 'static) -> Self {
        self.plan.on_progress = Some(Arc::new(report));
        self
    }

    /// Starts no further file once this returns true, and completes the uploads in progress: a graceful end, such as on
    /// the first Ctrl-C. Each file that was not sent is then an error of the kind
    /// [`Shutdown`](crate::ErrorKind::Shutdown).
    ///
    /// [`Client::shutdown`](crate::Client::shutdown) also cuts off the uploads in progress, whose outcome is then
    /// unknown.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::sync::atomic::{AtomicBool, Ordering};
    ///
    /// static INTERRUPTED: AtomicBool = AtomicBool::new(true);
    ///
    /// let mut files = client.user(156).upload_all(["brick.png"]).stop_when(|| INTERRUPTED.load(Ordering::Relaxed));
    /// let error = files.next().unwrap().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "brick.png: shut down: the batch ended before the file was sent. Start another batch to send it; after `Client::shutdown`, with a new client"
    /// );
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn stop_when(mut self, is_over: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.plan.stop_when = Some(Arc::new(is_over));
        self
    }

    fn end(&mut self) {
        self.is_over = true;
        self.batch = None;
    }
}

impl Iterator for UploadAll {
    type Item = Result<SyncedFile, SyncError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        if self.batch.is_none() {
            match Batch::start(self.plan.take()) {
                Ok(batch) => self.batch = Some(batch),
                Err(error) => {
                    self.end();
                    return Some(Err(error));
                }
            }
        }
        // If the batch panics, the iterator ends.
        self.is_over = true;
        let next = self.batch.as_mut().and_then(Batch::next);
        self.is_over = false;
        if next.is_none() {
            self.end();
        }
        next
    }
}

impl std::iter::FusedIterator for UploadAll {}

impl fmt::Debug for UploadAll {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UploadAll")
            .field("creator", &self.plan.creator)
            .field("ledger", &self.plan.ledger)
            .field("threads", &self.plan.threads)
            .finish_non_exhaustive()
    }
}
