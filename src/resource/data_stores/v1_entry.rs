//! Entries in the first version of the service.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::store::{CHANGED, DataStore};
use super::v1::DataStoreV1;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, Result};
use crate::models::serde_helpers::SignedInteger;
use crate::models::{
    Condition, Entry, EntryId, EntryKey, EntryTags, EntryVersion, Increment, RawJson, RevisionId,
    SetEntry,
};

const GET: Endpoint = Endpoint::get(
    "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry",
)
.scopes(&["universe-datastores.objects:read"])
.error_fields_are_data()
.no_content_is_not_found()
.response_metadata(ENTRY_METADATA);
const SET: Endpoint = Endpoint::post(
    "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry",
)
.any_scope(&[
    "universe-datastores.objects:update",
    "universe-datastores.objects:create",
    "universe-datastores.control:create",
])
.user_content(UserContent::None)
.conflict_causes(CHANGED)
.idempotent();
const INCREMENT: Endpoint = Endpoint::post(
    "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/increment",
)
.any_scope(&[
    "universe-datastores.objects:update",
    "universe-datastores.objects:create",
    "universe-datastores.control:create",
])
.user_content(UserContent::None)
.error_fields_are_data()
.no_content_is_not_found()
.response_metadata(ENTRY_METADATA);
const DELETE: Endpoint = Endpoint::delete(
    "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry",
)
.scopes(&["universe-datastores.objects:delete"])
.user_content(UserContent::None)
.retried_404_is_success();
const GET_VERSION: Endpoint = Endpoint::get(
    "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/versions/version",
)
.scopes(&["universe-datastores.versions:read"])
.error_fields_are_data()
.no_content_is_not_found()
.response_metadata(ENTRY_METADATA);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &SET, &INCREMENT, &DELETE, &GET_VERSION];

/// Names of the response metadata that describes an entry.
const ENTRY_METADATA: &[&str] = &[
    "roblox-entry-version",
    "roblox-entry-created-time",
    "roblox-entry-version-created-time",
    "roblox-entry-attributes",
    "roblox-entry-userids",
];

impl DataStoreV1 {
    /// Returns an entry, with its value as a `T`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::RawJson;
    ///
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// let entry = store.get::<RawJson>("player_7")?;
    /// println!("{} {:?} {:?}", entry.value, entry.users, entry.attributes);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist; with the code `Deleted` if it was deleted.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_GetEntryAsync) ·
    /// scope `universe-datastores.objects:read` · API key only · 5,000 requests per minute · beta · superseded by `GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn get<T: DeserializeOwned>(&self, key: impl Into<EntryKey>) -> Result<Entry<T>> {
        let key = key.into();
        self.send_entry(self.entry_call(&GET, &key), key)
    }

    /// Sets the value of an entry, with its users and attributes, or creates it. Returns the new version.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{RawJson, SetEntry};
    /// use serde_json::json;
    ///
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// let old = store.get::<RawJson>("player_7")?;
    /// let new = SetEntry::new(json!({"coins": 80})).keep(&old).if_revision(&old.revision_id);
    /// let version = store.set("player_7", new)?;
    /// assert_ne!(version.version, old.revision_id);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **A write without users and attributes clears them.** A request with a condition is not repeated if the entry may
    /// have been written already.
    ///
    /// # Errors
    /// `Conflict` if the condition is not met; `InvalidInput` for [`SetEntry::if_etag`], which this version of the
    /// service does not have, or if two conditions are set (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_SetEntryAsync) ·
    /// scope `universe-datastores.objects:update` or `universe-datastores.objects:create` or `universe-datastores.control:create` · API key only · 5,000 requests per minute · beta · superseded by `PATCH /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn set<T: Serialize>(
        &self,
        key: impl Into<EntryKey>,
        new: SetEntry<T>,
    ) -> Result<EntryVersion> {
        let (store, id) = self.0.for_key(key.into());
        let condition = new.validated_condition()?.clone();
        if matches!(condition, Condition::Etag(_)) {
            return Err(Error::invalid_input(
                "version 1 of data stores does not support etags; use `if_revision` instead",
            ));
        }
        write(&store, &id, &new.value()?, &new.into_tags(), &condition)
    }

    /// Adds to the value of an entry, which must be a whole number, and returns the new value. Creates the entry if it
    /// does not exist.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::Increment;
    ///
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// assert_eq!(store.increment("visits", Increment::by(5))?.value, 5);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **An increment without users and attributes clears them.** It is never repeated if it may have been carried out.
    ///
    /// # Errors
    /// `NotFound` with the code `Deleted` if the service says that the entry is marked as deleted.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_IncrementEntryAsync) ·
    /// scope `universe-datastores.objects:update` or `universe-datastores.objects:create` or `universe-datastores.control:create` · API key only · 5,000 requests per minute · beta · superseded by `POST /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:increment`
    pub fn increment(&self, key: impl Into<EntryKey>, increment: Increment) -> Result<Entry<i64>> {
        let key = key.into();
        let call = self
            .entry_call(&INCREMENT, &key)
            .query("incrementBy", increment.amount())
            .metadata(increment.v1_tags());
        let entry: Entry<SignedInteger> = self.send_entry(call, key)?;
        Ok(entry.map(|number| number.0))
    }

    /// Deletes an entry. Its versions can be read for 30 days.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// store.delete("player_7")?;
    /// let error = store.get::<serde_json::Value>("player_7").unwrap_err();
    /// assert_eq!(error.code(), Some("Deleted"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist. After an attempt whose outcome is unknown, that is a success.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_DeleteEntryAsync) ·
    /// scope `universe-datastores.objects:delete` · API key only · 5,000 requests per minute · beta · superseded by `DELETE /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn delete(&self, key: impl Into<EntryKey>) -> Result<()> {
        self.entry_call(&DELETE, key).send_no_content()
    }

    /// Returns an entry as it was in a version.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{RawJson, VersionFilter};
    ///
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// for version in store.list_versions("player_7", VersionFilter::all()) {
    ///     println!("{}", store.get_version::<RawJson>("player_7", version?.version)?.value);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the version does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_GetEntryVersionAsync) ·
    /// scope `universe-datastores.versions:read` · API key only · 5,000 requests per minute · beta · superseded by `GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}`
    pub fn get_version<T: DeserializeOwned>(
        &self,
        key: impl Into<EntryKey>,
        version: impl Into<RevisionId>,
    ) -> Result<Entry<T>> {
        let (key, version) = (key.into(), version.into());
        let call = self.entry_call(&GET_VERSION, &key);
        let call = call.query_checked("versionId", version.validated().map(Some));
        self.send_entry(call, key)
    }

    fn send_entry<T: DeserializeOwned>(&self, call: Call, key: EntryKey) -> Result<Entry<T>> {
        let (store, id) = self.0.for_key(key);
        let scope = store.one_scope()?.cloned();
        let entry = call.send_with_metadata(|text, metadata| Entry::from_v1(text, metadata))?;
        Ok(entry.named(EntryKey { id, scope }))
    }
}

/// Writes a value under a condition (compare-and-set).
pub(super) fn write(
    store: &DataStore,
    id: &EntryId,
    value: &RawJson,
    tags: &EntryTags,
    condition: &Condition,
) -> Result<EntryVersion> {
    let call = store.v1().entry_call(&SET, id).json(value);
    let call = call.metadata(tags.validated().and_then(EntryTags::v1_metadata));
    let call = call.never_repeat_if(*condition != Condition::None);
    match condition {
        Condition::Revision(revision) => {
            call.query_checked("matchVersion", revision.validated().map(Some))
        }
        Condition::Absent => call.query("exclusiveCreate", true),
        _ => call,
    }
    .send()
}
