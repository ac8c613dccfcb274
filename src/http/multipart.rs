//! Upload bodies: multipart/form-data with an exact length. The only file that names the multipart crate.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use multipart::client::lazy::{Multipart, PreparedFields};

use crate::asset_file::AssetFile;
use crate::error::{Error, Result};

/// The parts of an asset call: a text, and the file where there is one.
#[derive(Debug)]
pub(crate) struct Form {
    field: &'static str,
    text: String,
    file: Option<(AssetFile, String)>,
}

impl Form {
    /// The JSON of an asset. The file comes with its content type.
    pub(crate) fn new(json: String, file: Option<(AssetFile, String)>) -> Self {
        Self {
            field: "request",
            text: json,
            file,
        }
    }

    /// One text under this name.
    pub(crate) fn of_text(field: &'static str, text: String) -> Self {
        Self {
            field,
            text,
            file: None,
        }
    }

    /// Gives the file back.
    pub(crate) fn into_file(self) -> Option<AssetFile> {
        self.file.map(|(file, _)| file)
    }

    /// Makes ready to send everything once more; false if the file cannot be read again.
    pub(super) fn rewind(&mut self) -> bool {
        self.file.as_mut().is_none_or(|(file, _)| file.rewind())
    }

    /// A body that reads the file as it is sent.
    pub(super) fn body(&mut self) -> Result<FormBody<'_>> {
        let outcome = Rc::new(RefCell::new(Outcome {
            is_complete: self.file.is_none(),
            fault: None,
        }));
        let file_length = self.file.as_ref().map_or(0, |(file, _)| file.length());
        // The crate cannot tell the length, so it is measured on the same form around an empty file.
        let name = self
            .file
            .as_ref()
            .map(|(file, content_type)| (file_name(file.name()), content_type.clone()));
        let around = prepared(
            self.field,
            &self.text,
            name.clone().map(|(name, kind)| (name, kind, io::empty())),
        )?;
        let length = io::copy(&mut { around }, &mut io::sink())
            .map_err(unreadable)?
            .saturating_add(file_length);
        let file = self
            .file
            .as_mut()
            .zip(name)
            .map(|((file, _), (name, content_type))| {
                (
                    name,
                    content_type,
                    Exactly {
                        file,
                        length: file_length,
                        sent: 0,
                        outcome: Rc::clone(&outcome),
                    },
                )
            });
        let fields = prepared(self.field, &self.text, file)?;
        let content_type = format!("multipart/form-data; boundary={}", fields.boundary());
        Ok(FormBody {
            fields,
            content_type,
            length,
            outcome,
        })
    }
}

/// A form on its way.
pub(super) struct FormBody<'a> {
    fields: PreparedFields<'a>,
    content_type: String,
    length: u64,
    outcome: Rc<RefCell<Outcome>>,
}

/// What became of the file while it was read.
#[derive(Debug)]
struct Outcome {
    is_complete: bool,
    fault: Option<Error>,
}

impl FormBody<'_> {
    /// The value of the `content-type` header.
    pub(super) fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The exact number of bytes that will be read.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Whether the whole file was read, and what went wrong with it.
    pub(super) fn outcome(self) -> (bool, Option<Error>) {
        let mut outcome = self.outcome.borrow_mut();
        (outcome.is_complete, outcome.fault.take())
    }
}

impl Read for FormBody<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fields.read(buffer)
    }
}

fn prepared<'a>(
    field: &'static str,
    text: &'a str,
    file: Option<(String, String, impl Read + 'a)>,
) -> Result<PreparedFields<'a>> {
    let mut form = Multipart::new();
    form.add_text(field, text);
    if let Some((name, content_type, read)) = file {
        // Something that is not ASCII, or a line break, would end in the head of the part.
        let is_plain = content_type
            .bytes()
            .all(|byte| (b' '..=b'~').contains(&byte));
        let Some(kind) = content_type.parse().ok().filter(|_| is_plain) else {
            return Err(Error::invalid_input(format!(
                "{content_type:?} is no content type such as image/png"
            )));
        };
        form.add_stream("fileContent", read, Some(name), Some(kind));
    }
    form.prepare().map_err(|error| unreadable(error.error))
}

fn unreadable(error: io::Error) -> Error {
    Error::invalid_input("the file cannot be read").with_source(error)
}

/// What would end the quoted name, written as browsers write it.
fn file_name(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Gives exactly the content_length number of bytes or an error: the transport would wait for ever for missing bytes, and
/// cut surplus ones off in silence.
struct Exactly<'a> {
    file: &'a mut AssetFile,
    length: u64,
    sent: u64,
    outcome: Rc<RefCell<Outcome>>,
}

impl Read for Exactly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // What was given before has been taken by now.
        self.file.report(self.sent);
        let left = usize::try_from(self.length.saturating_sub(self.sent)).unwrap_or(usize::MAX);
        if left == 0 {
            return self.probe_end();
        }
        let room = left.min(buffer.len());
        let read = self.read_file(buffer.get_mut(..room).unwrap_or_default())?;
        if read == 0 {
            let message = format!(
                "{:?} ended after {} of {} bytes; it shrank while it was sent, or its length was given wrong",
                self.file.name(),
                self.sent,
                self.length
            );
            return Err(self.fail(io::ErrorKind::UnexpectedEof, Error::invalid_input(message)));
        }
        self.sent = self.sent.saturating_add(read as u64);
        Ok(read)
    }
}

impl Exactly<'_> {
    fn probe_end(&mut self) -> io::Result<usize> {
        if !self.outcome.borrow().is_complete && self.read_file(&mut [0])? > 0 {
            let message = format!(
                "{:?} is longer than {} bytes; it grew while it was sent, or its length was given wrong",
                self.file.name(),
                self.length
            );
            return Err(self.fail(io::ErrorKind::InvalidData, Error::invalid_input(message)));
        }
        self.outcome.borrow_mut().is_complete = true;
        Ok(0)
    }

    fn read_file(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.file.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.fail(error.kind(), unreadable(error))),
                // A reader that claims more than there was room for cannot be trusted with the rest.
                Ok(read) if read > buffer.len() => {
                    let fault =
                        Error::invalid_input("the reader claims more bytes than it was asked for");
                    return Err(self.fail(io::ErrorKind::InvalidData, fault));
                }
                Ok(read) => return Ok(read),
            }
        }
    }

    /// Keeps the fault for the caller; the transport gets one that makes it stop.
    fn fail(&mut self, kind: io::ErrorKind, fault: Error) -> io::Error {
        self.outcome.borrow_mut().fault = Some(fault);
        io::Error::from(kind)
    }
}
