//! Ordered data stores: entries with integers, sorted by them.

mod entry;
mod filter;

pub use entry::OrderedEntry;
pub(crate) use entry::OrderedEntryWire;
pub use filter::OrderedFilter;

/// Maximum length of the name of a store or a scope, in characters.
pub(crate) const MAX_STORE_NAME: usize = 50;
/// Maximum length of the id of an entry, in characters.
pub(crate) const MAX_ORDERED_ID: usize = 63;
