//! Tokens in a file.

use std::any::Any;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::TokenStore;
use crate::file_io::{folder_of, is_at, sync_folder};
use crate::oauth2::TokenSet;
use crate::oauth2::crypto::random_string;
use crate::oauth2::wait::poll_delay;

/// The age from which a temporary file was left by a process that died.
const STALE_AGE: Duration = Duration::from_secs(60);
/// The maximum size of a file, in bytes.
const MAX_FILE_SIZE: u64 = 1024 * 1024;
/// The maximum wait for the lock of another process.
const MAX_LOCK_WAIT: Duration = Duration::from_secs(30);
const LOCK_POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Stores tokens in a file. On Unix only the file's owner can read it, from its first byte on; on other systems it gets
/// the permissions of its directory.
///
/// The file is replaced as a whole: a reader finds either the old or the new tokens, even after a crash. An empty file
/// next to it, `.NAME.lock`, makes processes with the same session wait for each other, at most 30 seconds.
#[derive(Debug, Clone)]
pub struct TokenFile {
    path: PathBuf,
}

impl TokenFile {
    /// Uses the file at this path. The file may be missing; its directory must exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Returns the path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, if it exists.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn remove(&self) -> io::Result<()> {
        for path in [self.path.clone(), self.sibling(".lock")?] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(self.explain("remove", &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn directory(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Returns the path `.NAME` plus this suffix in the same directory.
    fn sibling(&self, suffix: &str) -> io::Result<PathBuf> {
        let name = self.path.file_name().ok_or_else(|| {
            let error = io::Error::from(io::ErrorKind::InvalidFilename);
            self.explain("use", &error)
        })?;
        let mut sibling = OsString::from(".");
        sibling.push(name);
        sibling.push(suffix);
        Ok(self.directory().join(sibling))
    }

    fn read(&self) -> io::Result<Option<String>> {
        match regular_file(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            result => result?,
        }
        let mut text = String::new();
        let file = File::open(&self.path)?;
        file.take(MAX_FILE_SIZE).read_to_string(&mut text)?;
        Ok(Some(text))
    }

    fn write(&self, temporary: &Path, text: &str) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = owner_only(&mut options).open(temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        drop(file);
        fs::rename(temporary, &self.path)?;
        sync_folder(self.directory());
        Ok(())
    }

    /// Removes temporary files of processes that died, where possible.
    fn remove_stale_files(&self) {
        let Some(prefix) = self.sibling(".new-").ok() else {
            return;
        };
        let prefix = prefix.file_name().unwrap_or_default();
        let entries = fs::read_dir(self.directory());
        for entry in entries.into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_ours = name
                .as_encoded_bytes()
                .starts_with(prefix.as_encoded_bytes());
            let age = entry.metadata().and_then(|data| data.modified());
            let age = age.ok().and_then(|time| time.elapsed().ok());
            if is_ours && age.is_some_and(|age| age > STALE_AGE) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Locks the lock file, or returns `None` where the file system has no locks.
    fn lock_within(&self, limit: Duration) -> io::Result<Option<File>> {
        let path = self.sibling(".lock")?;
        let started = Instant::now();
        loop {
            let file = open_lock_file(&path).map_err(|error| self.explain("lock", &error))?;
            match file.try_lock() {
                // Another process may have removed it meanwhile. A lock of the removed file has no effect.
                Ok(()) if is_at(&file, &path).unwrap_or(false) => return Ok(Some(file)),
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(None);
                }
                Err(TryLockError::Error(error)) => return Err(self.explain("lock", &error)),
            }
            if started.elapsed() >= limit {
                return Err(lock_timeout(&path, limit));
            }
            poll_delay(LOCK_POLL_INTERVAL);
        }
    }

    /// Returns an error that names the file, the failed step and the remedy.
    fn explain(&self, verb: &str, error: &io::Error) -> io::Error {
        let (path, directory) = (self.path.display(), self.directory().display());
        let remedy = match error.kind() {
            io::ErrorKind::NotFound => format!("create the directory {directory}"),
            io::ErrorKind::NotADirectory => {
                format!("{directory} is not a directory; choose another path")
            }
            io::ErrorKind::IsADirectory | io::ErrorKind::InvalidFilename => {
                "choose the path of a file, not of a directory".to_owned()
            }
            io::ErrorKind::PermissionDenied => {
                format!(
                    "give this user access to the file and to the directory {directory}, or choose another path"
                )
            }
            io::ErrorKind::ReadOnlyFilesystem => {
                "choose a path on a writable file system".to_owned()
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "free some disk space".to_owned()
            }
            io::ErrorKind::InvalidData => "delete the file and sign in again".to_owned(),
            _ => "check the path, or choose another one".to_owned(),
        };
        let message = format!("cannot {verb} the token file {path} ({error}): {remedy}");
        io::Error::new(error.kind(), message)
    }
}

impl TokenStore for TokenFile {
    fn save(&self, tokens: &TokenSet) -> io::Result<()> {
        let random = random_string().map_err(io::Error::other)?;
        let temporary = self.sibling(&format!(".new-{random}"))?;
        let written = self.write(&temporary, &format!("{}\n", tokens.to_json()));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        self.remove_stale_files();
        written.map_err(|error| self.explain("write", &error))
    }

    fn load(&self) -> io::Result<Option<TokenSet>> {
        let text = self.read().map_err(|error| self.explain("read", &error))?;
        let tokens = text.map(|text| TokenSet::from_json(&text)).transpose();
        tokens.map_err(|_| {
            let error = io::Error::new(io::ErrorKind::InvalidData, "it does not contain tokens");
            self.explain("read", &error)
        })
    }

    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send>>> {
        // The operating system releases it when the process ends.
        let file = self.lock_within(MAX_LOCK_WAIT)?;
        Ok(file.map(|file| Box::new(file) as Box<dyn Any + Send>))
    }
}

/// Opens the lock file, which is created if it is missing.
fn open_lock_file(path: &Path) -> io::Result<File> {
    match regular_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    owner_only(&mut options).open(path)
}

/// Rejects what would block or never end when it is opened or read, such as a FIFO.
fn regular_file(path: &Path) -> io::Result<()> {
    let data = fs::metadata(path)?;
    if data.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !data.is_file() {
        let message = format!("{} is not a regular file", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    if data.len() > MAX_FILE_SIZE {
        let message = "it is larger than 1 MiB and does not contain tokens";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(())
}

fn lock_timeout(path: &Path, limit: Duration) -> io::Error {
    let message = format!(
        "another process has held {} for {limit:?}; it may be suspended: let it continue, or end it",
        path.display()
    );
    io::Error::new(io::ErrorKind::TimedOut, message)
}

/// Makes a new file readable for its owner alone, where the system has such permissions.
fn owner_only(options: &mut OpenOptions) -> &OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io;
    use std::time::{Duration, Instant};

    use super::TokenFile;

    /// Returns a file in a new directory.
    fn file(name: &str) -> TokenFile {
        let name = format!("rblx-token-file-{}-{name}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&directory);
        let _ = fs::create_dir_all(&directory);
        TokenFile::new(directory.join("session.json"))
    }

    #[test]
    fn a_held_lock_is_waited_for_up_to_the_limit() {
        let file = file("held");
        let limit = Duration::from_millis(30);
        let held = file.lock_within(limit);
        assert!(matches!(held, Ok(Some(_))));
        let started = Instant::now();
        let error = file.lock_within(limit).err();
        assert!(error.is_some_and(|error| {
            let text = error.to_string();
            error.kind() == io::ErrorKind::TimedOut && text.contains(".session.json.lock")
        }));
        assert!((limit..Duration::from_secs(5)).contains(&started.elapsed()));
        drop(held);
        assert!(file.lock_within(limit).is_ok());
        assert!(fs::remove_dir_all(file.directory()).is_ok());
    }

    /// A lock on a file that was removed meanwhile does not keep out other processes.
    #[cfg(unix)]
    #[test]
    fn a_lock_file_that_was_removed_is_recognized() {
        let file = file("removed");
        let path = file.directory().join(".session.json.lock");
        let open = || super::open_lock_file(&path);
        let is_at = |file: &io::Result<fs::File>| {
            let file = file.as_ref();
            file.is_ok_and(|file| super::is_at(file, &path).unwrap_or(false))
        };
        let first = open();
        assert!(is_at(&first));
        assert!(file.remove().is_ok() && !is_at(&first));
        let second = open();
        assert!(is_at(&second) && !is_at(&first));
        assert!(fs::remove_dir_all(file.directory()).is_ok());
    }
}
