//! Operations that calls start: how a response wraps them, and how they are polled.

use super::{Cadence, Endpoint};

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

/// A possible form of the path of an operation, and how an operation with such a path is polled.
pub(crate) struct OperationPath {
    /// `*` is an id, in the order of the endpoint's placeholders.
    pub(crate) pattern: &'static [&'static str],
    pub(crate) endpoint: &'static Endpoint,
    /// A query parameter of the request that started it, which the poll repeats.
    pub(crate) repeats_query: Option<&'static str>,
    /// The delays between polls.
    pub(crate) cadence: Cadence,
    /// A code with which it may end, and the advice for it.
    pub(crate) advice: Option<(&'static str, &'static str)>,
}

impl OperationPath {
    pub(crate) const fn new(pattern: &'static [&'static str], endpoint: &'static Endpoint) -> Self {
        Self {
            pattern,
            endpoint,
            repeats_query: None,
            cadence: Cadence::ASSETS,
            advice: None,
        }
    }

    pub(crate) const fn cadence(mut self, cadence: Cadence) -> Self {
        self.cadence = cadence;
        self
    }

    pub(crate) const fn advice(mut self, code: &'static str, advice: &'static str) -> Self {
        self.advice = Some((code, advice));
        self
    }

    pub(crate) const fn repeats_query(mut self, name: &'static str) -> Self {
        self.repeats_query = Some(name);
        self
    }
}

#[cfg(any(feature = "analytics", feature = "configs"))]
impl Endpoint {
    /// Sets the forms of paths that only the operations of its family have. They are a function, so that an endpoint can
    /// be in its own list.
    pub(crate) const fn operation_paths(mut self, paths: fn() -> &'static [OperationPath]) -> Self {
        self.operation_paths = Some(paths);
        self
    }
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
