//! A limiter in a file, for the processes of a machine.

mod line;
mod lock;
mod table;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use super::report::RateLimit;
use super::window::{Micros, Report, Window, micros};
use super::{LimitedCall, LimiterError, RateLimiter, Turn};
use crate::error::{Error, Result};
use table::Table;

/// A rate limiter in a file, for all processes of a machine that use keys of the same owner.
///
/// Each of them opens the same path. The file holds a line for each endpoint, which a person can read; it is locked for a
/// few microseconds at a time, so a process that is killed leaves nothing behind. Callers go in the order of their
/// arrival. If the file is damaged, deleted or emptied, only the current count is lost.
///
/// Put it on a local disk: not every network drive has locks. Its times are those of the machine's clock.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let path = std::env::temp_dir().join(format!("limits-doc-file-{}", std::process::id()));
/// use rblx_open_cloud::Client;
/// use rblx_open_cloud::rate_limit::FileLimiter;
///
/// let client = Client::builder("api-key")
/// #   .base_url(sandbox.url())
///     .wait_on_rate_limit(true)
///     .rate_limiter(FileLimiter::open(&path)?)
///     .build()?;
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct FileLimiter(Arc<Inner>);

struct Inner {
    path: PathBuf,
    table: Mutex<Table>,
}

impl FileLimiter {
    /// Opens the file, or creates it. Its folder has to exist.
    ///
    /// # Errors
    /// `InvalidInput` if it cannot be read and written, cannot be locked, is not a file, or contains something else.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let table = start(path).map_err(|error| unusable(path, error))?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            table: Mutex::new(table),
        })))
    }

    fn update<T>(
        &self,
        call: &LimitedCall<'_>,
        change: impl FnOnce(&mut Window, Micros) -> T,
    ) -> std::result::Result<T, LimiterError> {
        let changed = self.try_update(call, change);
        changed.map_err(|error| {
            format!("the rate limits in {}: {error}", self.0.path.display()).into()
        })
    }

    fn try_update<T>(
        &self,
        call: &LimitedCall<'_>,
        change: impl FnOnce(&mut Window, Micros) -> T,
    ) -> io::Result<T> {
        let is_stopped = || call.is_stopped();
        let mut table = lock::lock_mutex(&self.0.table, &is_stopped)?;
        table.reopen_if_moved(&self.0.path)?;
        let file = table.file();
        let _lock = lock::lock_file(&file, &is_stopped)?;
        let now = now();
        table.update(call.method(), call.endpoint(), |window| change(window, now))
    }
}

/// Opens the file and makes sure that it can be used.
fn start(path: &Path) -> io::Result<Table> {
    let table = Table::open(path)?;
    let file = table.file();
    match lock::lock_file(&file, &|| false) {
        Ok(_lock) => table.start()?,
        // The process that holds it has written the first line.
        Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
        Err(error) => return Err(error),
    }
    Ok(table)
}

fn unusable(path: &Path, error: io::Error) -> Error {
    let (what, advice) = match error.kind() {
        io::ErrorKind::IsADirectory => ("it is a directory", "Name a file in it"),
        io::ErrorKind::NotFound => ("its folder does not exist", "Create the folder first"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "permission denied",
            "All processes that share it need to read and write it; change its permissions, or use another path",
        ),
        io::ErrorKind::Unsupported => {
            ("its file system has no locks", "Use a path on a local disk")
        }
        _ => ("", "Use another path"),
    };
    let what = if what.is_empty() {
        error.to_string()
    } else {
        what.to_owned()
    };
    let message = format!(
        "the file with rate limits {} cannot be used: {what}",
        path.display()
    );
    Error::invalid_input(message)
        .with_advice(advice)
        .with_source(error)
}

/// Returns the time that all processes of the machine agree on.
fn now() -> Micros {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    micros(since.unwrap_or_default())
}

impl RateLimiter for FileLimiter {
    fn acquire(&self, call: &LimitedCall<'_>) -> std::result::Result<Turn, LimiterError> {
        let max_wait = micros(call.max_wait().unwrap_or(Duration::MAX));
        let acquired = self.update(call, |window, now| {
            window.acquire(now, call.token(), max_wait)
        });
        acquired.map(Turn::from)
    }

    fn record(
        &self,
        call: &LimitedCall<'_>,
        reported: &RateLimit,
    ) -> std::result::Result<(), LimiterError> {
        let report = Report::from(reported);
        self.update(call, |window, now| window.record(now, call.token(), report))
    }
}

impl fmt::Debug for FileLimiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FileLimiter")
            .field("path", &self.0.path)
            .finish_non_exhaustive()
    }
}
