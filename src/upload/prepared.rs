//! Uploads with complete settings, and how they are sent.

use std::time::{Duration, Instant};

use super::{ModeratedName, Uploaded, name};
use crate::asset_file::AssetFile;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::http::UploadBody;
use crate::models::{Asset, AssetPrivacy, AssetType, AssetUpload, Creator};
use crate::operation::Operation;
use crate::resource::{asset_form, start_upload};

/// Observes an upload.
pub(crate) trait Observer {
    /// Called before the file is sent. An error prevents that.
    fn sending(&mut self) -> Result<()> {
        Ok(())
    }

    /// Called if the file was not accepted. Returns whether to send it again, and may wait first.
    fn should_retry(&mut self, _: &Error) -> bool {
        false
    }

    /// Called when the file was accepted as this operation, whose path is empty if it ended at once. `sha256` is the hash
    /// of the bytes that were sent, if the upload computes it.
    fn accepted(&mut self, _operation: &str, _sha256: Option<&str>) {}

    /// Called when it is certain that what was sent created no asset, before it is sent again. An error prevents that.
    fn void(&mut self, _why: &str) -> Result<(), Failure> {
        Ok(())
    }
}

/// Observes nothing.
pub(super) struct NoObserver;

impl Observer for NoObserver {}

/// An upload that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Error,
    /// It is certain that no asset was created.
    #[cfg_attr(
        not(feature = "sync"),
        allow(dead_code, reason = "only a batch needs it")
    )]
    pub(crate) nothing_created: bool,
}

impl Failure {
    pub(crate) fn nothing_created(error: Error) -> Self {
        Self {
            error,
            nothing_created: true,
        }
    }
}

/// An upload with complete settings.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(super) client: Client,
    pub(super) creator: Creator,
    pub(crate) asset_type: AssetType,
    pub(crate) name: String,
    pub(super) description: String,
    pub(super) expected_price: u64,
    pub(super) privacy: Option<AssetPrivacy>,
    pub(super) moderated_name: ModeratedName,
    pub(super) wait: Duration,
    pub(super) file: Option<AssetFile>,
    /// Whether to hash the bytes that are sent.
    #[cfg(feature = "sync")]
    pub(super) hashes: bool,
}

impl Prepared {
    /// Uploads the file, and waits until it is processed.
    pub(crate) fn send(&mut self, observer: &mut dyn Observer) -> Result<Uploaded, Failure> {
        let requested = self.name.clone();
        let failure = match self.attempt(&requested, observer) {
            Ok(asset) => return Ok(self.uploaded(asset, &requested, false)),
            Err(failure) => failure,
        };
        let fallback = match &self.moderated_name {
            ModeratedName::RetryAs(name)
                if failure.nothing_created && name::is_name_moderated(&failure.error) =>
            {
                name::truncate_name(name)
            }
            _ => return Err(failure),
        };
        if !self.file.as_mut().is_some_and(AssetFile::rewind) {
            return Err(Failure {
                error: failure.error.map(|inner| {
                    inner.message.push_str(
                        "; it was not sent again under another name, since its content can be read only once",
                    );
                }),
                ..failure
            });
        }
        observer.void(&failure.error.kind().to_string())?;
        let asset = self.attempt(&fallback, observer)?;
        Ok(self.uploaded(asset, &fallback, true))
    }

    /// Returns the file, unless it is being sent.
    #[cfg(feature = "sync")]
    pub(crate) fn file(&mut self) -> Result<&mut AssetFile> {
        self.file.as_mut().ok_or_else(sent_before)
    }

    /// Hashes the bytes that are sent, for [`Observer::accepted`].
    #[cfg(feature = "sync")]
    pub(crate) fn hash_content(&mut self) {
        self.hashes = true;
    }

    /// Returns the owner, as a resource path.
    #[cfg(feature = "sync")]
    pub(crate) fn creator_path(&self) -> String {
        match self.creator {
            Creator::User(id) => format!("users/{id}"),
            Creator::Group(id) => format!("groups/{id}"),
        }
    }

    /// Waits for an operation that an earlier upload of the same content started.
    #[cfg(feature = "sync")]
    pub(crate) fn resume(&self, operation: &str) -> Result<Uploaded, Failure> {
        let mut operation = self.client.operation(operation);
        let asset = self.finish(&mut operation, Instant::now())?;
        Ok(self.uploaded(asset, &self.name, false))
    }

    fn attempt(&mut self, name: &str, observer: &mut dyn Observer) -> Result<Asset, Failure> {
        let started = Instant::now();
        let mut body = self.body(name).map_err(Failure::nothing_created)?;
        let sent = self.start(&mut body, observer);
        self.file = body.into_file();
        let mut operation = sent?;
        #[cfg(feature = "sync")]
        let sha256 = self.file.as_mut().and_then(AssetFile::finish_hash);
        #[cfg(not(feature = "sync"))]
        let sha256: Option<String> = None;
        observer.accepted(operation.path(), sha256.as_deref());
        self.finish(&mut operation, started)
    }

    /// Sends the file until it is accepted or the observer ends the attempts.
    fn start(
        &self,
        body: &mut UploadBody,
        observer: &mut dyn Observer,
    ) -> Result<Operation<Asset>, Failure> {
        loop {
            observer.sending().map_err(Failure::nothing_created)?;
            let error = match start_upload(&self.client, body) {
                Ok(operation) => return Ok(operation),
                Err(error) => error,
            };
            let can_be_read_again = !error.body_consumed();
            if !(observer.should_retry(&error) && can_be_read_again) {
                let nothing_created = !error.outcome_unknown();
                return Err(Failure {
                    error,
                    nothing_created,
                });
            }
        }
    }

    fn body(&mut self, name: &str) -> Result<UploadBody> {
        let file = self.file.take().ok_or_else(sent_before)?;
        let upload = AssetUpload::new(self.asset_type.clone(), name, &*self.description, file)
            .expected_price(self.expected_price);
        let upload = match &self.privacy {
            Some(privacy) => upload.privacy(privacy.clone()),
            None => upload,
        };
        let (json, file) = upload.into_parts(self.creator)?;
        #[cfg(feature = "sync")]
        let file = file.map(|(mut file, content_type)| {
            if self.hashes {
                file.start_hash();
            }
            (file, content_type)
        });
        Ok(asset_form(json, file).into())
    }

    /// Waits for an accepted file. A deadline of the client is measured from the start of the upload.
    fn finish(&self, operation: &mut Operation<Asset>, started: Instant) -> Result<Asset, Failure> {
        let deadline = self.client.http().deadline();
        let left = deadline.map(|deadline| deadline.saturating_sub(started.elapsed()));
        let limit = left.map_or(self.wait, |left| left.min(self.wait));
        operation.wait(limit).map_err(|error| {
            let nothing_created = operation.is_done();
            // Other errors do not say that the file was accepted.
            let names_outcome = nothing_created || error.kind() == ErrorKind::StillRunning;
            Failure {
                nothing_created,
                error: if names_outcome {
                    error
                } else {
                    accepted(error)
                },
            }
        })
    }

    fn uploaded(&self, asset: Asset, requested: &str, is_fallback: bool) -> Uploaded {
        Uploaded::new(asset, &self.asset_type, requested, is_fallback)
    }
}

fn sent_before() -> Error {
    Error::new(ErrorKind::Unexpected, "the file was sent before")
}

/// Adds to an error that the file was accepted, although its operation could not be polled.
fn accepted(error: Error) -> Error {
    error.map(|inner| {
        let why = &inner.message;
        inner.message = format!("the file was accepted, but its outcome is unknown ({why})");
        inner.outcome_unknown = true;
    })
}
