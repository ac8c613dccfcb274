//! Changes of an entry that lose nothing: read, change, and write only if nobody else wrote in between.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::entry::DataStoreEntry;
use super::v1_entry::write;
use crate::error::{Error, ErrorKind, Result};
use crate::models::{Condition, Entry, EntryTags, RawJson, RevisionId};
use crate::resource::found::found;

/// How often a change is tried that other writers get ahead of.
const MAX_TRIES: u32 = 8;

impl DataStoreEntry {
    /// Reads the entry, changes its value with a closure, and writes it only if nobody else wrote in between; otherwise
    /// once more from the start. Nothing that others write is lost.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// #[derive(Default, serde::Serialize, serde::Deserialize)]
    /// struct Inventory {
    ///     coins: u64,
    ///     items: Vec<String>,
    /// }
    ///
    /// let entry = client.universe(13_058).data_store("Inventory").entry("player_7");
    /// let written = entry.update::<Inventory>(|old| {
    ///     let mut inventory = old.unwrap_or_default();
    ///     inventory.coins += 10;
    ///     Ok(Some(inventory))
    /// })?;
    /// assert_eq!(written.map(|entry| entry.value.coins), Some(80));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The closure gets `None` if there is no entry, and then creates it. It may be called several times. If it returns
    /// `None`, nothing is written, and `update` returns `None`; an error of its own ends the call. Fields that `T` does not
    /// have are lost; a [`serde_json::Value`] or a map keeps them.
    ///
    /// Users and attributes are kept. A try takes two requests: a read, and a write of the first version of the service
    /// with `matchVersion` or `exclusiveCreate`. There are up to 8 tries, after delays that grow.
    ///
    /// **After a write whose outcome is unknown there is no further try**, since the closure might be applied to its own
    /// result. [`Error::outcome_unknown`] is true then; read the entry to find out, or use
    /// [`increment_once`](Self::increment_once) for numbers.
    ///
    /// # Errors
    /// `Conflict` if other writers got ahead 8 times; `Decode` if the value is not a `T`; those of the closure.
    ///
    pub fn update<T: Serialize + DeserializeOwned>(
        &self,
        mut change: impl FnMut(Option<T>) -> Result<Option<T>>,
    ) -> Result<Option<Entry<T>>> {
        let mut reader = Reader::new(self);
        loop {
            let old = reader.read()?;
            let mut tags = EntryTags::default();
            if let Some(old) = &old {
                tags.keep(old);
            }
            let Some(value) = change(old.map(|old| old.value))? else {
                return Ok(None);
            };
            match reader.write(&value, &tags) {
                Ok(version) => {
                    return Ok(Some(Entry::written(value, self.key(), version, tags)));
                }
                Err(error) if is_conflict(&error) => reader.after_conflict(error)?,
                Err(error) => return Err(error),
            }
        }
    }
}

/// Reads an entry, and writes it if nobody else has since.
pub(super) struct Reader<'a> {
    entry: &'a DataStoreEntry,
    /// The newest revision that was read, or that there was none.
    base: Option<RevisionId>,
    /// Whether the second version of the service read something.
    has_read: bool,
    /// Whether it is the first version's turn, since the second one does not see what the first one compares with.
    is_v1: bool,
    tries: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(entry: &'a DataStoreEntry) -> Self {
        Self {
            entry,
            base: None,
            has_read: false,
            is_v1: false,
            tries: 0,
        }
    }

    /// Reads the entry, if there is one.
    pub(super) fn read<T: DeserializeOwned>(&mut self) -> Result<Option<Entry<T>>> {
        let entry = if self.is_v1 {
            self.read_v1()?
        } else {
            let entry = self.entry.find()?;
            let base = entry.as_ref().map(|entry: &Entry<T>| &entry.revision_id);
            // After a conflict the revision must be another one.
            self.is_v1 = self.has_read && base == self.base.as_ref();
            if self.is_v1 { self.read_v1()? } else { entry }
        };
        self.has_read = true;
        self.base = entry.as_ref().map(|entry| entry.revision_id.clone());
        Ok(entry)
    }

    fn read_v1<T: DeserializeOwned>(&self) -> Result<Option<Entry<T>>> {
        found(self.entry.store.v1().get(&self.entry.id))
    }

    /// Writes the entry if it is still what was read.
    pub(super) fn write(
        &self,
        value: &impl Serialize,
        tags: &EntryTags,
    ) -> Result<crate::models::EntryVersion> {
        let condition = match &self.base {
            Some(revision) => Condition::Revision(revision.clone()),
            None => Condition::Absent,
        };
        let value = RawJson::new(value)?;
        write(&self.entry.store, &self.entry.id, &value, tags, &condition)
    }

    /// The same after a write that turned out not to be carried out. The last error is returned as it is: the request may
    /// still be on its way.
    pub(super) fn after_conflict_or(&mut self, error: Error) -> Result<()> {
        if self.tries.saturating_add(1) < MAX_TRIES {
            return self.after_conflict(error);
        }
        Err(error)
    }

    /// Waits before the next try, unless this was the last one.
    pub(super) fn after_conflict(&mut self, error: Error) -> Result<()> {
        self.tries = self.tries.saturating_add(1);
        if self.tries < MAX_TRIES {
            return self
                .entry
                .store
                .client
                .http()
                .wait_after_conflict(self.tries);
        }
        Err(error.map(|inner| {
            inner.kind = ErrorKind::Conflict;
            inner.message = format!(
                "other writers changed the entry {MAX_TRIES} times in a row ({})",
                inner.message
            );
            inner.advice = Some("Try again when fewer write it at the same time".into());
        }))
    }
}

/// Whether the service says that somebody else wrote in between.
pub(super) fn is_conflict(error: &Error) -> bool {
    let is_refused = error.kind() == ErrorKind::Conflict
        || matches!(error.code(), Some("ABORTED" | "FAILED_PRECONDITION"));
    is_refused && !error.outcome_unknown()
}
