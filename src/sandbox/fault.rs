//! Faults that requests to a sandbox can meet.

use super::error_body;
use super::server::Response;

/// A fault that a request to the sandbox can meet.
///
/// ```
/// use rblx_open_cloud::sandbox::{Fault, Sandbox};
///
/// # fn main() -> rblx_open_cloud::Result<()> {
/// let sandbox = Sandbox::start()?;
/// sandbox.fail_next(Fault::rate_limited(2));
/// sandbox.fail_next_times(Fault::unavailable(), 3);
/// sandbox.fail_on("GET /cloud/v2/groups/{group_id}", Fault::close_connection());
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Fault {
    pub(crate) kind: FaultKind,
}

#[derive(Debug, Clone)]
pub(crate) enum FaultKind {
    Response(Response),
    RateLimited(u64),
    CloseConnection,
    LostResponse,
    CutBody,
    TruncatedJson,
    EmptyPage,
    NeverRespond,
}

impl Fault {
    const fn new(kind: FaultKind) -> Self {
        Self { kind }
    }

    /// Returns an error of the service: this status with the body `{"code": code, "message": message}`. The request has
    /// no effect.
    pub fn status(status: u16, code: &str, message: &str) -> Self {
        let response = error_body::v2(status, code, message);
        Self::new(FaultKind::Response(response))
    }

    /// Returns status 429 with `retry-after` and `x-ratelimit-reset` set to this many seconds. The request has no effect.
    pub fn rate_limited(retry_after_secs: u64) -> Self {
        Self::new(FaultKind::RateLimited(retry_after_secs))
    }

    /// Returns status 503 with the code `UNAVAILABLE`. The request has no effect.
    pub fn unavailable() -> Self {
        Self::status(503, "UNAVAILABLE", "The service is currently unavailable.")
    }

    /// Returns the HTML page of a gateway with this status. The request has no effect.
    pub fn gateway_html(status: u16) -> Self {
        let page = format!(
            "<html><body><h1>{status} Gateway</h1>\nThe request did not reach the service.\n</body></html>\n"
        );
        let mut response = Response::new(status, "text/html", page.into_bytes());
        response.server = "haproxy";
        Self::new(FaultKind::Response(response))
    }

    /// Returns this response. The request has no effect.
    pub fn raw(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let response = Response::new(status, content_type, body.into());
        Self::new(FaultKind::Response(response))
    }

    /// Closes the connection without a response, once the request has been read. The request has no effect.
    pub fn close_connection() -> Self {
        Self::new(FaultKind::CloseConnection)
    }

    /// Closes the connection without a response, although the request takes effect.
    pub fn lost_answer() -> Self {
        Self::new(FaultKind::LostResponse)
    }

    /// Closes the connection after half of the response's body. The request takes effect.
    pub fn cut_body() -> Self {
        Self::new(FaultKind::CutBody)
    }

    /// Cuts the JSON of the response in half, with a matching content length. The request takes effect.
    pub fn truncated_json() -> Self {
        Self::new(FaultKind::TruncatedJson)
    }

    /// Makes a list return an empty page with a token that continues at the same position. Has no effect on other
    /// requests.
    pub fn empty_page() -> Self {
        Self::new(FaultKind::EmptyPage)
    }

    /// Reads the request but never responds. The connection stays open until the client closes it. The request has no
    /// effect.
    pub fn never_respond() -> Self {
        Self::new(FaultKind::NeverRespond)
    }

    /// Adds a header to the response of [`status`](Self::status), [`unavailable`](Self::unavailable),
    /// [`gateway_html`](Self::gateway_html) or [`raw`](Self::raw). Has no effect on other faults.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let FaultKind::Response(response) = self.kind {
            self.kind = FaultKind::Response(response.header(name, value));
        }
        self
    }
}
