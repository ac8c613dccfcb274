//! The data stores of a universe, their snapshots, and the entries of a data store.

use super::entries::Entries;
use super::store::DataStore;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::{
    self, DataStoreFilter, Entry, EntryFilter, EntryKey, NewEntry, RawJson, Snapshot,
};
use crate::paging::Items;
use crate::resource::Universe;

const LIST_STORES: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores")
    .scopes(&["universe-datastores.control:list"])
    .paginated("dataStores", 100);
const SNAPSHOT: Endpoint = Endpoint::post("/cloud/v2/universes/{universe_id}/data-stores:snapshot")
    .scopes(&["universe-datastores.control:snapshot"])
    .user_content(UserContent::None)
    .idempotent();
const LIST: Endpoint =
    Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries")
        .scopes(&["universe-datastores.objects:list"])
        .paginated("dataStoreEntries", 256);
const LIST_IN_SCOPE: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries",
)
.scopes(&["universe-datastores.objects:list"])
.paginated("dataStoreEntries", 256);
const CREATE: Endpoint =
    Endpoint::post("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries")
        .scopes(&["universe-datastores.objects:create"])
        .user_content(UserContent::None)
        .error_fields_are_data()
        .conflict_causes(EXISTS);
const CREATE_IN_SCOPE: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries",
)
.scopes(&["universe-datastores.objects:create"])
.user_content(UserContent::None)
.error_fields_are_data()
.conflict_causes(EXISTS);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &LIST_STORES,
    &SNAPSHOT,
    &LIST,
    &LIST_IN_SCOPE,
    &CREATE,
    &CREATE_IN_SCOPE,
];

/// The advice if the entry exists already.
const EXISTS: &str = "Use `set` or `update` to change it";

impl Universe {
    /// Lists the data stores of the universe.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::DataStoreFilter;
    ///
    /// for store in client.universe(13_058).list_data_stores(DataStoreFilter::all()) {
    ///     println!("{}", store?.id);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListDataStores) ·
    /// scope `universe-datastores.control:list` · API key only · 1,000,000 requests per minute · up to 100 items per page · stable
    pub fn list_data_stores(&self, filter: DataStoreFilter) -> Items<models::DataStore> {
        let (prefix, deleted) = filter.params();
        let call = self.call(&LIST_STORES).filter(prefix);
        call.query_opt("showDeleted", deleted).list()
    }

    /// Takes a snapshot of all data stores: their current values stay readable as revisions for at least 30 days. Do so
    /// before an update of the experience that changes how it stores data.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let snapshot = client.universe(13_058).snapshot_data_stores()?;
    /// println!("latest snapshot: {:?}", snapshot.latest_snapshot_time);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The service takes one snapshot per UTC day. A second call on the same day returns the time of the first snapshot.
    ///
    /// # Errors
    /// `NotFound` if the universe does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_SnapshotDataStores) ·
    /// scope `universe-datastores.control:snapshot` · API key only · 60 requests per minute · stable
    pub fn snapshot_data_stores(&self) -> Result<Snapshot> {
        let nothing = serde_json::Map::new();
        self.call(&SNAPSHOT).json(&nothing).send()
    }
}

impl DataStore {
    /// Lists the keys of the entries.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::EntryFilter;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// let keys = store.list_entries(EntryFilter::all().prefix("player_")).limit(3);
    /// let keys: Vec<_> = keys.collect::<Result<_, _>>()?;
    /// assert_eq!(keys.len(), 3);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// [`entries`](Self::entries) also reads their values.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListDataStoreEntries__Using_Universes), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListDataStoreEntries__Using_Universes_DataStores) ·
    /// scope `universe-datastores.objects:list` · API key only · 1,000,000 requests per minute · up to 256 items per page · stable
    pub fn list_entries(&self, filter: EntryFilter) -> Items<EntryKey> {
        let (prefix, deleted) = filter.params();
        let call = self.call(&LIST, &LIST_IN_SCOPE).filter(prefix);
        call.query_opt("showDeleted", deleted).list()
    }

    /// Reads all entries, one after another: lists their keys, and gets each when it is needed.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::EntryFilter;
    /// use serde_json::Value;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// let mut coins = 0;
    /// for entry in store.entries::<Value>().matching(EntryFilter::all().prefix("player_29")) {
    ///     let (_, entry) = entry?;
    ///     coins += entry.value["coins"].as_u64().unwrap_or(0);
    /// }
    /// # assert_eq!(coins, 290 + (2900..=2990).step_by(10).sum::<u64>());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Entries that vanish between the list and their turn are [counted](Entries::vanished) and skipped.
    ///
    /// # Errors
    /// Each item may be an error: one about a single entry, such as a value that is not a `T`
    /// ([`Error::is_item`](crate::Error::is_item)), costs that entry, any other ends the list.
    ///
    pub fn entries<T>(&self) -> Entries<T> {
        Entries::new(self.clone())
    }

    /// Creates an entry.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::ErrorKind;
    /// use rblx_open_cloud::models::NewEntry;
    /// use serde_json::json;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// let new = NewEntry::new(json!({"coins": 0})).users([1001]);
    /// store.create("player_1001", new.clone())?;
    /// assert_eq!(store.create("player_1001", new).unwrap_err().kind(), ErrorKind::Conflict);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the entry may have been created already.
    ///
    /// # Errors
    /// `Conflict` if the entry exists; `InvalidInput` if the key is empty or longer than 50 characters (before anything is
    /// sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_CreateDataStoreEntry__Using_Universes), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_CreateDataStoreEntry__Using_Universes_DataStores) ·
    /// scope `universe-datastores.objects:create` · API key only · 1,000,000 requests per minute · stable
    pub fn create<T: serde::Serialize>(
        &self,
        key: impl Into<EntryKey>,
        new: NewEntry<T>,
    ) -> Result<Entry<RawJson>> {
        let (store, id) = self.for_key(key.into());
        let scope = store.one_scope()?.cloned();
        let call = store
            .call(&CREATE, &CREATE_IN_SCOPE)
            .query_checked("id", id.validated().map(Some))
            .json_checked(new.body());
        let entry: Entry<RawJson> = call.send()?;
        Ok(entry.named(EntryKey { id, scope }))
    }
}
