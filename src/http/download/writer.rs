//! Writes downloaded content and counts it.

use std::io::Write;

use crate::error::{Error, ErrorKind, Result, Retryability};
use crate::file_io::reason;

/// The number of bytes between two progress reports.
const PROGRESS_STEP: u64 = 128 * 1024;

/// A callback with the bytes received, and the total if it is known.
pub(crate) type OnProgress<'a> = Box<dyn FnMut(u64, Option<u64>) + 'a>;

/// The caller's writer, with limit and progress.
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

    /// Whether nothing was written, so that the download can start again.
    pub(super) fn is_untouched(&self) -> bool {
        self.written == 0
    }

    /// Starts content of this length.
    pub(super) fn start(&mut self, total: Option<u64>) -> Result<()> {
        if total.is_some_and(|total| total > self.limit) {
            return Err(self.too_large());
        }
        self.total = total;
        self.report();
        Ok(())
    }

    pub(super) fn write_chunk(&mut self, bytes: &[u8]) -> Result<()> {
        let written = self.written.saturating_add(bytes.len() as u64);
        if written > self.limit {
            return Err(self.too_large());
        }
        self.writer.write_all(bytes).map_err(write_error)?;
        self.written = written;
        if written.saturating_sub(self.reported.unwrap_or_default()) >= PROGRESS_STEP {
            self.report();
        }
        Ok(())
    }

    /// Finishes the content and returns its length in bytes.
    pub(super) fn finish(&mut self) -> Result<u64> {
        self.writer.flush().map_err(write_error)?;
        self.report();
        Ok(self.written)
    }

    /// Marks the error as final if something was written, which cannot be undone.
    pub(super) fn partial(&self, error: Error) -> Error {
        if self.is_untouched() {
            return error;
        }
        let written = self.written;
        error.map(|inner| {
            inner.retryability = Retryability::Permanent;
            inner.message = format!("{} ({written} bytes were written before)", inner.message);
        })
    }

    /// Reports the progress, each number once.
    fn report(&mut self) {
        let written = Some(self.written).filter(|written| self.reported != Some(*written));
        if let Some((report, written)) = self.on_progress.as_mut().zip(written) {
            self.reported = Some(written);
            report(written, self.total);
        }
    }

    fn too_large(&self) -> Error {
        let message = format!(
            "the content is larger than {} bytes, the limit of this download",
            self.limit
        );
        Error::new(ErrorKind::Unexpected, message)
            .with_advice("Allow more with the setting `DownloadOptions::limit`")
    }
}

fn write_error(error: std::io::Error) -> Error {
    Error::invalid_input(reason("the content cannot be written", &error)).with_source(error)
}
