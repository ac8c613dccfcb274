//! Data stores in the older interface, with all parameters in the query and in headers.

pub(crate) mod entries;
mod headers;
mod problem;
mod request_headers;
pub(crate) mod versions;

use serde_json::{Value, json};

use super::listing::{ALL_SCOPES, listed};
use super::{LockedStores, address, check_name, flag};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::clock::timestamp;
use crate::sandbox::state::data_store::{Address, GLOBAL};
use problem::{no_universe, v1};

const MAX_PAGE_SIZE: u64 = 100;

const fn paging(default: u64) -> Paging {
    Paging::CURSORS.sizes(Sizes::Clamped {
        default,
        max: MAX_PAGE_SIZE,
    })
}

fn lock<'a>(call: &Call<'a>) -> Result<LockedStores<'a>, Rejection> {
    LockedStores::new(call, "universeId", no_universe)
}

fn text<'c>(call: &'c Call<'_>, name: &str) -> &'c str {
    call.query_ignoring_case(name).unwrap_or_default()
}

fn scope(call: &Call<'_>) -> Option<String> {
    call.query_ignoring_case("scope").map(str::to_owned)
}

/// Returns the address of the entry that the query names.
fn entry_address(call: &Call<'_>) -> Result<Address, Rejection> {
    let (store, key) = (text(call, "datastoreName"), text(call, "entryKey"));
    address(store.to_owned(), scope(call), key.to_owned()).map_err(v1)
}

pub(crate) fn list_stores(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let page = call.page(&paging(1))?;
    let prefix = text(call, "prefix");
    let mut locked = lock(call)?;
    let (stores, _) = locked.stores();
    let items = stores.list(prefix, page.after()).map(|(name, store)| {
        let json = json!({ "name": name, "createdTime": timestamp(store.created) });
        (name.clone(), store.expires.is_none().then_some(json))
    });
    Ok(page.respond_by_position("datastores", items))
}

/// Lists keys. Deleted entries are among them until they are removed for good.
pub(crate) fn list_keys(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let page = call.page(&paging(16))?;
    let name = text(call, "datastoreName");
    check_name("name of the data store", name).map_err(v1)?;
    let scope = match (flag(call, "allScopes").map_err(v1)?, scope(call)) {
        (true, _) => ALL_SCOPES.to_owned(),
        (false, scope) => scope.unwrap_or_else(|| GLOBAL.to_owned()),
    };
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let store = stores.readable(name).map_err(v1)?;
    let listed = listed(store, &scope, text(call, "prefix"), page.after());
    let items = listed.map(|item| {
        let is_kept = item.entry.latest(now).is_some();
        let json = json!({ "scope": item.scope, "key": item.key });
        (item.position(), is_kept.then_some(json))
    });
    Ok(page.respond_by_position("keys", items))
}
