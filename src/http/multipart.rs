//! Upload forms: multipart/form-data with an exact length. The only file that names the multipart crate.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Cursor, Read, Write};
use std::rc::Rc;
use std::str::FromStr;

use multipart::client::{HttpRequest, HttpStream, Multipart};

use super::stop::StopSignal;
use super::stream::{ExactLength, Progress, StreamedBody, check_content_type};
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};

const LINE_END: &[u8] = b"\r\n";

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
        let framing = self.framing()?;
        let content_type = format!("multipart/form-data; boundary={}", framing.boundary);
        let length = framing.length().saturating_add(self.file_length());
        let progress = Progress::default();
        let mut parts: Vec<Box<dyn Read + '_>> = vec![Box::new(Cursor::new(framing.end))];
        for (part, before) in self.files.iter_mut().zip(framing.before_files).rev() {
            parts.push(Box::new(ExactLength::new(&mut part.file, &progress, stop)));
            parts.push(Box::new(Cursor::new(before)));
        }
        let reader = Box::new(PartsReader(parts));
        Ok(StreamedBody::new(content_type, length, reader, progress))
    }

    fn file_length(&self) -> u64 {
        let files = self.files.iter().map(|part| part.file.length());
        files.fold(0, u64::saturating_add)
    }

    /// Writes the form with empty files. The multipart crate's lazy form could read the files itself, but brings a table of all
    /// content types into every program.
    fn framing(&self) -> Result<Framing> {
        let written = Written::default();
        // Line ends around the form are optional. It has one at its start, and none at its end.
        written.bytes.borrow_mut().extend(LINE_END);
        let mut form = Multipart::from_request(written.clone()).map_err(write_error)?;
        for (field, text) in &self.texts {
            form.write_text(field, text).map_err(write_error)?;
        }
        let mut before_files = Vec::new();
        for part in &self.files {
            let name = file_name(part.file.name());
            let content_type = parsed_content_type(&part.content_type)?;
            form.write_stream(
                part.field,
                &mut io::empty(),
                Some(&name),
                Some(content_type),
            )
            .map_err(write_error)?;
            before_files.push(written.bytes.take());
        }
        form.send().map_err(write_error)?;
        let end = written.bytes.take();
        Ok(Framing {
            boundary: written.boundary.take(),
            before_files,
            end: end.strip_suffix(LINE_END).unwrap_or(&end).to_vec(),
        })
    }
}

/// The bytes of a form around the content of its files.
struct Framing {
    boundary: String,
    before_files: Vec<Vec<u8>>,
    end: Vec<u8>,
}

impl Framing {
    fn length(&self) -> u64 {
        let texts = self.before_files.iter().chain([&self.end]);
        texts.fold(0, |length, text| length.saturating_add(text.len() as u64))
    }
}

/// Keeps what the multipart crate writes. Clones share it.
#[derive(Clone, Default)]
struct Written {
    boundary: Rc<RefCell<String>>,
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl HttpRequest for Written {
    type Stream = Self;
    type Error = io::Error;

    fn apply_headers(&mut self, boundary: &str, _length: Option<u64>) -> bool {
        self.boundary.replace(boundary.to_owned());
        true
    }

    fn open_stream(self) -> io::Result<Self> {
        Ok(self)
    }
}

impl HttpStream for Written {
    type Request = Self;
    type Response = ();
    type Error = io::Error;

    fn finish(self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads one part after another, from the last to the first. Fills the buffer.
struct PartsReader<'a>(Vec<Box<dyn Read + 'a>>);

impl Read for PartsReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(part) = self.0.last_mut() {
            let room = buffer.get_mut(filled..).unwrap_or_default();
            if room.is_empty() {
                break;
            }
            match part.read(room)? {
                0 => drop(self.0.pop()),
                read => filled = filled.saturating_add(read),
            }
        }
        Ok(filled)
    }
}

/// Parses a content type with the type that the multipart crate accepts.
fn parsed_content_type<T: FromStr>(content_type: &str) -> Result<T> {
    check_content_type(content_type)?;
    content_type.parse().map_err(|_| {
        Error::invalid_input(format!(
            "{content_type:?} is not a content type such as image/png"
        ))
    })
}

fn write_error(error: io::Error) -> Error {
    Error::invalid_input("the form cannot be prepared").with_source(error)
}

/// Escapes characters that would end the quoted name, as browsers do.
fn file_name(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_in_this_text_and_has_the_length_that_it_reports() -> Result<()> {
        let mut form = Form::new()
            .text("request", "{}")
            .file("one", AssetFile::bytes("a\"b.png", *b"12"), "image/png")
            .file(
                "two",
                AssetFile::bytes("c", *b"3"),
                "text/plain; charset=utf-8",
            )
            .text("last", "");
        let mut body = form.stream(&StopSignal::default())?;
        let mut text = String::new();
        body.reader()
            .read_to_string(&mut text)
            .map_err(write_error)?;
        assert_eq!(body.length, text.len() as u64);
        let (_, boundary) = body
            .content_type
            .split_once("boundary=")
            .unwrap_or_default();
        assert_eq!(
            body.content_type,
            format!("multipart/form-data; boundary={boundary}")
        );
        assert_eq!(boundary.len(), 16);
        let expected = "
--B
Content-Disposition: form-data; name=\"request\"

{}
--B
Content-Disposition: form-data; name=\"last\"


--B
Content-Disposition: form-data; name=\"one\"; filename=\"a%22b.png\"
Content-Type: image/png

12
--B
Content-Disposition: form-data; name=\"two\"; filename=\"c\"
Content-Type: text/plain; charset=utf-8

3
--B--";
        let text = text.replace(boundary, "B");
        assert_eq!(text, expected.replace('\n', "\r\n"));
        Ok(())
    }
}
