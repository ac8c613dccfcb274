//! Ordered data stores through the first version of the service.

use super::OrderedDataStore;
use super::store::{EXISTS, send, send_value};
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::{OrderedEntry, OrderedFilter};
use crate::paging::Items;
use crate::resource::found::found;

const LIST: Endpoint = Endpoint::get(
    "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries",
)
.scopes(&["universe.ordered-data-store.scope.entry:read"])
.paginated("entries", 100)
.page_query("max_page_size", "page_token");
const CREATE: Endpoint = Endpoint::post(
    "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.conflict_causes(EXISTS)
.user_content(UserContent::None);
const GET: Endpoint = Endpoint::get(
    "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}",
)
.scopes(&["universe.ordered-data-store.scope.entry:read"]);
const UPDATE: Endpoint = Endpoint::patch(
    "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.conflict_causes("Another request changed the entry at the same time; send it again")
.user_content(UserContent::None);
const INCREMENT: Endpoint = Endpoint::post(
    "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}:increment",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.user_content(UserContent::None);
const DELETE: Endpoint = Endpoint::delete(
    "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.user_content(UserContent::None)
.retried_404_is_success();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &CREATE, &GET, &UPDATE, &INCREMENT, &DELETE];

impl OrderedDataStore {
    /// Returns a handle that uses the first version of the service. The official document recommends the second one.
    /// Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let points = client.universe(13_058).ordered_data_store("Points").v1();
    /// assert_eq!(points.get("player_7")?.value, 70);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn v1(&self) -> OrderedDataStoreV1 {
        OrderedDataStoreV1(self.clone())
    }
}

/// A handle for an ordered data store that uses the first version of the service. Created by [`OrderedDataStore::v1`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct OrderedDataStoreV1(pub(super) OrderedDataStore);

impl OrderedDataStoreV1 {
    /// Lists entries by their values, as [`OrderedDataStore::list`] does.
    ///
    /// # Errors
    /// Those of [`OrderedDataStore::list`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_ListEntries) ·
    /// scope `universe.ordered-data-store.scope.entry:read` · API key only · 500 requests per minute · up to 100 items per page · beta · superseded by `GET /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries`
    pub fn list(&self, filter: OrderedFilter) -> Items<OrderedEntry> {
        let call = self.0.call(&LIST).filter(filter.to_filter_string());
        call.query_opt("order_by", filter.order("desc")).list()
    }

    /// Creates an entry that does not exist yet, as [`OrderedDataStore::create`] does.
    ///
    /// # Errors
    /// Those of [`OrderedDataStore::create`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_CreateEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 500 requests per minute · beta · superseded by `POST /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries`
    pub fn create(&self, id: impl Into<String>, value: i64) -> Result<OrderedEntry> {
        self.0.send_create(&CREATE, &id.into(), value)
    }

    /// Returns an entry.
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist; see [`find`](Self::find).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_GetEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:read` · API key only · 500 requests per minute · beta · superseded by `GET /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}`
    pub fn get(&self, id: impl Into<String>) -> Result<OrderedEntry> {
        let id = id.into();
        send(self.0.entry(&GET, &id), &id)
    }

    /// Returns an entry, or `None` if it does not exist.
    ///
    /// # Errors
    /// Those of [`OrderedDataStore::find`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_GetEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:read` · API key only · 500 requests per minute · beta · superseded by `GET /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}`
    pub fn find(&self, id: impl Into<String>) -> Result<Option<OrderedEntry>> {
        found(self.get(id))
    }

    /// Sets the value of an entry, and creates the entry if it does not exist.
    ///
    /// # Errors
    /// `Conflict` if another request changes the entry at the same time, and those of [`OrderedDataStore::set`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_UpdateEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 500 requests per minute · beta · superseded by `PATCH /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}`
    pub fn set(&self, id: impl Into<String>, value: i64) -> Result<OrderedEntry> {
        self.update(&id.into(), value, true)
    }

    /// Sets the value of an entry that exists.
    ///
    /// # Errors
    /// `Conflict` if another request changes the entry at the same time, and those of
    /// [`OrderedDataStore::set_existing`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_UpdateEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 500 requests per minute · beta · superseded by `PATCH /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}`
    pub fn set_existing(&self, id: impl Into<String>, value: i64) -> Result<OrderedEntry> {
        self.update(&id.into(), value, false)
    }

    /// Adds an amount to the value of an entry, as [`OrderedDataStore::increment`] does. The request is not repeated if
    /// the amount may have been added already.
    ///
    /// # Errors
    /// Those of [`OrderedDataStore::increment`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_IncrementEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 500 requests per minute · beta · superseded by `POST /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}:increment`
    pub fn increment(&self, id: impl Into<String>, amount: i64) -> Result<OrderedEntry> {
        self.0.send_increment(&INCREMENT, &id.into(), amount)
    }

    /// Deletes an entry at once and for good. This version also succeeds if the entry does not exist.
    ///
    /// # Errors
    /// `InvalidInput` if the id is empty or longer than 63 characters (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#OrderedDataStores_DeleteEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 500 requests per minute · beta · superseded by `DELETE /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}`
    pub fn delete(&self, id: impl Into<String>) -> Result<()> {
        self.0.entry(&DELETE, &id.into()).send_no_content()
    }

    fn update(&self, id: &str, value: i64, allow_missing: bool) -> Result<OrderedEntry> {
        let call = self.0.entry(&UPDATE, id);
        let call = call.query("allow_missing", allow_missing);
        send_value(call, id, value)
    }
}
