//! What is done about one file.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::batch::Outcome;
use super::brake::Trouble;
use super::digest::sha256;
use super::ledger::{Entry, Key, KnownAsset};
use super::shared::{Claim, End, Pass, Shared};
use super::{SyncError, SyncOutcome, SyncedFile, steps};
use crate::endpoint::Method;
use crate::error::{Error, ErrorKind, Result, Retryability};
use crate::models::{AssetType, ModerationState};
use crate::upload::{Failure, Observer, Prepared, Uploaded};

/// What came of a file, and of those of the same content that waited for it.
struct Processed {
    /// `None` if the file waits for another one.
    result: Option<Result<SyncedFile>>,
    twins: Vec<Outcome>,
}

impl From<Result<SyncedFile>> for Processed {
    fn from(result: Result<SyncedFile>) -> Self {
        Self {
            result: Some(result),
            twins: Vec::new(),
        }
    }
}

impl Shared {
    /// Processes a file, and returns what came of it and of those that waited for it.
    pub(super) fn process(&self, path: PathBuf) -> Vec<Outcome> {
        let mut pass = None;
        let processed = loop {
            let processed = self.process_once(&path, pass.take());
            match &processed.result {
                Some(Err(error)) if is_out_of_descriptors(error) => match self.admit_alone() {
                    Ok(alone) => pass = Some(alone),
                    Err(_) => break processed,
                },
                _ => break processed,
            }
        };
        let own = processed
            .result
            .map(|result| result.map_err(|error| SyncError { path, error }));
        own.into_iter().chain(processed.twins).collect()
    }

    fn process_once(&self, path: &Path, pass: Option<Pass<'_>>) -> Processed {
        let before = FileState::read(path);
        let (mut upload, key) = match self.prepare(path) {
            Ok(prepared) => prepared,
            Err(error) => return Err(error).into(),
        };
        let planned = |outcome| Ok(SyncedFile::new(path.to_owned(), outcome)).into();
        match self.claim(&key, path) {
            Claim::Known { asset, is_earlier } => {
                let asset = if is_earlier {
                    self.moderated(asset, &key, path)
                } else {
                    asset
                };
                Ok(SyncedFile::known(path.to_owned(), asset)).into()
            }
            Claim::Unclear(error) => Err(error).into(),
            Claim::Waits(first) if self.plan.is_dry => planned(SyncOutcome::SameAs(first)),
            Claim::Waits(_) => Processed {
                result: None,
                twins: Vec::new(),
            },
            Claim::Upload | Claim::Resume(_) if self.plan.is_dry => planned(SyncOutcome::Planned {
                name: upload.name.clone(),
            }),
            claim => {
                let mut observer = FileObserver {
                    shared: self,
                    key: &key,
                    path,
                    pass,
                    attempts: 0,
                    is_other_content: false,
                };
                let uploaded = self.upload(&mut upload, claim, &mut observer);
                let is_other_content = observer.is_other_content;
                drop(observer);
                match uploaded {
                    Ok(uploaded) if is_other_content => {
                        self.finish_other_content(&uploaded, &key, path)
                    }
                    Ok(uploaded) => self.finish(uploaded, &key, path, &before),
                    Err(failure) => self.fail(
                        Failure {
                            is_certain: failure.is_certain || is_other_content,
                            ..failure
                        },
                        &key,
                        path,
                    ),
                }
            }
        }
    }

    /// Opens a file, finds out what was not set, and hashes it.
    fn prepare(&self, path: &Path) -> Result<(Prepared, Key)> {
        self.check()?;
        let mut upload = self.plan.upload(path).prepare()?;
        upload.hash_content();
        let key = Key {
            sha256: sha256(upload.file()?, &|| self.stop.is_stopped())?,
            creator: upload.creator_path(),
            asset_type: upload.asset_type.as_str().to_owned(),
        };
        Ok((upload, key))
    }

    fn upload(
        &self,
        upload: &mut Prepared,
        claim: Claim,
        observer: &mut FileObserver<'_>,
    ) -> Result<Uploaded, Failure> {
        if let Claim::Resume(operation) = claim {
            match upload.resume(&operation) {
                // It came to nothing, so the file is sent again.
                Err(failure) if failure.is_certain => {
                    observer.void(&failure.error.kind().to_string())?;
                }
                Err(failure) if failure.error.kind() == ErrorKind::NotFound => {
                    if !self.plan.resends_unclear {
                        return Err(forgotten(failure));
                    }
                    observer.void("the service forgot the operation")?;
                }
                result => return result,
            }
        }
        let is_audio = upload.asset_type == AssetType::Audio;
        if is_audio {
            self.take_quota().map_err(certain)?;
        }
        let uploaded = upload.send(observer);
        if is_audio && uploaded.as_ref().is_err_and(|failure| failure.is_certain) {
            self.give_quota_back();
        }
        uploaded
    }

    /// Asks for the moderation state of an asset of an earlier run, if that was not decided then.
    fn moderated(&self, asset: KnownAsset, key: &Key, path: &Path) -> KnownAsset {
        if self.plan.is_dry || asset.moderation != Some(ModerationState::Reviewing) {
            return asset;
        }
        let Ok(current) = self.plan.client.asset(asset.id).get() else {
            return asset;
        };
        let asset = KnownAsset {
            moderation: current.moderation_state.or(asset.moderation),
            ..asset
        };
        if let Err(error) = self.remember(key, &asset, path) {
            self.stop_because(&error);
        }
        asset
    }

    fn finish(&self, uploaded: Uploaded, key: &Key, path: &Path, before: &FileState) -> Processed {
        let id = uploaded.asset_id;
        let asset = KnownAsset {
            id,
            moderation: uploaded.moderation_state.clone(),
        };
        let (recorded, waiting) = self.complete(key, path, End::Done(asset.clone()));
        let twins = waiting
            .into_iter()
            .map(|path| Ok(SyncedFile::known(path, asset.clone())))
            .collect();
        let result = match recorded {
            Err(error) => {
                self.stop_because(&error);
                Err(error.map(|inner| {
                    inner.message =
                        format!("{}; the file was uploaded as asset {id}", inner.message);
                }))
            }
            Ok(()) if FileState::read(path) != *before => Err(changed(&uploaded)),
            Ok(()) => {
                let outcome = SyncOutcome::Uploaded(Box::new(uploaded));
                Ok(SyncedFile::new(path.to_owned(), outcome))
            }
        };
        Processed {
            result: Some(result),
            twins,
        }
    }

    /// What was sent is not what was looked at.
    fn finish_other_content(&self, uploaded: &Uploaded, key: &Key, path: &Path) -> Processed {
        let (recorded, _) = self.complete(key, path, End::Void("the file changed"));
        recorded.and(Err(changed(uploaded))).into()
    }

    fn fail(&self, failure: Failure, key: &Key, path: &Path) -> Processed {
        let Failure { error, is_certain } = failure;
        let why = error.kind().to_string();
        let end = if is_certain {
            End::Void(&why)
        } else {
            End::Unclear(&error)
        };
        let (recorded, waiting) = self.complete(key, path, end);
        let twins = waiting
            .into_iter()
            .map(|path| {
                let error = error.duplicate();
                Err(SyncError { path, error })
            })
            .collect();
        if is_fatal(&error) {
            self.stop_because(&error);
        }
        if let Err(error) = recorded {
            self.stop_because(&error);
        }
        Processed {
            result: Some(Err(error)),
            twins,
        }
    }
}

/// Follows the upload of one file.
struct FileObserver<'a> {
    shared: &'a Shared,
    key: &'a Key,
    path: &'a Path,
    pass: Option<Pass<'a>>,
    /// How often the file was sent.
    attempts: u32,
    /// What was sent is not what the key says.
    is_other_content: bool,
}

impl FileObserver<'_> {
    fn void(&self, why: &str) -> Result<(), Failure> {
        let voided = self.shared.void(self.key, why, self.path);
        voided.map_err(|error| {
            self.shared.stop_because(&error);
            certain(error)
        })
    }

    fn record(&self, entry: Entry) -> Result<()> {
        let recorded = self.shared.record(self.key, entry, self.path);
        recorded.inspect_err(|error| self.shared.stop_because(error))
    }
}

impl Observer for FileObserver<'_> {
    fn sending(&mut self) -> Result<()> {
        if self.pass.is_none() {
            self.pass = Some(self.shared.admit()?);
        }
        self.record(Entry::Sent)?;
        steps::pass("before a file");
        self.attempts = self.attempts.saturating_add(1);
        Ok(())
    }

    fn should_retry(&mut self, error: &Error) -> bool {
        let Some(pass) = self.pass.take() else {
            return false;
        };
        if is_fatal(error) {
            self.shared.stop_because(error);
            return false;
        }
        match trouble(error) {
            Some(trouble) => {
                let passes_by_itself =
                    matches!(trouble, Trouble::Throttled(_) | Trouble::Unreachable);
                let delay = pass.failure(trouble, error).filter(|_| passes_by_itself);
                if let Some(delay) = delay {
                    let http = self.shared.plan.client.http();
                    http.report_retry(Method::Post, error, self.attempts, delay);
                }
                delay.is_some()
            }
            None => {
                if error.status().is_some() {
                    pass.success();
                }
                false
            }
        }
    }

    fn accepted(&mut self, operation: &str, sha256: Option<&str>) {
        steps::pass("after a file");
        if let Some(pass) = self.pass.take() {
            pass.success();
        }
        self.is_other_content = sha256 != Some(&*self.key.sha256);
        // The upload goes on: a ledger that cannot be written is reported at its end, with the id of the asset.
        if self.is_other_content {
            let _ = self.void("the file changed while it was sent");
        } else if !operation.is_empty() {
            let _ = self.record(Entry::Started(operation.to_owned()));
        }
    }
}

/// What a failure says about the other files; `None` if nothing.
fn trouble(error: &Error) -> Option<Trouble> {
    let named_file = matches!(
        error.kind(),
        ErrorKind::InvalidAsset
            | ErrorKind::ModeratedText
            | ErrorKind::InvalidInput
            | ErrorKind::Shutdown
    );
    match error.retryability() {
        _ if is_out_of_descriptors(error) => None,
        Retryability::Throttled => Some(Trouble::Throttled(error.retry_after())),
        Retryability::NotSent => Some(Trouble::Unreachable),
        _ if named_file => None,
        _ if error.outcome_unknown() => Some(Trouble::Unclear),
        _ => Some(Trouble::Rejected(error.kind(), error.message().to_owned())),
    }
}

/// Whether the same would happen to every file.
fn is_fatal(error: &Error) -> bool {
    let text = || error.message().to_ascii_lowercase();
    match error.kind() {
        ErrorKind::InvalidKey
        | ErrorKind::Shutdown
        | ErrorKind::SignInRequired
        | ErrorKind::InvalidApp
        | ErrorKind::TokensNotSaved => true,
        ErrorKind::PermissionDenied => text().contains("user is moderated"),
        _ => false,
    }
}

/// Whether this process, or the system, has too many open files.
fn is_out_of_descriptors(error: &Error) -> bool {
    let codes: &[i32] = if cfg!(windows) {
        &[4, 10024]
    } else {
        &[23, 24]
    };
    let source =
        std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
    let code = source.and_then(io::Error::raw_os_error);
    code.is_some_and(|code| codes.contains(&code))
}

fn certain(error: Error) -> Failure {
    Failure {
        error,
        is_certain: true,
    }
}

/// The error for an operation of an earlier run that the service no longer knows.
fn forgotten(failure: Failure) -> Failure {
    let error = failure.error.map(|inner| {
        "an earlier run uploaded this file, and the service no longer knows what became of it; it was not sent again. \
         If it is not among the creations, send it with `UploadAll::resend_unclear`"
            .clone_into(&mut inner.message);
    });
    Failure { error, ..failure }
}

fn changed(uploaded: &Uploaded) -> Error {
    Error::invalid_input(format!(
        "the file changed while it was uploaded as asset {}; upload it again",
        uploaded.asset_id
    ))
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
