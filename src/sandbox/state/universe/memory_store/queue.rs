//! Queues.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use super::number::Number;
use crate::sandbox::clock::later;
use crate::sandbox::random::random_text;
use crate::sandbox::state::store::take_id;

/// Counts the items of a queue in the order of their arrival.
type Arrival = u64;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Queue {
    items: BTreeMap<Arrival, Item>,
    /// The items that a read finds, in its order.
    #[serde(skip)]
    visible: BTreeSet<(Reverse<Number>, Arrival)>,
    /// The items that expire, by that time.
    #[serde(skip)]
    expiring: BTreeSet<(OffsetDateTime, Arrival)>,
    /// The reads whose items are still invisible.
    reads: BTreeMap<String, Read>,
    next: Arrival,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) data: Value,
    pub(crate) priority: Number,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) expires: OffsetDateTime,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Read {
    /// Time at which its items become visible.
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    items: Vec<Arrival>,
}

impl Queue {
    /// Rebuilds the indexes, which are not saved.
    pub(crate) fn rebuild(&mut self) {
        let items = self.items.iter();
        let last = items.clone().next_back();
        let after_last = last.map_or(0, |(last, _)| last.saturating_add(1));
        self.next = self.next.max(after_last);
        self.expiring = items
            .clone()
            .map(|(arrival, item)| (item.expires, *arrival))
            .collect();
        let is_hidden = |arrival| self.reads.values().any(|read| read.items.contains(arrival));
        self.visible = items
            .filter(|(arrival, _)| !is_hidden(*arrival))
            .map(|(arrival, item)| (Reverse(item.priority), *arrival))
            .collect();
    }

    pub(crate) fn add(&mut self, data: Value, priority: f64, expires: OffsetDateTime) -> &Item {
        let arrival = take_id(&mut self.next);
        // The last arrival may exist already.
        self.remove(arrival);
        let priority = Number::new(priority);
        self.visible.insert((Reverse(priority), arrival));
        self.expiring.insert((expires, arrival));
        self.items.entry(arrival).or_insert(Item {
            id: random_text(),
            data,
            priority,
            expires,
        })
    }

    /// Removes expired items, and makes the items of reads visible whose time is over.
    pub(crate) fn update(&mut self, now: OffsetDateTime) {
        while let Some((time, arrival)) = self.expiring.first().copied() {
            if time > now {
                break;
            }
            self.remove(arrival);
        }
        let due = self.reads.iter().filter(|(_, read)| read.until <= now);
        let due: Vec<String> = due.map(|(id, _)| id.clone()).collect();
        for id in due {
            let read = self.reads.remove(&id);
            for arrival in read.into_iter().flat_map(|read| read.items) {
                if let Some(item) = self.items.get(&arrival) {
                    self.visible.insert((Reverse(item.priority), arrival));
                }
            }
        }
    }

    pub(crate) fn visible_count(&self) -> usize {
        self.visible.len()
    }

    /// Takes items from the front, and makes them invisible. Returns the id of the read.
    pub(crate) fn read(
        &mut self,
        count: usize,
        window: Duration,
        now: OffsetDateTime,
    ) -> (String, Vec<&Item>) {
        let front: Vec<_> = self.visible.iter().take(count).copied().collect();
        for key in &front {
            self.visible.remove(key);
        }
        let id = random_text();
        let items: Vec<_> = front.into_iter().map(|(_, arrival)| arrival).collect();
        let found = items.iter().filter_map(|arrival| self.items.get(arrival));
        let found = found.collect();
        let until = later(now, window);
        self.reads.insert(id.clone(), Read { until, items });
        (id, found)
    }

    /// Removes the items of a read, and returns whether the read exists.
    pub(crate) fn discard(&mut self, id: &str) -> bool {
        let read = self.reads.remove(id);
        let is_known = read.is_some();
        for arrival in read.into_iter().flat_map(|read| read.items) {
            self.remove(arrival);
        }
        is_known
    }

    fn remove(&mut self, arrival: Arrival) {
        if let Some(item) = self.items.remove(&arrival) {
            self.visible.remove(&(Reverse(item.priority), arrival));
            self.expiring.remove(&(item.expires, arrival));
        }
    }
}
