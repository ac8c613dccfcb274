//! Outcomes: the result of each file of a batch.

use std::fmt;
use std::path::PathBuf;

use super::ledger::KnownAsset;
use crate::error::Error;
use crate::models::{AssetId, ModerationState};
use crate::upload::Uploaded;

/// A file that is an asset or, in a dry run, would become one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncedFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The outcome.
    pub outcome: SyncOutcome,
    /// The moderation state of the asset, as far as it was reported.
    pub moderation_state: Option<ModerationState>,
}

impl SyncedFile {
    /// Returns the id of the asset; `None` only in a dry run.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        match &self.outcome {
            SyncOutcome::Uploaded(uploaded) => Some(uploaded.asset_id),
            SyncOutcome::Unchanged(asset) | SyncOutcome::Rejected(asset) => Some(*asset),
            SyncOutcome::Planned { .. } | SyncOutcome::SameAs(_) => None,
        }
    }

    pub(super) fn new(path: PathBuf, outcome: SyncOutcome) -> Self {
        let moderation_state = match &outcome {
            SyncOutcome::Uploaded(uploaded) => uploaded.moderation_state.clone(),
            SyncOutcome::Rejected(_) => Some(ModerationState::Rejected),
            _ => None,
        };
        Self {
            path,
            outcome,
            moderation_state,
        }
    }

    /// Creates the result of a file whose content was uploaded before.
    pub(super) fn known(path: PathBuf, asset: KnownAsset) -> Self {
        let outcome = match asset.moderation {
            Some(ModerationState::Rejected) => SyncOutcome::Rejected(asset.id),
            _ => SyncOutcome::Unchanged(asset.id),
        };
        Self {
            moderation_state: asset.moderation,
            ..Self::new(path, outcome)
        }
    }
}

/// The outcome of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyncOutcome {
    /// It was uploaded, or the upload of an earlier run was completed. See
    /// [`Uploaded::moderation_state`](crate::Uploaded::moderation_state): moderation may have rejected it at once.
    Uploaded(Box<Uploaded>),
    /// This content was uploaded before, as this asset.
    Unchanged(AssetId),
    /// This content was uploaded before, as this asset, and moderation has rejected it, so that it cannot be seen.
    Rejected(AssetId),
    /// In a dry run: it would be uploaded under this name.
    Planned {
        /// The name.
        name: String,
    },
    /// In a dry run: it has the content of this file, which would be uploaded.
    SameAs(PathBuf),
}

/// The error of a file that was not uploaded.
#[derive(Debug)]
#[non_exhaustive]
pub struct SyncError {
    /// The path of the file, or of the ledger if it cannot be used.
    pub path: PathBuf,
    /// The error. If [`outcome_unknown`](Error::outcome_unknown) is true, the file may have become an asset despite it.
    pub error: Error,
}

/// The path and the outcome: `icons/close.png: uploaded as 120000000001`.
impl fmt::Display for SyncedFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path.display(), self.outcome)?;
        let is_named = matches!(self.outcome, SyncOutcome::Rejected(_));
        match &self.moderation_state {
            Some(state) if !is_named && *state != ModerationState::Approved => {
                write!(formatter, ", moderation: {state}")
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for SyncOutcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uploaded(uploaded) => write!(formatter, "{uploaded}"),
            Self::Unchanged(id) => write!(formatter, "unchanged, {id}"),
            Self::Rejected(id) => write!(formatter, "unchanged and rejected by moderation, {id}"),
            Self::Planned { name } => write!(formatter, "would be uploaded as {name:?}"),
            Self::SameAs(other) => write!(formatter, "the same as {}", other.display()),
        }
    }
}

impl fmt::Display for SyncError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display().to_string();
        if self.error.message().contains(&path) {
            return write!(formatter, "{}", self.error);
        }
        write!(formatter, "{path}: {}", self.error)
    }
}

impl std::error::Error for SyncError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The text of the error is part of this one's.
        self.error.source()
    }
}

/// Adds the path of the file to the message of the error.
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

#[cfg(test)]
mod tests {
    use super::{SyncOutcome, SyncedFile};
    use crate::models::{AssetId, ModerationState};

    #[test]
    fn outcomes_as_people_read_them() {
        let text = |outcome| SyncedFile::new("a.png".into(), outcome).to_string();
        let id = AssetId::from(5);
        assert_eq!(text(SyncOutcome::Unchanged(id)), "a.png: unchanged, 5");
        let rejected = "a.png: unchanged and rejected by moderation, 5";
        assert_eq!(text(SyncOutcome::Rejected(id)), rejected);
        let planned = SyncOutcome::Planned {
            name: "a".to_owned(),
        };
        assert_eq!(text(planned), "a.png: would be uploaded as \"a\"");
        let same = SyncOutcome::SameAs("b.png".into());
        assert_eq!(text(same), "a.png: the same as b.png");
        let reviewed = SyncedFile {
            moderation_state: Some(ModerationState::Reviewing),
            ..SyncedFile::new("a.png".into(), SyncOutcome::Unchanged(id))
        };
        assert_eq!(
            reviewed.to_string(),
            "a.png: unchanged, 5, moderation: Reviewing"
        );
    }
}
