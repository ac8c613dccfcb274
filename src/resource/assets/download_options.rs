//! The options of a download.

use std::fmt;
use std::io::Write;

use crate::http::{DownloadWriter, OnProgress};
use crate::models::{AssetType, LocationRequest};

/// The default size limit. The service stores no larger assets.
const MAX_SIZE: u64 = 4 << 30;

/// Options of [`Asset::download_with`](crate::resource::Asset::download_with).
///
/// ```
/// use rblx_open_cloud::DownloadOptions;
///
/// let options = DownloadOptions::new()
///     .version(3)
///     .limit(100_000_000)
///     .on_progress(|received, total| println!("{received} of {total:?} bytes"));
/// ```
#[must_use]
pub struct DownloadOptions<'a> {
    pub(super) request: LocationRequest,
    limit: u64,
    on_progress: Option<OnProgress<'a>>,
}

impl<'a> DownloadOptions<'a> {
    /// Creates options for the newest content, at most 4 GiB of it.
    pub fn new() -> Self {
        Self {
            request: LocationRequest::new(),
            limit: MAX_SIZE,
            on_progress: None,
        }
    }

    /// Downloads the version with this number instead of the newest.
    pub fn version(mut self, number: u64) -> Self {
        self.request = self.request.version(number);
        self
    }

    /// Makes the download fail if the asset has another type.
    pub fn expected_type(mut self, asset_type: AssetType) -> Self {
        self.request = self.request.expected_type(asset_type);
        self
    }

    /// Sets whether scripts come without the signature that the engine requires.
    pub fn skip_signing_scripts(mut self, yes: bool) -> Self {
        self.request = self.request.skip_signing_scripts(yes);
        self
    }

    /// Sets the maximum size of the content, in bytes after decompression. The default is 4 GiB.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// Calls `report(received, total)` during the download, in bytes after decompression: at 0, about every 128 KiB,
    /// and at the end. The total is `None` if it is not known beforehand, as for compressed content.
    pub fn on_progress(mut self, report: impl FnMut(u64, Option<u64>) + 'a) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    /// Connects the options to a writer.
    pub(in crate::resource) fn into_writer(self, writer: &'a mut dyn Write) -> DownloadWriter<'a> {
        DownloadWriter::new(writer, self.limit, self.on_progress)
    }
}

impl Default for DownloadOptions<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for DownloadOptions<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DownloadOptions")
            .field("request", &self.request)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
