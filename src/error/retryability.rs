//! What a failure says about the request that failed.

/// Whether anything may have been done, and so whether the request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Retryability {
    /// The response will be the same next time.
    #[default]
    Permanent,
    /// Nothing reached the service.
    NotSent,
    /// The service rejected the request before it did anything (429).
    Throttled,
    /// Something may have been done: 5xx, a timeout, a lost connection, a response that was cut off.
    Ambiguous,
}
