//! What is done about one file.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::batch::{Claim, Outcome, Shared};
use super::ledger::Key;
use super::{SyncError, SyncOutcome, SyncedFile};
use crate::error::{Error, ErrorKind, Result};
use crate::models::{AssetId, AssetType};
use crate::upload::{Observer, Prepared, Uploaded};

/// So often a refused call of one file is tried again, each time after the wait that the service asks for.
const MAX_DELAYS: u32 = 8;
/// If the service does not say how long to wait.
const DEFAULT_DELAY: Duration = Duration::from_secs(5);
const MAX_DELAY: Duration = Duration::from_secs(120);

impl Shared {
    /// What becomes of a file, and of those that waited for it; nothing if it waits itself.
    pub(super) fn process(&self, path: PathBuf) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        match self.outcome(&path) {
            Ok(None) => {}
            Ok(Some((outcome, waited))) => {
                let asset = asset_id(&outcome);
                outcomes.push(Ok(SyncedFile { path, outcome }));
                let others = waited.into_iter().zip(std::iter::repeat(asset));
                outcomes.extend(others.filter_map(|(path, asset)| {
                    let outcome = SyncOutcome::Unchanged(asset?);
                    Some(Ok(SyncedFile { path, outcome }))
                }));
            }
            Err(error) => outcomes.push(Err(SyncError { path, error })),
        }
        outcomes
    }

    fn outcome(&self, path: &Path) -> Result<Option<(SyncOutcome, Vec<PathBuf>)>> {
        self.check()?;
        let before = FileState::read(path);
        let mut upload = self.plan.upload(path).prepare()?;
        let key = Key {
            sha256: upload.digest()?,
            creator: upload.creator_path(),
            asset_type: upload.asset_type.as_str().to_owned(),
        };
        let planned = || {
            let name = upload.name.clone();
            Ok(Some((SyncOutcome::Planned { name }, Vec::new())))
        };
        match self.claim(&key, path) {
            Claim::Unchanged(asset) => Ok(Some((SyncOutcome::Unchanged(asset), Vec::new()))),
            Claim::Waits(first) if self.plan.is_dry => {
                Ok(Some((SyncOutcome::SameAs(first), Vec::new())))
            }
            Claim::Waits(_) => Ok(None),
            _ if self.plan.is_dry => planned(),
            claim => {
                let uploaded = self.upload(&mut upload, claim, &key, path);
                self.finish(uploaded, &key, path, &before).map(Some)
            }
        }
    }

    /// Notes what an upload came to.
    fn finish(
        &self,
        uploaded: Result<Uploaded>,
        key: &Key,
        path: &Path,
        before: &FileState,
    ) -> Result<(SyncOutcome, Vec<PathBuf>)> {
        let uploaded = match uploaded {
            Ok(uploaded) => uploaded,
            Err(error) => {
                self.complete(key, path, None)?;
                if is_fatal(&error) {
                    self.stop_because(&error);
                }
                return Err(error);
            }
        };
        // What was sent is perhaps not what was looked at: then nobody knows which content the asset has.
        if FileState::read(path) != *before {
            self.complete(key, path, None)?;
            return Err(Error::invalid_input(format!(
                "the file changed while it was uploaded as asset {}; upload it again",
                uploaded.asset_id
            )));
        }
        let waited = self
            .complete(key, path, Some(uploaded.asset_id))
            .map_err(|error| {
                self.stop_because(&error);
                error.map(|inner| {
                    let id = uploaded.asset_id;
                    inner.message =
                        format!("{}; the file was uploaded as asset {id}", inner.message);
                })
            })?;
        Ok((SyncOutcome::Uploaded(Box::new(uploaded)), waited))
    }

    fn upload(
        &self,
        upload: &mut Prepared,
        claim: Claim,
        key: &Key,
        path: &Path,
    ) -> Result<Uploaded> {
        let mut observer = FileObserver {
            shared: self,
            key,
            path,
            delays: 0,
        };
        if let Claim::Resume(operation) = claim {
            match upload.resume(&operation, &mut observer) {
                // It came to nothing, or is forgotten: as if it had not been begun.
                Err(error) if is_end(&error) => {}
                result => return result,
            }
        }
        let is_audio = upload.asset_type == AssetType::Audio;
        if is_audio {
            self.take_quota()?;
        }
        let uploaded = upload.send(&mut observer);
        if is_audio && uploaded.is_err() {
            self.give_quota_back();
        }
        uploaded
    }
}

/// Looks after the upload of one file.
struct FileObserver<'a> {
    shared: &'a Shared,
    key: &'a Key,
    path: &'a Path,
    delays: u32,
}

impl Observer for FileObserver<'_> {
    fn started(&mut self, operation: &str) -> Result<()> {
        // The upload goes on: a ledger that cannot be written is reported at the end, with the id of the asset.
        if let Err(error) = self.shared.started(self.key, operation, self.path) {
            self.shared.stop_because(&error);
        }
        Ok(())
    }

    fn should_retry(&mut self, error: &Error, is_started: bool) -> bool {
        // Asking how far it is does no harm, whatever went wrong with the question before.
        let is_hopeful = match error.kind() {
            ErrorKind::RateLimited => true,
            ErrorKind::Transport | ErrorKind::Timeout | ErrorKind::ServiceUnavailable => is_started,
            _ => false,
        };
        self.delays = self.delays.saturating_add(1);
        let delay = error.retry_after().unwrap_or(DEFAULT_DELAY).min(MAX_DELAY);
        is_hopeful && self.delays <= MAX_DELAYS && self.shared.sleep(delay)
    }
}

/// Whether the same would happen to every file.
fn is_fatal(error: &Error) -> bool {
    let is_account = || {
        error
            .message()
            .to_ascii_lowercase()
            .contains("user is moderated")
    };
    match error.kind() {
        ErrorKind::InvalidKey => true,
        ErrorKind::PermissionDenied => is_account(),
        _ => false,
    }
}

/// Whether an operation is over, without an asset.
fn is_end(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::OperationFailed
            | ErrorKind::ModeratedText
            | ErrorKind::InvalidAsset
            | ErrorKind::NotFound
            | ErrorKind::InvalidInput
    )
}

fn asset_id(outcome: &SyncOutcome) -> Option<AssetId> {
    match outcome {
        SyncOutcome::Uploaded(uploaded) => Some(uploaded.asset_id),
        SyncOutcome::Unchanged(asset) => Some(*asset),
        _ => None,
    }
}

/// What tells whether a file was changed.
#[derive(PartialEq, Eq)]
struct FileState(Option<(u64, Option<SystemTime>)>);

impl FileState {
    fn read(path: &Path) -> Self {
        let metadata = std::fs::metadata(path).ok();
        Self(metadata.map(|metadata| (metadata.len(), metadata.modified().ok())))
    }
}
