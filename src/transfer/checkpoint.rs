//! Checkpoints, to resume an export after an interruption.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom};
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::json;
use crate::paging::PageToken;

/// A place to resume an export at: the next page of keys, and the number of bytes that were written before it.
///
/// [`Export::on_checkpoint`](super::Export::on_checkpoint) passes it to a callback, and its text can be kept in a file:
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// # let path = std::env::temp_dir().join(format!("rblx-open-cloud-doc-export-{}", std::process::id()));
/// use rblx_open_cloud::transfer::ExportCheckpoint;
///
/// let store = client.universe(13_058).data_store("Inventory");
/// let mut file = std::fs::File::create(&path).unwrap();
/// let mut saved = String::new();
/// let export = store.export(&mut file).unlimited();
/// export.on_checkpoint(|checkpoint| Ok(saved = checkpoint.to_string())).run()?;
///
/// // Another run, after the first one was killed:
/// let checkpoint: ExportCheckpoint = saved.parse()?;
/// let mut file = checkpoint.open(&path)?;
/// store.export(&mut file).unlimited().resume(checkpoint).run()?;
/// # assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 302);
/// # std::fs::remove_file(&path).unwrap();
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportCheckpoint {
    /// The token of the page of keys that comes next.
    pub token: PageToken,
    /// The number of bytes in the lines before it.
    pub bytes: u64,
    /// The list of keys that the token belongs to.
    pub(super) list: String,
}

impl ExportCheckpoint {
    pub(super) fn new(token: PageToken, bytes: u64, list: &str) -> Self {
        Self {
            token,
            bytes,
            list: list.to_owned(),
        }
    }

    /// Opens the file of the export, cuts off what was written after the checkpoint, and continues at its end.
    ///
    /// # Errors
    /// `InvalidInput` if the file cannot be opened or cut, or is shorter than the checkpoint says: then it is not the file
    /// of this export.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<File> {
        let path = path.as_ref();
        let failed = |error: std::io::Error| {
            let message = format!(
                "the export {} cannot be continued ({error})",
                path.display()
            );
            Error::invalid_input(message).with_source(error)
        };
        let file = OpenOptions::new().write(true).read(true).open(path);
        let mut file = file.map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        if length < self.bytes {
            let message = format!(
                "the export {} has {length} bytes, but {} were written before the checkpoint",
                path.display(),
                self.bytes
            );
            return Err(Error::invalid_input(message));
        }
        file.set_len(self.bytes).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        Ok(file)
    }

    /// Checks that the checkpoint is one of this list.
    pub(super) fn check(&self, list: &str) -> Result<()> {
        if self.list == list {
            return Ok(());
        }
        let message = format!(
            "the checkpoint belongs to another export: {} instead of {list}",
            self.list
        );
        Err(Error::invalid_input(message))
    }
}

impl fmt::Display for ExportCheckpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        formatter.write_str(&text)
    }
}

impl FromStr for ExportCheckpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        json::from_str(text).map_err(|error| {
            Error::invalid_input("the text is not a checkpoint of an export").with_source(error)
        })
    }
}
