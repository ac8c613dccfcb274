//! Upload forms: multipart/form-data with an exact length. The only file that names the multipart crate.

use std::borrow::Cow;
use std::io::{self, Read};

use multipart::client::lazy::{Multipart, PreparedFields};

use super::stop::StopSignal;
use super::stream::{ExactLength, Progress, StreamedBody, check_content_type};
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};

/// The parts of a form: texts, and files with their content types.
#[derive(Debug, Default)]
pub(crate) struct Form {
    texts: Vec<(Cow<'static, str>, String)>,
    files: Vec<FilePart>,
}

#[derive(Debug)]
struct FilePart {
    field: &'static str,
    file: AssetFile,
    content_type: String,
}

impl Form {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a text field.
    pub(crate) fn text(
        mut self,
        field: impl Into<Cow<'static, str>>,
        text: impl Into<String>,
    ) -> Self {
        self.texts.push((field.into(), text.into()));
        self
    }

    /// Adds a file.
    pub(crate) fn file(
        mut self,
        field: &'static str,
        file: AssetFile,
        content_type: impl Into<String>,
    ) -> Self {
        self.files.push(FilePart {
            field,
            file,
            content_type: content_type.into(),
        });
        self
    }

    /// Adds a file if there is one.
    pub(crate) fn file_opt(self, field: &'static str, file: Option<(AssetFile, String)>) -> Self {
        match file {
            Some((file, content_type)) => self.file(field, file, content_type),
            None => self,
        }
    }

    /// Returns the first file.
    pub(super) fn into_file(self) -> Option<AssetFile> {
        self.files.into_iter().next().map(|part| part.file)
    }

    /// Rewinds all files to send the form again. Returns false if a file cannot be read again.
    pub(super) fn rewind(&mut self) -> bool {
        let mut all = true;
        // Rewinds each file, even after one that failed.
        for part in &mut self.files {
            all &= part.file.rewind();
        }
        all
    }

    /// Returns the body of one attempt, which reads the files while it is sent.
    pub(super) fn stream(&mut self, stop: &StopSignal) -> Result<StreamedBody<'_>> {
        let length = self.length()?;
        let progress = Progress::default();
        let texts = &self.texts;
        // The multipart crate sends files in reverse order.
        let files = self.files.iter_mut().rev().map(|part| {
            let name = file_name(part.file.name());
            let reader = ExactLength::new(&mut part.file, &progress, stop);
            (part.field, name, part.content_type.as_str(), reader)
        });
        let fields = prepare(texts, files)?;
        let content_type = format!("multipart/form-data; boundary={}", fields.boundary());
        Ok(StreamedBody::new(
            content_type,
            length,
            Box::new(fields),
            progress,
        ))
    }

    /// Measures the length on the same form with empty files, since the multipart crate does not report it.
    fn length(&self) -> Result<u64> {
        let empty = self.files.iter().rev().map(|part| {
            let name = file_name(part.file.name());
            (part.field, name, part.content_type.as_str(), io::empty())
        });
        let mut framing = prepare(&self.texts, empty)?;
        let framing = io::copy(&mut framing, &mut io::sink()).map_err(prepare_error)?;
        let files = self.files.iter().map(|part| part.file.length());
        Ok(files.fold(framing, u64::saturating_add))
    }
}

fn prepare<'a, R: Read + 'a>(
    texts: &'a [(Cow<'static, str>, String)],
    files: impl Iterator<Item = (&'static str, String, &'a str, R)>,
) -> Result<PreparedFields<'a>> {
    let mut form = Multipart::new();
    for (field, text) in texts {
        form.add_text(field.as_ref(), text.as_str());
    }
    for (field, name, content_type, reader) in files {
        check_content_type(content_type)?;
        let content_type = content_type.parse().map_err(|_| {
            Error::invalid_input(format!(
                "{content_type:?} is not a content type such as image/png"
            ))
        })?;
        form.add_stream(field, reader, Some(name), Some(content_type));
    }
    form.prepare().map_err(|error| prepare_error(error.error))
}

fn prepare_error(error: io::Error) -> Error {
    Error::invalid_input("the form cannot be prepared").with_source(error)
}

/// Escapes characters that would end the quoted name, as browsers do.
fn file_name(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
