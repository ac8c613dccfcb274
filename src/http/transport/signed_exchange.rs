//! Content behind signed URLs that no log may show: sent and fetched over connections that ureq only opens. No request
//! here carries the credential.

use std::io::{BufReader, Read};

use ureq::http::{HeaderMap, Request};

use super::Transport;
use super::agent::max_error_body_time;
use super::connection::{Connection, connect};
use super::download::{Content, Fetched, MAX_REASON_BODY_SIZE, check_encoding};
use super::early_response::early_response;
use super::input::deadline;
use super::message::{combined_header, invalid_request};
use super::response_body::{BodyStream, read_body};
use super::response_head::{Head, ResponseError, read_head};
use super::transport_error::{failed, invalid_http};
use crate::error::{Error, ErrorKind, Result, Retryability};
use crate::http::api_error::content_error;
use crate::http::download::signed_url::SignedUrl;
use crate::http::response::ErrorHeaders;
use crate::http::upload_body::UploadBody;

/// The size of the buffer, in bytes.
const BUFFER_SIZE: usize = 64 * 1024;

impl Transport {
    /// Requests the content at a location.
    pub(in crate::http) fn fetch_private(&self, location: &SignedUrl) -> Result<Fetched<'_>> {
        let mut connection = self.connect_to(location)?;
        let sent = connection.send(self.head("GET", location, "").as_bytes());
        sent.map_err(|error| self.download_error(error))?;
        let (head, reader) = receive(connection, &|error| self.download_error(error))?;
        match head.status {
            200 | 203 => {
                check_encoding(&head.headers)?;
                let length = head.content_length();
                let mut body = BodyStream::new(reader, &head);
                Ok(Fetched::Content(Content::new(
                    self,
                    Box::new(move |buffer| body.read(buffer)),
                    length,
                )))
            }
            301 | 302 | 303 | 307 | 308 => combined_header(&head.headers, "location")
                .map(|target| Fetched::Redirect(target.into_owned()))
                .ok_or_else(|| Error::new(ErrorKind::Unexpected, "the redirect names no location")),
            _ => Err(self.status_error("download", head, reader, location)),
        }
    }

    /// Sends content to a location, with its exact length.
    pub(in crate::http) fn put(&self, location: &SignedUrl, body: &mut UploadBody) -> Result<()> {
        let mut body = body.stream(&self.stop)?;
        let mut connection = self.connect_to(location)?;
        let headers = format!(
            "content-type: {}\r\ncontent-length: {}\r\n",
            body.content_type, body.length
        );
        let head = self.head("PUT", location, &headers);
        let sent = send(&mut connection, &head, body.reader());
        let (is_complete, fault) = body.outcome();
        if let Some(fault) = fault {
            return Err(fault);
        }
        if let Err(error) = sent {
            let response =
                early_response(error).map_err(|error| self.put_error(error, is_complete))?;
            let headers = response
                .headers
                .unwrap_or_else(|| error_headers(&HeaderMap::new()));
            let reason = location.reason(response.body.bytes());
            return Err(content_error("upload", response.status, &headers, &reason));
        }
        connection.limit_idle(self.shared.timeouts.response);
        let (head, reader) = receive(connection, &|error| match error {
            // The limit of each step is a global timeout of ureq.
            ureq::Error::Timeout(_) => self.upload_error(
                ureq::Error::Timeout(ureq::Timeout::RecvResponse),
                true,
                None,
            ),
            error => self.download_error(error),
        })?;
        match head.status {
            200..=299 => Ok(()),
            _ => Err(self.status_error("upload", head, reader, location)),
        }
    }

    /// Opens a connection to the host of a location, which is all of it that ureq gets.
    fn connect_to(&self, location: &SignedUrl) -> Result<Connection> {
        let agent = self.shared.downloads.connecting_agent(&location.origin)?;
        let request = Request::get(location.origin.base())
            .body(())
            .map_err(|error| invalid_request(&error))?;
        let connection = connect(agent, request, deadline(self.shared.timeouts.connect));
        let mut connection = connection.map_err(|error| self.call_error(error, None))?;
        connection.limit_idle(self.shared.timeouts.idle);
        Ok(connection)
    }

    fn head(&self, method: &str, location: &SignedUrl, headers: &str) -> String {
        let uri = location.uri();
        format!(
            "{method} {target} HTTP/1.1\r\n\
             host: {host}\r\n\
             user-agent: {user_agent}\r\n\
             accept: */*\r\n\
             accept-encoding: identity\r\n\
             connection: close\r\n\
             {headers}\r\n",
            target = uri.path_and_query().map_or("/", |target| target.as_str()),
            host = uri.authority().map_or("", |authority| authority.as_str()),
            user_agent = self.shared.user_agent,
        )
    }

    /// Returns the error of a content host that rejected a download or an upload.
    fn status_error(
        &self,
        what: &str,
        head: Head,
        mut reader: BufReader<Connection>,
        location: &SignedUrl,
    ) -> Error {
        let mut body = Vec::new();
        // The status is what counts; the body is read as far as it arrives.
        let limit = max_error_body_time(&self.shared.timeouts);
        reader.get_mut().limit_total(limit);
        let _ = read_body(&mut reader, &head, MAX_REASON_BODY_SIZE, &mut body);
        let headers = error_headers(&head.headers);
        content_error(what, head.status, &headers, &location.reason(&body))
    }

    fn put_error(&self, error: ureq::Error, is_complete: bool) -> Error {
        match error {
            ureq::Error::Timeout(_) => self.download_error(error),
            error => self.upload_error(error, is_complete, None),
        }
    }
}

/// Reads the head of the response. `map_error` maps an error of the connection.
fn receive(
    connection: Connection,
    map_error: &dyn Fn(ureq::Error) -> Error,
) -> Result<(Head, BufReader<Connection>)> {
    let mut reader = BufReader::with_capacity(BUFFER_SIZE, connection);
    let head = read_head(&mut reader).map_err(|error| match error {
        ResponseError::Io(error) => map_error(error.into()),
        ResponseError::Malformed(what) => invalid_http(&what),
        ResponseError::TooLarge => failed(
            ErrorKind::Transport,
            Retryability::Permanent,
            "the headers of the server's response are too large",
        ),
    })?;
    Ok((head, reader))
}

/// Sends head and body, as fast as the body can be read.
fn send(
    connection: &mut Connection,
    head: &str,
    body: &mut dyn Read,
) -> std::result::Result<(), ureq::Error> {
    connection.send(head.as_bytes())?;
    let mut buffer = vec![0; BUFFER_SIZE];
    loop {
        let read = body.read(&mut buffer)?;
        match buffer.get(..read).unwrap_or_default() {
            [] => return Ok(()),
            bytes => connection.send(bytes)?,
        }
    }
}

fn error_headers(headers: &HeaderMap) -> ErrorHeaders {
    ErrorHeaders::from_header(&|name| combined_header(headers, name))
}
