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
mod files;
mod job;
mod ledger;
mod outcome;
mod quota;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::client::Client;
use crate::models::Creator;
use crate::upload::Upload;

use batch::Batch;

pub use files::files_in;
pub use outcome::{SyncError, SyncOutcome, SyncedFile};

/// So many uploads go on at once unless set. The service takes 120 a minute.
const DEFAULT_THREADS: usize = 4;
const MAX_THREADS: usize = 32;

/// Many uploads. Made by [`User::upload_all`](crate::resource::User::upload_all) and
/// [`Group::upload_all`](crate::resource::Group::upload_all).
///
/// It is an iterator: one result for each file, in the order in which they are finished. Nothing is done before the
/// first `next`. An error of one file does not stop the others; what would stop all of them does (the key is refused,
/// the account is moderated, the ledger cannot be written): then those that were not begun come as errors too.
///
/// Dropping it ends it: uploads under way are waited for, so that the ledger knows of them, and no other is begun.
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
            each: None,
            on_progress: None,
        };
        Self {
            plan,
            batch: None,
            is_over: false,
        }
    }

    /// Keeps in this file what was uploaded, and does not upload it again.
    ///
    /// What counts is the content, the asset type and whom it belongs to, not the name of the file. Each step is on
    /// the disk before the next is taken: after a crash the next run asks what became of the uploads that were under
    /// way instead of sending them again. The file is of text, one line for each step, and can stand in a repository.
    pub fn ledger(mut self, path: impl Into<PathBuf>) -> Self {
        self.plan.ledger = Some(path.into());
        self
    }

    /// How many files are uploaded at once: 4 unless set, at least 1, at most 32.
    pub fn threads(mut self, threads: usize) -> Self {
        self.plan.threads = threads.clamp(1, MAX_THREADS);
        self
    }

    /// Whether only to look: which files would be uploaded, which are unchanged, which are refused. UserContent nothing,
    /// and does not change the ledger.
    pub fn dry_run(mut self, yes: bool) -> Self {
        self.plan.is_dry = yes;
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

    /// Calls `report(path, sent, total)`, in bytes of the file, as each upload moves on; from several threads.
    pub fn on_progress(mut self, report: impl Fn(&Path, u64, u64) + Send + Sync + 'static) -> Self {
        self.plan.on_progress = Some(Arc::new(report));
        self
    }

    /// Ends the threads, once those that are under way are done.
    fn end(&mut self) {
        self.is_over = true;
        self.batch = None;
    }
}

impl Plan {
    /// The upload of a file, with its settings.
    fn upload(&self, path: &Path) -> Upload {
        let upload = Upload::new(self.client.clone(), self.creator, path.into());
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
        let next = self.batch.as_mut().and_then(Batch::next);
        if next.is_none() {
            self.end();
        }
        next
    }
}

impl std::iter::FusedIterator for UploadAll {}

impl Plan {
    /// The plan, once.
    fn take(&mut self) -> Self {
        Self {
            client: self.client.clone(),
            creator: self.creator,
            paths: std::mem::take(&mut self.paths),
            ledger: self.ledger.take(),
            threads: self.threads,
            is_dry: self.is_dry,
            each: self.each.take(),
            on_progress: self.on_progress.take(),
        }
    }
}

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
