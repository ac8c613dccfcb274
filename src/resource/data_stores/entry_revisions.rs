//! The revisions of an entry.

use super::entry::DataStoreEntry;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{Entry, EntryRevision, RawJson, Revision, RevisionFilter, SetEntry};
use crate::paging::Items;

const LIST_REVISIONS: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:listRevisions").scopes(&["universe-datastores.versions:list"])
.paginated("dataStoreEntries", 100);
const LIST_REVISIONS_IN_SCOPE: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}:listRevisions").scopes(&["universe-datastores.versions:list"])
.paginated("dataStoreEntries", 100);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST_REVISIONS, &LIST_REVISIONS_IN_SCOPE];

impl DataStoreEntry {
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
}
