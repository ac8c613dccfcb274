//! Messages that the sandbox received for the servers of a universe.

use crate::models::UniverseId;
use serde::{Deserialize, Serialize};

/// One accepted message to the running servers of a universe.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedMessage {
    pub(crate) universe: u64,
    pub(crate) topic: String,
    pub(crate) message: String,
}

impl ReceivedMessage {
    /// Returns the universe.
    #[must_use]
    pub fn universe_id(&self) -> UniverseId {
        self.universe.into()
    }

    /// Returns the topic.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Returns the message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}
