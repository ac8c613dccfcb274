//! The handle for a data store.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, Result};
use crate::models::{self, ALL_SCOPES, DataStoreId, DataStoreScope, EntryKey, UniverseId};
use crate::resource::Universe;

const DELETE: Endpoint =
    Endpoint::delete("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}")
        .scopes(&["universe-datastores.control:delete"])
        .user_content(UserContent::None);
const UNDELETE: Endpoint =
    Endpoint::post("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}:undelete")
        .scopes(&["universe-datastores.control:delete"])
        .user_content(UserContent::None)
        .idempotent();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&DELETE, &UNDELETE];

/// The advice if a condition is not met.
pub(super) const CHANGED: &str =
    "Something else changed the entry; read it again, then repeat the change, or use `update`";

impl Universe {
    /// Returns a handle for a data store, in the scope `global`. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use serde_json::Value;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// let entry = store.entry("player_7").get::<Value>()?;
    /// assert_eq!(entry.value["coins"], 70);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn data_store(&self, name: impl Into<DataStoreId>) -> DataStore {
        DataStore {
            client: self.client.clone(),
            universe: self.id,
            name: name.into(),
            scope: Scope::Default,
        }
    }
}

/// A handle for a data store. Created by [`Universe::data_store`].
///
/// All calls take an API key; OAuth2 has no scopes for them. They share the budget of the universe's game servers: per
/// minute 300 reads plus 40 for each player, 300 writes plus 20 for each player, and 300 lists plus 2 for each player.
#[doc(alias("datastore", "DataStoreService"))]
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct DataStore {
    pub(super) client: Client,
    pub(super) universe: UniverseId,
    pub(super) name: DataStoreId,
    scope: Scope,
}

/// The scope of a handle.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// No scope is named, which means `global`.
    Default,
    Named(DataStoreScope),
    All,
}

impl DataStore {
    /// Returns the name of the data store. Sends no request.
    #[must_use]
    pub fn name(&self) -> &DataStoreId {
        &self.name
    }

    /// Selects a scope. Without it the data store is used in the scope `global`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use serde_json::Value;
    ///
    /// let pets = client.universe(13_058).data_store("Inventory").scope("pets");
    /// assert_eq!(pets.entry("player_1").get::<Value>()?.value["pet"], "cat");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn scope(mut self, scope: impl Into<DataStoreScope>) -> Self {
        self.scope = Scope::Named(scope.into());
        self
    }

    /// Selects all scopes, for lists. The keys that they return name the scope.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::EntryFilter;
    ///
    /// let store = client.universe(13_058).data_store("Inventory").all_scopes();
    /// for key in store.list_entries(EntryFilter::all().prefix("player_1")) {
    ///     let key = key?;
    ///     println!("{:?}: {}", key.scope, key.id);
    ///     store.entry(&key).get::<serde_json::Value>()?;
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn all_scopes(mut self) -> Self {
        self.scope = Scope::All;
        self
    }

    /// Schedules the data store for deletion in 30 days. Until then it can be [undeleted](Self::undelete).
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::DataStoreState;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// let deleted = store.delete()?;
    /// assert_eq!(deleted.state, Some(DataStoreState::Deleted));
    /// println!("gone for good after {:?}", deleted.expire_time);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **All entries become unreadable**, also for game servers; caches may serve them for up to a day. Deleting it once
    /// more changes nothing.
    ///
    /// # Errors
    /// `NotFound` if the data store does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_DeleteDataStore) ·
    /// scope `universe-datastores.control:delete` · API key only · 1,000,000 requests per minute · beta
    pub fn delete(&self) -> Result<models::DataStore> {
        self.store_call(&DELETE).send()
    }

    /// Undoes the deletion of the data store.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::DataStoreState;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// store.delete()?;
    /// assert_eq!(store.undelete()?.state, Some(DataStoreState::Active));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the data store does not exist, or is gone for good.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_UndeleteDataStore) ·
    /// scope `universe-datastores.control:delete` · API key only · 1,000,000 requests per minute · beta
    pub fn undelete(&self) -> Result<models::DataStore> {
        let nothing = serde_json::Map::new();
        self.store_call(&UNDELETE).json(&nothing).send()
    }

    fn store_call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.client.call(endpoint).path_param(self.universe);
        call.path_param_checked(self.name.validated())
    }

    /// Starts a call that has two endpoints: without and with a scope.
    pub(super) fn call(&self, plain: &'static Endpoint, scoped: &'static Endpoint) -> Call {
        match &self.scope {
            Scope::Default => self.store_call(plain),
            Scope::Named(scope) => self
                .store_call(scoped)
                .path_param_checked(scope.validated()),
            Scope::All => self.store_call(scoped).path_param(ALL_SCOPES),
        }
    }

    /// Returns the scope of a call that may select all scopes.
    pub(super) fn selected_scope(&self) -> &Scope {
        &self.scope
    }

    /// Returns the scope of a call about one entry, if it is named.
    pub(super) fn one_scope(&self) -> Result<Option<&DataStoreScope>> {
        match &self.scope {
            Scope::Default => Ok(None),
            Scope::Named(scope) if scope.as_str() != ALL_SCOPES => Ok(Some(scope)),
            Scope::Named(_) | Scope::All => Err(Error::invalid_input(
                "an entry is in one scope: select it with `scope`, or use a key from a list",
            )),
        }
    }

    /// Returns the data store in the scope of a key, and the id.
    pub(super) fn for_key(&self, key: EntryKey) -> (Self, models::EntryId) {
        let store = self.clone();
        let store = match key.scope {
            Some(scope) => store.scope(scope),
            None => store,
        };
        (store, key.id)
    }
}
