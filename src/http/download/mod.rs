//! Downloads content from a signed URL into a writer.

pub(super) mod signed_url;
mod writer;

use crate::endpoint::{EndpointRef, Method};
use crate::error::{Error, ErrorKind, Result};
use crate::http::event::ClientEvent;
use crate::http::executor::HttpClient;
use crate::http::request::Request;
use crate::http::transport::download::{Content, Fetched};
use signed_url::SignedUrl;
pub(crate) use writer::{DownloadWriter, OnProgress};

/// The text that errors show instead of a signed URL.
const SIGNED_URL_PLACEHOLDER: &str = "(signed URL)";
/// The maximum number of redirects.
const MAX_REDIRECTS: usize = 5;
/// The path of a download in events, since its URL is a secret.
const EVENT_PATH: &str = "content";
/// The size of the buffer, in bytes.
const BUFFER_SIZE: usize = 64 * 1024;

impl HttpClient {
    /// Writes the content at the URL that `find` returns, and returns its length in bytes. Errors name the call that
    /// `location_request` makes.
    pub(crate) fn download(
        &self,
        location_request: &Request,
        find: impl Fn() -> Result<String>,
        writer: &mut DownloadWriter<'_>,
    ) -> Result<u64> {
        let is_private = location_request.is_private;
        let fetched = match self.fetch(&find()?, is_private, writer) {
            // The URL may have expired meanwhile.
            Err(error) if may_have_expired(&error) && writer.is_untouched() => {
                self.fetch(&find()?, is_private, writer)
            }
            fetched => fetched,
        };
        fetched.map_err(|error| {
            self.redact(error).map(|inner| {
                let is_sent = inner.kind != ErrorKind::InvalidInput;
                inner.endpoint = is_sent.then(|| location_request.endpoint.clone());
                inner.path = is_sent.then(|| location_request.path().to_owned());
            })
        })
    }

    /// Writes the content at a URL that the caller has, and returns its length in bytes.
    pub(crate) fn download_url(&self, url: &str, writer: &mut DownloadWriter<'_>) -> Result<u64> {
        let request =
            Request::new(EndpointRef::custom(Method::Get, SIGNED_URL_PLACEHOLDER)).private();
        let downloaded = self.download(&request, || Ok(url.to_owned()), writer);
        downloaded.map_err(|error| {
            if error.status().is_none() {
                return error;
            }
            error.map(|inner| {
                let advice = "Signed URLs expire, those of scripts 15 minutes after their end";
                inner.advice = Some(advice.into());
            })
        })
    }

    fn fetch(
        &self,
        location: &str,
        is_private: bool,
        writer: &mut DownloadWriter<'_>,
    ) -> Result<u64> {
        let location = SignedUrl::parse(location, self.is_loopback())?;
        // The API's rate limits do not apply to content hosts.
        let request = Request::new(EndpointRef::custom(Method::Get, EVENT_PATH)).anonymous();
        let mut length = 0;
        self.with_retries(&request, &mut |attempt| {
            let (mut content, location) = self.open(location.clone(), is_private)?;
            let copied = copy(&mut content, writer);
            length = copied.map_err(|error| with_host(writer.partial(error), &location))?;
            self.shared().events.report(|| ClientEvent::Response {
                method: Method::Get,
                endpoint: EVENT_PATH,
                path: EVENT_PATH,
                attempt: attempt.number,
                status: 200,
                bytes: length,
                elapsed: attempt.started.elapsed(),
            });
            Ok(())
        })?;
        Ok(length)
    }

    /// Opens a URL, or the one that it redirects to.
    fn open(&self, mut location: SignedUrl, is_private: bool) -> Result<(Content<'_>, SignedUrl)> {
        for _ in 0..=MAX_REDIRECTS {
            let fetched = if is_private {
                self.transport.fetch_private(&location)
            } else {
                self.transport.fetch(&location)
            };
            match fetched.map_err(|error| with_host(error, &location))? {
                Fetched::Content(content) => return Ok((content, location)),
                Fetched::Redirect(target) => location = location.redirected(&target)?,
            }
        }
        let message = format!("the content is behind more than {MAX_REDIRECTS} redirects");
        Err(Error::new(ErrorKind::Unexpected, message))
    }
}

/// Whether the URL may have expired.
fn may_have_expired(error: &Error) -> bool {
    matches!(error.status(), Some(401 | 403 | 404 | 410))
}

/// Adds the host to an error.
pub(super) fn with_host(error: Error, location: &SignedUrl) -> Error {
    let host = location.origin.base().to_owned();
    let is_expired = may_have_expired(&error);
    error.map(|inner| {
        // The usual advice about ids and the base URL does not apply.
        let advice = match inner.kind {
            _ if is_expired => {
                "Try again: the URL may have expired, or the content may be available later"
            }
            ErrorKind::Transport => "Check the network and the proxy settings",
            _ => "",
        };
        if !advice.is_empty() {
            inner.advice.get_or_insert(advice.into());
        }
        inner.base_url = Some(host);
    })
}

fn copy(content: &mut Content<'_>, writer: &mut DownloadWriter<'_>) -> Result<u64> {
    writer.start(content.length())?;
    let mut buffer = vec![0; BUFFER_SIZE];
    loop {
        let read = content.read(&mut buffer)?;
        match buffer.get(..read).unwrap_or_default() {
            [] => return writer.finish(),
            bytes => writer.write_chunk(bytes)?,
        }
    }
}
