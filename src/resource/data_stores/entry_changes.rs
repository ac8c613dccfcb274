//! Changes of an entry: set, increment, delete.

use serde::Serialize;

use super::entry::DataStoreEntry;
use super::store::CHANGED;
use super::v1_entry::write;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::serde_helpers::SignedInteger;
use crate::models::{Condition, Entry, Increment, RawJson, SetEntry};

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
.retried_404_is_success();
const DELETE_IN_SCOPE: Endpoint = Endpoint::delete("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}").scopes(&["universe-datastores.objects:delete"])
.user_content(UserContent::None)
.retried_404_is_success();
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

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &UPDATE,
    &UPDATE_IN_SCOPE,
    &DELETE,
    &DELETE_IN_SCOPE,
    &INCREMENT,
    &INCREMENT_IN_SCOPE,
];

impl DataStoreEntry {
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
        let call = call.never_repeat_if(condition != Condition::None);
        Ok(call.send::<Entry<RawJson>>()?.named(self.key()))
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
    /// ([`Error::outcome_unknown`](crate::Error::outcome_unknown)) it is not known whether the amount was added.
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
        Ok(send_number(call)?.named(self.key()))
    }
}

/// Sends a call whose response is an entry with a number.
fn send_number(call: Call) -> Result<Entry<i64>> {
    call.send_with(|received| {
        let entry: Entry<RawJson> = received.json()?;
        let number = received.decode(|_| serde_json::from_str(entry.value.as_str()));
        number.map(|SignedInteger(number)| entry.map(|_| number))
    })
}
