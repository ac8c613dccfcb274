//! The one error type of the crate.

mod advice;
#[cfg(test)]
mod advice_tests;
mod io;
mod kind;
mod retryability;
mod text;

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;

use crate::endpoint::EndpointRef;

pub use kind::ErrorKind;
pub(crate) use retryability::Retryability;

/// The result of every call that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error: what went wrong, what the service said about it, and what to do next.
///
/// Its `Display` is a text for people; [`kind`](Self::kind) is for `match`. `Debug` prints the same text first, then
/// the facts line by line, so that `fn main() -> Result<()>` shows something that a person can use. Keys and tokens
/// never appear in it.
///
/// ```
/// use rblx_open_cloud::ErrorKind;
///
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// let error = client.user(1).get().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::NotFound);
/// assert_eq!(error.status(), Some(404));
/// assert_eq!(error.code(), Some("NOT_FOUND"));
/// assert_eq!(error.endpoint(), Some("/cloud/v2/users/{user_id}"));
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Inner>);

/// The facts of an error. `Display` never prints `source`, so a chain printer shows it once.
#[derive(thiserror::Error, Debug)]
#[error("{}", self.format())]
#[allow(clippy::struct_excessive_bools, reason = "independent facts")]
pub(crate) struct Inner {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<String>,
    pub(crate) details: Option<Value>,
    pub(crate) trace_id: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    /// Replaces the advice that follows from kind and call.
    pub(crate) advice: Option<Cow<'static, str>>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) retryability: Retryability,
    /// The body was read from a stream that cannot be read again.
    pub(crate) body_consumed: bool,
    /// The request may have been carried out.
    pub(crate) outcome_unknown: bool,
    /// The request may be sent again without harm.
    pub(crate) is_idempotent: bool,
    /// One item of a list is wrong, and the list continues.
    pub(crate) is_item: bool,
    /// The path of the request, filled in.
    pub(crate) path: Option<String>,
    /// The base URL, if the connection failed.
    pub(crate) base_url: Option<String>,
    pub(crate) endpoint: Option<EndpointRef>,
    pub(crate) operation: Option<String>,
    /// The request carried a token, not a key.
    pub(crate) has_token: bool,
    pub(crate) source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            status: None,
            code: None,
            details: None,
            trace_id: None,
            body: None,
            retry_after: None,
            advice: None,
            attempts: 0,
            elapsed: Duration::ZERO,
            retryability: Retryability::default(),
            body_consumed: false,
            outcome_unknown: false,
            is_idempotent: false,
            is_item: false,
            path: None,
            base_url: None,
            endpoint: None,
            operation: None,
            has_token: false,
            source: None,
        }))
    }

    pub(crate) fn invalid_input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidInput, message)
    }

    /// Changes facts of the error.
    pub(crate) fn map(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(&mut self.0);
        self
    }

    pub(crate) fn with_source(
        self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.map(|inner| inner.source = Some(source.into()))
    }

    /// Sets a code of this crate, which distinguishes the error from others of its kind.
    pub(crate) fn with_code(self, code: &str) -> Self {
        self.map(|inner| inner.code = Some(code.to_owned()))
    }

    /// Sets advice in place of that which follows from kind and call.
    pub(crate) fn with_advice(self, advice: impl Into<Cow<'static, str>>) -> Self {
        self.map(|inner| inner.advice = Some(advice.into()))
    }

    /// Returns a copy for another thread, with the text of its source.
    #[cfg(any(feature = "oauth2", feature = "sync"))]
    pub(crate) fn duplicate(&self) -> Self {
        let inner = &self.0;
        Self(Box::new(Inner {
            kind: inner.kind,
            message: inner.message.clone(),
            status: inner.status,
            code: inner.code.clone(),
            details: inner.details.clone(),
            trace_id: inner.trace_id.clone(),
            body: inner.body.clone(),
            retry_after: inner.retry_after,
            advice: inner.advice.clone(),
            attempts: inner.attempts,
            elapsed: inner.elapsed,
            retryability: inner.retryability,
            body_consumed: inner.body_consumed,
            outcome_unknown: inner.outcome_unknown,
            is_idempotent: inner.is_idempotent,
            is_item: inner.is_item,
            path: inner.path.clone(),
            base_url: inner.base_url.clone(),
            endpoint: inner.endpoint.clone(),
            operation: inner.operation.clone(),
            has_token: inner.has_token,
            source: inner
                .source
                .as_ref()
                .map(|source| source.to_string().into()),
        }))
    }

    /// Returns the kind, to match on.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status, if the service responded with an error.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the service's own code, such as `INVALID_ARGUMENT`; a number as text. Without a request it is `NoApiKey` for
    /// a key that is missing or empty, and `InvalidApiKey` for one that cannot be used.
    ///
    /// ```
    /// let error = rblx_open_cloud::Client::new("").unwrap_err();
    /// assert_eq!(error.code(), Some("NoApiKey"));
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns the message of the service, or the reason for a failure without a response.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the details that the service sent with the error, as JSON.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.0.details.as_ref()
    }

    /// Returns the service's id of the failed request, for a report to Roblox.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.0.trace_id.as_deref()
    }

    /// Returns the body of the response as text, cut after 4 KiB.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// Returns how long the service asks to wait before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the number of attempts; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns how long all attempts took together, including the delays between them.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    pub(crate) fn body_consumed(&self) -> bool {
        self.0.body_consumed
    }

    pub(crate) fn retryability(&self) -> Retryability {
        self.0.retryability
    }

    /// Returns the documented path of the call that failed, such as `/cloud/v2/users/{user_id}`. For a call of
    /// [`Client::request`](crate::Client::request) it is the path that was passed there.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_ref().map(EndpointRef::path)
    }

    /// Returns the path of the call that failed with its arguments, such as `/cloud/v2/users/156`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let error = client.user(1).get().unwrap_err();
    /// assert_eq!(error.path(), Some("/cloud/v2/users/1"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// Returns whether the request may have been carried out, although it failed: the connection was lost, the response did
    /// not arrive or was not understood, or the service failed in the middle. Always false for a call that only reads.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }

    /// Returns whether the error is about one item of a list, after which the list continues.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for role in client.group(7).list_roles() {
    ///     match role {
    ///         Ok(role) => println!("role {}", role.id),
    ///         Err(error) if error.is_item() => eprintln!("skipped: {error}"),
    ///         Err(error) => return Err(error),
    ///     }
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.0.is_item
    }

    /// Returns the path of the operation that failed, is still running or could not be polled, for
    /// [`Client::operation`](crate::Client::operation); also of one that was started, if the response was not understood.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }
}
