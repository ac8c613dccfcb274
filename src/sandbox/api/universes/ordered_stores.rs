//! Ordered data stores, in both versions of the service.

use serde_json::{Value, json};

use super::lookup::{find, find_mut};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::page::Paging;
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};
use crate::sandbox::api::values::integer;
use crate::sandbox::server::Response;
use crate::sandbox::state::universe::ordered_store::OrderedStore;

const MAX_NAME_LENGTH: usize = 50;
const MAX_ID_LENGTH: usize = 63;

/// The names of parameters, fields and collections in one version of the service.
struct Version {
    universe: &'static str,
    store: &'static str,
    scope: &'static str,
    entry: &'static str,
    list: &'static str,
    paging: Paging,
    order_by: &'static str,
    /// Whether `orderBy` names the field.
    names_field: bool,
    allow_missing: &'static str,
    collection: &'static str,
}

const V1: Version = Version {
    universe: "universeId",
    store: "orderedDataStore",
    scope: "scope",
    entry: "entry",
    list: "entries",
    paging: Paging {
        size: "max_page_size",
        token: "page_token",
        ..Paging::TOKENS
    },
    order_by: "order_by",
    names_field: false,
    allow_missing: "allow_missing",
    collection: "orderedDataStores",
};
const V2: Version = Version {
    universe: "universe_id",
    store: "ordered_data_store_id",
    scope: "scope_id",
    entry: "entry_id",
    list: "orderedDataStoreEntries",
    paging: Paging::TOKENS,
    order_by: "orderBy",
    names_field: true,
    allow_missing: "allowMissing",
    collection: "ordered-data-stores",
};

/// The scope of a store that a request is about.
struct Target {
    universe: u64,
    key: (String, String),
    collection: &'static str,
}

impl Target {
    fn from_call(call: &Call<'_>, version: &Version) -> Result<Self, Rejection> {
        let key = (call.param(version.store)?, call.param(version.scope)?);
        for name in [&key.0, &key.1] {
            check_name("name", name, MAX_NAME_LENGTH)?;
        }
        let universe = call.id(version.universe)?;
        find(&call.state().store, universe)?;
        Ok(Self {
            universe,
            key,
            collection: version.collection,
        })
    }

    fn entry(&self, id: &str, value: i64) -> Value {
        let Self {
            universe,
            collection,
            key: (store, scope),
        } = self;
        let path = format!("universes/{universe}/{collection}/{store}/scopes/{scope}/entries/{id}");
        json!({ "path": path, "id": id, "value": value })
    }

    /// Runs `change` on the scope of the store. Creates the scope if it does not exist.
    fn with<T>(
        &self,
        call: &Call<'_>,
        change: impl FnOnce(&mut OrderedStore) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        let mut state = call.state();
        let universe = find_mut(&mut state.store, self.universe)?;
        change(universe.ordered_stores.entry(self.key.clone()).or_default())
    }
}

fn check_name(what: &str, name: &str, max: usize) -> Result<(), Rejection> {
    if name.is_empty() || name.chars().count() > max {
        let message = format!("The {what} must have 1 to {max} characters.");
        return Err(invalid(&message));
    }
    Ok(())
}

fn list(call: &Call<'_>, version: &Version) -> Result<Value, Rejection> {
    let target = Target::from_call(call, version)?;
    let wrong = || invalid("The filter is not valid.");
    let (min, max) = parse_filter(call.filter()).ok_or_else(wrong)?;
    let wrong = || invalid("The order is not valid.");
    let is_descending = parse_order(call.query(version.order_by), version.names_field);
    let is_descending = is_descending.ok_or_else(wrong)?;
    let page = call.page(&version.paging)?;
    let state = call.state();
    let universe = find(&state.store, target.universe)?;
    let store = universe.ordered_stores.get(&target.key);
    let entries = store.into_iter().flat_map(|store| store.range(min, max));
    let to_json = |(value, id): &(i64, String)| target.entry(id, *value);
    Ok(if is_descending {
        page.respond(version.list, entries.rev().map(to_json))
    } else {
        page.respond(version.list, entries.map(to_json))
    })
}

/// Parses `entry >= 10 && entry <= 30`, with single spaces between the parts.
fn parse_filter(text: &str) -> Option<(i64, i64)> {
    let (mut min, mut max) = (i64::MIN, i64::MAX);
    let conditions = text.split(" && ").filter(|_| !text.is_empty());
    for condition in conditions {
        let mut parts = condition.split(' ');
        match (parts.next()?, parts.next()?, parts.next()?, parts.next()) {
            ("entry", ">=", value, None) => min = value.parse().ok()?,
            ("entry", "<=", value, None) => max = value.parse().ok()?,
            _ => return None,
        }
    }
    Some((min, max))
}

/// Returns whether the largest value comes first.
fn parse_order(text: Option<&str>, names_field: bool) -> Option<bool> {
    match (text.unwrap_or_default().trim(), names_field) {
        ("", _) | ("value", true) | ("asc", false) => Some(false),
        ("value desc", true) | ("desc", false) => Some(true),
        _ => None,
    }
}

fn create(call: &mut Call<'_>, version: &Version) -> Result<Value, Rejection> {
    let target = Target::from_call(call, version)?;
    let id = call.query("id").unwrap_or_default().to_owned();
    check_name("id", &id, MAX_ID_LENGTH)?;
    let value = integer_field(&call.json()?, "value")?;
    target.with(call, |store| {
        if store.get(&id).is_some() {
            return Err(invalid("Entry already exists."));
        }
        store.set(&id, value);
        Ok(target.entry(&id, value))
    })
}

fn get(call: &Call<'_>, version: &Version) -> Result<Value, Rejection> {
    let target = Target::from_call(call, version)?;
    let id = call.param(version.entry)?;
    target.with(call, |store| {
        let value = store.get(&id).ok_or_else(no_entry)?;
        Ok(target.entry(&id, value))
    })
}

fn update(call: &mut Call<'_>, version: &Version) -> Result<Value, Rejection> {
    let target = Target::from_call(call, version)?;
    let id = call.param(version.entry)?;
    check_name("id", &id, MAX_ID_LENGTH)?;
    let allow_missing = call.flag(version.allow_missing)?;
    let value = integer_field(&call.json()?, "value")?;
    target.with(call, |store| {
        if store.get(&id).is_none() && !allow_missing {
            return Err(no_entry());
        }
        store.set(&id, value);
        Ok(target.entry(&id, value))
    })
}

fn increment(call: &mut Call<'_>, version: &Version) -> Result<Value, Rejection> {
    let target = Target::from_call(call, version)?;
    let id = call.param(version.entry)?;
    check_name("id", &id, MAX_ID_LENGTH)?;
    let amount = integer_field(&call.json()?, "amount")?;
    target.with(call, |store| {
        let value = store.get(&id).unwrap_or_default().saturating_add(amount);
        store.set(&id, value);
        Ok(target.entry(&id, value))
    })
}

/// Deletes an entry, and returns whether it existed.
fn delete(call: &Call<'_>, version: &Version) -> Result<bool, Rejection> {
    let target = Target::from_call(call, version)?;
    let id = call.param(version.entry)?;
    target.with(call, |store| Ok(store.remove(&id)))
}

fn no_entry() -> Rejection {
    not_found("The entry")
}

/// Returns the integer in a field: a number, with or without an exponent, or a text.
fn integer_field(body: &JsonObject, name: &str) -> Result<i64, Rejection> {
    let integer = match body.get(name) {
        Some(Value::Number(number)) => integer(number),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    let message = || format!("{name} must be an integer of 64 bits.");
    integer.ok_or_else(|| invalid(&message()))
}

pub(crate) mod v1 {
    use super::{Call, Rejection, Response, V1, Value};

    pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::list(call, &V1)
    }

    pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::create(call, &V1)
    }

    pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::get(call, &V1)
    }

    pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::update(call, &V1)
    }

    pub(crate) fn increment(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::increment(call, &V1)
    }

    /// Succeeds even if the entry does not exist.
    pub(crate) fn delete(call: &mut Call<'_>) -> Result<Response, Rejection> {
        super::delete(call, &V1).map(|_| Response::empty(200))
    }
}

pub(crate) mod v2 {
    use super::{Call, Rejection, Response, V2, Value, no_entry};

    pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::list(call, &V2)
    }

    pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::create(call, &V2)
    }

    pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::get(call, &V2)
    }

    pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::update(call, &V2)
    }

    pub(crate) fn increment(call: &mut Call<'_>) -> Result<Value, Rejection> {
        super::increment(call, &V2)
    }

    pub(crate) fn delete(call: &mut Call<'_>) -> Result<Response, Rejection> {
        let was_there = super::delete(call, &V2)?;
        let gone = was_there.then(|| Response::empty(200));
        gone.ok_or_else(no_entry)
    }
}
