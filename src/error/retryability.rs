//! Whether a failed request can be sent again.

/// Whether a failed request can be sent again, by what it may have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Retryability {
    /// The response will be the same next time.
    #[default]
    Permanent,
    /// Nothing reached the service.
    NotSent,
    /// The service rejected the request before it did anything (429).
    Throttled,
    /// It may have been carried out: a timeout, a lost connection, a response that was cut off or came from a gateway.
    Ambiguous,
    /// It may have been carried out: the service itself responded with a 5xx.
    ServerError,
}

impl Retryability {
    /// Whether the request may have been carried out.
    pub(crate) fn is_ambiguous(self) -> bool {
        matches!(self, Self::Ambiguous | Self::ServerError)
    }
}
