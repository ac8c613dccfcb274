//! Exports, imports and erasure.

use std::io::{Read, Write};

use super::store::{DataStore, Scope};
use crate::http::StopSignal;
use crate::models::{ALL_SCOPES, DataStoreScope, EntryFilter, EntryKey, GLOBAL_SCOPE};
use crate::transfer::{Erase, Export, Import};

impl DataStore {
    /// Exports entries as JSON in lines: key, scope, value, users, attributes, revision.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::EntryFilter;
    ///
    /// let store = client.universe(13_058).data_store("Inventory").all_scopes();
    /// let mut file = Vec::new();
    /// let export = store.export(&mut file).matching(EntryFilter::all()).threads(8).unlimited();
    /// let exported = export.on_progress(|progress| println!("{} entries", progress.entries)).run()?;
    /// assert_eq!((exported.entries, exported.vanished), (303, 0));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Sends no request until [`run`](Export::run). An export that was cut can be
    /// [resumed](crate::transfer::ExportCheckpoint). An export is not a snapshot: entries that change while it runs are
    /// written as they are when they are read.
    pub fn export<'a, W: Write>(&self, writer: W) -> Export<'a, W> {
        Export::new(self.clone(), writer)
    }

    /// Imports entries from the lines of an export.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let lines = r#"{"key":"player_1","value":{"coins":1.10}}
    /// {"key":"player_1001","value":{"coins":5},"users":[1001],"attributes":{"level":1}}"#;
    ///
    /// let store = client.universe(13_058).data_store("Inventory");
    /// let imported = store.import(lines.as_bytes()).run()?;
    /// assert_eq!((imported.written, imported.existing), (1, 1));
    ///
    /// assert_eq!(store.import(lines.as_bytes()).overwrite().run()?.written, 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Sends no request until [`run`](Import::run).
    pub fn import<'a, R: Read>(&self, reader: R) -> Import<'a, R> {
        Import::new(self.clone(), reader)
    }

    /// Erases all entries whose keys begin with a text, such as the id of a player who requests erasure.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let store = client.universe(13_058).data_store("Inventory").all_scopes();
    /// let found = store.erase("player_1").dry_run(true).run()?.found;
    /// assert_eq!(found, 2, "player_1 in two scopes, but neither player_10 nor player_100");
    ///
    /// let erased = store.erase("player_1").on_entry(|key| println!("{}", key.id)).run()?;
    /// assert_eq!(erased.deleted, 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Sends no request until [`run`](Erase::run).
    #[doc(alias("gdpr", "right to erasure"))]
    pub fn erase<'a>(&self, prefix: impl Into<String>) -> Erase<'a> {
        Erase::new(self.clone(), prefix.into())
    }

    /// Returns a handle for the requests of several threads, and the signal that stops them. A shutdown of the client stops
    /// them as well. With `has_rate`, the requests also wait for the rate limits that the service reports.
    pub(crate) fn for_transfer(&self, has_rate: bool) -> (Self, StopSignal) {
        let http = self.client.http().clone();
        let stop = http.stop_signal().child();
        let http = if has_rate {
            http.waiting_on_rate_limit()
        } else {
            http
        };
        let mut store = self.clone();
        store.client = http.with_stop(&stop).into();
        (store, stop)
    }

    /// Returns a text that is different for each list of entries.
    pub(crate) fn describe_list(&self, filter: &EntryFilter) -> String {
        let scope = match self.selected_scope() {
            Scope::Default => "",
            Scope::Named(scope) => scope.as_str(),
            Scope::All => ALL_SCOPES,
        };
        let filter = filter.params().0.unwrap_or_default();
        let (universe, name) = (self.universe, &self.name);
        format!("universes/{universe}/data-stores/{name}/scopes/{scope} {filter}")
            .trim_end()
            .to_owned()
    }

    /// Returns the key with the scope that it is in.
    pub(crate) fn with_scope(&self, key: EntryKey) -> EntryKey {
        let scope = key.scope.unwrap_or_else(|| match self.selected_scope() {
            Scope::Named(own) => own.clone(),
            Scope::Default | Scope::All => GLOBAL_SCOPE.into(),
        });
        EntryKey::in_scope(scope, key.id)
    }

    /// Whether lists contain entries of one scope only.
    pub(crate) fn has_one_scope(&self) -> bool {
        self.one_scope().is_ok()
    }

    /// Whether this handle can write entries of this scope: it has the same scope, or does not name one.
    pub(crate) fn takes_scope(&self, scope: &DataStoreScope) -> bool {
        match self.selected_scope() {
            Scope::Named(own) => own == scope,
            Scope::Default | Scope::All => true,
        }
    }
}
