//! All entries of a data store, one after another.

use std::fmt;
use std::iter::FusedIterator;

use serde::de::DeserializeOwned;

use super::store::DataStore;
use crate::error::{ErrorKind, Result};
use crate::models::{Entry, EntryFilter, EntryKey};
use crate::paging::{Items, PageToken};
use crate::resource::found::found;

/// The entries of a data store with their keys. Created by [`DataStore::entries`].
///
/// A page of keys is fetched when it is needed, and each entry when it is its turn; nothing is fetched ahead.
#[must_use = "entries are fetched as they are iterated over"]
pub struct Entries<T> {
    store: DataStore,
    settings: Settings,
    keys: Option<Items<EntryKey>>,
    vanished: u64,
    is_over: bool,
    value: std::marker::PhantomData<fn() -> T>,
}

/// The settings, until the first entry is fetched.
#[derive(Debug, Default)]
struct Settings {
    filter: EntryFilter,
    start: Option<PageToken>,
}

impl<T> Entries<T> {
    pub(super) fn new(store: DataStore) -> Self {
        Self {
            store,
            settings: Settings::default(),
            keys: None,
            vanished: 0,
            is_over: false,
            value: std::marker::PhantomData,
        }
    }

    /// Selects the entries. Call it before the first one is fetched.
    pub fn matching(mut self, filter: EntryFilter) -> Self {
        self.settings.filter = filter;
        self
    }

    /// Starts at a page of keys, as [`resume_token`](Self::resume_token) named it.
    pub fn starting_at(mut self, token: impl Into<PageToken>) -> Self {
        self.settings.start = Some(token.into());
        self
    }

    /// Returns the token of the page of keys that is being consumed, to resume with. It repeats at most one page, and
    /// skips nothing.
    #[must_use]
    pub fn resume_token(&self) -> Option<&PageToken> {
        match &self.keys {
            Some(keys) => keys.resume_token(),
            None => self.settings.start.as_ref(),
        }
    }

    /// Returns how many entries vanished between the list and their turn so far.
    #[must_use]
    pub fn vanished(&self) -> u64 {
        self.vanished
    }

    fn next_key(&mut self) -> Option<Result<EntryKey>> {
        let keys = self.keys.get_or_insert_with(|| {
            let Settings { filter, start } = std::mem::take(&mut self.settings);
            let keys = self.store.list_entries(filter);
            match start {
                Some(token) => keys.starting_at(token),
                None => keys,
            }
        });
        keys.next()
    }
}

impl<T: DeserializeOwned> Entries<T> {
    /// Reads the entry of a key. Returns `None` if it vanished.
    fn read(&self, key: EntryKey) -> Result<Option<(EntryKey, Entry<T>)>> {
        let entry = self.store.entry(&key).get::<T>();
        let entry = found(entry).map_err(|error| {
            // The value of one entry is not a `T`; the next one may be.
            let is_item = error.kind() == ErrorKind::Decode;
            error.map(|inner| inner.is_item = is_item)
        })?;
        Ok(entry.map(|entry| (key, entry)))
    }
}

impl<T: DeserializeOwned> Iterator for Entries<T> {
    type Item = Result<(EntryKey, Entry<T>)>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            let Some(key) = self.next_key() else {
                self.is_over = true;
                break;
            };
            match key.and_then(|key| self.read(key)) {
                Ok(Some(entry)) => return Some(Ok(entry)),
                Ok(None) => self.vanished = self.vanished.saturating_add(1),
                Err(error) => {
                    self.is_over = !error.is_item();
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

impl<T: DeserializeOwned> FusedIterator for Entries<T> {}

impl<T> fmt::Debug for Entries<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Entries")
            .field("store", &self.store)
            .field("vanished", &self.vanished)
            .field("is_over", &self.is_over)
            .finish_non_exhaustive()
    }
}
