//! Binary inputs and outputs of scripts, behind signed URLs.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use crate::sandbox::clock::later;

/// The time for which an input can be used, and an output can be fetched.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) universe: u64,
    pub(crate) size: u64,
    pub(crate) signature: String,
    pub(crate) created: OffsetDateTime,
    pub(crate) is_uploaded: bool,
    pub(crate) content: Arc<Vec<u8>>,
}

#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) signature: String,
    pub(crate) created: OffsetDateTime,
    pub(crate) content: Arc<Vec<u8>>,
}

impl Input {
    pub(crate) fn is_valid(&self, now: OffsetDateTime) -> bool {
        now < later(self.created, LIFETIME)
    }
}

impl Output {
    pub(crate) fn is_valid(&self, now: OffsetDateTime) -> bool {
        now < later(self.created, LIFETIME)
    }
}
