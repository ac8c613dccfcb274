//! Data stores: entries that game servers and tools read and write, their revisions, and changes without lost updates.

mod store;

mod list;

mod entry;

mod entry_changes;

mod entry_revisions;

mod update;

mod increment_once;

mod entries;

mod transfer;

mod v1;

mod v1_entry;

use crate::endpoint::Endpoint;

pub use entries::Entries;
pub use entry::DataStoreEntry;
pub use store::DataStore;
pub use v1::DataStoreV1;

pub(super) const ENDPOINTS: &[&[&Endpoint]] = &[
    store::ENDPOINTS,
    list::ENDPOINTS,
    entry::ENDPOINTS,
    entry_changes::ENDPOINTS,
    entry_revisions::ENDPOINTS,
    v1::ENDPOINTS,
    v1_entry::ENDPOINTS,
];
