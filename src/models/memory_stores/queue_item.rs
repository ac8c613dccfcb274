//! Items of queues.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use super::lifetime::lifetime;
use crate::error::{Error, Result};
use crate::models::RawJson;
use crate::models::limits::finite;
use crate::models::names::name_in_path;
use crate::models::serde_helpers::{is_none, non_empty, optional_float, optional_text, timestamp};

/// A value to add to a queue.
///
/// ```
/// use std::time::Duration;
/// use rblx_open_cloud::models::QueueItem;
///
/// let item = QueueItem::new("restart").priority(2.0).ttl(Duration::from_secs(600));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct QueueItem<T> {
    data: T,
    priority: Option<f64>,
    ttl: Option<Duration>,
}

impl<T> QueueItem<T> {
    /// Creates an item from a value, which is written as JSON. It cannot be `null`.
    pub fn new(data: T) -> Self {
        Self {
            data,
            priority: None,
            ttl: None,
        }
    }

    /// Sets the priority: items with a higher one are read first, those with equal ones in the order of their arrival.
    /// The default is 0.
    pub fn priority(mut self, priority: f64) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Sets after how many seconds the item expires: 1 to 3,888,000, which is 45 days.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = Some(ttl);
        self
    }
}

/// The body of the request. The order is that of the document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueItemBody {
    data: RawJson,
    #[serde(skip_serializing_if = "is_none")]
    priority: Option<f64>,
    #[serde(skip_serializing_if = "is_none")]
    ttl: Option<String>,
}

impl<T: Serialize> QueueItem<T> {
    pub(crate) fn body(&self) -> Result<QueueItemBody> {
        let data = RawJson::new(&self.data)?;
        if data.is_null() {
            return Err(Error::invalid_input(
                "the value of a queue item cannot be null",
            ));
        }
        let priority = self.priority;
        let priority = priority.map(|priority| finite("the priority of a queue item", priority));
        Ok(QueueItemBody {
            data,
            priority: priority.transpose()?,
            ttl: lifetime(self.ttl)?,
        })
    }
}

/// An item of a queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct QueuedItem<T> {
    /// Id within the queue.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<String>,
    /// Value.
    pub data: T,
    /// Priority: items with a higher one are read first.
    #[serde(skip_serializing_if = "is_none")]
    pub priority: Option<f64>,
    /// Time at which the item expires.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub expire_time: Option<OffsetDateTime>,
}

/// An item as the service writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a queue item")]
struct QueuedItemWire<T> {
    #[serde(default, deserialize_with = "optional_text")]
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_text")]
    id: Option<String>,
    data: T,
    #[serde(default, deserialize_with = "optional_float")]
    priority: Option<f64>,
    #[serde(default, with = "timestamp::option")]
    expire_time: Option<OffsetDateTime>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for QueuedItem<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = QueuedItemWire::deserialize(deserializer)?;
        let in_path = || name_in_path(wire.path.as_deref()?, "items");
        Ok(Self {
            id: non_empty(wire.id).or_else(in_path),
            data: wire.data,
            priority: wire.priority,
            expire_time: wire.expire_time,
        })
    }
}

impl<T> QueuedItem<T> {
    /// Creates an item of which only the value is known.
    pub(super) fn bare(data: T) -> Self {
        Self {
            id: None,
            data,
            priority: None,
            expire_time: None,
        }
    }
}
