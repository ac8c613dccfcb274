//! Memory stores: queues and sorted maps, whose items expire.

mod number;
pub(crate) mod queue;
pub(crate) mod sorted_map;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub(crate) use number::Number;
use queue::Queue;
use sorted_map::SortedMap;

/// The maximum and default time to live of an item.
pub(crate) const MAX_LIFETIME: Duration = Duration::from_secs(45 * 24 * 60 * 60);

/// The queues and sorted maps of the servers that players are in. A flush empties it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct MemoryStore {
    pub(crate) queues: BTreeMap<String, Queue>,
    pub(crate) maps: BTreeMap<String, SortedMap>,
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Value;
    use time::OffsetDateTime;

    use super::queue::Queue;
    use super::sorted_map::{Item, SortKey, SortedMap};
    use super::{MAX_LIFETIME, Number};
    use crate::sandbox::clock::later;
    use crate::sandbox::state::universe::ordered_store::OrderedStore;

    const COUNT: u32 = 20_000;

    /// Takes minutes if an item costs a scan of all others.
    #[test]
    fn thousands_of_items() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let expires = later(now, MAX_LIFETIME);
        let (mut queue, mut map) = (Queue::default(), SortedMap::default());
        let mut store = OrderedStore::default();
        for number in 0..COUNT {
            let key = f64::from(number % 7);
            queue.update(now);
            queue.add(Value::from(number), key, expires);
            map.update(now);
            let key = SortKey::Number(Number::new(key));
            map.set(&number.to_string(), Item::new(Value::Null, key, expires));
            store.set(&number.to_string(), i64::from(number % 7));
        }
        let mut read = 0;
        loop {
            queue.update(now);
            let (id, items) = queue.read(10, Duration::from_secs(30), now);
            match items.len() {
                0 => break,
                count => read += count,
            }
            // Half of them come back.
            if read % 20 == 0 {
                assert!(queue.discard(&id));
            }
        }
        assert_eq!(read, COUNT as usize);
        queue.update(later(now, Duration::from_secs(30)));
        assert_eq!(queue.visible_count(), COUNT as usize / 2);
        assert_eq!(map.iter().count(), COUNT as usize);
        assert_eq!(store.range(0, 0).count(), COUNT.div_ceil(7) as usize);
        queue.update(expires);
        map.update(expires);
        assert_eq!((queue.visible_count(), map.iter().count()), (0, 0));
    }
}
