//! Bodies that are read while they are sent, with an exact length.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use super::stop::StopSignal;
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::file_io::unreadable;

/// A body that is being sent.
pub(super) struct StreamedBody<'a> {
    pub(super) content_type: String,
    /// The exact number of bytes that will be read.
    pub(super) length: u64,
    reader: Box<dyn Read + 'a>,
    progress: Progress,
}

impl<'a> StreamedBody<'a> {
    pub(super) fn new(
        content_type: String,
        length: u64,
        reader: Box<dyn Read + 'a>,
        progress: Progress,
    ) -> Self {
        Self {
            content_type,
            length,
            reader,
            progress,
        }
    }

    pub(super) fn reader(&mut self) -> &mut (dyn Read + 'a) {
        &mut *self.reader
    }

    /// Returns whether all files were read to their ends, and the error of reading them.
    pub(super) fn outcome(self) -> (bool, Option<Error>) {
        let mut state = self.progress.0.borrow_mut();
        (state.unfinished == 0, state.fault.take())
    }
}

/// The progress of reading the files of a body.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Rc<RefCell<State>>);

#[derive(Debug, Default)]
struct State {
    unfinished: usize,
    fault: Option<Error>,
}

/// Reads exactly the given number of bytes, or fails: the transport would wait endlessly for missing bytes, and silently
/// drop surplus ones.
pub(super) struct ExactLength<'a> {
    file: &'a mut AssetFile,
    length: u64,
    sent: u64,
    is_complete: bool,
    progress: Progress,
    stop: StopSignal,
}

impl<'a> ExactLength<'a> {
    pub(super) fn new(file: &'a mut AssetFile, progress: &Progress, stop: &StopSignal) -> Self {
        let mut state = progress.0.borrow_mut();
        state.unfinished = state.unfinished.saturating_add(1);
        drop(state);
        Self {
            length: file.length(),
            file,
            sent: 0,
            is_complete: false,
            progress: progress.clone(),
            stop: stop.clone(),
        }
    }

    fn probe_end(&mut self) -> io::Result<usize> {
        if !self.is_complete && self.read_file(&mut [0])? > 0 {
            let message = format!(
                "{:?} is longer than {} bytes; it grew while it was sent, or the given length is wrong",
                self.file.name(),
                self.length
            );
            return Err(self.fail(io::ErrorKind::InvalidData, Error::invalid_input(message)));
        }
        if !self.is_complete {
            self.is_complete = true;
            let mut state = self.progress.0.borrow_mut();
            state.unfinished = state.unfinished.saturating_sub(1);
        }
        Ok(0)
    }

    fn read_file(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.file.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    return Err(self.fail(error.kind(), unreadable(self.file.name(), error)));
                }
                // A reader that claims more bytes than the buffer holds is broken.
                Ok(read) if read > buffer.len() => {
                    let fault =
                        Error::invalid_input("the reader claims more bytes than the buffer holds");
                    return Err(self.fail(io::ErrorKind::InvalidData, fault));
                }
                Ok(read) => return Ok(read),
            }
        }
    }

    /// Keeps the error for the caller. Returns an error that makes the transport stop.
    fn fail(&mut self, kind: io::ErrorKind, fault: Error) -> io::Error {
        self.progress.0.borrow_mut().fault = Some(fault);
        io::Error::from(kind)
    }
}

impl Read for ExactLength<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_stopped() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        // The transport has sent everything that was read before.
        self.file.report(self.sent);
        let left = usize::try_from(self.length.saturating_sub(self.sent)).unwrap_or(usize::MAX);
        if left == 0 {
            return self.probe_end();
        }
        let room = left.min(buffer.len());
        let read = self.read_file(buffer.get_mut(..room).unwrap_or_default())?;
        if read == 0 {
            let message = format!(
                "{:?} ended after {} of {} bytes; it shrank while it was sent, or the given length is wrong",
                self.file.name(),
                self.sent,
                self.length
            );
            return Err(self.fail(io::ErrorKind::UnexpectedEof, Error::invalid_input(message)));
        }
        self.sent = self.sent.saturating_add(read as u64);
        if self.sent == self.length {
            // If nothing follows the file, the transport does not read again.
            self.probe_end()?;
            self.file.report(self.sent);
        }
        Ok(read)
    }
}

/// Rejects content types that are not valid in a header.
pub(super) fn check_content_type(content_type: &str) -> Result<()> {
    let is_plain = content_type
        .bytes()
        .all(|byte| (b' '..=b'~').contains(&byte));
    if is_plain && content_type.contains('/') {
        return Ok(());
    }
    Err(Error::invalid_input(format!(
        "{content_type:?} is not a content type such as image/png"
    )))
}
