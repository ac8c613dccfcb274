//! Requests whose bodies, or the bodies of their responses, are secrets.

use std::io::{self, BufReader};
use std::time::Duration;

use ureq::Agent;

use super::agent::end_on_stop;
use super::auth_header::Secret;
use super::connection::{Connection, connect, connecting_agent};
use super::input::deadline;
use super::message::{MAX_ERROR_BODY_SIZE, invalid_request, request_builder, response_head};
use super::response_body::read_body;
use super::response_head::{Head, ResponseError, read_head};
use super::transport_error::{failed, invalid_http};
use super::{Transport, uri};
use crate::error::{Error, ErrorKind, Result, Retryability};
use crate::http::buffer_pool::Body;
use crate::http::config::{MAX_TIMEOUT, MIN_TIMEOUT};
use crate::http::request::Request;
use crate::http::response::Response;

impl Transport {
    /// Sends a request over a connection of its own, which no log shows.
    pub(in crate::http) fn secret_exchange(
        &self,
        request: &Request,
        url: &str,
        secret: Option<&Secret>,
        left: Option<Duration>,
    ) -> Result<Response> {
        let limit = left
            .unwrap_or(MAX_TIMEOUT)
            .clamp(MIN_TIMEOUT, self.shared.timeouts.request);
        let mut connection = self.connect(request, url, limit)?;
        let message = self.message(request, url, secret)?;
        let sent = connection.send(message.as_bytes());
        sent.map_err(|error| self.exchange_error(error.into_io().into(), limit))?;
        self.read_secret_response(request, connection, limit)
    }

    fn connect(&self, request: &Request, url: &str, limit: Duration) -> Result<Connection> {
        let deadline = deadline(limit);
        let agent = self.connecting_agent();
        let request = request_builder(&request.endpoint, url, None)?
            .body(&[][..])
            .map_err(|error| invalid_request(&error))?;
        let request = agent
            .configure_request(request)
            .timeout_global(Some(limit))
            .build();
        connect(agent, request, deadline).map_err(|error| match error {
            // Connecting is the only step with a timeout here.
            ureq::Error::Timeout(_) => {
                self.call_error(ureq::Error::Timeout(ureq::Timeout::Connect), Some(limit))
            }
            error => self.call_error(error, Some(limit)),
        })
    }

    fn connecting_agent(&self) -> &Agent {
        self.agents.connecting.get_or_init(|| {
            let agent = connecting_agent(self.shared.fresh_config.clone());
            end_on_stop(&self.stop, &agent);
            agent
        })
    }

    /// Returns the bytes of the request: head and body.
    fn message(&self, request: &Request, url: &str, secret: Option<&Secret>) -> Result<String> {
        let uri = uri::Uri::try_from(url).map_err(|error| invalid_request(&error.into()))?;
        let host = uri.authority().map_or("", |authority| authority.as_str());
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let body = match (&request.secret_body, &request.json) {
            (Some(body), _) => Some((body.content_type(), body.as_str())),
            (None, Some(json)) => Some(("application/json", json.as_str())),
            (None, None) if request.endpoint.method.has_body() => Some(("application/json", "")),
            (None, None) => None,
        };
        let body = body.map(|(content_type, text)| {
            let length = text.len();
            format!("content-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{text}")
        });
        Ok(format!(
            "{method} {target} HTTP/1.1\r\n\
             host: {host}\r\n\
             user-agent: {user_agent}\r\n\
             accept: application/json\r\n\
             accept-encoding: identity\r\n\
             connection: close\r\n\
             {credential}{body}",
            method = request.endpoint.method.as_str(),
            user_agent = self.shared.user_agent,
            credential = secret.map_or("", Secret::line),
            body = body.as_deref().unwrap_or("\r\n"),
        ))
    }

    fn read_secret_response(
        &self,
        request: &Request,
        connection: Connection,
        limit: Duration,
    ) -> Result<Response> {
        let failed = |error| self.exchange_error(error, limit);
        let mut reader = BufReader::new(connection);
        let head: Head = read_head(&mut reader).map_err(failed)?;
        let mut response = response_head(head.status, &head.headers, &[]);
        let mut body = Vec::new();
        let max_size = if request.secret_body.is_some() || response.headers.is_some() {
            MAX_ERROR_BODY_SIZE
        } else {
            self.shared.timeouts.max_response_size
        };
        match read_body(&mut reader, &head, max_size, &mut body) {
            // The status of an error is what counts; part of its body is enough.
            Err(ResponseError::TooLarge) if response.headers.is_none() => {
                return Err(too_large(max_size));
            }
            Err(error) if response.headers.is_none() => return Err(failed(error)),
            // The end of a stopped connection is not the end of the body.
            Ok(()) if head.ends_with_connection() && self.stop.is_stopped() => {
                let error = io::Error::from(io::ErrorKind::UnexpectedEof);
                return Err(failed(error.into()));
            }
            _ => response.body = Body::from(body),
        }
        Ok(response)
    }

    /// Returns the error of an exchange. It contains nothing that arrived, which may be part of a secret.
    fn exchange_error(&self, error: ResponseError, limit: Duration) -> Error {
        match error {
            ResponseError::Io(error) => match ureq::Error::from(error) {
                ureq::Error::Timeout(ureq::Timeout::Global) => failed(
                    ErrorKind::Timeout,
                    Retryability::Ambiguous,
                    &format!("no complete response within {limit:?}"),
                ),
                error => self.call_error(error, Some(limit)),
            },
            ResponseError::Malformed(what) => invalid_http(&what),
            ResponseError::TooLarge => too_large(MAX_ERROR_BODY_SIZE),
        }
    }
}

fn too_large(limit: u64) -> Error {
    failed(
        ErrorKind::Unexpected,
        Retryability::Permanent,
        &format!("the response is larger than {limit} bytes, the limit for this call"),
    )
}
