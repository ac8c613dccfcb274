//! Notifications that the sandbox received.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::models::{UniverseId, UserId};

/// One accepted notification.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedNotification {
    pub(crate) id: String,
    pub(crate) user: u64,
    pub(crate) universe: u64,
    pub(crate) message_id: String,
    /// The values without their type, by name.
    pub(crate) parameters: Map<String, Value>,
    pub(crate) launch_data: Option<String>,
    pub(crate) category: Option<String>,
}

impl ReceivedNotification {
    /// Returns the id that the response contained.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the recipient.
    #[must_use]
    pub fn user_id(&self) -> UserId {
        self.user.into()
    }

    /// Returns the universe that sent it.
    #[must_use]
    pub fn universe_id(&self) -> UniverseId {
        self.universe.into()
    }

    /// Returns the id of the message text.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.message_id
    }

    /// Returns the value of a parameter of the message text: a string or a number.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        self.parameters.get(name)
    }

    /// Returns the data that the universe receives when the user joins through the notification.
    #[must_use]
    pub fn launch_data(&self) -> Option<&str> {
        self.launch_data.as_deref()
    }

    /// Returns the analytics category.
    #[must_use]
    pub fn analytics_category(&self) -> Option<&str> {
        self.category.as_deref()
    }
}
