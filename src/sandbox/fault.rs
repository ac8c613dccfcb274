//! Failures that a sandbox can be reported to show.

use super::server::Response;

/// What goes wrong with a request.
///
/// ```
/// use rblx_open_cloud::sandbox::{Fault, Sandbox};
///
/// # fn main() -> rblx_open_cloud::Result<()> {
/// let sandbox = Sandbox::start()?;
/// sandbox.fail_next(Fault::rate_limited(2));
/// sandbox.fail_next_times(Fault::unavailable(), 3);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Fault {
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
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
    const fn new(kind: Kind) -> Self {
        Self { kind }
    }

    /// An error of the service: this status with the body `{"code": code, "message": message}`.
    pub fn status(status: u16, code: &str, message: &str) -> Self {
        Self::new(Kind::Response(Response::error(status, code, message)))
    }

    /// Status 429 with `retry-after` and `x-ratelimit-reset` set to this many seconds.
    pub fn rate_limited(retry_after_secs: u64) -> Self {
        Self::new(Kind::RateLimited(retry_after_secs))
    }

    /// Status 503 with the code `UNAVAILABLE`.
    pub fn unavailable() -> Self {
        Self::status(503, "UNAVAILABLE", "The service is currently unavailable.")
    }

    /// The HTML page of a gateway, with this status.
    pub fn gateway_html(status: u16) -> Self {
        let page = format!(
            "<html><body><h1>{status} Gateway</h1>\nThe request did not reach the service.\n</body></html>\n"
        );
        let mut response = Response::new(status, "text/html", page.into_bytes());
        response.server = "haproxy";
        Self::new(Kind::Response(response))
    }

    /// Any response at all.
    pub fn raw(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Kind::Response(Response::new(
            status,
            content_type,
            body.into(),
        )))
    }

    /// The connection ends without an response once the request has been read. The request has no effect.
    pub fn close_connection() -> Self {
        Self::new(Kind::CloseConnection)
    }

    /// The request takes effect, but the connection ends without an response.
    pub fn lost_answer() -> Self {
        Self::new(Kind::LostResponse)
    }

    /// The request takes effect, but the connection ends after half of the response's body.
    pub fn cut_body() -> Self {
        Self::new(Kind::CutBody)
    }

    /// The request takes effect; the response is complete as HTTP, but its JSON stops half-way.
    pub fn truncated_json() -> Self {
        Self::new(Kind::TruncatedJson)
    }

    /// A list returns an empty page whose token continues at the same place. No effect on other requests.
    pub fn empty_page() -> Self {
        Self::new(Kind::EmptyPage)
    }

    /// The request is read and never answered: the connection stays open until the client ends it.
    pub fn never_respond() -> Self {
        Self::new(Kind::NeverRespond)
    }

    /// Adds a header to the response of [`status`](Self::status), [`unavailable`](Self::unavailable),
    /// [`gateway_html`](Self::gateway_html) or [`raw`](Self::raw); no effect on the others.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Kind::Response(response) = self.kind {
            self.kind = Kind::Response(response.header(name, value));
        }
        self
    }
}
