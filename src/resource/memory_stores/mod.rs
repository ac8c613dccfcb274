//! Memory stores: queues and sorted maps that running servers share.

mod queue;

mod drain;

mod sorted_map;

mod flush;

use crate::endpoint::Endpoint;

pub use queue::MemoryQueue;
pub use sorted_map::SortedMap;

pub(super) const ENDPOINTS: &[&[&Endpoint]] =
    &[queue::ENDPOINTS, sorted_map::ENDPOINTS, flush::ENDPOINTS];
