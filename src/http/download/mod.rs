//! Content of any size: where it is, and from there into a writer.

pub(super) mod signed_url;
mod writer;

use crate::endpoint::{EndpointRef, Method};
use crate::error::{Error, ErrorKind, Result};
use crate::http::executor::HttpClient;
use crate::http::request::Request;
use crate::http::transport::{Content, Fetched};
use signed_url::SignedUrl;
pub(crate) use writer::{DownloadWriter, OnProgress};

/// The maximum number of redirects.
const REDIRECTS: usize = 5;
/// The size of the buffer.
const BUFFER: usize = 64 * 1024;

impl HttpClient {
    /// Writes the content at the location that `find` gives, and tells how many bytes it has. Errors name `endpoint`.
    pub(crate) fn download(
        &self,
        endpoint: impl Into<EndpointRef>,
        find: impl Fn() -> Result<String>,
        sink: &mut DownloadWriter<'_>,
    ) -> Result<u64> {
        let fetched = match self.fetch(&find()?, sink) {
            // It may have expired meanwhile.
            Err(error) if has_expired(&error) && sink.is_untouched() => self.fetch(&find()?, sink),
            fetched => fetched,
        };
        fetched.map_err(|error| {
            self.redact(error).map(|inner| {
                let is_sent = inner.kind != ErrorKind::InvalidInput;
                inner.endpoint = is_sent.then(|| endpoint.into());
            })
        })
    }

    fn fetch(&self, location: &str, sink: &mut DownloadWriter<'_>) -> Result<u64> {
        let location = SignedUrl::parse(location, self.is_loopback())?;
        // Has no limit of the service's, and so no turn to wait for.
        let request = Request::new(EndpointRef::custom(Method::Get, "")).anonymous();
        self.with_retries(&request, |_| {
            let (mut content, location) = self.open(location.clone())?;
            copy(&mut content, sink).map_err(|error| at(sink.spoiled(error), &location))
        })
    }

    /// The content of a location, or of the one that it leads to.
    fn open(&self, mut location: SignedUrl) -> Result<(Content<'_>, SignedUrl)> {
        for _ in 0..=REDIRECTS {
            let fetched = self.transport.fetch(&location);
            match fetched.map_err(|error| at(error, &location))? {
                Fetched::Content(content) => return Ok((content, location)),
                Fetched::Redirect(target) => location = location.redirected(&target)?,
            }
        }
        let message = format!("the content is behind more than {REDIRECTS} redirects");
        Err(Error::new(ErrorKind::Unexpected, message))
    }
}

/// Hosts answer so once the location is no longer good.
fn has_expired(error: &Error) -> bool {
    matches!(error.status(), Some(401 | 403 | 404 | 410))
}

/// Says which host it is about.
fn at(error: Error, location: &SignedUrl) -> Error {
    let host = location.origin.base().to_owned();
    error.map(|inner| inner.base_url = Some(host))
}

fn copy(content: &mut Content<'_>, sink: &mut DownloadWriter<'_>) -> Result<u64> {
    sink.begin(content.length())?;
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = content.read(&mut buffer)?;
        match buffer.get(..read).unwrap_or_default() {
            [] => return sink.end(),
            bytes => sink.take(bytes)?,
        }
    }
}
