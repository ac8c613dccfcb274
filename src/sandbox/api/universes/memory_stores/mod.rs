//! Memory stores: queues, sorted maps, and emptying them.

mod filter;
pub(crate) mod queues;
pub(crate) mod sorted_maps;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::lookup::{find, find_mut};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};
use crate::sandbox::api::values::seconds;
use crate::sandbox::clock::later;
use crate::sandbox::object::set_field;
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::memory_store::{MAX_LIFETIME, MemoryStore};

const FLUSHED: &str = "type.googleapis.com/roblox.open_cloud.cloud.v2.FlushMemoryStoreResponse";

/// Starts the operation that empties the memory store of the universe. The sandbox keeps nothing in the store for tests.
pub(crate) fn flush(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let scope = scope(call)?;
    let mut state = call.state();
    find(&state.store, universe)?;
    let id = random_uuid();
    let is_live = scope == "LIVE";
    let effect = move |store: &mut Store| {
        let universe = store.universes.get_mut(&universe).filter(|_| is_live);
        if let Some(universe) = universe {
            universe.memory_store = MemoryStore::default();
        }
        json!({ "@type": FLUSHED })
    };
    let started = state.start_operation(&operation_path(universe, &id, scope), Box::new(effect));
    Ok(with_path(started, universe, &id))
}

pub(crate) fn get_operation(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let id = call.param("operation_id")?;
    let path = operation_path(universe, &id, scope(call)?);
    let operation = call.state().poll_operation(&path);
    let operation = operation.ok_or_else(|| not_found("The operation"))?;
    Ok(with_path(operation, universe, &id))
}

fn scope(call: &Call<'_>) -> Result<&'static str, Rejection> {
    match call.query("scope").unwrap_or("LIVE") {
        "LIVE" => Ok("LIVE"),
        "TEST" => Ok("TEST"),
        _ => Err(invalid("scope is neither LIVE nor TEST.")),
    }
}

/// Returns the path under which the sandbox keeps an operation.
fn operation_path(universe: u64, id: &str, scope: &str) -> String {
    format!("universes/{universe}/memory-store/operations/{id}?scope={scope}")
}

/// The service names a path at which it does not respond, and reports nothing about an operation that is not done.
fn with_path(mut operation: Value, universe: u64, id: &str) -> Value {
    let path = format!("cloud/v2/universes/{universe}/operations/{id}");
    set_field(&mut operation, "path", path);
    if operation.get("done") == Some(&Value::Bool(false)) {
        set_field(&mut operation, "done", Value::Null);
    }
    operation
}

/// Runs `change` on the memory store of the universe in the path.
fn with_store<T>(
    call: &Call<'_>,
    change: impl FnOnce(&mut MemoryStore, OffsetDateTime) -> Result<T, Rejection>,
) -> Result<T, Rejection> {
    let id = call.id("universe_id")?;
    let mut state = call.state();
    let now = state.now();
    change(&mut find_mut(&mut state.store, id)?.memory_store, now)
}

/// Returns when an item expires, if the request says so.
fn expiry(body: &JsonObject, now: OffsetDateTime) -> Result<Option<OffsetDateTime>, Rejection> {
    let Some(text) = body.text("ttl")? else {
        return Ok(None);
    };
    let wrong = || invalid("ttl must be a number of seconds such as 3s, up to 3888000s.");
    let ttl = seconds(text).filter(|ttl| *ttl <= MAX_LIFETIME);
    Ok(Some(later(now, ttl.ok_or_else(wrong)?)))
}

/// Returns the finite number in a field.
fn float(body: &JsonObject, name: &str) -> Result<Option<f64>, Rejection> {
    let Some(value) = body.get(name) else {
        return Ok(None);
    };
    let text = || value.as_str()?.parse().ok();
    let number = value
        .as_f64()
        .or_else(text)
        .filter(|number| number.is_finite());
    let wrong = || invalid(&format!("{name} is not a number."));
    number.map(Some).ok_or_else(wrong)
}
