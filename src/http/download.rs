//! Content of any size: where it is, and from there into a writer.

use serde::de::DeserializeOwned;

use super::Http;
use super::endpoint::{EndpointRef, Method};
use super::location::Location;
use super::request::Request;
use super::send::{Content, Fetched};
use super::sink::Sink;
use crate::error::{Error, ErrorKind, Result};

/// So many redirects are followed.
const REDIRECTS: usize = 5;
/// Read and written at once.
const BUFFER: usize = 64 * 1024;

impl Http {
    /// Sends a call whose success may turn out to be none.
    pub(crate) fn ask<T: DeserializeOwned, U>(
        &self,
        request: &Request,
        understand: impl Fn(T) -> Result<U>,
    ) -> Result<U> {
        let url = self.url(request);
        self.repeat(request, |pass, left| {
            let answer = self.exchange(request, &url, pass, left)?;
            understand(self.settle(request, answer, &|body| serde_json::from_str(body))?)
        })
    }

    /// Writes the content at the location that `find` gives, and tells how many bytes it has. Errors name `endpoint`.
    pub(crate) fn download(
        &self,
        endpoint: impl Into<EndpointRef>,
        find: impl Fn() -> Result<String>,
        sink: &mut Sink<'_>,
    ) -> Result<u64> {
        let fetched = match self.fetch(&find()?, sink) {
            // It may have expired meanwhile.
            Err(error) if has_expired(&error) && sink.is_untouched() => self.fetch(&find()?, sink),
            fetched => fetched,
        };
        fetched.map_err(|error| {
            self.clean(error).with(|facts| {
                let is_sent = facts.kind != ErrorKind::InvalidInput;
                facts.endpoint = is_sent.then(|| endpoint.into());
            })
        })
    }

    fn fetch(&self, location: &str, sink: &mut Sink<'_>) -> Result<u64> {
        let location = Location::parse(location, self.origins.api.is_loopback)?;
        // Has no limit of the service's, and so no turn to wait for.
        let request = Request::new(EndpointRef::described(Method::Get, "")).anonymous();
        self.repeat(&request, |_, _| {
            let (mut content, location) = self.open(location.clone())?;
            pour(&mut content, sink).map_err(|error| at(sink.spoiled(error), &location))
        })
    }

    /// The content of a location, or of the one that it leads to.
    fn open(&self, mut location: Location) -> Result<(Content<'_>, Location)> {
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
fn at(error: Error, location: &Location) -> Error {
    let host = location.origin.base().to_owned();
    error.with(|facts| facts.base_url = Some(host))
}

fn pour(content: &mut Content<'_>, sink: &mut Sink<'_>) -> Result<u64> {
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
