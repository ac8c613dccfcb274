//! The handle for an entry of a data store, and reads of it.

use serde::de::DeserializeOwned;

use super::store::DataStore;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::models::{Entry, EntryId, EntryKey, EntryState, Revision};
use crate::resource::found::found;

const GET: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}",
)
.scopes(&["universe-datastores.objects:read"])
.error_fields_are_data();
const GET_IN_SCOPE: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}").scopes(&["universe-datastores.objects:read"])
.error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &GET_IN_SCOPE];

impl DataStore {
    /// Returns a handle for an entry. Sends no request.
    ///
    /// A key may hold any characters, also `@` and `/`. A key of a list brings its scope with it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{EntryKey, RawJson};
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// store.entry("mail@home").get::<RawJson>()?;
    /// store.entry("clan/7").get::<RawJson>()?;
    /// store.entry(EntryKey::in_scope("pets", "player_1")).get::<RawJson>()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn entry(&self, key: impl Into<EntryKey>) -> DataStoreEntry {
        let (store, id) = self.for_key(key.into());
        DataStoreEntry { store, id }
    }
}

/// A handle for an entry of a data store. Created by [`DataStore::entry`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct DataStoreEntry {
    pub(super) store: DataStore,
    pub(super) id: EntryId,
}

impl DataStoreEntry {
    /// Returns the key, with its scope if one was named. Sends no request.
    #[must_use]
    pub fn key(&self) -> EntryKey {
        let scope = self.store.one_scope().ok().flatten().cloned();
        EntryKey {
            id: self.id.clone(),
            scope,
        }
    }

    /// Returns the entry, with its value as a `T`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::RawJson;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Inventory {
    ///     coins: u64,
    ///     items: Vec<String>,
    /// }
    ///
    /// let entry = client.universe(13_058).data_store("Inventory").entry("player_7");
    /// let inventory = entry.get::<Inventory>()?.value;
    /// assert_eq!((inventory.coins, inventory.items.len()), (70, 1));
    ///
    /// // As it is stored, with every digit and the order of keys:
    /// println!("{}", entry.get::<RawJson>()?.value);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist, or it was deleted; `Decode` if the value is not a `T`; `InvalidInput` if the
    /// key is empty or longer than 50 characters (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:read` · API key only · 1,000,000 requests per minute · stable
    pub fn get<T: DeserializeOwned>(&self) -> Result<Entry<T>> {
        let call = self.call(&GET, &GET_IN_SCOPE)?;
        self.send_entry(if self.id.as_str().contains('@') {
            // Otherwise the text after the last `@` would be taken for a revision.
            call.path_param_revision(self.id.validated(), Ok("latest".to_owned()))
        } else {
            call.path_param_checked(self.id.validated())
        })
    }

    /// Returns the entry, with its value as a `T`. `None` if the entry does not exist, or it was deleted.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use serde_json::Value;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// assert!(store.entry("player_7").find::<Value>()?.is_some());
    /// assert!(store.entry("nobody").find::<Value>()?.is_none());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`get`](Self::get) except `NotFound`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:read` · API key only · 1,000,000 requests per minute · stable
    pub fn find<T: DeserializeOwned>(&self) -> Result<Option<Entry<T>>> {
        found(self.get())
    }

    /// Returns the entry as it was in an earlier revision.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{Revision, SetEntry};
    /// use serde_json::{Value, json};
    ///
    /// let entry = client.universe(13_058).data_store("Inventory").entry("player_7");
    /// let old = entry.get::<Value>()?;
    /// entry.set(SetEntry::new(json!({"coins": 0})).keep(&old))?;
    ///
    /// let earlier = entry.get_at::<Value>(&old.revision_id)?;
    /// assert_eq!(earlier.value["coins"], 70);
    /// let now = entry.get_at::<Value>(Revision::Latest)?;
    /// assert_eq!(now.value["coins"], 0);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the revision does not exist, it marks the entry as deleted, or it is no longer kept.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:read` · API key only · 1,000,000 requests per minute · stable
    pub fn get_at<T: DeserializeOwned>(&self, revision: impl Into<Revision>) -> Result<Entry<T>> {
        let suffix = revision.into().to_suffix();
        let call = self.call(&GET, &GET_IN_SCOPE)?;
        self.send_entry(call.path_param_revision(self.id.validated(), suffix))
    }

    pub(super) fn call(&self, plain: &'static Endpoint, scoped: &'static Endpoint) -> Result<Call> {
        self.store.one_scope()?;
        Ok(self.store.call(plain, scoped))
    }

    /// Starts a call for a list, which returns an error as its only item if all scopes are selected.
    pub(super) fn checked_call(&self, plain: &'static Endpoint, scoped: &'static Endpoint) -> Call {
        let is_valid = self.store.one_scope().map(drop);
        let call = self.store.call(plain, scoped);
        call.map(|request| is_valid.map(|()| request))
    }

    fn send_entry<T: DeserializeOwned>(&self, call: Call) -> Result<Entry<T>> {
        let entry = call.send_with(|received| {
            let entry: Entry<Option<T>> =
                received.decode_value(|text| serde_json::from_str(text))?;
            let is_deleted = entry.state == Some(EntryState::Deleted);
            let mut value = None;
            let entry = entry.map(|found| value = found);
            let value = match value {
                Some(value) => value,
                None if is_deleted => return Err(deleted()),
                None => received.decode_value(|_| serde_json::from_str("null"))?,
            };
            Ok(entry.map(|()| value))
        })?;
        Ok(entry.named(self.key()))
    }
}

/// Returns the error for an entry or a revision without a value.
fn deleted() -> Error {
    let error = Error::new(ErrorKind::NotFound, "the entry was deleted");
    error.map(|inner| inner.code = Some("Deleted".to_owned()))
}
