//! Entries of data stores.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::entry_body::{EntryBody, EntryJson, stored_integer};
use super::filter::prefix;
use super::listing::{Listed, listed};
use super::problem::v2;
use super::revision_selector::RevisionSelector;
use super::{address, check_name, flag, lock};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::exact_json;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::server::Response;
use crate::sandbox::state::data_store::entry::{Content, Revision};
use crate::sandbox::state::data_store::{Address, Condition, DataStores, GLOBAL, Problem};

/// The paths of entries, in the form that the request uses. As in other resource names, nothing in them is encoded.
pub(super) struct Naming {
    store: String,
    scope: Option<String>,
}

impl Naming {
    pub(super) fn new(call: &Call<'_>) -> Result<Self, Rejection> {
        let universe = call.id("universe_id")?;
        let store = call.param("data_store_id")?;
        Ok(Self {
            store: format!("universes/{universe}/data-stores/{store}"),
            scope: scope(call)?,
        })
    }

    fn path(&self, key: &str) -> String {
        self.path_in(self.scope.as_deref(), key)
    }

    fn listed_path(&self, item: &Listed<'_>) -> String {
        self.path_in(self.scope.as_ref().map(|_| item.scope), item.key)
    }

    fn path_in(&self, scope: Option<&str>, key: &str) -> String {
        let scope = scope.map(|scope| format!("/scopes/{scope}"));
        format!("{}{}/entries/{key}", self.store, scope.unwrap_or_default())
    }

    fn full<'r>(&self, key: &str, revision: &'r Revision) -> EntryJson<'r> {
        EntryJson::full(self.path(key), key.to_owned(), revision)
    }

    /// Returns an entry whose id names its revision, without its content.
    pub(super) fn revision<'r>(&self, key: &str, revision: &'r Revision) -> EntryJson<'r> {
        let id = format!("{key}@{}", revision.id);
        let path = format!("{}@{}", self.path(key), revision.id);
        EntryJson::partial(path, id, revision)
    }
}

fn scope(call: &Call<'_>) -> Result<Option<String>, Rejection> {
    let has_scope = call.raw_param("scope_id").is_ok();
    has_scope.then(|| call.param("scope_id")).transpose()
}

/// Returns the address of the entry with this key.
pub(super) fn entry_address(call: &Call<'_>, key: String) -> Result<Address, Rejection> {
    let store = call.param("data_store_id")?;
    address(store, scope(call)?, key).map_err(v2)
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let id = call.param("entry_id")?;
    let naming = Naming::new(call)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let (key, selector) = RevisionSelector::parse(&id, now).map_err(v2)?;
    let address = entry_address(call, key)?;
    let entry = stores.entry(&address).map_err(v2)?;
    let revision = selector.find(entry, now).map_err(v2)?;
    exact_json(&naming.full(&address.key, revision))
}

pub(crate) fn create(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let key = call.query("id").unwrap_or_default().to_owned();
    write(call, key, |_| Condition::Absent)
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let key = call.param("entry_id")?;
    let may_create = flag(call, "allowMissing").map_err(v2)?;
    write(call, key, |etag| match (etag, may_create) {
        (Some(etag), _) => Condition::Revision(etag),
        (None, true) => Condition::Always,
        (None, false) => Condition::Exists,
    })
}

fn write(
    call: &mut Call<'_>,
    key: String,
    condition: impl FnOnce(Option<String>) -> Condition,
) -> Result<Response, Rejection> {
    let address = entry_address(call, key)?;
    let body = EntryBody::read(call)?;
    let content = body.content().map_err(v2)?;
    let condition = condition(body.etag.filter(|etag| !etag.is_empty()));
    let naming = Naming::new(call)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let revision = stores.write(&address, content, &condition, now);
    exact_json(&naming.full(&address.key, revision.map_err(v2)?))
}

pub(crate) fn increment(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let address = entry_address(call, call.param("entry_id")?)?;
    let (amount, content) = EntryBody::read(call)?.increment().map_err(v2)?;
    let naming = Naming::new(call)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let revision = add(stores, &address, amount, content, now).map_err(v2)?;
    exact_json(&naming.full(&address.key, revision))
}

/// Adds an amount to an entry, or creates it with this value.
pub(super) fn add<'s>(
    stores: &'s mut DataStores,
    address: &Address,
    amount: i64,
    mut content: Content,
    now: OffsetDateTime,
) -> Result<&'s Revision, Problem> {
    let current = stores.entry(address).ok();
    let current = current.and_then(|entry| entry.current(now)?.content.as_ref());
    let sum = match current {
        Some(current) => stored_integer(&current.value)?.saturating_add(amount),
        None => amount,
    };
    content.value = json!(sum).into();
    stores.write(address, content, &Condition::Always, now)
}

pub(crate) fn delete(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let address = entry_address(call, call.param("entry_id")?)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    stores.delete(&address, now).map_err(v2)?;
    Ok(json!({}))
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let prefix = prefix(call.filter()).map_err(v2)?;
    let show_deleted = flag(call, "showDeleted").map_err(v2)?;
    let page = call.page(&Paging::TOKENS.sizes(Sizes::up_to(256)))?;
    let naming = Naming::new(call)?;
    let (name, scope) = (call.param("data_store_id")?, scope(call)?);
    check_name("name of the data store", &name).map_err(v2)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let store = stores.readable(&name).map_err(v2)?;
    let scope = scope.as_deref().unwrap_or(GLOBAL);
    let items = listed(store, scope, &prefix, page.after()).map(|item| {
        let latest = item.entry.latest(now);
        let is_shown = latest.is_some_and(|latest| show_deleted || latest.content.is_some());
        let json = || json!({ "path": naming.listed_path(&item), "id": item.id() });
        (item.position(), is_shown.then(json))
    });
    Ok(page.respond_by_position("dataStoreEntries", items))
}
