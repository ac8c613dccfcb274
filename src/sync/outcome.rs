//! What became of a file.

use std::fmt;
use std::path::PathBuf;

use crate::error::Error;
use crate::models::AssetId;
use crate::upload::Uploaded;

/// A file that is taken care of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncedFile {
    /// The file, as it was named.
    pub path: PathBuf,
    /// What was done about it.
    pub outcome: SyncOutcome,
}

impl SyncedFile {
    /// The asset that the file is; `None` only in a dry run.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        match &self.outcome {
            SyncOutcome::Uploaded(uploaded) => Some(uploaded.asset_id),
            SyncOutcome::Unchanged(asset) => Some(*asset),
            SyncOutcome::Planned { .. } | SyncOutcome::SameAs(_) => None,
        }
    }
}

/// What was done about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyncOutcome {
    /// It was uploaded, or an upload that an earlier run had begun came to its end.
    Uploaded(Box<Uploaded>),
    /// This content was uploaded before, as this asset.
    Unchanged(AssetId),
    /// In a dry run: it would be uploaded under this name.
    Planned {
        /// The name.
        name: String,
    },
    /// In a dry run: it has the content of this file, which would be uploaded.
    SameAs(PathBuf),
}

/// A file that was not uploaded, and why.
#[derive(Debug)]
#[non_exhaustive]
pub struct SyncError {
    /// The file, as it was named; or the ledger, if that cannot be used.
    pub path: PathBuf,
    /// What went wrong.
    pub error: Error,
}

impl fmt::Display for SyncError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for SyncError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The text of the error itself stands in this one's.
        self.error.source()
    }
}

/// The error, with the file in its message.
impl From<SyncError> for Error {
    fn from(error: SyncError) -> Self {
        let path = error.path.display().to_string();
        error.error.map(|inner| {
            if !inner.message.contains(&path) {
                inner.message = format!("{path}: {}", inner.message);
            }
        })
    }
}
