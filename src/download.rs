//! Settings of a download.

use std::fmt;
use std::io::Write;

use crate::http::{DownloadWriter, OnProgress};
use crate::models::{AssetType, LocationRequest};

/// Nothing that the service takes is larger.
const LIMIT: u64 = 4 << 30;

/// What to download of an asset, and how.
///
/// ```
/// use rblx_open_cloud::DownloadOptions;
///
/// let download = DownloadOptions::new()
///     .version(3)
///     .limit(100_000_000)
///     .on_progress(|received, total| println!("{received} of {total:?} bytes"));
/// ```
#[must_use]
pub struct DownloadOptions<'a> {
    pub(crate) request: LocationRequest,
    limit: u64,
    on_progress: Option<OnProgress<'a>>,
}

impl<'a> DownloadOptions<'a> {
    /// The newest content, up to 4 GiB of it.
    pub fn new() -> Self {
        Self {
            request: LocationRequest::new(),
            limit: LIMIT,
            on_progress: None,
        }
    }

    /// Takes the content of the version with this number.
    pub fn version(mut self, number: u64) -> Self {
        self.request = self.request.version(number);
        self
    }

    /// Has the service refuse if the asset is of another type.
    pub fn expected_type(mut self, asset_type: AssetType) -> Self {
        self.request = self.request.expected_type(asset_type);
        self
    }

    /// Whether scripts come without the signature that the engine asks for.
    pub fn skip_signing_scripts(mut self, yes: bool) -> Self {
        self.request = self.request.skip_signing_scripts(yes);
        self
    }

    /// The largest content that is taken, in bytes after decompression; 4 GiB unless set.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// Calls `report(received, total)`, in bytes after decompression, as the download moves on: from 0, about once
    /// for each 128 KiB, and at the end. The total is `None` where it is not known beforehand, as for content that
    /// comes compressed.
    pub fn on_progress(mut self, report: impl FnMut(u64, Option<u64>) + 'a) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    pub(crate) fn into_writer(self, writer: &'a mut dyn Write) -> DownloadWriter<'a> {
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
