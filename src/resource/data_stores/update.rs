//! Changes of an entry without lost updates: read, change, and write only if no other writer did so in between.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::entry::DataStoreEntry;
use super::v1_entry::write;
use crate::error::{Error, ErrorKind, Result};
use crate::models::{Condition, Entry, EntryTags, EntryVersion, RawJson, RevisionId};
use crate::resource::found::found;

/// Maximum number of attempts at a change while other writers get ahead of it.
const MAX_ATTEMPTS: u32 = 8;

impl DataStoreEntry {
    /// Reads the entry, changes its value with a closure, and writes it only if no other writer did so in between; otherwise
    /// starts again. Nothing that others write is lost.
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
    /// `None`, nothing is written, and `update` returns `None`; if it returns an error, the call ends with it. Fields that `T`
    /// does not have are lost; a [`serde_json::Value`] or a map keeps them.
    ///
    /// Users and attributes are kept. An attempt takes two requests: a read, and a write of the first version of the service
    /// with `matchVersion` or `exclusiveCreate`. There are up to 8 attempts, with growing delays.
    ///
    /// **After a write whose outcome is unknown the call does not try again**, since the closure might be applied to its own
    /// result. [`Error::outcome_unknown`] is true then; read the entry to find out, or use
    /// [`increment_once`](Self::increment_once) for numbers.
    ///
    /// # Errors
    /// `Conflict` if other writers got ahead 8 times; `Decode` if the value is not a `T`; those of the closure.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:read` · API key only · 1,000,000 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_SetEntryAsync) ·
    /// scope `universe-datastores.objects:update` or `universe-datastores.objects:create` or `universe-datastores.control:create` · API key only · 5,000 requests per minute · beta · superseded by `PATCH /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn update<T: Serialize + DeserializeOwned>(
        &self,
        mut change: impl FnMut(Option<T>) -> Result<Option<T>>,
    ) -> Result<Option<Entry<T>>> {
        let mut attempt = Attempt::default();
        loop {
            let old = self.read_base(&mut attempt)?;
            let mut tags = EntryTags::default();
            if let Some(old) = &old {
                tags.keep(old);
            }
            let Some(value) = change(old.map(|old| old.value))? else {
                return Ok(None);
            };
            match self.write_on_base(&attempt, &value, &tags) {
                Ok(version) => {
                    return Ok(Some(Entry::written(value, self.key(), version, tags)));
                }
                Err(error) if is_conflict(&error) => self.after_conflict(&mut attempt, error)?,
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads the entry that the next write is based on, if there is one.
    pub(super) fn read_base<T: DeserializeOwned>(
        &self,
        attempt: &mut Attempt,
    ) -> Result<Option<Entry<T>>> {
        let mut entry = None;
        if !attempt.is_v1 {
            entry = self.find()?;
            let base = entry.as_ref().map(|entry: &Entry<T>| &entry.revision_id);
            // After a conflict the revision must be another one.
            attempt.is_v1 = attempt.was_rejected && base == attempt.base.as_ref();
        }
        if attempt.is_v1 {
            entry = found(self.store.v1().get(&self.id))?;
        }
        attempt.base = entry.as_ref().map(|entry| entry.revision_id.clone());
        Ok(entry)
    }

    /// Writes the entry if it is still what was read.
    pub(super) fn write_on_base(
        &self,
        attempt: &Attempt,
        value: &impl Serialize,
        tags: &EntryTags,
    ) -> Result<EntryVersion> {
        let condition = match &attempt.base {
            Some(revision) => Condition::Revision(revision.clone()),
            None => Condition::Absent,
        };
        write(
            &self.store,
            &self.id,
            &RawJson::new(value)?,
            tags,
            &condition,
        )
    }

    /// Waits before the next attempt, or returns the error after the last one.
    pub(super) fn after_conflict(&self, attempt: &mut Attempt, error: Error) -> Result<()> {
        if attempt.next(true) {
            return self.store.client.http().wait_after_conflict(attempt.tries);
        }
        Err(error.map(|inner| {
            inner.kind = ErrorKind::Conflict;
            inner.message = format!(
                "other writers changed the entry {MAX_ATTEMPTS} times in a row ({})",
                inner.message
            );
            inner.advice = Some("Try again when there are fewer writers at the same time".into());
        }))
    }

    /// Waits before the next attempt after a write whose outcome is unknown. Returns false after the last attempt.
    pub(super) fn wait_after_unknown(&self, attempt: &mut Attempt) -> Result<bool> {
        if !attempt.next(false) {
            return Ok(false);
        }
        let http = self.store.client.http();
        http.wait_after_conflict(attempt.tries).map(|()| true)
    }
}

/// The state of a change with several attempts.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    /// The revision that was read. `None` if there was no entry.
    base: Option<RevisionId>,
    /// Whether the service rejected the last write because of another one.
    was_rejected: bool,
    /// Whether to read with the first version of the service: it compares with a revision that the second one does not show.
    is_v1: bool,
    tries: u32,
}

impl Attempt {
    /// Counts an attempt. Returns false after the last one.
    fn next(&mut self, was_rejected: bool) -> bool {
        self.was_rejected = was_rejected;
        self.tries = self.tries.saturating_add(1);
        self.tries < MAX_ATTEMPTS
    }
}

/// Whether the service rejected a write because of another one.
pub(super) fn is_conflict(error: &Error) -> bool {
    let is_rejected = error.kind() == ErrorKind::Conflict
        || matches!(error.code(), Some("ABORTED" | "FAILED_PRECONDITION"));
    is_rejected && !error.outcome_unknown()
}
