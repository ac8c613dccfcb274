//! Notifications to users.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::serde_helpers::{is_none, non_empty};
use super::{UniverseId, UserId};
use crate::error::{Error, Result};

const MAX_LAUNCH_DATA_BYTES: usize = 200;

/// A notification from a universe to a user: one of the messages of the Creator Dashboard, and its parameters.
///
/// ```
/// use rblx_open_cloud::models::{Notification, UserId};
///
/// // The message may read `{userId-friend} hatched {count} eggs like your {egg_name}`.
/// let notification = Notification::new(96_623_001, "5dd7024b-68e3-ac4d-8232-4217f86ca244")
///     .parameter("userId-friend", UserId::from(156))
///     .parameter("count", 3)
///     .parameter("egg_name", "royal egg")
///     .launch_data("from=notification")
///     .analytics_category("Bronze egg hatched");
/// ```
#[derive(Debug, Clone)]
#[must_use = "a notification is sent with `send_notification`"]
pub struct Notification {
    universe: UniverseId,
    message_id: String,
    parameters: Map<String, Value>,
    launch_data: Option<String>,
    category: Option<String>,
}

impl Notification {
    /// Creates a notification from a message of a universe, by the id that the Creator Dashboard shows.
    pub fn new(universe: impl Into<UniverseId>, message_id: impl Into<String>) -> Self {
        Self {
            universe: universe.into(),
            message_id: message_id.into(),
            parameters: Map::new(),
            launch_data: None,
            category: None,
        }
    }

    /// Sets the value of `{name}` in the message: a text, a whole number, or a user's id.
    pub fn parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<NotificationParameter>,
    ) -> Self {
        self.parameters.insert(name.into(), value.into().0);
        self
    }

    /// Sets the data that the universe receives when the user joins through the notification: at most 200 bytes.
    pub fn launch_data(mut self, data: impl Into<String>) -> Self {
        self.launch_data = Some(data.into());
        self
    }

    /// Sets the category under which analytics count the notification.
    pub fn analytics_category(mut self, category: impl Into<String>) -> Self {
        self.category = Some(category.into());
        self
    }

    /// Returns the JSON of the request.
    pub(crate) fn body(&self) -> Result<Value> {
        if self.message_id.is_empty() {
            return Err(Error::invalid_input("the message id is empty"));
        }
        let bytes = self.launch_data.as_deref().map_or(0, str::len);
        if bytes > MAX_LAUNCH_DATA_BYTES {
            return Err(Error::invalid_input(format!(
                "the launch data has {bytes} bytes; the maximum is {MAX_LAUNCH_DATA_BYTES}"
            )));
        }
        let mut payload = Map::new();
        payload.insert("type".to_owned(), "MOMENT".into());
        payload.insert("messageId".to_owned(), self.message_id.as_str().into());
        if !self.parameters.is_empty() {
            payload.insert("parameters".to_owned(), self.parameters.clone().into());
        }
        if let Some(data) = &self.launch_data {
            payload.insert("joinExperience".to_owned(), json!({ "launchData": data }));
        }
        if let Some(category) = &self.category {
            payload.insert("analyticsData".to_owned(), json!({ "category": category }));
        }
        let universe = format!("universes/{}", self.universe);
        Ok(json!({ "source": { "universe": universe }, "payload": payload }))
    }
}

/// The value of a parameter of a notification: a text, a whole number, or a user's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotificationParameter(Value);

impl From<&str> for NotificationParameter {
    fn from(text: &str) -> Self {
        Self(json!({ "stringValue": text }))
    }
}

impl From<String> for NotificationParameter {
    fn from(text: String) -> Self {
        Self(json!({ "stringValue": text }))
    }
}

// The only integer: a second one would make a plain `3` ambiguous.
impl From<i64> for NotificationParameter {
    fn from(number: i64) -> Self {
        Self(json!({ "int64Value": number }))
    }
}

impl From<UserId> for NotificationParameter {
    fn from(user: UserId) -> Self {
        Self(json!({ "int64Value": user.get() }))
    }
}

/// A notification that was sent. The service does not return its content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Option<SentNotificationWire>")]
#[non_exhaustive]
pub struct SentNotification {
    /// Notification id, a UUID.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<String>,
    /// Resource path, `users/156/notifications/…`.
    #[serde(skip_serializing_if = "is_none")]
    pub path: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SentNotificationWire {
    id: Option<String>,
    path: Option<String>,
}

impl From<Option<SentNotificationWire>> for SentNotification {
    fn from(wire: Option<SentNotificationWire>) -> Self {
        let SentNotificationWire { id, path } = wire.unwrap_or_default();
        let in_path = || Some(path.as_deref()?.rsplit_once('/')?.1.to_owned());
        Self {
            id: non_empty(id).or_else(|| non_empty(in_path())),
            path,
        }
    }
}
