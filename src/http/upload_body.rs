//! Bodies that are uploaded: a form, or the bytes of one file.

#[cfg(feature = "upload")]
use super::multipart::Form;
use super::stop::StopSignal;
use super::stream::{ExactLength, Progress, StreamedBody, check_content_type};
use crate::asset_file::AssetFile;
use crate::error::Result;

/// A body that is streamed over a connection of its own.
#[derive(Debug)]
pub(crate) enum UploadBody {
    /// The bytes of a file, with their content type.
    File(AssetFile, String),
    #[cfg(feature = "upload")]
    Form(Form),
}

impl UploadBody {
    /// Rewinds the body to send it again. Returns false if a file cannot be read again.
    pub(super) fn rewind(&mut self) -> bool {
        match self {
            Self::File(file, _) => file.rewind(),
            #[cfg(feature = "upload")]
            Self::Form(form) => form.rewind(),
        }
    }

    /// Returns the first file.
    #[cfg(feature = "upload")]
    pub(crate) fn into_file(self) -> Option<AssetFile> {
        match self {
            Self::File(file, _) => Some(file),
            Self::Form(form) => form.into_file(),
        }
    }

    /// Returns the body of one attempt.
    pub(super) fn stream(&mut self, stop: &StopSignal) -> Result<StreamedBody<'_>> {
        match self {
            Self::File(file, content_type) => {
                check_content_type(content_type)?;
                let progress = Progress::default();
                let length = file.length();
                let reader = Box::new(ExactLength::new(file, &progress, stop));
                Ok(StreamedBody::new(
                    content_type.clone(),
                    length,
                    reader,
                    progress,
                ))
            }
            #[cfg(feature = "upload")]
            Self::Form(form) => form.stream(stop),
        }
    }
}

#[cfg(feature = "upload")]
impl From<Form> for UploadBody {
    fn from(form: Form) -> Self {
        Self::Form(form)
    }
}
