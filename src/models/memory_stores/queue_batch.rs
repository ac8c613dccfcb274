//! The response to a read of a queue, in all forms that the service has had.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::QueuedItem;
use crate::error::{Error, ErrorKind, Result};
use crate::models::ReadId;
use crate::models::serde_helpers::{non_empty, optional_text};

/// The items of one read of a queue. No other reader gets them until the time of the read is over.
#[derive(Debug)]
#[non_exhaustive]
pub struct QueueBatch<T> {
    /// Id of the read, to discard its items with. `None` if the queue was empty.
    pub read_id: Option<ReadId>,
    /// Items, in the order of the queue.
    pub items: Vec<QueuedItem<T>>,
    /// One error for each item whose value is not a `T`. They are part of the read, too: discarding it removes them.
    pub failed: Vec<Error>,
}

impl<T> QueueBatch<T> {
    /// Returns whether the queue was empty, or all of its items invisible.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.failed.is_empty()
    }

    /// Adds the context of the call to the errors of items.
    pub(crate) fn describe_failed(&mut self, describe: impl FnMut(Error) -> Error) {
        let failed = std::mem::take(&mut self.failed);
        self.failed = failed.into_iter().map(describe).collect();
    }
}

/// A response to a read: `{"items", "readId"}` today, `{"queueItems", "id"}` and `{"data", "id"}` before.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "the items of a queue")]
pub(crate) struct QueueReadResponse {
    #[serde(deserialize_with = "optional_text")]
    read_id: Option<String>,
    #[serde(deserialize_with = "optional_text")]
    id: Option<String>,
    items: Option<Vec<Box<RawValue>>>,
    queue_items: Option<Vec<Box<RawValue>>>,
    data: Option<Vec<Box<RawValue>>>,
}

/// All fields of an item: an object with others is a value.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "only their presence counts")]
struct ItemFields<'a> {
    path: Option<String>,
    id: Option<String>,
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(borrow)]
    priority: Option<&'a RawValue>,
    #[serde(borrow)]
    ttl: Option<&'a RawValue>,
    #[serde(borrow)]
    expire_time: Option<&'a RawValue>,
}

/// The path of an item, which no value has. The other fields may be new ones.
#[derive(Deserialize)]
struct ItemPath {
    path: String,
}

impl QueueReadResponse {
    /// Decodes the values. A value that fails does not fail the others, since the id of the read would be lost with them.
    pub(crate) fn into_batch<T: DeserializeOwned>(self) -> Result<QueueBatch<T>> {
        let some = |list: Option<Vec<_>>| list.filter(|list| !list.is_empty());
        let items = some(self.items).or(some(self.queue_items));
        // The oldest form holds bare values, which may look like an item.
        let is_oldest = items.is_none();
        let raw = items.or(self.data).unwrap_or_default();
        let read_id = non_empty(self.read_id).or(non_empty(self.id));
        if read_id.is_none() && !raw.is_empty() {
            return Err(Error::new(
                ErrorKind::Decode,
                "missing field `readId` of the items, which become visible again by themselves",
            ));
        }
        let mut batch = QueueBatch {
            read_id: read_id.map(ReadId::from),
            items: Vec::with_capacity(raw.len()),
            failed: Vec::new(),
        };
        for (place, item) in raw.iter().enumerate() {
            match decode(item.get(), is_oldest) {
                Ok(item) => batch.items.push(item),
                Err(error) => batch.failed.push(item_error(place, item.get(), &error)),
            }
        }
        Ok(batch)
    }
}

fn decode<T: DeserializeOwned>(text: &str, is_oldest: bool) -> serde_json::Result<QueuedItem<T>> {
    let has_path = || {
        let item = serde_json::from_str::<ItemPath>(text);
        item.is_ok_and(|item| item.path.contains("/queues/"))
    };
    let has_fields = || serde_json::from_str::<ItemFields<'_>>(text).is_ok();
    if has_path() || (!is_oldest && has_fields()) {
        serde_json::from_str(text)
    } else {
        serde_json::from_str(text).map(QueuedItem::bare)
    }
}

fn item_error(place: usize, item: &str, error: &serde_json::Error) -> Error {
    let number = place.saturating_add(1);
    let message = format!("item {number} of the read cannot be decoded: {error}");
    Error::new(ErrorKind::Decode, message).map(|inner| {
        inner.is_item = true;
        inner.body = Some(item.to_owned());
    })
}
