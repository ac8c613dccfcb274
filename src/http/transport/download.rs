//! Fetches content from the URL that the service names, without the credential.

use std::io::{self, Read};

use ureq::Timeout;
use ureq::http::{HeaderMap, Request};

use super::Transport;
use super::message::{combined_header, invalid_request};
use super::transport_error::{ambiguous_timeout, failed, is_closed};
use crate::error::{Error, ErrorKind, Result, Retryability};
use crate::file_io::read_up_to;
use crate::http::download::signed_url::SignedUrl;
use crate::http::response::ErrorHeaders;

/// The maximum number of bytes that are read of a host's error.
pub(super) const MAX_REASON_BODY_SIZE: u64 = 16 * 1024;

/// The response of a content host.
pub(in crate::http) enum Fetched<'a> {
    Content(Content<'a>),
    /// The URL to fetch instead.
    Redirect(String),
}

/// Content that is being received, decompressed.
pub(in crate::http) struct Content<'a> {
    transport: &'a Transport,
    read: ReadNext,
    length: Option<u64>,
}

/// Reads the next bytes into a buffer, and returns their number.
type ReadNext = Box<dyn FnMut(&mut [u8]) -> io::Result<usize>>;

impl<'a> Content<'a> {
    pub(super) fn new(transport: &'a Transport, read: ReadNext, length: Option<u64>) -> Self {
        Self {
            transport,
            read,
            length,
        }
    }

    /// Returns the total number of bytes. `None` if unknown, as for compressed content.
    pub(in crate::http) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Reads the next bytes. Returns 0 at the end.
    pub(in crate::http) fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            match (self.read)(buffer) {
                // The end of a stopped connection is not the end of the content.
                Ok(0) if self.transport.stop.is_stopped() => return Err(cut_off()),
                Ok(read) => return Ok(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.transport.download_error(error.into())),
            }
        }
    }
}

impl Transport {
    /// Requests the content at a URL, without the credential.
    pub(in crate::http) fn fetch(&self, location: &SignedUrl) -> Result<Fetched<'_>> {
        let agent = self.shared.downloads.agent(&location.origin)?;
        let request = Request::get(location.uri().clone())
            .body(())
            .map_err(|error| invalid_request(&error))?;
        let response = agent
            .run(request)
            .map_err(|error| self.download_error(error))?;
        match response.status().as_u16() {
            200 | 203 => self.content(response).map(Fetched::Content),
            301 | 302 | 303 | 307 | 308 => combined_header(response.headers(), "location")
                .map(|target| Fetched::Redirect(target.into_owned()))
                .ok_or_else(|| Error::new(ErrorKind::Unexpected, "the redirect names no location")),
            _ => Err(status_error(response, location)),
        }
    }

    fn content(&self, response: ureq::http::Response<ureq::Body>) -> Result<Content<'_>> {
        // ureq removes this header from what it decompresses.
        check_encoding(response.headers())?;
        let is_empty = combined_header(response.headers(), "content-length")
            .is_some_and(|length| length == "0");
        let body = response.into_body();
        // ureq reports no length for an empty body.
        let length = body.content_length().or(is_empty.then_some(0));
        let mut reader = body.into_reader();
        let read = move |buffer: &mut [u8]| reader.read(buffer);
        Ok(Content::new(self, Box::new(read), length))
    }

    /// Maps an error of a download. The message never contains the URL, which is a secret.
    pub(super) fn download_error(&self, error: ureq::Error) -> Error {
        let timeouts = &self.shared.timeouts;
        let stalled = || {
            ambiguous_timeout(
                &format!("no data was transferred for {:?}", timeouts.idle),
                "idle_timeout",
            )
        };
        match error {
            // On a connection that this crate uses itself, the limit of each step is a global timeout of ureq.
            ureq::Error::Timeout(Timeout::PerRead | Timeout::PerWrite | Timeout::Global) => {
                stalled()
            }
            ureq::Error::Timeout(Timeout::RecvResponse) => ambiguous_timeout(
                &format!("no response within {:?}", timeouts.response),
                "response_timeout",
            ),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => stalled(),
            ureq::Error::Io(error) if is_closed(&error) => cut_off().with_source(error),
            #[cfg(feature = "gzip")]
            ureq::Error::Decompress(_, error) if is_closed(&error) => cut_off().with_source(error),
            ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => {
                Error::new(ErrorKind::Unexpected, "the download location is not a URL")
            }
            other => self.call_error(other, None),
        }
    }
}

/// Rejects content with an encoding that ureq did not remove.
pub(super) fn check_encoding(headers: &HeaderMap) -> Result<()> {
    let encoding = combined_header(headers, "content-encoding").unwrap_or_default();
    if encoding.is_empty() || encoding.eq_ignore_ascii_case("identity") {
        return Ok(());
    }
    Err(unreadable(&encoding))
}

fn unreadable(encoding: &str) -> Error {
    let why = if cfg!(feature = "gzip") {
        "with an encoding that is not supported"
    } else {
        "and this build cannot read that; enable the feature `gzip` of rblx-open-cloud"
    };
    let message = format!("the content is compressed ({encoding}), {why}");
    Error::new(ErrorKind::Unexpected, message)
}

fn cut_off() -> Error {
    failed(
        ErrorKind::Transport,
        Retryability::Ambiguous,
        "the connection was closed before the content was complete",
    )
}

/// Maps an error status of a content host.
fn status_error(mut response: ureq::http::Response<ureq::Body>, location: &SignedUrl) -> Error {
    let status = response.status().as_u16();
    let headers = ErrorHeaders::from_header(&|name| combined_header(response.headers(), name));
    let mut body = Vec::new();
    let mut reader = response.body_mut().as_reader();
    // The status is what counts; the body is read as far as it arrives.
    let limit = usize::try_from(MAX_REASON_BODY_SIZE).unwrap_or(usize::MAX);
    let _ = read_up_to(limit, &mut body, &mut |buffer| reader.read(buffer));
    let reason = location.reason(&body);
    crate::http::api_error::content_error("download", status, &headers, &reason)
}
