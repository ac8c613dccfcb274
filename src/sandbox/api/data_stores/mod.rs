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

use serde::Serialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::call::Call;
use super::page::Paging;
use super::rejection::{Rejection, not_found};
use super::values::boolean;
use crate::sandbox::clock::timestamp;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;
use crate::sandbox::state::data_store::{Address, DataStore, DataStores, GLOBAL, Problem};
use problem::v2;

const MAX_NAME: usize = 50;

/// Returns the data stores of a universe, brought up to the current time.
fn stores_of(state: &mut State, universe: u64) -> Option<(&mut DataStores, OffsetDateTime)> {
    let now = state.now();
    state.store.universes.get(&universe)?;
    let stores = state.store.data_stores.entry(universe).or_default();
    stores.refresh(now);
    Some((stores, now))
}

/// The locked state with the universe of a call of `cloud/v2`.
struct LockedStores<'a> {
    state: MutexGuard<'a, State>,
    universe: u64,
}

impl<'a> LockedStores<'a> {
    /// Locks the state. Read the body before: a slow client must not hold the lock.
    fn new(call: &Call<'a>) -> Result<Self, Rejection> {
        let universe = call.id("universe_id")?;
        let state = call.state();
        Ok(Self { state, universe })
    }

    fn stores(&mut self) -> Result<(&mut DataStores, OffsetDateTime), Rejection> {
        let stores = stores_of(&mut self.state, self.universe);
        stores.ok_or_else(|| not_found("The universe"))
    }
}

/// Checks the length of a name, in characters.
fn check_name(what: &str, name: &str) -> Result<(), Problem> {
    let is_allowed = (1..=MAX_NAME).contains(&name.chars().count());
    let message = || format!("The {what} must have 1 to {MAX_NAME} characters.");
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

/// Returns a body whose values are JSON texts that must not change.
fn exact_json(body: &impl Serialize) -> Result<Response, Rejection> {
    let text = serde_json::to_vec(body).map_err(std::io::Error::other)?;
    Ok(Response::new(200, "application/json", text))
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let prefix = filter::prefix(call.filter()).map_err(v2)?;
    let show_deleted = flag(call, "showDeleted").map_err(v2)?;
    let page = call.page(&Paging::TOKENS)?;
    let mut locked = LockedStores::new(call)?;
    let universe = locked.universe;
    let (stores, _) = locked.stores()?;
    let after = page.after();
    let items = stores.stores.iter();
    let items = items
        .filter(|(name, _)| after.is_none_or(|after| name.as_str() > after))
        .filter(|(name, _)| name.starts_with(&prefix))
        .map(|(name, store)| {
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
    let mut locked = LockedStores::new(call)?;
    let universe = locked.universe;
    let (stores, now) = locked.stores()?;
    let store = stores.stores.get_mut(&name);
    let store = store.ok_or_else(|| v2(Problem::NoStore))?;
    change(store, now);
    Ok(store_json(universe, &name, store))
}

/// Takes a snapshot, at most one on each UTC day. The sandbox keeps every revision, so nothing else changes.
pub(crate) fn snapshot(call: &mut Call<'_>) -> Result<Value, Rejection> {
    call.json_or_empty()?;
    let mut locked = LockedStores::new(call)?;
    let (stores, now) = locked.stores()?;
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
    if let (Some(expires), Value::Object(fields)) = (store.expires, &mut json) {
        fields.insert("state".to_owned(), json!("DELETED"));
        fields.insert("expireTime".to_owned(), json!(timestamp(expires)));
    }
    json
}
