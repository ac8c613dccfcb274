//! Operations that are wrapped in another object of the response.

#[cfg(feature = "configs")]
use super::Endpoint;

/// The place of an operation in a response that wraps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrappedOperation {
    /// The field that holds the operation.
    pub(crate) key: &'static str,
    /// The field of the operation that holds its result.
    pub(crate) result: &'static str,
    /// Polls repeat the request that started it, because the operation has no path.
    pub(crate) polls_repeat_request: bool,
}

#[cfg(feature = "configs")]
impl Endpoint {
    /// Makes the response an object that holds an operation in the field `operation`, with its result in this field.
    pub(crate) const fn holds_operation(mut self, result: &'static str) -> Self {
        self.operation = Some(WrappedOperation {
            key: "operation",
            result,
            polls_repeat_request: false,
        });
        self.error_fields_are_data()
    }

    /// Makes polls of the operation repeat the request that started it.
    pub(crate) const fn polled_by_repetition(mut self) -> Self {
        if let Some(operation) = &mut self.operation {
            operation.polls_repeat_request = true;
        }
        self
    }
}
