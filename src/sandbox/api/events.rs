//! Events of universes.

use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::call::Call;
use super::json::JsonObject;
use super::page::{Paging, Sizes};
use super::rejection::{Rejection, problem};
use super::values::json_number;
use crate::sandbox::clock::parse_timestamp;
use crate::sandbox::server::Response;
use crate::sandbox::state::asset::Creator;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::event::Event;

const PAGING: Paging = Paging {
    size: "pageSize",
    token: "pageToken",
    next: "nextPageToken",
    sizes: Sizes::Within {
        default: 25,
        max: 100,
    },
    ends_with_empty_page: false,
};

/// The fields that a request sets as they are.
const SETTABLE: [&str; 9] = [
    "title",
    "subtitle",
    "description",
    "placeId",
    "categories",
    "thumbnails",
    "config",
    "featuringStatus",
    "tagline",
];
/// The fields that are returned only on request.
const ON_REQUEST: [&str; 3] = ["displayTitle", "displaySubtitle", "displayDescription"];
/// The other fields, which only the service sets or which have another form in requests.
const READ_ONLY: [&str; 9] = [
    "id",
    "startTime",
    "endTime",
    "universeId",
    "host",
    "visibility",
    "userRsvpStatus",
    "createTime",
    "updateTime",
];

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universeId")?;
    let page = call.page(&PAGING)?;
    let (starts_before, starts_after) = (bound(call, "startsBefore")?, bound(call, "startsAfter")?);
    let (ends_before, mut ends_after) = (bound(call, "endsBefore")?, bound(call, "endsAfter")?);
    let visibility = call.query("visibility").map(str::to_ascii_lowercase);
    let mask = Mask::parse(call.query("fields"))?;
    let state = call.state();
    if ends_before.is_none() && ends_after.is_none() {
        ends_after = Some(state.now());
    }
    let store = &state.store;
    let events = store.universes.get(&universe).map(|found| &found.events);
    let mut events: Vec<_> = events.into_iter().flatten().collect();
    events.retain(|(_, event)| {
        let is_before = |time, limit: Option<OffsetDateTime>| limit.is_none_or(|at| time < at);
        let is_after = |time, limit: Option<OffsetDateTime>| limit.is_none_or(|at| time > at);
        let known = event.fields.get("visibility").and_then(Value::as_str);
        is_before(event.start, starts_before)
            && is_after(event.start, starts_after)
            && is_before(event.end, ends_before)
            && is_after(event.end, ends_after)
            && visibility
                .as_deref()
                .is_none_or(|wanted| known == Some(wanted))
    });
    events.sort_by_key(|(id, event)| (event.start, **id));
    let events = events.into_iter().map(|(id, event)| {
        mask.apply(event.to_json(*id, universe, store.creator_name(event.host)))
    });
    Ok(page.respond("gameEvents", events))
}

pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universeId")?;
    let body = call.json()?;
    let host = body.get("groupId").and_then(json_number);
    let host = host.map_or(Creator::User(call.acting_user()), Creator::Group);
    for name in ["title", "subtitle", "startTime", "endTime"] {
        if body.text(name)?.is_none() {
            return Err(problem(400, &format!("{name} is required.")));
        }
    }
    let state = &mut *call.state();
    let now = state.now();
    let mut event = Event {
        host,
        fields: Map::new(),
        created: now,
        ..Event::default()
    };
    event
        .fields
        .insert("visibility".to_owned(), "private".into());
    apply(&mut event, &body, now)?;
    let id = state.store.new_event_id();
    let found = state.store.universes.get_mut(&universe);
    let found = found.ok_or_else(|| problem(404, "The universe was not found."))?;
    found.events.insert(id, event);
    respond_to_change(&state.store, id, body.get("thumbnails").is_some())
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("eventId")?;
    let mask = Mask::parse(call.query("fields"))?;
    let state = call.state();
    Ok(mask.apply(find(&state.store, id)?))
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("eventId")?;
    let body = call.json_or_empty()?;
    let state = &mut *call.state();
    let now = state.now();
    let mut universes = state.store.universes.values_mut();
    let event = universes.find_map(|universe| universe.events.get_mut(&id));
    let event = event.ok_or_else(no_event)?;
    let mut changed = event.clone();
    apply(&mut changed, &body, now)?;
    *event = changed;
    respond_to_change(&state.store, id, body.get("thumbnails").is_some())
}

pub(crate) fn delete(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let id = call.id("eventId")?;
    let state = &mut *call.state();
    let mut universes = state.store.universes.values_mut();
    let removed = universes.find_map(|universe| universe.events.remove(&id));
    removed.map(|_| Response::empty(204)).ok_or_else(no_event)
}

fn find(store: &Store, id: u64) -> Result<Map<String, Value>, Rejection> {
    let mut universes = store.universes.iter();
    let event = universes.find_map(|(universe, found)| {
        let event = found.events.get(&id)?;
        Some(event.to_json(id, *universe, store.creator_name(event.host)))
    });
    event.ok_or_else(no_event)
}

/// Returns the whole event after a change.
fn respond_to_change(store: &Store, id: u64, has_thumbnails: bool) -> Result<Value, Rejection> {
    let mut event = find(store, id)?;
    if has_thumbnails {
        event.insert("allThumbnailsCreated".to_owned(), true.into());
    }
    event.retain(|name, _| !ON_REQUEST.contains(&name.as_str()));
    Ok(Value::Object(event))
}

fn no_event() -> Rejection {
    problem(404, "The event was not found.")
}

/// Sets the fields of a request.
fn apply(event: &mut Event, body: &JsonObject, now: OffsetDateTime) -> Result<(), Rejection> {
    for (name, time) in [("startTime", &mut event.start), ("endTime", &mut event.end)] {
        if let Some(text) = body.text(name)? {
            *time = parse_time(text, name)?;
        }
    }
    if event.start >= event.end {
        return Err(problem(400, "endTime must be after startTime."));
    }
    if let Some(visibility) = body.text("visibility")? {
        let visibility = visibility.to_ascii_lowercase();
        if !matches!(visibility.as_str(), "private" | "public") {
            return Err(problem(400, "visibility must be Public or Private."));
        }
        event
            .fields
            .insert("visibility".to_owned(), visibility.into());
    }
    for name in SETTABLE {
        let Some(value) = body.get(name) else {
            continue;
        };
        match (event.fields.get_mut(name), value) {
            (Some(Value::Object(known)), Value::Object(new)) => {
                let new = new.iter().filter(|(_, value)| !value.is_null());
                known.extend(new.map(|(name, value)| (name.clone(), value.clone())));
            }
            _ => {
                event.fields.insert(name.to_owned(), value.clone());
            }
        }
    }
    event.updated = now;
    Ok(())
}

fn bound(call: &Call<'_>, name: &str) -> Result<Option<OffsetDateTime>, Rejection> {
    let text = call.query(name);
    text.map(|text| parse_time(text, name)).transpose()
}

fn parse_time(text: &str, name: &str) -> Result<OffsetDateTime, Rejection> {
    parse_timestamp(text).ok_or_else(|| problem(400, &format!("{name} is not a time.")))
}

/// The fields to return.
struct Mask<'q>(Option<Vec<&'q str>>);

impl<'q> Mask<'q> {
    fn parse(fields: Option<&'q str>) -> Result<Self, Rejection> {
        let Some(fields) = fields.filter(|fields| *fields != "*") else {
            return Ok(Self(None));
        };
        let names: Vec<&str> = fields.split(',').map(str::trim).collect();
        let is_known = |name: &&str| {
            [&SETTABLE[..], &ON_REQUEST, &READ_ONLY]
                .concat()
                .contains(name)
        };
        if let Some(name) = names.iter().find(|name| !is_known(name)) {
            return Err(problem(400, &format!("{name} is not a field.")));
        }
        Ok(Self(Some(names)))
    }

    fn apply(&self, mut event: Map<String, Value>) -> Value {
        event.retain(|name, _| match &self.0 {
            Some(names) => name == "id" || names.contains(&name.as_str()),
            None => !ON_REQUEST.contains(&name.as_str()),
        });
        Value::Object(event)
    }
}
