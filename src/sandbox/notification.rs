//! Notifications that a sandbox took.

use serde_json::{Map, Value};

use crate::models::{UniverseId, UserId};

/// One accepted notification.
#[derive(Debug, Clone)]
pub struct ReceivedNotification {
    pub(super) id: String,
    pub(super) user: u64,
    pub(super) universe: u64,
    pub(super) message_id: String,
    /// The bare values, by name.
    pub(super) parameters: Map<String, Value>,
    pub(super) launch_data: Option<String>,
    pub(super) category: Option<String>,
}

impl ReceivedNotification {
    /// The id that the response reported.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whom it is for.
    #[must_use]
    pub fn user_id(&self) -> UserId {
        self.user.into()
    }

    /// Which universe it is from.
    #[must_use]
    pub fn universe_id(&self) -> UniverseId {
        self.universe.into()
    }

    /// Which message it shows.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.message_id
    }

    /// What stands for this name in the message: a text or a number.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        self.parameters.get(name)
    }

    /// What the universe gets to know when the user joins.
    #[must_use]
    pub fn launch_data(&self) -> Option<&str> {
        self.launch_data.as_deref()
    }

    /// Under which name it counts in the analytics.
    #[must_use]
    pub fn analytics_category(&self) -> Option<&str> {
        self.category.as_deref()
    }
}
