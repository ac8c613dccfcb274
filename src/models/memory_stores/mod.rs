//! Memory stores: queues and sorted maps that running servers share, with values that expire.

mod flush;
mod lifetime;

mod queue_item;

mod queue_read;

mod queue_batch;

mod map_item;

mod new_map_item;

mod map_filter;

mod sort_key;

pub use flush::FlushScope;
pub use map_filter::MapFilter;
pub use map_item::MapItem;
pub(crate) use map_item::MapItemWire;
pub use new_map_item::NewMapItem;
pub use queue_batch::QueueBatch;
pub(crate) use queue_batch::QueueReadResponse;
pub use queue_item::{QueueItem, QueuedItem};
pub use queue_read::QueueRead;
pub use sort_key::SortKey;

/// Maximum length of the id of an item of a sorted map, in characters.
pub(crate) const MAX_MAP_ITEM_ID: usize = 127;
