//! Ordered data stores.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde::{Deserialize, Serialize};

/// All ordered data stores of a universe, by name and scope.
pub(crate) type OrderedStores = BTreeMap<(String, String), OrderedStore>;

/// The entries of one scope of a store.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct OrderedStore {
    values: BTreeMap<String, i64>,
    /// The same entries by their values.
    #[serde(skip)]
    order: BTreeSet<(i64, String)>,
}

impl OrderedStore {
    /// Rebuilds the index, which is not saved.
    pub(crate) fn rebuild(&mut self) {
        let values = self.values.iter();
        self.order = values.map(|(id, value)| (*value, id.clone())).collect();
    }

    pub(crate) fn get(&self, id: &str) -> Option<i64> {
        self.values.get(id).copied()
    }

    pub(crate) fn set(&mut self, id: &str, value: i64) {
        self.remove(id);
        self.values.insert(id.to_owned(), value);
        self.order.insert((value, id.to_owned()));
    }

    /// Removes an entry, and returns whether it existed.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let removed = self.values.remove(id);
        if let Some(value) = removed {
            self.order.remove(&(value, id.to_owned()));
        }
        removed.is_some()
    }

    /// Returns the entries with these values, the smallest first.
    pub(crate) fn range(
        &self,
        min: i64,
        max: i64,
    ) -> impl DoubleEndedIterator<Item = &(i64, String)> {
        // A range whose start is beyond its end would panic.
        let bounds = (min <= max).then(|| {
            let after = max.checked_add(1);
            let end = after.map_or(Bound::Unbounded, |after| {
                Bound::Excluded((after, String::new()))
            });
            (Bound::Included((min, String::new())), end)
        });
        bounds
            .into_iter()
            .flat_map(|bounds| self.order.range(bounds))
    }
}
