//! Sorted maps.

use serde_json::{Value, json};

use super::filter::Filter;
use super::{expiry, float, with_store};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, invalid, not_found, v2};
use crate::sandbox::clock::{later, timestamp};
use crate::sandbox::object::set_field;
use crate::sandbox::server::Response;
use crate::sandbox::state::universe::memory_store::sorted_map::{Item, SortKey};
use crate::sandbox::state::universe::memory_store::{MAX_LIFETIME, Number};

const MAX_ID_LENGTH: usize = 127;
const PAGING: Paging = Paging::TOKENS.sizes(Sizes::Clamped {
    default: 1,
    max: 100,
});

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let map = Map::from_call(call)?;
    let filter = Filter::parse(call.filter());
    let filter = filter.ok_or_else(|| invalid("The filter is not valid."))?;
    let is_descending = match call.query("orderBy").unwrap_or_default() {
        // A bare `desc` does not name a field, so it is ignored.
        "" | "id" | "desc" => false,
        "id desc" => true,
        _ => return Err(invalid("Items can only be ordered by id.")),
    };
    let page = call.page(&PAGING)?;
    with_store(call, |store, now| {
        let found = store.maps.entry(map.name.clone()).or_default();
        found.update(now);
        let items = found.iter().filter(|(id, item)| filter.accepts(id, item));
        let to_json = |(id, item): (&str, &Item)| map.to_json(id, item);
        Ok(if is_descending {
            page.respond("items", items.rev().map(to_json))
        } else {
            page.respond("items", items.map(to_json))
        })
    })
}

pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let map = Map::from_call(call)?;
    let body = call.json()?;
    let id = match call.query("id") {
        Some(id) => id.to_owned(),
        None => body.text("id")?.unwrap_or_default().to_owned(),
    };
    check_id(&id)?;
    let value = body.get("value").cloned();
    let value = value.ok_or_else(|| invalid("value is missing or null."))?;
    let key = sort_key(&body)?.unwrap_or(SortKey::None);
    with_store(call, |store, now| {
        let expires = expiry(&body, now)?.unwrap_or_else(|| later(now, MAX_LIFETIME));
        let found = store.maps.entry(map.name.clone()).or_default();
        found.update(now);
        if found.get(&id).is_some() {
            return Err(exists());
        }
        let item = Item::new(value, key, expires);
        found.set(&id, item.clone());
        Ok(map.to_json(&id, &item))
    })
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let map = Map::from_call(call)?;
    let id = call.param("item_id")?;
    with_store(call, |store, now| {
        let found = store.maps.entry(map.name.clone()).or_default();
        found.update(now);
        let item = found.get(&id).ok_or_else(no_item)?;
        Ok(map.to_json(&id, item))
    })
}

/// Sets the fields that the request contains, and keeps the others.
pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let map = Map::from_call(call)?;
    let id = call.param("item_id")?;
    check_id(&id)?;
    let allow_missing = call.flag("allowMissing")?;
    let body = call.json()?;
    let value = body.get("value").cloned();
    let key = sort_key(&body)?;
    let etag = body.text("etag")?.map(str::to_owned);
    with_store(call, |store, now| {
        let expires = expiry(&body, now)?;
        let found = store.maps.entry(map.name.clone()).or_default();
        found.update(now);
        let current = found.get(&id);
        if current.is_none() && !allow_missing {
            return Err(no_item());
        }
        check_etag(current, etag.as_deref())?;
        let value = value.or_else(|| current.map(|item| item.value.clone()));
        let value = value.ok_or_else(|| invalid("value is missing or null."))?;
        let key = key.or_else(|| current.map(|item| item.sort_key.clone()));
        let expires = expires.or_else(|| current.map(|item| item.expires));
        let item = Item::new(
            value,
            key.unwrap_or(SortKey::None),
            expires.unwrap_or_else(|| later(now, MAX_LIFETIME)),
        );
        found.set(&id, item.clone());
        Ok(map.to_json(&id, &item))
    })
}

pub(crate) fn delete(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let map = Map::from_call(call)?;
    let id = call.param("item_id")?;
    let etag = call.query("etag");
    with_store(call, |store, now| {
        let found = store.maps.entry(map.name.clone()).or_default();
        found.update(now);
        check_etag(found.get(&id), etag)?;
        let was_there = found.remove(&id).then(|| Response::empty(200));
        was_there.ok_or_else(no_item)
    })
}

/// The map in the path.
struct Map {
    universe: u64,
    name: String,
}

impl Map {
    fn from_call(call: &Call<'_>) -> Result<Self, Rejection> {
        Ok(Self {
            universe: call.id("universe_id")?,
            name: call.param("sorted_map_id")?,
        })
    }

    fn to_json(&self, id: &str, item: &Item) -> Value {
        let Self { universe, name } = self;
        let mut json = json!({
            "path": format!("cloud/v2/universes/{universe}/memory-store/sorted-maps/{name}/items/{id}"),
            "id": id,
            "value": item.value,
            "etag": item.etag,
            "expireTime": timestamp(item.expires),
        });
        match &item.sort_key {
            SortKey::Number(number) => set_field(&mut json, "numericSortKey", number.get()),
            SortKey::Text(text) => set_field(&mut json, "stringSortKey", text.as_str()),
            SortKey::None => {}
        }
        json
    }
}

fn no_item() -> Rejection {
    not_found("The item")
}

/// Rejects a duplicate item. The code is in two fields, since other clients read the second one.
fn exists() -> Rejection {
    let code = "ALREADY_EXISTS";
    let body = json!({ "code": code, "error": code, "message": "The item already exists." });
    Response::json(409, &body).into()
}

fn check_id(id: &str) -> Result<(), Rejection> {
    if id.is_empty() || id.chars().count() > MAX_ID_LENGTH {
        return Err(invalid("The id must have 1 to 127 characters."));
    }
    Ok(())
}

fn check_etag(current: Option<&Item>, etag: Option<&str>) -> Result<(), Rejection> {
    let is_other = current
        .zip(etag)
        .is_some_and(|(item, etag)| item.etag != etag);
    if is_other {
        return Err(v2(409, "ABORTED", "The item was changed."));
    }
    Ok(())
}

fn sort_key(body: &JsonObject) -> Result<Option<SortKey>, Rejection> {
    let number = float(body, "numericSortKey")?.map(|number| SortKey::Number(Number::new(number)));
    let text = body.text("stringSortKey")?;
    let text = text.map(|text| SortKey::Text(text.to_owned()));
    if number.is_some() && text.is_some() {
        return Err(invalid("An item has one sort key, a number or a text."));
    }
    Ok(number.or(text))
}
