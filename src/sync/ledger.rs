//! What was uploaded before: a file of lines, one added after each step, so that a crash loses nothing that is done.

use std::collections::HashMap;
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::models::AssetId;

/// The first line tells a ledger from any other file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the first line of a ledger")]
struct Head {
    asset_ledger: u32,
}

const VERSION: u32 = 1;

/// What makes an upload the same as another: content, owner and asset type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Key {
    pub(super) sha256: String,
    pub(super) creator: String,
    #[serde(rename = "type")]
    pub(super) asset_type: String,
}

/// How far an upload came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// An operation was begun; how it ended is not known.
    Started(String),
    Done(AssetId),
}

#[derive(Serialize, Deserialize)]
#[serde(expecting = "a line of a ledger")]
struct Line {
    #[serde(flatten)]
    key: Key,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asset: Option<AssetId>,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

/// The file, locked as long as this lives, and what stands in it.
pub(super) struct Ledger {
    path: PathBuf,
    /// Where lines are added, if it was not only looked at.
    file: Option<File>,
    length: u64,
    entries: HashMap<Key, Entry>,
}

impl Ledger {
    /// Opens the ledger, or begins one; only to look, it neither makes nor locks nor mends a file.
    pub(super) fn open(path: &Path, read_only: bool) -> Result<Self> {
        let failed = |error: io::Error| {
            let why = error.kind();
            let message = format!("the ledger {} cannot be opened ({why})", path.display());
            Error::invalid_input(message).with_source(error)
        };
        let mut options = OpenOptions::new();
        options.read(true);
        if !read_only {
            options.write(true).create(true).truncate(false);
        }
        let mut ledger = Self {
            path: path.to_owned(),
            file: None,
            length: 0,
            entries: HashMap::new(),
        };
        let mut file = match options.open(path) {
            // What is not there holds nothing.
            Err(error) if read_only && error.kind() == io::ErrorKind::NotFound => {
                return Ok(ledger);
            }
            file => file.map_err(failed)?,
        };
        if !read_only {
            lock(&file, path)?;
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(failed)?;
        ledger.replay_all(&text)?;
        if !read_only {
            // What a crash cut short goes.
            file.set_len(ledger.length).map_err(failed)?;
            ledger.start_writing(file)?;
        }
        Ok(ledger)
    }

    /// Goes on in this file; a new one gets its first line.
    fn start_writing(&mut self, file: File) -> Result<()> {
        self.file = Some(file);
        if self.length == 0 {
            self.append(&Head {
                asset_ledger: VERSION,
            })?;
            sync_folder(&self.path);
        }
        Ok(())
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// Notes that an operation was begun.
    pub(super) fn started(&mut self, key: &Key, operation: &str, file: &Path) -> Result<()> {
        self.record(key, Entry::Started(operation.to_owned()), file)
    }

    /// Notes what it came to.
    pub(super) fn done(&mut self, key: &Key, asset: AssetId, file: &Path) -> Result<()> {
        self.record(key, Entry::Done(asset), file)
    }

    fn record(&mut self, key: &Key, entry: Entry, file: &Path) -> Result<()> {
        let (operation, asset) = match &entry {
            Entry::Started(operation) => (Some(operation.clone()), None),
            Entry::Done(asset) => (None, Some(*asset)),
        };
        let line = Line {
            key: key.clone(),
            operation,
            asset,
            file: Some(file.to_string_lossy().into_owned()),
        };
        self.append(&line)?;
        self.entries.insert(key.clone(), entry);
        Ok(())
    }

    /// Adds a line, and returns only when it is on the disk.
    fn append(&mut self, line: &impl Serialize) -> Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let end = SeekFrom::Start(self.length);
        let written = serde_json::to_vec(line)
            .map_err(io::Error::from)
            .and_then(|mut line| {
                line.push(b'\n');
                file.seek(end)?;
                file.write_all(&line)?;
                file.sync_data()?;
                Ok(line.len() as u64)
            });
        match written {
            Ok(added) => {
                self.length = self.length.saturating_add(added);
                Ok(())
            }
            Err(error) => {
                // Half a line would spoil the next one.
                let _ = file.set_len(self.length);
                let path = self.path.display();
                let message = format!("the ledger {path} cannot be written ({})", error.kind());
                Err(Error::invalid_input(message).with_source(error))
            }
        }
    }

    fn replay_all(&mut self, text: &[u8]) -> Result<()> {
        // What follows the last line break is a line that a crash cut short.
        let end = text.iter().rposition(|byte| *byte == b'\n');
        let whole = end.map_or(0, |end| end.saturating_add(1));
        let refused = |path: &Path, number: usize, error: &dyn fmt::Display| {
            Error::invalid_input(format!(
                "line {number} of the ledger {} is not understood ({error}); nothing was changed",
                path.display()
            ))
        };
        let lines = text
            .get(..whole)
            .unwrap_or_default()
            .split(|byte| *byte == b'\n');
        let lines = lines
            .enumerate()
            .filter(|(_, line)| !line.trim_ascii().is_empty());
        let mut has_head = false;
        for (index, line) in lines {
            let number = index.saturating_add(1);
            if has_head {
                let line = serde_json::from_slice(line);
                self.replay(line.map_err(|error| refused(&self.path, number, &error))?);
                continue;
            }
            has_head = true;
            match serde_json::from_slice::<Head>(line) {
                Ok(head) if head.asset_ledger == VERSION => {}
                Ok(_) => return Err(refused(&self.path, number, &"a version of later days")),
                Err(_) => return Err(refused(&self.path, number, &"it is no ledger")),
            }
        }
        // A first line that was cut short begins a ledger; anything else is not ours to cut.
        let rest = text.get(whole..).unwrap_or_default();
        if !has_head && !rest.is_empty() && !b"{\"assetLedger\":1}".starts_with(rest) {
            return Err(refused(&self.path, 1, &"it is no ledger"));
        }
        self.length = if has_head { whole as u64 } else { 0 };
        Ok(())
    }

    fn replay(&mut self, line: Line) {
        let entry = match (line.asset, line.operation) {
            (Some(asset), _) => Entry::Done(asset),
            (None, Some(operation)) => Entry::Started(operation),
            (None, None) => return,
        };
        // Two branches of a history may have been merged.
        let is_done = matches!(self.entries.get(&line.key), Some(Entry::Done(_)));
        if !is_done || matches!(entry, Entry::Done(_)) {
            self.entries.insert(line.key, entry);
        }
    }
}

/// Two runs at once would upload everything twice.
fn lock(file: &File, path: &Path) -> Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::invalid_input(format!(
            "the ledger {} is in use by another run",
            path.display()
        ))),
        // Some network drives have no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// Makes a new file's name last as well, where the system can.
fn sync_folder(path: &Path) {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
}

impl fmt::Debug for Ledger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Ledger")
            .field("path", &self.path)
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}
