//! Increments that are carried out exactly once.

use time::OffsetDateTime;

use super::entry::DataStoreEntry;
use super::update::{Attempt, is_conflict};
use crate::error::{Error, ErrorKind, Result};
use crate::models::serde_helpers::SignedInteger;
use crate::models::{
    Entry, EntryRevision, EntryState, EntryTags, ONCE, RawJson, RevisionFilter, RevisionId,
};
use crate::resource::found::found;

impl DataStoreEntry {
    /// Adds to the value of the entry, which must be a whole number, exactly once, even if responses are lost. Creates
    /// the entry if it does not exist. Users and attributes are kept.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let coins = client.universe(13_058).data_store("Coins").entry("player_7");
    /// assert_eq!(coins.increment_once(100, "receipt 4711")?.value, 100);
    /// assert_eq!(coins.increment_once(-30, "receipt 4712")?.value, 70);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// It reads, adds, and writes only if no other writer did so in between, as [`update`](Self::update) does, with the marker
    /// in the attribute `_once` of the new revision. If the outcome of the write is unknown, it looks for the marker in the
    /// revision that follows the one it read: no other revision can be the result of its write. So it takes two to four requests,
    /// while [`increment`](Self::increment) takes one, and needs the permissions to read and to list revisions.
    ///
    /// Use a different marker for each increment, such as the number of a receipt. The call looks only for its own writes:
    /// a later call with the same marker adds again.
    ///
    /// # Errors
    /// `Conflict` if other writers got ahead 8 times; `Decode` if the value is not a whole number; `InvalidInput` if the
    /// marker is empty or the sum is out of range. If the outcome of a write stays unknown, its error is returned, and
    /// [`Error::outcome_unknown`] is true.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:read` · API key only · 1,000,000 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListDataStoreEntryRevisions__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListDataStoreEntryRevisions__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.versions:list` · API key only · 1,000,000 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_SetEntryAsync) ·
    /// scope `universe-datastores.objects:update` or `universe-datastores.objects:create` or `universe-datastores.control:create` · API key only · 5,000 requests per minute · beta · superseded by `PATCH /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn increment_once(&self, amount: i64, marker: impl Into<String>) -> Result<Entry<i64>> {
        let marker = marker.into();
        if marker.is_empty() {
            return Err(Error::invalid_input("a marker cannot be empty"));
        }
        let mut pending = None;
        let result = self.add_once(amount, &marker, &mut pending);
        match (result, pending) {
            (Err(error), Some(write)) if !error.outcome_unknown() => {
                Err(still_unknown(write.error, &error))
            }
            (result, _) => result,
        }
    }

    /// Tries to add until a write succeeds. After an error, the write in `pending` may still be carried out.
    fn add_once(
        &self,
        amount: i64,
        marker: &str,
        pending: &mut Option<PendingWrite>,
    ) -> Result<Entry<i64>> {
        let mut attempt = Attempt::default();
        loop {
            let old: Option<Entry<RawJson>> = self.read_base(&mut attempt)?;
            let base = match &old {
                Some(old) => Base::from_entry(old),
                None => match self.base_of_missing_entry()? {
                    Ok(base) => base,
                    Err(created) => {
                        self.after_conflict(&mut attempt, created)?;
                        continue;
                    }
                },
            };
            // Only one of two writes on the same base succeeds, so a pending write does no harm while the base is the same.
            let has_moved = |write: &PendingWrite| write.base.revision != base.revision;
            if pending.as_ref().is_some_and(has_moved) {
                if let Some(entry) = self.resolve_pending(pending, marker)? {
                    return Ok(entry);
                }
                if pending.is_some() {
                    self.after_unknown(&mut attempt, pending)?;
                    continue;
                }
            }
            let mut tags = EntryTags::default();
            if let Some(old) = &old {
                tags.keep(old);
            }
            tags.attribute(ONCE.to_owned(), &marker);
            let before = old.map_or(Ok(0), |old| number(&old.value))?;
            let value = sum(before, amount)?;
            match self.write_on_base(&attempt, &value, &tags) {
                Ok(version) => return Ok(Entry::written(value, self.key(), version, tags)),
                Err(error) if is_conflict(&error) => {
                    if let Some(entry) = self.resolve_pending(pending, marker)? {
                        return Ok(entry);
                    }
                    self.after_conflict(&mut attempt, error)?;
                }
                Err(error) if error.outcome_unknown() => {
                    *pending = Some(PendingWrite { base, error });
                    if let Some(entry) = self.resolve_pending(pending, marker)? {
                        return Ok(entry);
                    }
                    self.after_unknown(&mut attempt, pending)?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits before the next attempt. After the last one, returns the error of the write that may still be pending.
    fn after_unknown(
        &self,
        attempt: &mut Attempt,
        pending: &mut Option<PendingWrite>,
    ) -> Result<()> {
        if self.wait_after_unknown(attempt)? {
            return Ok(());
        }
        pending.take().map_or(Ok(()), |write| Err(write.error))
    }

    /// Returns the entry if the pending write was carried out. Otherwise the write stays pending, unless it can no longer
    /// be carried out.
    fn resolve_pending(
        &self,
        pending: &mut Option<PendingWrite>,
        marker: &str,
    ) -> Result<Option<Entry<i64>>> {
        let Some(write) = &*pending else {
            return Ok(None);
        };
        let Some(next) = self.next_revision(&write.base)? else {
            return Ok(None);
        };
        let entry = self.entry_with_marker(&write.base, &next, marker)?;
        *pending = None;
        Ok(entry)
    }

    /// Returns the base for creating an entry: the revision that marks its deletion, or no revision. An error if the entry
    /// was created in the meantime.
    fn base_of_missing_entry(&self) -> Result<Result<Base, Error>> {
        let newest = self.list_revisions(RevisionFilter::all()).limit(1).next();
        let newest = found(newest.transpose())?.flatten();
        Ok(match newest {
            Some(newest) if newest.state != Some(EntryState::Deleted) => Err(Error::new(
                ErrorKind::Conflict,
                "the entry was created in the meantime",
            )),
            newest => Ok(Base {
                revision: newest.as_ref().map(|newest| newest.revision_id.clone()),
                time: newest.and_then(|newest| newest.revision_create_time),
            }),
        })
    }

    /// Returns the entry if `next`, the revision after the base, has this marker; `None` if another writer wrote it.
    /// Only one write on the base can have succeeded.
    fn entry_with_marker(
        &self,
        base: &Base,
        next: &EntryRevision,
        marker: &str,
    ) -> Result<Option<Entry<i64>>> {
        if next.state != Some(EntryState::Deleted)
            && let Some(entry) = found(self.get_at::<RawJson>(next))?
            && entry.attributes.get(ONCE).and_then(|once| once.as_str()) == Some(marker)
        {
            let value = number(&entry.value)?;
            return Ok(Some(entry.map(|_| value)));
        }
        if base.is_directly_before(next) {
            Ok(None)
        } else {
            Err(dropped_revision())
        }
    }

    /// Returns the revision that follows the base.
    fn next_revision(&self, base: &Base) -> Result<Option<EntryRevision>> {
        let filter = match base.time {
            Some(time) => RevisionFilter::all().since(time),
            None => RevisionFilter::all(),
        };
        let mut following: Option<EntryRevision> = None;
        for revision in self.list_revisions(filter) {
            let revision = match (found(revision)?, &base.revision) {
                (Some(revision), _) => revision,
                // The entry still does not exist.
                (None, None) => break,
                (None, Some(_)) => return Err(dropped_revision()),
            };
            let is_base = base.revision.as_ref() == Some(&revision.revision_id);
            if is_base && following.is_some() {
                // The newest revisions come first.
                break;
            }
            let is_first = |known: &EntryRevision| sort_key(&revision) < sort_key(known);
            if !is_base && base.is_older(&revision) && following.as_ref().is_none_or(is_first) {
                following = Some(revision);
            }
        }
        Ok(following)
    }
}

/// A write whose outcome is unknown: it may still arrive.
struct PendingWrite {
    base: Base,
    error: Error,
}

/// The revision that a write replaces. It has no id if the entry never existed.
struct Base {
    revision: Option<RevisionId>,
    time: Option<OffsetDateTime>,
}

impl Base {
    fn from_entry<T>(entry: &Entry<T>) -> Self {
        Self {
            revision: Some(entry.revision_id.clone()),
            time: entry.revision_create_time,
        }
    }

    /// Whether a revision is newer.
    fn is_older(&self, other: &EntryRevision) -> bool {
        let Some(revision) = &self.revision else {
            return true;
        };
        (self.time, revision) < sort_key(other)
    }

    /// Whether no revision can have been between the base and this one, judging by their ids: the service documents that it
    /// may drop revisions of the same hour.
    fn is_directly_before(&self, next: &EntryRevision) -> bool {
        let number = |revision: &RevisionId| {
            let mut parts = revision.as_str().split('.');
            let (entry, number) = (parts.next()?.to_owned(), parts.next()?);
            let is_known = parts.count() == 2;
            is_known.then(|| (entry, number.to_owned()))
        };
        let Some((entry, number_of_next)) = number(&next.revision_id) else {
            return true;
        };
        let follows = |before: &str| {
            // Whether the numbers are decimal is not documented.
            [10, 16].iter().any(|radix| {
                let number = |text| u64::from_str_radix(text, *radix).ok();
                let before = number(before).and_then(|before| before.checked_add(1));
                before.is_some() && before == number(&number_of_next)
            })
        };
        match self.revision.as_ref().map(number) {
            Some(Some((same, before))) if same == entry => follows(&before),
            Some(_) => true,
            None => follows("0"),
        }
    }
}

/// Returns the sort key of a revision: an older one has a smaller key.
fn sort_key(revision: &EntryRevision) -> (Option<OffsetDateTime>, &RevisionId) {
    (revision.revision_create_time, &revision.revision_id)
}

fn dropped_revision() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "the service no longer keeps the revision that followed",
    )
}

/// Returns the number that is the value of an entry.
fn number(value: &RawJson) -> Result<i64> {
    let number = serde_json::from_str(value.as_str());
    number.map(|SignedInteger(number)| number).map_err(|error| {
        let message = format!("the value of the entry is not a whole number: {error}");
        Error::new(ErrorKind::Decode, message)
            .with_advice("Write a whole number to the entry, or change it with `update`")
            .with_source(error)
    })
}

fn sum(value: i64, amount: i64) -> Result<i64> {
    let out_of_range = || Error::invalid_input(format!("{value} plus {amount} is out of range"));
    value.checked_add(amount).ok_or_else(out_of_range)
}

fn still_unknown(error: Error, why: &Error) -> Error {
    error.map(|inner| {
        inner.message = format!(
            "{}; it is not known whether the amount was added ({why}): look at the revisions of the entry",
            inner.message
        );
    })
}
