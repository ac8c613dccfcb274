//! Builds the requests for ureq, and reads the heads of its responses.

use std::borrow::Cow;

use ureq::http::HeaderMap;

use super::auth_header::Secret;
use super::uri;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::http::buffer_pool::Body;
use crate::http::rate_limit;
use crate::http::request::Request;
use crate::http::response::{ErrorHeaders, Response};

/// The maximum number of bytes that are read of an error's body.
pub(super) const MAX_ERROR_BODY_SIZE: u64 = 256 * 1024;

/// The maximum length of a URL in bytes that the HTTP client accepts.
const MAX_URL_LENGTH: usize = 65_534;

/// Starts a request, with the placeholder of the credential.
pub(super) fn request_builder(
    endpoint: &Endpoint,
    url: &str,
    secret: Option<&Secret>,
) -> Result<ureq::http::request::Builder> {
    if url.len() > MAX_URL_LENGTH {
        return Err(Error::invalid_input("the URL of the request is too long")
            .with_advice("Give fewer or shorter values at once"));
    }
    let uri = uri::Uri::try_from(url).map_err(|error| invalid_request(&error.into()))?;
    let builder = ureq::http::Request::builder()
        .method(endpoint.method.as_str())
        .uri(uri);
    Ok(match secret.map(Secret::header) {
        Some((name, value)) => builder.header(name, value),
        None => builder,
    })
}

/// Adds the headers of a request.
pub(super) fn with_headers(
    builder: ureq::http::request::Builder,
    request: &Request,
) -> ureq::http::request::Builder {
    request
        .headers
        .iter()
        .fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        })
}

/// Reads the head of a response. Also returns its content length, or 0.
pub(super) fn read_head(
    response: &ureq::http::Response<ureq::Body>,
    kept: &[&'static str],
) -> (Response, u64) {
    let head = response_head(response.status().as_u16(), response.headers(), kept);
    (head, response.body().content_length().unwrap_or_default())
}

/// Returns the response with this head, without its body.
pub(super) fn response_head(status: u16, headers: &HeaderMap, kept: &[&'static str]) -> Response {
    let header = |name: &str| combined_header(headers, name);
    let mut kept_headers = Vec::new();
    for name in kept {
        if let Some(value) = header(name) {
            kept_headers.push((*name, value.into_owned()));
        }
    }
    Response {
        status,
        body: Body::default(),
        // One pass over all names is faster than hashing each name that is looked for.
        rate_limit: has_header(headers, "x-ratelimit-")
            .then(|| rate_limit::parse(header))
            .flatten(),
        kept_headers,
        sandbox_run: None,
        headers: (!(200..300).contains(&status)).then(|| ErrorHeaders::from_header(&header)),
    }
}

/// Whether there is a header whose name starts with `start`.
pub(super) fn has_header(headers: &HeaderMap, start: &str) -> bool {
    headers.keys().any(|name| name.as_str().starts_with(start))
}

/// Returns the value of a header. Joins the values of repeated headers with commas.
pub(super) fn combined_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cow<'a, str>> {
    let mut values = headers
        .get_all(name)
        .iter()
        .map(|value| header_text(value.as_bytes()));
    let first = values.next()?;
    Some(values.fold(first, |all, value| Cow::Owned(format!("{all}, {value}"))))
}

/// Returns the text of a header: UTF-8, or else ISO 8859-1, as older versions of HTTP define it.
fn header_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// Returns the error of a request that could not be built.
pub(super) fn invalid_request(error: &ureq::http::Error) -> Error {
    Error::invalid_input(format!("the request is not valid HTTP ({error})"))
}
