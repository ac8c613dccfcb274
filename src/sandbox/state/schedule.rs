//! When long-running operations end.

use time::OffsetDateTime;

/// When an operation is done: at a time, or after a number of polls, whichever comes first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    pub(crate) polls: Option<u32>,
    pub(crate) due: Option<OffsetDateTime>,
}
