//! The handle for an ordered data store.

use serde_json::json;

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::names::validated_name;
use crate::models::{
    GLOBAL_SCOPE, MAX_ORDERED_ID, MAX_STORE_NAME, OrderedEntry, OrderedEntryWire, OrderedFilter,
    UniverseId,
};
use crate::paging::Items;
use crate::resource::Universe;
use crate::resource::found::found;

const LIST: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries",
)
.scopes(&["universe.ordered-data-store.scope.entry:read"])
.paginated("orderedDataStoreEntries", 100);
const CREATE: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.conflict_causes(EXISTS)
.user_content(UserContent::None);
const GET: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}",
)
.scopes(&["universe.ordered-data-store.scope.entry:read"]);
const UPDATE: Endpoint = Endpoint::patch(
    "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.user_content(UserContent::None);
const INCREMENT: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}:increment",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.user_content(UserContent::None);
const DELETE: Endpoint = Endpoint::delete(
    "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}",
)
.scopes(&["universe.ordered-data-store.scope.entry:write"])
.user_content(UserContent::None)
.retried_404_is_success();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &CREATE, &GET, &UPDATE, &INCREMENT, &DELETE];

/// The advice if the entry exists already.
pub(super) const EXISTS: &str = "Use `set` to replace its value";

impl Universe {
    /// Returns a handle for an ordered data store, in the scope `global`. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// println!("{}", points.get("player_7")?.value);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn ordered_data_store(&self, name: impl Into<String>) -> OrderedDataStore {
        OrderedDataStore {
            client: self.client.clone(),
            universe: self.id,
            name: name.into(),
            scope: GLOBAL_SCOPE.to_owned(),
        }
    }
}

/// A handle for an ordered data store, whose values are integers. Created by [`Universe::ordered_data_store`].
///
/// The service documents values as floating-point numbers: only those up to 2^53 are certain to be kept exactly.
#[doc(alias = "leaderboard")]
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct OrderedDataStore {
    client: Client,
    universe: UniverseId,
    name: String,
    scope: String,
}

impl OrderedDataStore {
    /// Returns the name of the store. Sends no request.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Selects a scope. Without it the store is used in the scope `global`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let weekly = client.universe(13_058).ordered_data_store("Points").scope("week_32");
    /// weekly.set("player_156", 40)?;
    /// # assert_eq!(weekly.get("player_156")?.value, 40);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Lists entries by their values, the smallest first unless the filter says otherwise.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::OrderedFilter;
    ///
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// for entry in points.list(OrderedFilter::all().descending()).limit(10) {
    ///     let entry = entry?;
    ///     println!("{}: {}", entry.id, entry.value);
    /// }
    /// # assert_eq!(points.list(OrderedFilter::all().at_least(0).at_most(30)).count(), 3);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Entries that change while the list is read may be listed twice or not at all.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListOrderedDataStoreEntries) ·
    /// scope `universe.ordered-data-store.scope.entry:read` · API key only · 1,000,000 requests per minute · up to 100 items per page · stable
    pub fn list(&self, filter: OrderedFilter) -> Items<OrderedEntry> {
        let call = self.call(&LIST).filter(filter.to_filter_string());
        call.query_opt("orderBy", filter.order("value desc")).list()
    }

    /// Creates an entry that does not exist yet.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::ErrorKind;
    ///
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// points.create("player_500", 5)?;
    /// assert_eq!(points.create("player_500", 6).unwrap_err().kind(), ErrorKind::Conflict);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the entry may have been created already.
    ///
    /// # Errors
    /// `Conflict` if the entry exists; `InvalidInput` if the id is empty or longer than 63 characters (before anything is
    /// sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_CreateOrderedDataStoreEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 1,000,000 requests per minute · stable
    pub fn create(&self, id: impl Into<String>, value: i64) -> Result<OrderedEntry> {
        self.send_create(&CREATE, &id.into(), value)
    }

    /// Returns an entry.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// assert_eq!(points.get("player_7")?.value, 70);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist; see [`find`](Self::find).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetOrderedDataStoreEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:read` · API key only · 1,000,000 requests per minute · stable
    pub fn get(&self, id: impl Into<String>) -> Result<OrderedEntry> {
        let id = id.into();
        send(self.entry(&GET, &id), &id)
    }

    /// Returns an entry, or `None` if it does not exist.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// let value = points.find("player_9000")?.map_or(0, |entry| entry.value);
    /// # assert_eq!(value, 0);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the id is empty or longer than 63 characters (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetOrderedDataStoreEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:read` · API key only · 1,000,000 requests per minute · stable
    pub fn find(&self, id: impl Into<String>) -> Result<Option<OrderedEntry>> {
        found(self.get(id))
    }

    /// Sets the value of an entry, and creates the entry if it does not exist.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// assert_eq!(points.set("player_7", -5)?.value, -5);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the id is empty or longer than 63 characters (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UpdateOrderedDataStoreEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 1,000,000 requests per minute · stable
    pub fn set(&self, id: impl Into<String>, value: i64) -> Result<OrderedEntry> {
        self.update(&id.into(), value, true)
    }

    /// Sets the value of an entry that exists.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::ErrorKind;
    ///
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// let error = points.set_existing("player_9000", 1).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NotFound);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist; `InvalidInput` if the id is empty or longer than 63 characters (before
    /// anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UpdateOrderedDataStoreEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 1,000,000 requests per minute · stable
    pub fn set_existing(&self, id: impl Into<String>, value: i64) -> Result<OrderedEntry> {
        self.update(&id.into(), value, false)
    }

    /// Adds an amount to the value of an entry, and creates the entry with it if it does not exist. The amount can be
    /// negative.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// assert_eq!(points.increment("player_7", 5)?.value, 75);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the amount may have been added already: then
    /// [`Error::outcome_unknown`](crate::Error::outcome_unknown) is true.
    ///
    /// The service is known to go beyond the range of 64 bits, while the returned value stays within it.
    ///
    /// # Errors
    /// `InvalidInput` if the id is empty or longer than 63 characters (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_IncrementOrderedDataStoreEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 1,000,000 requests per minute · stable
    pub fn increment(&self, id: impl Into<String>, amount: i64) -> Result<OrderedEntry> {
        self.send_increment(&INCREMENT, &id.into(), amount)
    }

    /// Deletes an entry at once and for good.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let points = client.universe(13_058).ordered_data_store("Points");
    /// points.delete("player_7")?;
    /// assert!(points.find("player_7")?.is_none());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the entry does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_DeleteOrderedDataStoreEntry) ·
    /// scope `universe.ordered-data-store.scope.entry:write` · API key only · 1,000,000 requests per minute · stable
    pub fn delete(&self, id: impl Into<String>) -> Result<()> {
        self.entry(&DELETE, &id.into()).send_no_content()
    }

    fn update(&self, id: &str, value: i64, allow_missing: bool) -> Result<OrderedEntry> {
        let call = self.entry(&UPDATE, id).query("allowMissing", allow_missing);
        send_value(call, id, value)
    }

    /// Creates an entry with an operation of one of the versions.
    pub(super) fn send_create(
        &self,
        create: &'static Endpoint,
        id: &str,
        value: i64,
    ) -> Result<OrderedEntry> {
        let call = self.call(create);
        send_value(call.query_checked("id", valid_id(id).map(Some)), id, value)
    }

    /// Increments an entry with an operation of one of the versions.
    pub(super) fn send_increment(
        &self,
        increment: &'static Endpoint,
        id: &str,
        amount: i64,
    ) -> Result<OrderedEntry> {
        let call = self.entry(increment, id);
        send(call.json(&json!({ "amount": amount })), id)
    }

    /// Starts a call about the store.
    pub(super) fn call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.client.call(endpoint).path_param(self.universe);
        call.path_param_checked(validated_name(
            "the name of an ordered data store",
            &self.name,
            MAX_STORE_NAME,
        ))
        .path_param_checked(validated_name(
            "the scope of an ordered data store",
            &self.scope,
            MAX_STORE_NAME,
        ))
    }

    /// Starts a call about an entry.
    pub(super) fn entry(&self, endpoint: &'static Endpoint, id: &str) -> Call {
        self.call(endpoint).path_param_checked(valid_id(id))
    }
}

fn valid_id(id: &str) -> Result<&str> {
    validated_name("the id of an ordered entry", id, MAX_ORDERED_ID)
}

/// Sends a call that sets the value of an entry.
pub(super) fn send_value(call: Call, id: &str, value: i64) -> Result<OrderedEntry> {
    send(call.json(&json!({ "value": value })), id)
}

/// Sends a call about the entry with this id.
pub(super) fn send(call: Call, id: &str) -> Result<OrderedEntry> {
    let entry = call.send::<OrderedEntryWire>()?;
    Ok(entry.with_id(id))
}
