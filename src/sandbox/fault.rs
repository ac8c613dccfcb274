//! Failures that a sandbox can be told to show.

use super::server::Answer;

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
    Answer(Answer),
    RateLimited(u64),
    Cut,
    LostAnswer,
    CutBody,
    TruncatedJson,
    EmptyPage,
    Silent,
}

impl Fault {
    const fn of(kind: Kind) -> Self {
        Self { kind }
    }

    /// An error of the service: this status with the body `{"code": code, "message": message}`.
    pub fn status(status: u16, code: &str, message: &str) -> Self {
        Self::of(Kind::Answer(Answer::error(status, code, message)))
    }

    /// Status 429 with `retry-after` and `x-ratelimit-reset` set to this many seconds.
    pub fn rate_limited(retry_after_secs: u64) -> Self {
        Self::of(Kind::RateLimited(retry_after_secs))
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
        let mut answer = Answer::new(status, "text/html", page.into_bytes());
        answer.server = "haproxy";
        Self::of(Kind::Answer(answer))
    }

    /// Any answer at all.
    pub fn raw(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Answer(Answer::new(status, content_type, body.into())))
    }

    /// The connection ends without an answer once the request has been read. The request has no effect.
    pub fn cut() -> Self {
        Self::of(Kind::Cut)
    }

    /// The request takes effect, but the connection ends without an answer.
    pub fn lost_answer() -> Self {
        Self::of(Kind::LostAnswer)
    }

    /// The request takes effect, but the connection ends after half of the answer's body.
    pub fn cut_body() -> Self {
        Self::of(Kind::CutBody)
    }

    /// The request takes effect; the answer is complete as HTTP, but its JSON stops half-way.
    pub fn truncated_json() -> Self {
        Self::of(Kind::TruncatedJson)
    }

    /// A list answers an empty page whose token continues at the same place. No effect on other requests.
    pub fn empty_page() -> Self {
        Self::of(Kind::EmptyPage)
    }

    /// The request is read and never answered: the connection stays open until the client ends it.
    pub fn silent() -> Self {
        Self::of(Kind::Silent)
    }

    /// Adds a header to the answer of [`status`](Self::status), [`unavailable`](Self::unavailable),
    /// [`gateway_html`](Self::gateway_html) or [`raw`](Self::raw); no effect on the others.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Kind::Answer(answer) = self.kind {
            self.kind = Kind::Answer(answer.header(name, value));
        }
        self
    }
}
