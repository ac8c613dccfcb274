//! Many uploads: a folder of files becomes assets, and what was uploaded before is not uploaded again.
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
mod brake;
mod digest;
mod job;
mod ledger;
mod observer;
mod outcome;
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
use brake::Patience;
use ledger::Service;

pub use ledger::{Ledger, LedgerEntry, LedgerState};
pub use outcome::{SyncError, SyncOutcome, SyncedFile};
pub use scan::{FolderScan, SkipReason, SkippedFile, files_in, scan};

/// The number of uploads at once. The service takes 120 a minute.
const DEFAULT_THREADS: usize = 4;
const MAX_THREADS: usize = 32;
/// Three windows of the service's rate limits.
const DEFAULT_RETRY_TIMEOUT: Duration = Duration::from_secs(180);

/// Many uploads. Made by [`User::upload_all`](crate::resource::User::upload_all) and
/// [`Group::upload_all`](crate::resource::Group::upload_all).
///
/// It is an iterator: one result for each file, in the order in which they are finished. Nothing is done before the
/// first `next`. An error of one file does not stop the others. What hits all of them does: the key is rejected, the
/// account is moderated, the same rejection comes several times in a row, the service or the network is gone for longer
/// than [`retry_timeout`](Self::retry_timeout), the ledger cannot be written. The files that were not sent are then
/// errors as well, which say so.
///
/// Dropping it ends it at once: connections of uploads in progress are closed, and no further file is sent. The ledger
/// knows which uploads were cut; the next run reports them.
#[must_use = "nothing is uploaded until it is iterated over"]
pub struct UploadAll {
    plan: Plan,
    batch: Option<Batch>,
    is_over: bool,
}

/// What to do.
pub(crate) struct Plan {
    client: Client,
    creator: Creator,
    paths: Vec<PathBuf>,
    ledger: Option<PathBuf>,
    threads: usize,
    is_dry: bool,
    resends_unclear: bool,
    retry_timeout: Duration,
    each: Option<Each>,
    on_progress: Option<OnProgress>,
}

type Each = Arc<dyn Fn(&Path, Upload) -> Upload + Send + Sync>;
type OnProgress = Arc<dyn Fn(&Path, u64, u64) + Send + Sync>;

impl UploadAll {
    pub(crate) fn new(client: Client, creator: Creator, paths: Vec<PathBuf>) -> Self {
        let plan = Plan {
            client,
            creator,
            paths,
            ledger: None,
            threads: DEFAULT_THREADS,
            is_dry: false,
            resends_unclear: false,
            retry_timeout: DEFAULT_RETRY_TIMEOUT,
            each: None,
            on_progress: None,
        };
        Self {
            plan,
            batch: None,
            is_over: false,
        }
    }

    /// Keeps a ledger in this file: what was uploaded is not uploaded again.
    ///
    /// A content is known by its hash, its asset type and its owner, not by the name of the file. Each step is on the
    /// disk before the next one is taken. After a crash the next run polls the uploads that the service had
    /// accepted; a file that was sent without a response is reported, and sent again only with
    /// [`resend_unclear`](Self::resend_unclear). The ledger belongs to one service (the live one, or one run of a
    /// sandbox) and is rejected for another. It is a text file with a line for each step, and can be kept in a
    /// repository; [`Ledger::read`] reads it without a client.
    pub fn ledger(mut self, path: impl Into<PathBuf>) -> Self {
        self.plan.ledger = Some(path.into());
        self
    }

    /// Sets how many files are uploaded at once: 4 unless set, at least 1, at most 32.
    pub fn threads(mut self, threads: usize) -> Self {
        self.plan.threads = threads.clamp(1, MAX_THREADS);
        self
    }

    /// Sets whether only to report: which files would be uploaded, which are unchanged, which are rejected. Uploads
    /// nothing, and does not change the ledger.
    pub fn dry_run(mut self, yes: bool) -> Self {
        self.plan.is_dry = yes;
        self
    }

    /// Sets whether to send files again that an earlier run sent without learning what became of them.
    ///
    /// Without it such files are errors of the kind [`Conflict`](crate::ErrorKind::Conflict) whose
    /// [`outcome_unknown`](crate::Error::outcome_unknown) is true. Look for them among the
    /// [creations](https://create.roblox.com/dashboard/creations) first: a file that did arrive becomes a second asset.
    pub fn resend_unclear(mut self, yes: bool) -> Self {
        self.plan.resends_unclear = yes;
        self
    }

    /// Sets how long to go on without a success while the service rejects uploads for now (429) or cannot be reached; 3
    /// minutes unless set.
    ///
    /// All threads wait together, as long as the service says, or with delays that grow as in the client's
    /// [`RetryPolicy`](crate::RetryPolicy); then one file finds out whether it is over. If the service names a wait that
    /// goes beyond the limit, the batch stops at once.
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

    fn end(&mut self) {
        self.is_over = true;
        self.batch = None;
    }
}

impl Plan {
    /// The upload of a file, with its settings. The batch decides whether and when it is sent again.
    fn upload(&self, path: &Path) -> Upload {
        let client = self.client.http().clone().without_retries().into();
        let upload = Upload::new(client, self.creator, path.into());
        let upload = match &self.on_progress {
            Some(report) => {
                let (report, path) = (Arc::clone(report), path.to_owned());
                upload.on_progress(move |sent, total| report(&path, sent, total))
            }
            None => upload,
        };
        match &self.each {
            Some(change) => change(path, upload),
            None => upload,
        }
    }

    fn patience(&self) -> Patience {
        let (first_delay, max_delay) = self.client.http().retry_policy().backoff();
        Patience {
            first_delay,
            max_delay,
            limit: self.retry_timeout,
        }
    }

    /// The service that the client talks to, as far as it is known.
    fn service(&self) -> Service {
        let http = self.client.http();
        Service::from_base_url(http.base_url(), http.sandbox_run())
    }

    /// The plan, once.
    fn take(&mut self) -> Self {
        Self {
            client: self.client.clone(),
            creator: self.creator,
            paths: std::mem::take(&mut self.paths),
            ledger: self.ledger.take(),
            threads: self.threads,
            is_dry: self.is_dry,
            resends_unclear: self.resends_unclear,
            retry_timeout: self.retry_timeout,
            each: self.each.take(),
            on_progress: self.on_progress.take(),
        }
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
        // After a panic there is nothing more.
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
