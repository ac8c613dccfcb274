//! Reads and changes the data stores of a running sandbox, without requests.

use std::fmt;

use serde_json::Value;

use crate::models::{RawJson, UniverseId, UserId};
use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::data_store::entry::{Content, Revision};
use crate::sandbox::state::data_store::{Address, Condition, DataStores, GLOBAL};

impl Sandbox {
    /// Returns a data store of a universe, so that a test can fill it and look at it. It need not exist yet.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use serde_json::json;
    ///
    /// let inventory = sandbox.data_store(13_058, "Inventory");
    /// assert_eq!(inventory.get("player_5"), Some(json!({"coins": 50, "items": ["sword"]})));
    /// inventory.insert("player_5", json!({"coins": 0}));
    /// assert!(inventory.remove("player_6"));
    ///
    /// let pets = inventory.scope("pets");
    /// assert_eq!(pets.keys(), ["player_1"]);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn data_store(&self, universe: impl Into<UniverseId>, name: &str) -> SandboxDataStore<'_> {
        SandboxDataStore {
            sandbox: self,
            universe: universe.into().get(),
            name: name.to_owned(),
            scope: GLOBAL.to_owned(),
        }
    }
}

/// A data store of a sandbox, in one scope. Created by [`Sandbox::data_store`].
///
/// Its methods act at once, without a request, and write new revisions as requests do. On a deleted data store they find
/// and change nothing.
#[derive(Clone)]
pub struct SandboxDataStore<'s> {
    sandbox: &'s Sandbox,
    universe: u64,
    name: String,
    scope: String,
}

impl SandboxDataStore<'_> {
    /// Selects another scope. The default is `global`.
    #[must_use]
    pub fn scope(&self, scope: &str) -> Self {
        Self {
            scope: scope.to_owned(),
            ..self.clone()
        }
    }

    /// Writes an entry without users and attributes.
    pub fn insert(&self, key: &str, value: impl Into<RawJson>) {
        self.insert_with(key, value, Vec::<UserId>::new(), Value::Null);
    }

    /// Writes an entry with users and attributes. The attributes are a JSON object.
    pub fn insert_with<U: Into<UserId>>(
        &self,
        key: &str,
        value: impl Into<RawJson>,
        users: impl IntoIterator<Item = U>,
        attributes: Value,
    ) {
        let content = Content {
            value: value.into(),
            users: users.into_iter().map(|user| user.into().get()).collect(),
            attributes: attributes.is_object().then(|| attributes.into()),
        };
        self.change(|stores, now| {
            let condition = Condition::Always;
            stores
                .write(&self.address(key), content, &condition, now)
                .is_ok()
        });
    }

    /// Deletes an entry. Returns whether it existed.
    #[allow(clippy::must_use_candidate, reason = "it is called for its effect")]
    pub fn remove(&self, key: &str) -> bool {
        self.change(|stores, now| stores.delete(&self.address(key), now).is_ok())
    }

    /// Returns the value of an entry; `None` if the entry does not exist or is deleted.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value> {
        self.get_raw(key)?.parse_as().ok()
    }

    /// Returns the value of an entry exactly as it was written.
    #[must_use]
    pub fn get_raw(&self, key: &str) -> Option<RawJson> {
        self.read(key, |revision| {
            Some(revision.content.as_ref()?.value.clone())
        })
    }

    /// Returns the users of an entry. Empty if it does not exist.
    #[must_use]
    pub fn users(&self, key: &str) -> Vec<UserId> {
        let users = |revision: &Revision| {
            let content = revision.content.as_ref()?;
            Some(content.users.iter().map(|user| (*user).into()).collect())
        };
        self.read(key, users).unwrap_or_default()
    }

    /// Returns the attributes of an entry as a JSON object. Empty if the entry does not exist.
    #[must_use]
    pub fn attributes(&self, key: &str) -> Value {
        let attributes = |revision: &Revision| {
            serde_json::from_str(revision.content.as_ref()?.attributes()).ok()
        };
        let empty = || Value::Object(serde_json::Map::default());
        self.read(key, attributes).unwrap_or_else(empty)
    }

    /// Returns the number of revisions of an entry that are kept, including its deletion.
    #[must_use]
    pub fn revision_count(&self, key: &str) -> usize {
        let state = &mut *self.sandbox.shared.state();
        let now = state.clock.now();
        let stores = state.store.data_stores.get(&self.universe);
        let entry = stores.and_then(|stores| stores.entry(&self.address(key)).ok());
        entry.map_or(0, |entry| entry.kept(now).len())
    }

    /// Returns the keys of the scope in their order, without deleted ones.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let state = &mut *self.sandbox.shared.state();
        let now = state.clock.now();
        let stores = state.store.data_stores.get(&self.universe);
        let store = stores.and_then(|stores| stores.readable(&self.name).ok());
        let keys = store.map(|store| store.keys(&self.scope, "", None));
        let keys = keys.into_iter().flatten();
        keys.filter(|(_, entry)| entry.current(now).is_some())
            .map(|(key, _)| key.to_owned())
            .collect()
    }

    /// Returns the number of entries in the scope, without deleted ones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys().len()
    }

    /// Returns whether the scope has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys().is_empty()
    }

    fn address(&self, key: &str) -> Address {
        Address {
            store: self.name.clone(),
            scope: self.scope.clone(),
            key: key.to_owned(),
        }
    }

    fn read<T>(&self, key: &str, field: impl FnOnce(&Revision) -> Option<T>) -> Option<T> {
        let state = &mut *self.sandbox.shared.state();
        let now = state.clock.now();
        let stores = state.store.data_stores.get(&self.universe)?;
        let entry = stores.entry(&self.address(key)).ok()?;
        field(entry.current(now)?)
    }

    fn change(&self, change: impl FnOnce(&mut DataStores, time::OffsetDateTime) -> bool) -> bool {
        let state = &mut *self.sandbox.shared.state();
        let now = state.clock.now();
        let stores = state.store.data_stores.entry(self.universe).or_default();
        stores.refresh(now);
        change(stores, now)
    }
}

impl fmt::Debug for SandboxDataStore<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxDataStore")
            .field("universe", &self.universe)
            .field("name", &self.name)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
