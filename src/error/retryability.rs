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
    /// Something may have been done: a timeout, a lost connection, a response that was cut off or came from a gateway.
    Ambiguous,
    /// Something may have been done: the service itself answered with a 5xx.
    ServerError,
}

impl Retryability {
    /// Whether the request may have been carried out.
    pub(crate) fn is_ambiguous(self) -> bool {
        matches!(self, Self::Ambiguous | Self::ServerError)
    }
}
