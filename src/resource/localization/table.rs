//! Localization tables: their entries, updates and histories.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::{CodeMeaning, Endpoint, PageStyle, UserContent};
use crate::error::{Error, Result};
use crate::models::open_enum::OpenEnum as _;
use crate::models::{
    self, AssetId, AutomaticLocalizationInfo, EntryCount, EntryFormat, LanguageCode,
    LocalizationLimits, TableEntry, TableEntryUpdate, TableHistory, TableHistoryBody,
    TableHistoryQuery, TableId, TableOutcome, TableUpdate, UniverseId, batches,
};
use crate::paging::Items;

/// Error codes of the service of tables.
const CODES: &[(&str, CodeMeaning)] = &[("17", CodeMeaning::FeatureDisabled)];
const INFO: Endpoint = Endpoint::get("/legacy-localization-tables/v1/autolocalization/metadata")
    .scopes(&["legacy-universe:manage"]);
const LIMITS: Endpoint = Endpoint::get("/legacy-localization-tables/v1/localization-table/limits")
    .scopes(&["legacy-universe:manage"]);
const GET_FOR_ASSET: Endpoint =
    Endpoint::get("/legacy-localization-tables/v1/localization-table/tables/{assetId}")
        .scopes(&["legacy-universe:manage"]);
const GET: Endpoint =
    Endpoint::get("/legacy-localization-tables/v1/localization-table/tables/{tableId}")
        .scopes(&["legacy-universe:manage"]);
const UPDATE: Endpoint =
    Endpoint::patch("/legacy-localization-tables/v1/localization-table/tables/{tableId}")
        .scopes(&["legacy-universe:manage"])
        .user_content(UserContent::None)
        .error_codes(CODES);
const LIST_ENTRIES: Endpoint =
    Endpoint::get("/legacy-localization-tables/v1/localization-table/tables/{tableId}/entries")
        .scopes(&["legacy-universe:manage"])
        .paginated("data", 100)
        .page_style(PageStyle::Token("cursor"));
const HISTORY: Endpoint = Endpoint::post("/legacy-localization-tables/v1/localization-table/tables/{tableId}/entries/translation-history")
    .scopes(&["legacy-universe:manage"])
    .user_content(UserContent::None)
    .idempotent()
    .error_codes(CODES);
const COUNT: Endpoint =
    Endpoint::get("/legacy-localization-tables/v1/localization-table/tables/{tableId}/entry-count")
        .scopes(&["legacy-universe:manage"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &INFO,
    &LIMITS,
    &GET_FOR_ASSET,
    &GET,
    &UPDATE,
    &LIST_ENTRIES,
    &HISTORY,
    &COUNT,
];

impl Client {
    /// Returns a handle for a localization table. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let table = client.localization_table("5f0e1d3c-0000-4000-8000-000000000001");
    /// println!("{:?}", table.get()?.name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn localization_table(&self, id: impl Into<TableId>) -> LocalizationTable {
        LocalizationTable {
            client: self.clone(),
            id: id.into(),
            universe: None,
        }
    }

    /// Returns the localization table that an asset holds.
    ///
    /// # Errors
    /// `BadRequest` if the asset holds no table; `PermissionDenied` if the caller may not read it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_legacy_localization_tables_v1_localization_table_tables__assetId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn localization_table_for_asset(
        &self,
        asset: impl Into<AssetId>,
    ) -> Result<models::LocalizationTable> {
        self.call(&GET_FOR_ASSET).path_param(asset.into()).send()
    }

    /// Returns the limits of localization tables: lengths of texts, entries of an update.
    ///
    /// # Errors
    /// The errors that every request can end with; see [`ErrorKind`](crate::ErrorKind).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_localization_tables_v1_localization_table_limits) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn localization_limits(&self) -> Result<LocalizationLimits> {
        self.call(&LIMITS).send()
    }

    /// Returns which settings of automatic localization the service shows on its own pages.
    ///
    /// # Errors
    /// The errors that every request can end with; see [`ErrorKind`](crate::ErrorKind).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_localization_tables_v1_autolocalization_metadata) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn automatic_localization_info(&self) -> Result<AutomaticLocalizationInfo> {
        self.call(&INFO).send()
    }
}

/// A handle for a localization table. Created by [`Client::localization_table`] and
/// [`UniverseLocalization::table`](super::UniverseLocalization::table).
///
/// ```no_run
/// use rblx_open_cloud::models::{EntryFormat, TableEntryUpdate};
///
/// # let client = rblx_open_cloud::Client::from_env()?;
/// let table = client.universe(13_058).localization().table("5f0e1d3c-0000-4000-8000-000000000001");
/// let play = TableEntryUpdate::new("menu.play", "", "Play").translation("es", "Jugar");
/// let quit = TableEntryUpdate::new("menu.quit", "", "Quit").translation("es", "Salir");
/// table.update_all([play, quit])?.into_result()?;
/// for entry in table.list_entries(EntryFormat::Legacy) {
///     let entry = entry?;
///     println!("{}: {:?}", entry.identifier, entry.translation("es"));
/// }
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct LocalizationTable {
    client: Client,
    id: TableId,
    universe: Option<UniverseId>,
}

impl LocalizationTable {
    /// Returns the id of the table. Sends no request.
    #[must_use]
    pub fn id(&self) -> &TableId {
        &self.id
    }

    /// Returns the table: its name, owner and asset.
    ///
    /// # Errors
    /// `BadRequest` if the id is not that of a table; `PermissionDenied` if the caller may not read it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_localization_tables_v1_localization_table_tables__tableId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn get(&self) -> Result<models::LocalizationTable> {
        let id = self.id.validated();
        self.client.call(&GET).path_param_checked(id).send()
    }

    /// Returns a handle whose requests name the universe that uses the table, as the pages of the service do.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let table = client.localization_table("5f0e1d3c-0000-4000-8000-000000000001").in_universe(13_058);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn in_universe(self, universe: impl Into<UniverseId>) -> Self {
        Self {
            universe: Some(universe.into()),
            ..self
        }
    }

    /// Updates the table in one request. **Some entries may fail** although the call succeeds:
    /// [`into_result`](TableOutcome::into_result) turns that into an error.
    ///
    /// [`update_all`](Self::update_all) splits entries into requests that the service accepts.
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set (before anything is sent); `BadRequest` if there are too many entries;
    /// `PermissionDenied` if the caller may not change the table.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_localization_tables_v1_localization_table_tables__tableId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn update(&self, update: TableUpdate) -> Result<TableOutcome> {
        let call = self.call(&UPDATE).json_checked(update.validated());
        let outcome: TableOutcome = call.send()?;
        Ok(outcome.with_unconfirmed(update.identifiers()))
    }

    /// Updates any number of entries, in as many requests as the limits of the service require. **Some entries may fail**
    /// although the call succeeds: [`into_result`](TableOutcome::into_result) turns that into an error.
    ///
    /// Deletions come first. Entries with the same source and context, which the service rejects in one request, come in
    /// different ones. An error ends the call; its message contains the number of requests that were carried out
    /// before. The whole call can be repeated.
    ///
    /// # Errors
    /// `PermissionDenied` if the caller may not change the table.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_localization_tables_v1_localization_table_limits), [also](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_localization_tables_v1_localization_table_tables__tableId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn update_all(
        &self,
        entries: impl IntoIterator<Item = TableEntryUpdate>,
    ) -> Result<TableOutcome> {
        let limits: LocalizationLimits = self.client.call(&LIMITS).send()?;
        let requests = batches(entries, limits.batch_size());
        let (mut outcome, all) = (TableOutcome::default(), requests.len());
        for (sent, request) in requests.into_iter().enumerate() {
            let next = self.update(request);
            outcome.merge(next.map_err(|error| interrupted(error, sent, all, &outcome))?);
        }
        Ok(outcome)
    }

    /// Lists the entries of the table whose texts have this syntax. The service decides how many are on a page.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_localization_tables_v1_localization_table_tables__tableId__entries) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · the service decides the page size · legacy
    pub fn list_entries(&self, format: EntryFormat) -> Items<TableEntry> {
        let call = self.call(&LIST_ENTRIES);
        let format = format.validated().map(Some);
        call.query_checked("entryFormat", format).list()
    }

    /// Returns the number of entries of the table whose texts have this syntax.
    ///
    /// # Errors
    /// `BadRequest` if the id is not that of a table; `PermissionDenied` if the caller may not read it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_localization_tables_v1_localization_table_tables__tableId__entry_count) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn count_entries(&self, format: EntryFormat) -> Result<u64> {
        let format = format.validated().map(Some);
        let call = self.call(&COUNT).query_checked("entryFormat", format);
        let count: EntryCount = call.send()?;
        Ok(count.entry_count)
    }

    /// Returns earlier translations of entries into a language. **Some entries may fail** although the call succeeds:
    /// [`into_result`](TableHistory::into_result) turns that into an error.
    ///
    /// # Errors
    /// `InvalidInput` without an entry, or if a count is 0 (before anything is sent); `BadRequest` if the service does not
    /// know the language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#post_legacy_localization_tables_v1_localization_table_tables__tableId__entries_translation_history) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn history(
        &self,
        locale: impl Into<LanguageCode>,
        entries: impl IntoIterator<Item = TableHistoryQuery>,
    ) -> Result<TableHistory> {
        let body = TableHistoryBody::new(locale.into(), entries);
        self.call(&HISTORY).json_checked(body).send()
    }

    /// Starts a call about the table in its universe.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.client.call(endpoint);
        let call = call.path_param_checked(self.id.validated());
        call.query_opt("gameId", self.universe)
    }
}

/// Adds to an error the number of requests that were carried out before it.
fn interrupted(error: Error, sent: usize, all: usize, outcome: &TableOutcome) -> Error {
    if sent == 0 {
        return error;
    }
    let failed = match outcome.failed.len() {
        0 => String::new(),
        1 => ", in which 1 entry failed".to_owned(),
        count => format!(", in which {count} entries failed"),
    };
    error.map(|inner| {
        let message = inner.message.trim_end_matches('.');
        inner.message =
            format!("{message} ({sent} of {all} requests were carried out before{failed})");
    })
}
