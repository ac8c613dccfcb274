//! The end of long-running operations.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The end of an operation: a time or a number of polls, whichever comes first.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schedule {
    pub(crate) polls: Option<u32>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(crate) due: Option<OffsetDateTime>,
}
