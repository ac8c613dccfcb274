//! The file of a ledger. Each line is on the disk before the next step is taken, so that a crash loses no finished step.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::contents::Contents;
use super::record::{Entry, Key, Record, Service, Step};
use crate::error::{Error, Result};
use crate::file_io::{folder_of, is_at, reason, sync_folder};
use crate::sync::steps;

/// The maximum size of a ledger, in bytes: about a million lines.
const MAX_LENGTH: u64 = 256 * 1024 * 1024;

/// A ledger that is open for a run.
#[derive(Debug)]
pub(in crate::sync) struct LedgerFile {
    path: PathBuf,
    contents: Contents,
    /// The file that lines are appended to; `None` if it was opened read-only.
    target: Option<Target>,
}

/// The open file, which is locked as long as it is open.
#[derive(Debug)]
struct Target {
    file: File,
    length: u64,
}

impl LedgerFile {
    /// Opens or creates the ledger of a service. Read-only, it neither creates, locks nor repairs the file.
    pub(in crate::sync) fn open(path: &Path, service: &Service, read_only: bool) -> Result<Self> {
        check_kind(path)?;
        let mut options = OpenOptions::new();
        options.read(true);
        if !read_only {
            options.write(true).create(true).truncate(false);
            keep_name(&mut options);
        }
        let mut file = match options.open(path) {
            // A missing ledger is an empty one.
            Err(error) if read_only && error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self::new(path, Contents::default()));
            }
            Err(error) if is_sharing_violation(&error) => return Err(in_use(path)),
            Err(error) if !read_only && error.kind() == io::ErrorKind::NotFound => {
                return Err(missing_folder(path).with_source(error));
            }
            file => file.map_err(|error| unusable(path, &error))?,
        };
        if !read_only {
            lock(&file, path)?;
        }
        let contents = read(&mut file, path)?;
        let mut ledger = Self::new(path, contents);
        ledger.check_service(service)?;
        if !read_only {
            ledger.start_writing(file, service)?;
        }
        Ok(ledger)
    }

    fn new(path: &Path, contents: Contents) -> Self {
        Self {
            path: path.to_owned(),
            contents,
            target: None,
        }
    }

    /// Rejects a ledger of another service.
    fn check_service(&self, service: &Service) -> Result<()> {
        let Some(known) = &self.contents.service else {
            return if self.contents.length == 0 {
                Ok(())
            } else {
                Err(super::old_version(&self.path))
            };
        };
        let path = self.path.display();
        if known.origin != service.origin {
            return Err(Error::invalid_input(format!(
                "the ledger {path} belongs to {}, and this client uploads to {}; use another ledger for it",
                known.origin, service.origin
            )));
        }
        match (&known.run, &service.run) {
            (Some(known), Some(run)) if known != run => Err(Error::invalid_input(format!(
                "the ledger {path} belongs to another run of the sandbox at {}, whose assets are gone; delete it, or \
                 use another ledger",
                service.origin
            ))),
            _ => Ok(()),
        }
    }

    /// Prepares to append after the last complete line. Writes the first line of a new file.
    fn start_writing(&mut self, file: File, service: &Service) -> Result<()> {
        let length = self.contents.length as u64;
        let failed = |error: io::Error| unusable(&self.path, &error);
        file.set_len(length).map_err(failed)?;
        self.target = Some(Target { file, length });
        if length == 0 {
            self.append(&Record::head(service))?;
            self.contents.service = Some(service.clone());
            sync_folder(folder_of(&self.path));
        }
        self.name_run(service)
    }

    /// Returns the run of the sandbox that the ledger belongs to, if it names one.
    pub(in crate::sync) fn run(&self) -> Option<&str> {
        self.contents.service.as_ref()?.run.as_deref()
    }

    /// Records the run of the sandbox, if it was not known before.
    pub(in crate::sync) fn name_run(&mut self, service: &Service) -> Result<()> {
        self.check_service(service)?;
        if self.run().is_none() && service.run.is_some() {
            self.append(&Record::head(service))?;
            self.contents.service = Some(service.clone());
        }
        Ok(())
    }

    pub(in crate::sync) fn get(&self, key: &Key) -> Option<&Entry> {
        self.contents.get(key)
    }

    /// Records a step of an upload.
    pub(in crate::sync) fn record(&mut self, key: &Key, entry: Entry, file: &Path) -> Result<()> {
        if self.get(key) == Some(&entry) {
            return Ok(());
        }
        let file = file.to_string_lossy().into_owned();
        self.append(&Record::reached(key, &entry, file.clone()))?;
        self.contents
            .replay(key.clone(), Step::Reached(entry), Some(file));
        Ok(())
    }

    /// Records that the last step of an upload created no asset.
    pub(in crate::sync) fn void(&mut self, key: &Key, why: &str, file: &Path) -> Result<()> {
        let entry = match self.get(key) {
            Some(entry @ (Entry::Sent | Entry::Started(_))) => entry.clone(),
            _ => return Ok(()),
        };
        let file = file.to_string_lossy().into_owned();
        self.append(&Record::void(key, &entry, why, file))?;
        let operation = match entry {
            Entry::Started(operation) => Some(operation),
            _ => None,
        };
        self.contents
            .replay(key.clone(), Step::Void(operation), None);
        Ok(())
    }

    /// Appends a line. Returns when it is on the disk.
    fn append(&mut self, record: &Record) -> Result<()> {
        let Some(target) = &mut self.target else {
            return Ok(());
        };
        target.check(&self.path)?;
        let line_break = std::mem::take(&mut self.contents.lacks_line_break);
        let written = line(record, line_break).and_then(|line| target.write(&line));
        written.map_err(|error| {
            self.contents.lacks_line_break = line_break;
            // A partial line would corrupt the next one.
            let _ = target.file.set_len(target.length);
            let what = format!("the ledger {} cannot be written", self.path.display());
            Error::invalid_input(reason(&what, &error)).with_source(error)
        })
    }
}

/// Formats a line. Adds the line break that the previous line lacks.
fn line(record: &Record, line_break: bool) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    if line_break {
        line.push(b'\n');
    }
    serde_json::to_writer(&mut line, record)?;
    line.push(b'\n');
    Ok(line)
}

impl Target {
    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        steps::pass("before a line");
        self.file.seek(SeekFrom::Start(self.length))?;
        let (start, end) = line.split_at(line.len() / 2);
        self.file.write_all(start)?;
        steps::pass("within a line");
        self.file.write_all(end)?;
        self.file.sync_data()?;
        steps::pass("after a line");
        self.length = self.length.saturating_add(line.len() as u64);
        Ok(())
    }

    /// Fails if the file at the path was replaced or changed, so that lines would be lost.
    fn check(&self, path: &Path) -> Result<()> {
        let changed = |what: &str| {
            Err(Error::invalid_input(format!(
                "the ledger {} was {what} during the run; nothing more was written to it",
                path.display()
            )))
        };
        let metadata = match std::fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return changed("deleted"),
            metadata => metadata.map_err(|error| unusable(path, &error))?,
        };
        if !is_at(&self.file, path).map_err(|error| unusable(path, &error))? {
            return changed("replaced");
        }
        if metadata.len() != self.length {
            return changed("changed by something else");
        }
        Ok(())
    }
}

/// Prevents others from renaming, replacing or writing the file while it is open.
#[cfg(windows)]
fn keep_name(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_SHARE_READ: u32 = 1;
    options.share_mode(FILE_SHARE_READ);
}

#[cfg(not(windows))]
fn keep_name(_: &mut OpenOptions) {}

/// Whether another run holds the file open.
fn is_sharing_violation(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error() == Some(32)
}

/// Rejects anything but a regular file, before it is opened: opening a pipe would block until somebody writes to it.
fn check_kind(path: &Path) -> Result<()> {
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            let kind = if metadata.is_dir() {
                "a directory"
            } else {
                "a pipe or a device"
            };
            Err(Error::invalid_input(format!(
                "the ledger {} cannot be opened: it is {kind}, not a file",
                path.display()
            )))
        }
        Ok(metadata) if metadata.len() > MAX_LENGTH => Err(too_large(path)),
        _ => Ok(()),
    }
}

/// Reads a ledger, up to the maximum size.
pub(super) fn read(file: &mut File, path: &Path) -> Result<Contents> {
    let mut text = Vec::new();
    file.take(MAX_LENGTH.saturating_add(1))
        .read_to_end(&mut text)
        .map_err(|error| unusable(path, &error))?;
    if text.len() as u64 > MAX_LENGTH {
        return Err(too_large(path));
    }
    Contents::parse(&text).map_err(|bad| {
        Error::invalid_input(format!(
            "line {} of the ledger {} could not be read ({}); nothing was changed",
            bad.number,
            path.display(),
            bad.why
        ))
    })
}

/// Opens a ledger read-only.
pub(super) fn open_to_read(path: &Path) -> Result<Contents> {
    check_kind(path)?;
    let mut file = File::open(path).map_err(|error| unusable(path, &error))?;
    read(&mut file, path)
}

fn unusable(path: &Path, error: &io::Error) -> Error {
    let what = format!("the ledger {} cannot be opened", path.display());
    Error::invalid_input(reason(&what, error))
}

/// Returns the error for a ledger that would be created in a folder that does not exist.
fn missing_folder(path: &Path) -> Error {
    let folder = path.parent().unwrap_or(path);
    Error::invalid_input(format!(
        "the ledger {} cannot be created: there is no folder {}",
        path.display(),
        folder.display()
    ))
}

fn too_large(path: &Path) -> Error {
    Error::invalid_input(format!(
        "the ledger {} cannot be opened: it is larger than {} MiB, so it is not a ledger",
        path.display(),
        MAX_LENGTH / 1024 / 1024
    ))
}

fn in_use(path: &Path) -> Error {
    Error::invalid_input(format!(
        "the ledger {} is in use by another run; wait until it ends",
        path.display()
    ))
}

/// Locks the ledger: two runs at once would upload everything twice.
fn lock(file: &File, path: &Path) -> Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(in_use(path)),
        // Some network file systems have no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}
