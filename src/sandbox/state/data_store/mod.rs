//! The data stores of a universe.

pub(crate) mod entry;

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::saved::default_time;
use crate::sandbox::clock::later;
use entry::{Content, Entry, RETENTION, Revision};

/// The scope of entries without another one.
pub(crate) const GLOBAL: &str = "global";

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct DataStores {
    pub(crate) stores: BTreeMap<String, DataStore>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(crate) last_snapshot: Option<OffsetDateTime>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct DataStore {
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    /// The time at which the data store is removed for good, if it is deleted.
    #[serde(with = "time::serde::rfc3339::option")]
    pub(crate) expires: Option<OffsetDateTime>,
    /// The entries by scope and key.
    scopes: BTreeMap<String, BTreeMap<String, Entry>>,
}

/// The data store, scope and key of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) store: String,
    pub(crate) scope: String,
    pub(crate) key: String,
}

/// A condition of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    Always,
    Exists,
    Absent,
    /// The newest revision has this id.
    Revision(String),
}

/// The reason why a request about data stores is rejected.
#[derive(Debug)]
pub(crate) enum Problem {
    NoStore,
    StoreDeleted,
    NoEntry,
    NoRevision,
    /// The entry exists, in this revision.
    Exists(Box<Revision>),
    /// The newest revision is another one.
    OtherRevision(Option<Box<Revision>>),
    Invalid(String),
}

impl DataStores {
    /// Completes loaded data stores.
    pub(super) fn complete(&mut self) {
        let scopes = self
            .stores
            .values_mut()
            .flat_map(|store| store.scopes.values_mut());
        scopes
            .flat_map(BTreeMap::values_mut)
            .for_each(Entry::complete);
    }

    /// Removes the deleted data stores whose retention is over.
    pub(crate) fn refresh(&mut self, now: OffsetDateTime) {
        let is_kept = |store: &DataStore| store.expires.is_none_or(|expires| expires > now);
        self.stores.retain(|_, store| is_kept(store));
    }

    /// Returns the data stores whose names start with the prefix, after a name or from the first one.
    pub(crate) fn list(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&String, &DataStore)> {
        self.stores
            .iter()
            .filter(move |(name, _)| after.is_none_or(|after| name.as_str() > after))
            .filter(move |(name, _)| name.starts_with(prefix))
    }

    /// Returns a data store whose entries can be used.
    pub(crate) fn readable(&self, name: &str) -> Result<&DataStore, Problem> {
        let store = self.stores.get(name).ok_or(Problem::NoStore)?;
        let is_deleted = store.expires.is_some();
        (!is_deleted).then_some(store).ok_or(Problem::StoreDeleted)
    }

    pub(crate) fn entry(&self, address: &Address) -> Result<&Entry, Problem> {
        let store = self.readable(&address.store)?;
        let keys = store.scopes.get(&address.scope);
        let entry = keys.and_then(|keys| keys.get(&address.key));
        entry.ok_or(Problem::NoEntry)
    }

    /// Writes an entry, and creates what is missing. Returns the new revision.
    pub(crate) fn write(
        &mut self,
        address: &Address,
        content: Content,
        condition: &Condition,
        now: OffsetDateTime,
    ) -> Result<&Revision, Problem> {
        let latest = match self.entry(address) {
            Ok(entry) => entry.latest(now),
            Err(Problem::NoStore | Problem::NoEntry) => None,
            Err(problem) => return Err(problem),
        };
        let current = latest.filter(|latest| latest.content.is_some());
        match (condition, current, latest) {
            (Condition::Exists, None, _) => return Err(Problem::NoEntry),
            (Condition::Absent, Some(current), _) => {
                return Err(Problem::Exists(Box::new(current.clone())));
            }
            (Condition::Revision(id), _, latest) if latest.is_none_or(|it| it.id != *id) => {
                return Err(Problem::OtherRevision(latest.cloned().map(Box::new)));
            }
            _ => {}
        }
        let entry = self.entry_or_new(address, now);
        entry.write(Some(content), now);
        entry.latest(now).ok_or(Problem::NoEntry)
    }

    /// Deletes an entry by adding a revision without content.
    pub(crate) fn delete(&mut self, address: &Address, now: OffsetDateTime) -> Result<(), Problem> {
        let current = self.entry(address)?.current(now);
        current.ok_or(Problem::NoEntry)?;
        self.entry_or_new(address, now).write(None, now);
        Ok(())
    }

    fn entry_or_new(&mut self, address: &Address, now: OffsetDateTime) -> &mut Entry {
        let store = self.stores.entry(address.store.clone());
        let store = store.or_insert_with(|| DataStore::new(now));
        let keys = store.scopes.entry(address.scope.clone()).or_default();
        keys.entry(address.key.clone()).or_default()
    }
}

impl DataStore {
    fn new(now: OffsetDateTime) -> Self {
        Self {
            created: now,
            expires: None,
            scopes: BTreeMap::new(),
        }
    }

    /// Deletes the data store; its entries stay until the time is over.
    pub(crate) fn delete(&mut self, now: OffsetDateTime) {
        self.expires.get_or_insert(later(now, RETENTION));
    }

    /// Returns the entries of a scope whose keys start with the prefix, after a key or from the first one.
    pub(crate) fn keys<'s>(
        &'s self,
        scope: &str,
        prefix: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&'s str, &'s Entry)> + use<'s> {
        let start = match after {
            Some(after) => Bound::Excluded(after.to_owned()),
            None => Bound::Included(prefix.to_owned()),
        };
        let prefix = prefix.to_owned();
        let keys = self.scopes.get(scope).into_iter();
        keys.flat_map(move |keys| keys.range((start.clone(), Bound::Unbounded)))
            .map(|(key, entry)| (key.as_str(), entry))
            .take_while(move |(key, _)| key.starts_with(&prefix))
    }

    /// Returns the names of the scopes, from this one on.
    pub(crate) fn scopes<'s>(&'s self, from: &str) -> impl Iterator<Item = &'s str> + use<'s> {
        let range = (Bound::Included(from.to_owned()), Bound::Unbounded);
        let scopes = self.scopes.range::<String, _>(range);
        scopes.map(|(scope, _)| scope.as_str())
    }
}

impl Default for DataStore {
    fn default() -> Self {
        Self::new(default_time())
    }
}
