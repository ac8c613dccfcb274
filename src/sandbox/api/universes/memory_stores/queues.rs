//! Queues.

use std::time::Duration;

use serde_json::{Value, json};

use super::{expiry, float, with_store};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};
use crate::sandbox::api::values::{number, seconds};
use crate::sandbox::clock::{later, timestamp};
use crate::sandbox::server::Response;
use crate::sandbox::state::universe::memory_store::MAX_LIFETIME;
use crate::sandbox::state::universe::memory_store::queue::Item;

const MAX_COUNT: u64 = 200;
const DEFAULT_WINDOW: Duration = Duration::from_secs(30);
/// The parameter of an earlier form of the call, whose response has another form, too.
const EARLIER_WINDOW: &str = "invisibilityTimeoutSeconds";

pub(crate) fn add(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, queue) = (call.id("universe_id")?, call.param("queue_id")?);
    let body = call.json()?;
    let data = body.get("data").cloned();
    let data = data.ok_or_else(|| invalid("data is missing or null."))?;
    let priority = float(&body, "priority")?;
    with_store(call, |store, now| {
        let expires = expiry(&body, now)?.unwrap_or_else(|| later(now, MAX_LIFETIME));
        let found = store.queues.entry(queue.clone()).or_default();
        found.update(now);
        let item = found.add(data, priority.unwrap_or_default(), expires);
        Ok(to_json(universe, &queue, item))
    })
}

pub(crate) fn read(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let (universe, queue) = (call.id("universe_id")?, call.param("queue_id")?);
    let wrong = |name: &str| invalid(&format!("{name} is not valid."));
    let count = number(call.query("count").unwrap_or("1")).filter(|count| *count > 0);
    let count = count.ok_or_else(|| wrong("count"))?.min(MAX_COUNT);
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let is_all_or_nothing = call.flag("allOrNothing")?;
    let earlier = call.query(EARLIER_WINDOW);
    let window = match (call.query("invisibilityWindow"), earlier) {
        (Some(text), _) => seconds(text),
        (None, Some(text)) => number(text).map(Duration::from_secs),
        (None, None) => Some(DEFAULT_WINDOW),
    };
    let window = window.ok_or_else(|| wrong("invisibilityWindow"))?;
    let is_earlier = earlier.is_some();
    with_store(call, |store, now| {
        let found = store.queues.entry(queue.clone()).or_default();
        found.update(now);
        let visible = found.visible_count();
        if is_all_or_nothing && visible < count {
            return Err(not_found("The number of items"));
        }
        if visible == 0 {
            let empty = json!({ "items": [], "readId": "" });
            return Ok(if is_earlier {
                Response::empty(204)
            } else {
                empty.into()
            });
        }
        let (id, items) = found.read(count, window, now);
        let items = items.into_iter();
        Ok(if is_earlier {
            let data: Vec<&Value> = items.map(|item| &item.data).collect();
            json!({ "data": data, "id": id }).into()
        } else {
            let items: Vec<Value> = items.map(|item| to_json(universe, &queue, item)).collect();
            json!({ "items": items, "readId": id }).into()
        })
    })
}

pub(crate) fn discard(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let queue = call.param("queue_id")?;
    let body = call.json()?;
    // An earlier form of the call has it in the query.
    let id = body.text("readId")?.or_else(|| call.query("readId"));
    let id = id.ok_or_else(|| invalid("readId is missing."))?.to_owned();
    with_store(call, |store, now| {
        let found = store.queues.entry(queue).or_default();
        found.update(now);
        let is_known = found.discard(&id);
        let known = is_known.then(|| Response::empty(200));
        known.ok_or_else(|| not_found("The read"))
    })
}

fn to_json(universe: u64, queue: &str, item: &Item) -> Value {
    let id = &item.id;
    json!({
        "path": format!("cloud/v2/universes/{universe}/memory-store/queues/{queue}/items/{id}"),
        "id": id,
        "data": item.data,
        "priority": item.priority.get(),
        "expireTime": timestamp(item.expires),
    })
}
