//! Sorted maps.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use super::number::Number;
use crate::sandbox::random::random_text;

/// The key by which an item is sorted, before its id. Numbers come first, and items without a key last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SortKey {
    Number(Number),
    Text(String),
    None,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SortedMap {
    items: BTreeMap<String, Item>,
    #[serde(skip)]
    order: BTreeSet<(SortKey, String)>,
    /// The items that expire, by that time.
    #[serde(skip)]
    expiring: BTreeSet<(OffsetDateTime, String)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub(crate) value: Value,
    pub(crate) sort_key: SortKey,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) expires: OffsetDateTime,
    pub(crate) etag: String,
}

impl Item {
    pub(crate) fn new(value: Value, sort_key: SortKey, expires: OffsetDateTime) -> Self {
        Self {
            value,
            sort_key,
            expires,
            etag: random_text(),
        }
    }
}

impl SortedMap {
    /// Rebuilds the index, which is not saved.
    pub(crate) fn rebuild(&mut self) {
        let items = self.items.iter();
        self.order = items
            .clone()
            .map(|(id, item)| (item.sort_key.clone(), id.clone()))
            .collect();
        self.expiring = items.map(|(id, item)| (item.expires, id.clone())).collect();
    }

    /// Removes expired items.
    pub(crate) fn update(&mut self, now: OffsetDateTime) {
        while let Some((_, id)) = self.expiring.first().filter(|(time, _)| *time <= now) {
            let id = id.clone();
            self.remove(&id);
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Item> {
        self.items.get(id)
    }

    pub(crate) fn set(&mut self, id: &str, item: Item) {
        self.remove(id);
        self.order.insert((item.sort_key.clone(), id.to_owned()));
        self.expiring.insert((item.expires, id.to_owned()));
        self.items.insert(id.to_owned(), item);
    }

    /// Removes an item, and returns whether it existed.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let removed = self.items.remove(id);
        if let Some(item) = &removed {
            self.order.remove(&(item.sort_key.clone(), id.to_owned()));
            self.expiring.remove(&(item.expires, id.to_owned()));
        }
        removed.is_some()
    }

    /// Returns the items in their order.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Item)> {
        let order = self.order.iter();
        order.filter_map(|(_, id)| Some((id.as_str(), self.items.get(id)?)))
    }
}
