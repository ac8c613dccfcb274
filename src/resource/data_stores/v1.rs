//! Lists of the first version of the service.

use super::store::{DataStore, Scope};
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::models::serde_helpers::non_empty;
use crate::models::{self, EntryKey, EntryVersion, VersionFilter};
use crate::paging::Items;

const LIST_STORES: Endpoint =
    Endpoint::get("/datastores/v1/universes/{universeId}/standard-datastores")
        .scopes(&["universe-datastores.control:list"])
        .paginated("data", 100)
        .or_keys(&["datastores"])
        .page_query("limit", "cursor");
const LIST_KEYS: Endpoint =
    Endpoint::get("/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries")
        .scopes(&["universe-datastores.objects:list"])
        .paginated("keys", 100)
        .page_query("limit", "cursor");
const LIST_VERSIONS: Endpoint = Endpoint::get(
    "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/versions",
)
.scopes(&["universe-datastores.versions:list"])
.paginated("versions", 100)
.or_one_item()
.page_query("limit", "cursor");

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST_STORES, &LIST_KEYS, &LIST_VERSIONS];

impl DataStore {
    /// Uses the first version of the service: for tools that depend on what only it has. The other methods use the
    /// second one. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::VersionFilter;
    ///
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// for version in store.list_versions("player_7", VersionFilter::all().descending()) {
    ///     let version = version?;
    ///     println!("{}: {:?} bytes", version.version, version.content_length);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn v1(&self) -> DataStoreV1 {
        DataStoreV1(self.clone())
    }
}

/// A handle for a data store that uses the first version of the service. Created by [`DataStore::v1`].
///
/// Each call is one request. The service allows 300 of them in a minute for a universe.
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct DataStoreV1(pub(super) DataStore);

impl DataStoreV1 {
    /// Lists the data stores of the universe whose name begins with a text; an empty one lists all.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// assert!(store.list_stores("Inv").count() > 0);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Datastores_ListDatastoresAsync) ·
    /// scope `universe-datastores.control:list` · API key only · 5,000 requests per minute · up to 100 items per page · beta · superseded by `GET /cloud/v2/universes/{universe_id}/data-stores`
    pub fn list_stores(&self, prefix: impl Into<String>) -> Items<models::DataStore> {
        let call = self.0.client.call(&LIST_STORES).path_param(self.0.universe);
        call.query_opt("prefix", non_empty(Some(prefix.into())))
            .list()
    }

    /// Lists the keys of the data store that begin with a text; an empty one lists all. Deleted entries are among them.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// for key in store.list_keys("player_1").limit(3) {
    ///     println!("{}", key?.id);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_ListKeysAsync) ·
    /// scope `universe-datastores.objects:list` · API key only · 5,000 requests per minute · up to 100 items per page · beta · superseded by `GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries`
    pub fn list_keys(&self, prefix: impl Into<String>) -> Items<EntryKey> {
        let call = match self.0.selected_scope() {
            Scope::All => self.store_call(&LIST_KEYS).query("allScopes", true),
            _ => self.call(&LIST_KEYS),
        };
        call.query_opt("prefix", non_empty(Some(prefix.into())))
            .list()
    }

    /// Lists the versions of an entry, without their values.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::VersionFilter;
    ///
    /// let store = client.universe(13_058).data_store("Inventory").v1();
    /// let versions = store.list_versions("player_7", VersionFilter::all().descending());
    /// assert_eq!(versions.count(), 1);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Entries_ListEntryVersionsAsync) ·
    /// scope `universe-datastores.versions:list` · API key only · 5,000 requests per minute · up to 100 items per page · beta · superseded by `GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:listRevisions`
    pub fn list_versions(
        &self,
        key: impl Into<EntryKey>,
        filter: VersionFilter,
    ) -> Items<EntryVersion> {
        let call = self.entry_call(&LIST_VERSIONS, key);
        call.queries_checked(filter.params()).list()
    }

    /// Starts a call about the data store.
    fn store_call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.0.client.call(endpoint).path_param(self.0.universe);
        call.query_checked("datastoreName", self.0.name.validated().map(Some))
    }

    /// Starts a call about one scope of the data store.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let scope = self.0.one_scope().and_then(|scope| {
            let scope = scope.map(|scope| scope.validated().map(str::to_owned));
            scope.transpose()
        });
        self.store_call(endpoint).query_checked("scope", scope)
    }

    /// Starts a call about an entry.
    pub(super) fn entry_call(&self, endpoint: &'static Endpoint, key: impl Into<EntryKey>) -> Call {
        let (store, id) = self.0.for_key(key.into());
        let call = Self(store).call(endpoint);
        call.query_checked("entryKey", id.validated().map(Some))
    }
}
