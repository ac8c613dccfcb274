//! An upload that is made ready, and how it goes.

use std::time::Duration;

use super::{ModeratedName, Uploaded, name};
use crate::asset_file::AssetFile;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::http::UploadBody;
use crate::models::{Asset, AssetPrivacy, AssetType, AssetUpload, Creator};
use crate::operation::Operation;
use crate::resource::{asset_form, begin_upload};

/// Looks after an upload while it is under way.
pub(crate) trait Observer {
    /// An operation was begun; called before it is waited for.
    fn started(&mut self, path: &str) -> Result<()>;

    /// Whether to go on after this error. It may pause first.
    fn should_retry(&mut self, error: &Error, is_started: bool) -> bool;
}

/// Nobody looks after it.
pub(super) struct NoObserver;

impl Observer for NoObserver {
    fn started(&mut self, _: &str) -> Result<()> {
        Ok(())
    }

    fn should_retry(&mut self, _: &Error, _: bool) -> bool {
        false
    }
}

/// An upload about which everything is known.
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
}

impl Prepared {
    /// Uploads and waits.
    pub(crate) fn send(&mut self, observer: &mut dyn Observer) -> Result<Uploaded> {
        let asked = self.name.clone();
        let error = match self.attempt(&asked, observer) {
            Ok(asset) => return Ok(self.uploaded(asset, &asked, false)),
            Err(error) => error,
        };
        let fallback = match &self.moderated_name {
            ModeratedName::RetryAs(name) if name::is_name_moderated(&error) => {
                name::truncate_name(name)
            }
            _ => return Err(error),
        };
        if !self.file.as_mut().is_some_and(AssetFile::rewind) {
            return Err(error.map(|inner| {
                inner.message.push_str(
                    "; it was not sent again under another name, since its content can be read once only",
                );
            }));
        }
        let asset = self.attempt(&fallback, observer)?;
        Ok(self.uploaded(asset, &fallback, true))
    }

    /// Returns the SHA-256 of the content, in hexadecimal digits.
    #[cfg(feature = "sync")]
    pub(crate) fn digest(&mut self) -> Result<String> {
        let Some(file) = self.file.as_mut() else {
            return Err(Error::new(
                ErrorKind::Unexpected,
                "the file was sent before",
            ));
        };
        let name = file.name().to_owned();
        file.start_hash();
        let read = file
            .inspect(|file| std::io::copy(file, &mut std::io::sink()).map(|_| file.finish_hash()));
        match read {
            Some(Ok(digits)) => Ok(digits.unwrap_or_default()),
            Some(Err(error)) => Err(Error::invalid_input(format!(
                "{name:?} cannot be read ({error})"
            ))
            .with_source(error)),
            None => Err(Error::invalid_input(format!(
                "{name:?} can be read only once"
            ))),
        }
    }

    /// Whom it will belong to, as the service writes it.
    #[cfg(feature = "sync")]
    pub(crate) fn creator_path(&self) -> String {
        match self.creator {
            Creator::User(id) => format!("users/{id}"),
            Creator::Group(id) => format!("groups/{id}"),
        }
    }

    /// Waits for an operation that was begun before, by an upload of the same content.
    #[cfg(feature = "sync")]
    pub(crate) fn resume(&self, operation: &str, observer: &mut dyn Observer) -> Result<Uploaded> {
        let mut operation = self.client.operation(operation);
        let asset = self.finish(&mut operation, observer)?;
        Ok(self.uploaded(asset, &self.name, false))
    }

    fn attempt(&mut self, name: &str, observer: &mut dyn Observer) -> Result<Asset> {
        let mut operation = loop {
            match self.begin(name) {
                Ok(operation) => break operation,
                Err(error) if !observer.should_retry(&error, false) => return Err(error),
                Err(_) => {}
            }
        };
        observer.started(operation.path())?;
        self.finish(&mut operation, observer)
    }

    fn begin(&mut self, name: &str) -> Result<Operation<Asset>> {
        let Some(file) = self.file.take() else {
            return Err(Error::new(
                ErrorKind::Unexpected,
                "the file was sent before",
            ));
        };
        let upload = AssetUpload::new(self.asset_type.clone(), name, &*self.description, file)
            .expected_price(self.expected_price);
        let upload = match &self.privacy {
            Some(privacy) => upload.privacy(privacy.clone()),
            None => upload,
        };
        let (json, file) = upload.into_parts(self.creator)?;
        let mut body = UploadBody::from(asset_form(json, file));
        let operation = begin_upload(&self.client, &mut body);
        self.file = body.into_file();
        operation
    }

    fn finish(
        &self,
        operation: &mut Operation<Asset>,
        observer: &mut dyn Observer,
    ) -> Result<Asset> {
        loop {
            match operation.wait(self.wait) {
                Err(error) if observer.should_retry(&error, true) => {}
                result => return result,
            }
        }
    }

    fn uploaded(&self, asset: Asset, asked: &str, is_fallback: bool) -> Uploaded {
        Uploaded::new(asset, &self.asset_type, asked, is_fallback)
    }
}
