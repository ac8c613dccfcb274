//! Processes one file.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::batch::Outcome;
use super::digest::sha256;
use super::ledger::{Key, KnownAsset};
use super::observer::{FileObserver, is_fatal, is_out_of_descriptors};
use super::shared::{Claim, End, Permit, Shared, unclear};
use super::{SyncError, SyncOutcome, SyncedFile};
use crate::error::{Error, ErrorKind, Result};
use crate::models::{AssetType, ModerationState};
use crate::upload::{Failure, Observer, Prepared, Uploaded};

/// The result of a file, and of those with the same content that waited for it.
struct Processed {
    /// `None` if the file waits for another one.
    result: Option<Result<SyncedFile>>,
    duplicates: Vec<Outcome>,
}

impl From<Result<SyncedFile>> for Processed {
    fn from(result: Result<SyncedFile>) -> Self {
        Self {
            result: Some(result),
            duplicates: Vec::new(),
        }
    }
}

impl Shared {
    /// Processes a file. Returns its outcome, and those of files that waited for it.
    pub(super) fn process(&self, path: PathBuf) -> Vec<Outcome> {
        let mut permit = None;
        let processed = loop {
            let processed = self.process_once(&path, permit.take());
            match &processed.result {
                Some(Err(error)) if is_out_of_descriptors(error) => match self.admit_alone() {
                    Ok(alone) => permit = Some(alone),
                    Err(_) => break processed,
                },
                _ => break processed,
            }
        };
        let own = processed
            .result
            .map(|result| result.map_err(|error| SyncError { path, error }));
        own.into_iter().chain(processed.duplicates).collect()
    }

    fn process_once(&self, path: &Path, permit: Option<Permit<'_>>) -> Processed {
        match self.prepare(path) {
            Ok((job, upload)) => job.run(upload, permit),
            Err(error) => Err(error).into(),
        }
    }

    /// Opens a file, infers the settings that were not set, and hashes it.
    fn prepare<'a>(&'a self, path: &'a Path) -> Result<(Job<'a>, Prepared)> {
        self.check()?;
        let before = FileState::read(path);
        let mut upload = self.plan.upload(path).prepare()?;
        upload.hash_content();
        let key = Key {
            sha256: sha256(upload.file()?, &|| self.stop.is_stopped())?,
            creator: upload.creator_path(),
            asset_type: upload.asset_type.as_str().to_owned(),
        };
        let job = Job {
            shared: self,
            path,
            key,
            before,
        };
        Ok((job, upload))
    }
}

/// A file whose content is known.
struct Job<'a> {
    shared: &'a Shared,
    path: &'a Path,
    key: Key,
    /// The state of the file before it was read.
    before: FileState,
}

impl Job<'_> {
    fn run(&self, mut upload: Prepared, permit: Option<Permit<'_>>) -> Processed {
        let is_dry = self.shared.plan.is_dry;
        match self.shared.claim(&self.key, self.path) {
            Claim::Known { asset, is_earlier } => {
                let asset = if is_earlier {
                    self.with_moderation_state(asset)
                } else {
                    asset
                };
                Ok(SyncedFile::known(self.path.to_owned(), asset)).into()
            }
            Claim::Unclear(error) => Err(error).into(),
            Claim::Waits(first) if is_dry => self.own_outcome(SyncOutcome::SameAs(first)),
            Claim::Waits(_) => Processed {
                result: None,
                duplicates: Vec::new(),
            },
            _ if is_dry => self.own_outcome(SyncOutcome::Planned { name: upload.name }),
            claim => self.send(&mut upload, claim, permit),
        }
    }

    /// Returns the outcome of this file alone.
    fn own_outcome(&self, outcome: SyncOutcome) -> Processed {
        Ok(SyncedFile::new(self.path.to_owned(), outcome)).into()
    }

    fn send(&self, upload: &mut Prepared, claim: Claim, permit: Option<Permit<'_>>) -> Processed {
        let mut observer = FileObserver::new(self.shared, &self.key, self.path, permit);
        let uploaded = self.upload(upload, claim, &mut observer);
        let is_other_content = observer.is_other_content;
        drop(observer);
        match uploaded {
            Ok(uploaded) if is_other_content => self.finish_other_content(&uploaded),
            Ok(uploaded) => self.finish(uploaded),
            Err(failure) => self.fail(failure.error, failure.nothing_created || is_other_content),
        }
    }

    fn upload(
        &self,
        upload: &mut Prepared,
        claim: Claim,
        observer: &mut FileObserver<'_>,
    ) -> Result<Uploaded, Failure> {
        if let Claim::Resume(operation) = claim {
            match upload.resume(&operation) {
                // The operation created no asset, so the file is sent again.
                Err(failure) if failure.nothing_created => {
                    observer.void(&failure.error.kind().to_string())?;
                    let checked = self.shared.check_other_upload(&self.key);
                    checked.map_err(|error| Failure {
                        error,
                        nothing_created: false,
                    })?;
                }
                Err(failure) if failure.error.kind() == ErrorKind::NotFound => {
                    if !self.shared.plan.resends_unclear {
                        return Err(unknown_operation(failure, &operation));
                    }
                    observer.void("the service no longer knows the operation")?;
                }
                result => return result,
            }
        }
        let is_audio = upload.asset_type == AssetType::Audio;
        if is_audio {
            self.shared.take_quota().map_err(Failure::nothing_created)?;
        }
        let uploaded = upload.send(observer);
        if is_audio
            && uploaded
                .as_ref()
                .is_err_and(|failure| failure.nothing_created)
        {
            self.shared.give_quota_back();
        }
        uploaded
    }

    /// Requests the moderation state of an asset of an earlier run, if it was not decided then.
    fn with_moderation_state(&self, asset: KnownAsset) -> KnownAsset {
        let plan = &self.shared.plan;
        if plan.is_dry || asset.moderation != Some(ModerationState::Reviewing) {
            return asset;
        }
        let Ok(current) = plan.client.asset(asset.id).get() else {
            return asset;
        };
        let asset = KnownAsset {
            moderation: current.moderation_state.or(asset.moderation),
            ..asset
        };
        if let Err(error) = self.shared.remember(&self.key, &asset, self.path) {
            self.shared.stop_because(&error);
        }
        asset
    }

    fn finish(&self, uploaded: Uploaded) -> Processed {
        let asset = KnownAsset {
            id: uploaded.asset_id,
            moderation: uploaded.moderation_state.clone(),
        };
        let end = End::Done(asset.clone());
        let (recorded, waiting) = self.shared.complete(&self.key, self.path, end);
        let duplicates = waiting
            .into_iter()
            .map(|path| Ok(SyncedFile::known(path, asset.clone())))
            .collect();
        Processed {
            result: Some(self.result(recorded, uploaded)),
            duplicates,
        }
    }

    /// Returns the result of an uploaded file, if it was recorded and has not changed.
    fn result(&self, recorded: Result<()>, uploaded: Uploaded) -> Result<SyncedFile> {
        if let Err(error) = recorded {
            self.shared.stop_because(&error);
            let id = uploaded.asset_id;
            return Err(error.map(|inner| {
                inner.message = format!("{}; the file was uploaded as asset {id}", inner.message);
            }));
        }
        if FileState::read(self.path) != self.before {
            return Err(changed_file(&uploaded));
        }
        let outcome = SyncOutcome::Uploaded(Box::new(uploaded));
        Ok(SyncedFile::new(self.path.to_owned(), outcome))
    }

    /// Completes a file whose content changed between hashing and sending.
    fn finish_other_content(&self, uploaded: &Uploaded) -> Processed {
        let end = End::Void("the file changed");
        let (recorded, _) = self.shared.complete(&self.key, self.path, end);
        recorded.and(Err(changed_file(uploaded))).into()
    }

    fn fail(&self, error: Error, nothing_created: bool) -> Processed {
        let why = error.kind().to_string();
        let end = if nothing_created {
            End::Void(&why)
        } else {
            End::Unclear(&error)
        };
        let (recorded, waiting) = self.shared.complete(&self.key, self.path, end);
        if is_fatal(&error) {
            self.shared.stop_because(&error);
        }
        if let Err(error) = recorded {
            self.shared.stop_because(&error);
        }
        let duplicates = waiting.into_iter().map(|path| {
            let error = error.duplicate();
            Err(SyncError { path, error })
        });
        Processed {
            duplicates: duplicates.collect(),
            result: Some(Err(error)),
        }
    }
}

/// Returns the error for an operation of an earlier run that the service no longer knows.
fn unknown_operation(failure: Failure, operation: &str) -> Failure {
    let error = unclear("and the service no longer knows its operation");
    let error = error.map(|inner| inner.operation = Some(operation.to_owned()));
    Failure {
        error: error.with_source(failure.error),
        nothing_created: failure.nothing_created,
    }
}

fn changed_file(uploaded: &Uploaded) -> Error {
    Error::invalid_input(format!(
        "the file changed while it was uploaded as asset {}; upload it again",
        uploaded.asset_id
    ))
}

/// The size and the modification time of a file, to detect changes.
#[derive(PartialEq, Eq)]
struct FileState(Option<(u64, Option<SystemTime>)>);

impl FileState {
    fn read(path: &Path) -> Self {
        let metadata = std::fs::metadata(path).ok();
        Self(metadata.map(|metadata| (metadata.len(), metadata.modified().ok())))
    }
}
