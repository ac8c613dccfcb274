//! Data stores: entries with their users, attributes and revisions, and the entries to write.

mod data_store;

mod entry;
mod entry_key;
mod revision;

mod tags;
mod write;

mod filter;
mod line;
mod version;

pub use data_store::{DataStore, DataStoreState, Snapshot};
pub use entry::{Entry, EntryState};
pub use entry_key::EntryKey;
pub(crate) use entry_key::{ALL_SCOPES, GLOBAL_SCOPE};
pub use filter::{DataStoreFilter, EntryFilter, RevisionFilter, VersionFilter};
pub(crate) use line::EntryLine;
pub use revision::{EntryRevision, Revision};
pub(crate) use tags::{EntryTags, ONCE};
pub use version::EntryVersion;
pub(crate) use write::Condition;
pub use write::{Increment, NewEntry, SetEntry};
