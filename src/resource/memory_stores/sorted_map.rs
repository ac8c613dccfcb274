//! The handle for a sorted map.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::names::validated_name;
use crate::models::{
    MAX_MAP_ITEM_ID, MapFilter, MapItem, MapItemWire, NewMapItem, RawJson, UniverseId,
};
use crate::paging::Items;
use crate::resource::Universe;
use crate::resource::found::found;

const LIST: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items",
)
.scopes(&["memory-store.sorted-map:read"])
.paginated("items", 100)
.or_keys(&["memoryStoreSortedMapItems"]);
const CREATE: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items",
)
.scopes(&["memory-store.sorted-map:write"])
.conflict_causes("Use `set` to replace its value")
.user_content(UserContent::None)
.error_fields_are_data();
const GET: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}",
)
.scopes(&["memory-store.sorted-map:read"])
.error_fields_are_data();
const UPDATE: Endpoint = Endpoint::patch(
    "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}",
)
.scopes(&["memory-store.sorted-map:write"])
.user_content(UserContent::None)
.error_fields_are_data();
const DELETE: Endpoint = Endpoint::delete(
    "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}",
)
.scopes(&["memory-store.sorted-map:write"])
.user_content(UserContent::None)
.retried_404_is_success();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &CREATE, &GET, &UPDATE, &DELETE];

impl Universe {
    /// Returns a handle for a sorted map of the universe's memory store. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let board = client.universe(13_058).sorted_map("Board");
    /// println!("{}", board.get::<String>("team_1")?.value);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn sorted_map(&self, name: impl Into<String>) -> SortedMap {
        SortedMap {
            client: self.client.clone(),
            universe: self.id,
            name: name.into(),
        }
    }
}

/// A handle for a sorted map of a memory store. Created by [`Universe::sorted_map`].
///
/// Scripts use the same map with `MemoryStoreService:GetSortedMap(name)`. The service keeps numbers as floating-point
/// numbers: integers are exact up to 2^53.
#[doc(alias = "MemoryStoreSortedMap")]
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct SortedMap {
    client: Client,
    universe: UniverseId,
    name: String,
}

impl SortedMap {
    /// Returns the name of the map. Sends no request.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Lists items by their sort keys and ids, in ascending order unless the filter says otherwise.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::MapFilter;
    ///
    /// let board = client.universe(13_058).sorted_map("Board");
    /// for item in board.list::<String>(MapFilter::all().sort_key_above(100).descending()) {
    ///     let item = item?;
    ///     println!("{}: {} ({:?})", item.id, item.value, item.sort_key);
    /// }
    /// # assert_eq!(board.list::<String>(MapFilter::all()).count(), 12);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any other ends the list.
    /// `InvalidInput` if a sort key of the filter is not a number, or an empty text (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ListMemoryStoreSortedMapItems) ·
    /// scope `memory-store.sorted-map:read` · API key only · 1,000,000 requests per minute · up to 100 items per page · stable
    pub fn list<T: DeserializeOwned>(&self, filter: MapFilter) -> Items<MapItem<T>> {
        let call = self.call(&LIST).filter(filter.to_filter_string());
        let items = call.query_opt("orderBy", filter.order()).list();
        items.of_users_type()
    }

    /// Creates an item that does not exist yet.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::ErrorKind;
    /// use rblx_open_cloud::models::NewMapItem;
    ///
    /// let board = client.universe(13_058).sorted_map("Board");
    /// board.create("owner", NewMapItem::new("server 7"))?;
    /// let error = board.create("owner", NewMapItem::new("server 8")).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Conflict);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the item may have been created already.
    ///
    /// # Errors
    /// `Conflict` if the item exists; `InvalidInput` if the id is empty or longer than 127 characters, the value cannot be
    /// written as JSON, the time to live or the sort key is not in its range, or a condition is set (before anything is
    /// sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_CreateMemoryStoreSortedMapItem) ·
    /// scope `memory-store.sorted-map:write` · API key only · 1,000,000 requests per minute · stable
    pub fn create<T: Serialize>(
        &self,
        id: impl Into<String>,
        item: NewMapItem<T>,
    ) -> Result<MapItem<RawJson>> {
        let id = id.into();
        let call = self
            .call(&CREATE)
            .query_checked("id", valid_id(&id).map(Some));
        send(call.json_checked(item.body_to_create()), id)
    }

    /// Returns an item.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let board = client.universe(13_058).sorted_map("Board");
    /// let item = board.get::<String>("team_1")?;
    /// println!("{} until {:?}", item.value, item.expire_time);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the item does not exist or has expired; see [`find`](Self::find). `Decode` if its value is not a `T`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetMemoryStoreSortedMapItem) ·
    /// scope `memory-store.sorted-map:read` · API key only · 1,000,000 requests per minute · stable
    pub fn get<T: DeserializeOwned>(&self, id: impl Into<String>) -> Result<MapItem<T>> {
        let id = id.into();
        send(self.item(&GET, &id), id)
    }

    /// Returns an item, or `None` if it does not exist or has expired.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let board = client.universe(13_058).sorted_map("Board");
    /// assert!(board.find::<String>("team_99")?.is_none());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Decode` if its value is not a `T`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_GetMemoryStoreSortedMapItem) ·
    /// scope `memory-store.sorted-map:read` · API key only · 1,000,000 requests per minute · stable
    pub fn find<T: DeserializeOwned>(&self, id: impl Into<String>) -> Result<Option<MapItem<T>>> {
        found(self.get(id))
    }

    /// Sets the value of an item, and creates the item if it does not exist, unless a condition is set.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::NewMapItem;
    ///
    /// let board = client.universe(13_058).sorted_map("Board");
    /// let item = board.set("team_1", NewMapItem::new("Red").sort_key(150).ttl(Duration::from_secs(3600)))?;
    ///
    /// // Only if no other writer changed it in between:
    /// let etag = item.etag.unwrap_or_default();
    /// board.set("team_1", NewMapItem::new("Blue").if_etag(etag))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the item must exist and does not; `Conflict` if it has another tag; `InvalidInput` if the id is empty or
    /// longer than 127 characters, the value cannot be written as JSON, or the time to live or the sort key is not in its
    /// range (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UpdateMemoryStoreSortedMapItem) ·
    /// scope `memory-store.sorted-map:write` · API key only · 1,000,000 requests per minute · stable
    pub fn set<T: Serialize>(
        &self,
        id: impl Into<String>,
        item: NewMapItem<T>,
    ) -> Result<MapItem<RawJson>> {
        let id = id.into();
        let call = self.item(&UPDATE, &id);
        let call = call.query("allowMissing", item.allows_missing());
        let call = call.never_repeat_if(item.is_conditional());
        send(call.json_checked(item.body()), id)
    }

    /// Deletes an item.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// client.universe(13_058).sorted_map("Board").delete("team_1")?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the item does not exist or has expired.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_DeleteMemoryStoreSortedMapItem) ·
    /// scope `memory-store.sorted-map:write` · API key only · 1,000,000 requests per minute · stable
    pub fn delete(&self, id: impl Into<String>) -> Result<()> {
        self.item(&DELETE, &id.into()).send_no_content()
    }

    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let name = validated_name("the name of a sorted map", &self.name, usize::MAX);
        let call = self.client.call(endpoint).path_param(self.universe);
        call.path_param_checked(name)
    }

    fn item(&self, endpoint: &'static Endpoint, id: &str) -> Call {
        self.call(endpoint).path_param_checked(valid_id(id))
    }
}

fn valid_id(id: &str) -> Result<&str> {
    validated_name("the id of a map item", id, MAX_MAP_ITEM_ID)
}

/// Sends a call about the item with this id.
fn send<T: DeserializeOwned>(call: Call, id: String) -> Result<MapItem<T>> {
    let item: MapItemWire<T> =
        call.send_with(|received| received.decode_value(|text| serde_json::from_str(text)))?;
    Ok(item.with_id(id))
}
