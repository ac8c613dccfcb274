//! The handle for an entry of a data store.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::store::{CHANGED, DataStore};
use super::v1_entry::write;
use crate::call::Call;
use crate::endpoint::{Endpoint, Repeat, UserContent};
use crate::error::{Error, ErrorKind, Result};
use crate::models::serde_helpers::SignedInteger;
use crate::models::{
    Condition, Entry, EntryId, EntryKey, EntryRevision, EntryState, Increment, RawJson, Revision,
    RevisionFilter, SetEntry,
};
use crate::paging::Items;
use crate::resource::found::found;

const GET: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}",
)
.scopes(&["universe-datastores.objects:read"])
.error_fields_are_data();
const GET_IN_SCOPE: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}").scopes(&["universe-datastores.objects:read"])
.error_fields_are_data();
const UPDATE: Endpoint = Endpoint::patch(
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}",
)
.scopes(&["universe-datastores.objects:update"])
.user_content(UserContent::None)
.error_fields_are_data()
.conflict_causes(CHANGED);
const UPDATE_IN_SCOPE: Endpoint = Endpoint::patch("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}").scopes(&["universe-datastores.objects:update"])
.user_content(UserContent::None)
.error_fields_are_data()
.conflict_causes(CHANGED);
const DELETE: Endpoint = Endpoint::delete(
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}",
)
.scopes(&["universe-datastores.objects:delete"])
.user_content(UserContent::None)
.gone_is_done();
const DELETE_IN_SCOPE: Endpoint = Endpoint::delete("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}").scopes(&["universe-datastores.objects:delete"])
.user_content(UserContent::None)
.gone_is_done();
const INCREMENT: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:increment",
)
.scopes(&[
    "universe-datastores.objects:create",
    "universe-datastores.objects:update",
])
.user_content(UserContent::None)
.error_fields_are_data();
const INCREMENT_IN_SCOPE: Endpoint = Endpoint::post("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}:increment").scopes(&["universe-datastores.objects:create", "universe-datastores.objects:update"])
.user_content(UserContent::None)
.error_fields_are_data();
const LIST_REVISIONS: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:listRevisions").scopes(&["universe-datastores.versions:list"])
.paginated("dataStoreEntries", 100);
const LIST_REVISIONS_IN_SCOPE: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}:listRevisions").scopes(&["universe-datastores.versions:list"])
.paginated("dataStoreEntries", 100);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &GET,
    &GET_IN_SCOPE,
    &UPDATE,
    &UPDATE_IN_SCOPE,
    &DELETE,
    &DELETE_IN_SCOPE,
    &INCREMENT,
    &INCREMENT_IN_SCOPE,
    &LIST_REVISIONS,
    &LIST_REVISIONS_IN_SCOPE,
];

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
        let (store, id) = self.of_key(key.into());
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

    /// Sets the value of the entry, with its users and attributes, and returns the new revision.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::SetEntry;
    /// use serde_json::{Value, json};
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// let entry = store.entry("player_7");
    /// let old = entry.get::<Value>()?;
    /// let new = entry.set(SetEntry::new(json!({"coins": 80})).keep(&old))?;
    /// assert_eq!(new.attributes["level"], 7);
    ///
    /// // An entry that may not exist yet:
    /// store.entry("player_1001").set(SetEntry::new(json!({"coins": 0})).users([1001]).or_create())?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **A write without users and attributes clears them.** [`SetEntry::keep`] keeps those of an entry that was read.
    /// Changes between that read and this write are lost; [`update`](Self::update) loses nothing.
    ///
    /// Without a condition, or with an etag, it is one request of the second version of the service. With
    /// [`if_revision`](SetEntry::if_revision) or [`if_absent`](SetEntry::if_absent) it is one request of the first
    /// version, the only one that documents such conditions. A request with a condition is not repeated if the entry may
    /// have been written already.
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist, unless it is [created](SetEntry::or_create); `Conflict` if the condition is
    /// not met; `InvalidInput` if two conditions are set, an etag is empty, or the value cannot be written as JSON (before
    /// anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UpdateDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UpdateDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:update` · API key only · 1,000,000 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_SetEntryAsync) ·
    /// scope `universe-datastores.objects:update` or `universe-datastores.objects:create` or `universe-datastores.control:create` · API key only · 5,000 requests per minute · beta · superseded by `PATCH /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn set<T: Serialize>(&self, new: SetEntry<T>) -> Result<Entry<RawJson>> {
        let condition = new.validated_condition()?.clone();
        if matches!(condition, Condition::Revision(_) | Condition::Absent) {
            let (value, tags) = (new.value()?, new.into_tags());
            let version = write(&self.store, &self.id, &value, &tags, &condition)?;
            return Ok(Entry::written(value, self.key(), version, tags));
        }
        let call = self
            .call(&UPDATE, &UPDATE_IN_SCOPE)?
            .path_param_checked(self.id.validated())
            .query_opt("allowMissing", new.creates().then_some(true))
            .json_checked(new.body());
        let is_conditional = condition != Condition::None;
        let entry: Entry<RawJson> = if is_conditional {
            call.at_most(Repeat::Never).send()?
        } else {
            call.send()?
        };
        Ok(entry.named(self.key()))
    }

    /// Deletes the entry. Its revisions can be read for 30 days; [`roll_back`](Self::roll_back) undoes the deletion.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let entry = client.universe(13_058).data_store("Inventory").entry("player_7");
    /// entry.delete()?;
    /// assert!(entry.find::<serde_json::Value>()?.is_none());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist. After an attempt whose outcome is unknown, that is a success.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_DeleteDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_DeleteDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:delete` · API key only · 1,000,000 requests per minute · stable
    pub fn delete(&self) -> Result<()> {
        let call = self.call(&DELETE, &DELETE_IN_SCOPE)?;
        call.path_param_checked(self.id.validated())
            .send_no_content()
    }

    /// Adds to the value of the entry, which must be a whole number, and returns the new value. Creates the entry if it
    /// does not exist.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::Increment;
    ///
    /// let visits = client.universe(13_058).data_store("Inventory").entry("visits");
    /// assert_eq!(visits.increment(Increment::by(5))?.value, 5);
    /// assert_eq!(visits.increment(Increment::by(-2))?.value, 3);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **An increment without users and attributes clears them**, as a write does.
    ///
    /// It is one request, which is never repeated if it may have been carried out: after such an error
    /// ([`Error::outcome_unknown`]) it is not known whether the amount was added.
    /// [`increment_once`](Self::increment_once) finds out. The service may add beyond the range of integers that it
    /// accepts, and return a smaller value than it keeps.
    ///
    /// # Errors
    /// `BadRequest` if the value is not a whole number.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_IncrementDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_IncrementDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scopes `universe-datastores.objects:create`, `universe-datastores.objects:update` · API key only · 1,000,000 requests per minute · stable
    pub fn increment(&self, increment: Increment) -> Result<Entry<i64>> {
        let call = self
            .call(&INCREMENT, &INCREMENT_IN_SCOPE)?
            .path_param_checked(self.id.validated())
            .json_checked(increment.body());
        let entry: Entry<SignedInteger> = call.send()?;
        Ok(entry.map(|number| number.0).named(self.key()))
    }

    /// Lists the revisions of the entry that are kept, without their values: the newest first.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{RawJson, RevisionFilter};
    ///
    /// let entry = client.universe(13_058).data_store("Inventory").entry("player_7");
    /// for revision in entry.list_revisions(RevisionFilter::all()).limit(5) {
    ///     let revision = revision?;
    ///     println!("{:?}: {}", revision.revision_create_time, entry.get_at::<RawJson>(&revision)?.value);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Revisions are kept for 30 days after the next one was written. The service documents that it may keep only the
    /// last one of each hour, unless there was a [snapshot](crate::resource::Universe::snapshot_data_stores).
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListDataStoreEntryRevisions__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListDataStoreEntryRevisions__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.versions:list` · API key only · 1,000,000 requests per minute · up to 100 items per page · stable
    pub fn list_revisions(&self, filter: RevisionFilter) -> Items<EntryRevision> {
        let call = self.checked_call(&LIST_REVISIONS, &LIST_REVISIONS_IN_SCOPE);
        call.path_param_checked(self.id.validated())
            .filter(filter.to_filter_string())
            .list()
    }

    /// Makes an earlier revision the newest one: writes its value, users and attributes again. Also undoes a
    /// deletion.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::SetEntry;
    /// use serde_json::{Value, json};
    ///
    /// let entry = client.universe(13_058).data_store("Inventory").entry("player_7");
    /// let good = entry.get::<Value>()?;
    /// entry.set(SetEntry::new(json!({"coins": -1})))?;
    ///
    /// let restored = entry.roll_back(&good.revision_id)?;
    /// assert_eq!(restored.users, [7.into()]);
    /// assert_eq!(entry.get::<Value>()?.value, good.value);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The value keeps its text. A game server that has the old value in memory overwrites it again; make sure that the
    /// player has left.
    ///
    /// # Errors
    /// Those of [`get_at`](Self::get_at) and [`set`](Self::set).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UpdateDataStoreEntry__Using_Universes_DataStores), [also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UpdateDataStoreEntry__Using_Universes_DataStores_Scopes) ·
    /// scope `universe-datastores.objects:update` · API key only · 1,000,000 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_SetEntryAsync) ·
    /// scope `universe-datastores.objects:update` or `universe-datastores.objects:create` or `universe-datastores.control:create` · API key only · 5,000 requests per minute · beta · superseded by `PATCH /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn roll_back(&self, revision: impl Into<Revision>) -> Result<Entry<RawJson>> {
        let earlier = self.get_at::<RawJson>(revision)?;
        self.set(SetEntry::new(&earlier.value).keep(&earlier).or_create())
    }

    fn call(&self, plain: &'static Endpoint, scoped: &'static Endpoint) -> Result<Call> {
        self.store.one_scope()?;
        Ok(self.store.call(plain, scoped))
    }

    /// Starts a call for a list, whose items include the error of an invalid key.
    fn checked_call(&self, plain: &'static Endpoint, scoped: &'static Endpoint) -> Call {
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
