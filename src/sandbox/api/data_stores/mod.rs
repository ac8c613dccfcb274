//! Data stores: the stores themselves, and code that the calls for their entries share.

pub(crate) mod entries;
mod entry_body;
mod filter;
mod listing;
mod problem;
mod revision_selector;
pub(crate) mod revisions;
pub(crate) mod v1;

use std::sync::MutexGuard;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::call::Call;
use super::page::Paging;
use super::rejection::{Rejection, not_found};
use super::values::boolean;
use crate::sandbox::clock::timestamp;
use crate::sandbox::object::set_field;
use crate::sandbox::state::State;
use crate::sandbox::state::data_store::{Address, DataStore, DataStores, GLOBAL, Problem};
use problem::v2;

/// Maximum length of a name, in characters.
const MAX_NAME_LENGTH: usize = 50;

/// The locked state with the data stores of a universe that exists.
struct LockedStores<'a> {
    state: MutexGuard<'a, State>,
    universe: u64,
}

impl<'a> LockedStores<'a> {
    /// Locks the state. Read the body before: a slow client must not hold the lock.
    fn new(
        call: &Call<'a>,
        parameter: &str,
        no_universe: impl FnOnce() -> Rejection,
    ) -> Result<Self, Rejection> {
        let universe = call.id(parameter)?;
        let state = call.state();
        if !state.store.universes.contains_key(&universe) {
            return Err(no_universe());
        }
        Ok(Self { state, universe })
    }

    /// Returns the data stores, brought up to the current time, and that time.
    fn stores(&mut self) -> (&mut DataStores, OffsetDateTime) {
        let now = self.state.now();
        let stores = self.state.store.data_stores.entry(self.universe);
        let stores = stores.or_default();
        stores.refresh(now);
        (stores, now)
    }
}

/// Locks the data stores of the universe that a path of `cloud/v2` names.
fn lock<'a>(call: &Call<'a>) -> Result<LockedStores<'a>, Rejection> {
    LockedStores::new(call, "universe_id", || not_found("The universe"))
}

/// Checks the length of a name.
fn check_name(what: &str, name: &str) -> Result<(), Problem> {
    let is_allowed = (1..=MAX_NAME_LENGTH).contains(&name.chars().count());
    let message = || format!("The {what} must have 1 to {MAX_NAME_LENGTH} characters.");
    is_allowed
        .then_some(())
        .ok_or_else(|| Problem::Invalid(message()))
}

/// Returns the address of an entry, checked.
fn address(store: String, scope: Option<String>, key: String) -> Result<Address, Problem> {
    let scope = scope.unwrap_or_else(|| GLOBAL.to_owned());
    check_name("name of the data store", &store)?;
    check_name("scope", &scope)?;
    check_name("key", &key)?;
    Ok(Address { store, scope, key })
}

/// Returns a Boolean value of the query.
fn flag(call: &Call<'_>, name: &str) -> Result<bool, Problem> {
    let message = || Problem::Invalid(format!("{name} is not a Boolean value."));
    match call.query_ignoring_case(name) {
        None => Ok(false),
        Some(text) => boolean(text).ok_or_else(message),
    }
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let prefix = filter::prefix(call.filter()).map_err(v2)?;
    let show_deleted = flag(call, "showDeleted").map_err(v2)?;
    let page = call.page(&Paging::TOKENS)?;
    let mut locked = lock(call)?;
    let universe = locked.universe;
    let (stores, _) = locked.stores();
    let items = stores.list(&prefix, page.after()).map(|(name, store)| {
        let is_shown = show_deleted || store.expires.is_none();
        let json = is_shown.then(|| store_json(universe, name, store));
        (name.clone(), json)
    });
    Ok(page.respond_by_position("dataStores", items))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Result<Value, Rejection> {
    change(call, DataStore::delete)
}

pub(crate) fn undelete(call: &mut Call<'_>) -> Result<Value, Rejection> {
    call.json_or_empty()?;
    change(call, |store, _| store.expires = None)
}

fn change(
    call: &Call<'_>,
    change: impl FnOnce(&mut DataStore, OffsetDateTime),
) -> Result<Value, Rejection> {
    let name = call.param("data_store_id")?;
    check_name("name of the data store", &name).map_err(v2)?;
    let mut locked = lock(call)?;
    let universe = locked.universe;
    let (stores, now) = locked.stores();
    let store = stores.stores.get_mut(&name);
    let store = store.ok_or_else(|| v2(Problem::NoStore))?;
    change(store, now);
    Ok(store_json(universe, &name, store))
}

/// Takes a snapshot, at most one on each UTC day. The sandbox keeps every revision, so nothing else changes.
pub(crate) fn snapshot(call: &mut Call<'_>) -> Result<Value, Rejection> {
    call.json_or_empty()?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let last = stores
        .last_snapshot
        .filter(|last| last.date() == now.date());
    stores.last_snapshot = Some(last.unwrap_or(now));
    Ok(json!({
        "newSnapshotTaken": last.is_none(),
        "latestSnapshotTime": timestamp(last.unwrap_or(now)),
    }))
}

fn store_json(universe: u64, name: &str, store: &DataStore) -> Value {
    let mut json = json!({
        "path": format!("universes/{universe}/data-stores/{name}"),
        "id": name,
        "createTime": timestamp(store.created),
        "state": "ACTIVE",
    });
    if let Some(expires) = store.expires {
        set_field(&mut json, "state", "DELETED");
        set_field(&mut json, "expireTime", timestamp(expires));
    }
    json
}
