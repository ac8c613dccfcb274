//! A response of any status.

use std::borrow::Cow;

use super::buffer_pool::Body;
use super::transport::uri::Uri;
use crate::rate_limit::report::RateLimit;

/// A response of the service, a gateway or a proxy.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) body: Body,
    pub(super) rate_limit: Option<RateLimit>,
    /// The headers of a success that the endpoint keeps.
    pub(super) kept_headers: Vec<(&'static str, String)>,
    /// The run of the sandbox, if a sandbox on this machine responded.
    pub(super) sandbox_run: Option<String>,
    /// Headers that errors need; `None` if the status is a success.
    pub(super) headers: Option<ErrorHeaders>,
}

/// The headers that the error of a response is built from.
#[derive(Debug)]
pub(super) struct ErrorHeaders {
    pub(super) is_html: bool,
    pub(super) retry_after: Option<String>,
    pub(super) trace_id: Option<String>,
    /// The host that a redirect points to.
    pub(super) redirect_host: Option<String>,
}

impl ErrorHeaders {
    pub(super) fn from_header<'a>(header: &dyn Fn(&str) -> Option<Cow<'a, str>>) -> Self {
        let redirect = header("location").and_then(|location| location.parse::<Uri>().ok());
        let content_type = header("content-type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        Self {
            is_html: content_type.contains("text/html"),
            retry_after: header("retry-after").map(Cow::into_owned),
            trace_id: header("x-request-id").map(Cow::into_owned),
            redirect_host: redirect.and_then(|uri| uri.host().map(str::to_owned)),
        }
    }
}
