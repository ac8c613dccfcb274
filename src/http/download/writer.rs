//! What takes content in: a writer, with what it took so far.

use std::io::Write;

use crate::error::{Error, ErrorKind, Result};

use crate::error::Retryability;

/// Progress is told about once for so many bytes.
const STEP: u64 = 128 * 1024;

/// Called with the bytes received, and the bytes there are where that is known.
pub(crate) type OnProgress<'a> = Box<dyn FnMut(u64, Option<u64>) + 'a>;

/// A writer of the caller's.
pub(crate) struct DownloadWriter<'a> {
    writer: &'a mut dyn Write,
    on_progress: Option<OnProgress<'a>>,
    limit: u64,
    total: Option<u64>,
    written: u64,
    reported: Option<u64>,
}

impl<'a> DownloadWriter<'a> {
    pub(crate) fn new(
        writer: &'a mut dyn Write,
        limit: u64,
        on_progress: Option<OnProgress<'a>>,
    ) -> Self {
        Self {
            writer,
            on_progress,
            limit,
            total: None,
            written: 0,
            reported: None,
        }
    }

    /// Whether nothing was written, so that everything can begin anew.
    pub(super) fn is_untouched(&self) -> bool {
        self.written == 0
    }

    /// Content of this length comes next.
    pub(super) fn begin(&mut self, total: Option<u64>) -> Result<()> {
        if total.is_some_and(|total| total > self.limit) {
            return Err(self.too_large());
        }
        self.total = total;
        self.report();
        Ok(())
    }

    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<()> {
        let written = self.written.saturating_add(bytes.len() as u64);
        if written > self.limit {
            return Err(self.too_large());
        }
        self.writer.write_all(bytes).map_err(broken)?;
        self.written = written;
        if written.saturating_sub(self.reported.unwrap_or_default()) >= STEP {
            self.report();
        }
        Ok(())
    }

    /// The content is complete. Tells the number of bytes.
    pub(super) fn end(&mut self) -> Result<u64> {
        self.writer.flush().map_err(broken)?;
        self.report();
        Ok(self.written)
    }

    /// What was written cannot be taken back, so nothing begins anew.
    pub(super) fn spoiled(&self, error: Error) -> Error {
        if self.is_untouched() {
            return error;
        }
        let written = self.written;
        error.map(|inner| {
            inner.retryability = Retryability::Permanent;
            inner.message = format!("{} ({written} bytes were written before)", inner.message);
        })
    }

    /// Tells the progress, each number once.
    fn report(&mut self) {
        let written = Some(self.written).filter(|written| self.reported != Some(*written));
        if let Some((report, written)) = self.on_progress.as_mut().zip(written) {
            self.reported = Some(written);
            report(written, self.total);
        }
    }

    fn too_large(&self) -> Error {
        let message = format!(
            "the content is larger than {} bytes; `DownloadOptions::limit` allows more",
            self.limit
        );
        Error::new(ErrorKind::Unexpected, message)
    }
}

fn broken(error: std::io::Error) -> Error {
    let message = format!("the content cannot be written ({})", error.kind());
    Error::invalid_input(message).with_source(error)
}
