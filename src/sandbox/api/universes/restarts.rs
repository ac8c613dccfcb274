//! Restarts of game servers.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::lookup::{find, find_or_problem};
use crate::models::PlaceVersions;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::rejection::{Rejection, invalid, problem};
use crate::sandbox::api::values::{json_number, number};
use crate::sandbox::clock::{later, timestamp};
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::State;
use crate::sandbox::state::universe::place::Place;
use crate::sandbox::state::universe::restart::{PlaceRestart, Restart};

/// Maximum size of the attributes, in bytes.
const MAX_ATTRIBUTES_SIZE: usize = 500;

/// The versions to restart by place.
type Filters = BTreeMap<u64, PlaceVersions>;

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let mut state = call.state();
    let now = state.now();
    let universe = find_or_problem(&mut state.store, id)?;
    universe.finish_restarts(now);
    for restart in &mut universe.restarts {
        restart.poll(&mut universe.places, now);
    }
    let restarts = universe.restarts.iter().filter(|restart| restart.is_listed);
    let restarts: Map<String, Value> = restarts
        .map(|restart| (restart.id.clone(), restart.to_json(id, now)))
        .collect();
    Ok(json!({ "restartStatuses": restarts }))
}

pub(crate) fn forecast(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let mut state = call.state();
    let now = state.now();
    let universe = find_or_problem(&mut state.store, id)?;
    universe.finish_restarts(now);
    let places = universe.places.values();
    let places = places.filter(|place| place.running_servers().next().is_some());
    let forecasts: Map<String, Value> = places
        .map(|place| (place.id.to_string(), place_forecast(place)))
        .collect();
    Ok(json!({ "placeForecasts": forecasts }))
}

/// Servers of older versions are affected.
fn place_forecast(place: &Place) -> Value {
    let affected = PlaceRestart::new(place, PlaceVersions::ExceptCurrent);
    let (mut players, mut instances) = (BTreeMap::new(), BTreeMap::new());
    for server in place.running_servers() {
        *players.entry(server.version.to_string()).or_insert(0) += server.players.len();
        *instances.entry(server.version.to_string()).or_insert(0) += 1;
    }
    let newest = place.running_servers().map(|server| server.version).max();
    json!({
        "playersImpacted": affected.as_ref().map_or(0, |place| place.players),
        "totalPlayers": players.values().sum::<usize>(),
        "instancesImpacted": affected.as_ref().map_or(0, |place| place.jobs.len()),
        "totalInstances": instances.values().sum::<usize>(),
        "latestPlaceVersion": newest.unwrap_or_default().to_string(),
        "publishTime": timestamp(place.updated),
        "isNotInUniverse": false,
        "playersPerVersion": players,
        "instancesPerVersion": instances,
    })
}

pub(crate) fn launch(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let body = call.json_or_empty()?;
    let bleed_off = bleed_off(&body, 240)?;
    let fits = |attributes: &Value| {
        attributes.is_object() && attributes.to_string().len() <= MAX_ATTRIBUTES_SIZE
    };
    if !body.get("attributes").is_none_or(fits) {
        let message = "attributes must be an object of up to 500 bytes.";
        return Err(problem(400, message));
    }
    let filters = filters(&body.object("places")?)?;
    let mut state = call.state();
    let places = &find_or_problem(&mut state.store, id)?.places;
    if let Some(unknown) = filters.keys().find(|place| !places.contains_key(place)) {
        let message = format!("Place {unknown} does not belong to the universe.");
        return Err(problem(400, &message));
    }
    start(&mut state, id, bleed_off, &filters, true)
}

/// Restarts servers in one call of `cloud/v2`. The list of restarts does not contain it.
pub(crate) fn restart_servers(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("universe_id")?;
    let body = call.json_or_empty()?;
    let is_true = |name: &str| body.get(name) == Some(&Value::Bool(true));
    let bleed_off = bleed_off(&body, 60)?.filter(|_| is_true("bleedOffServers"));
    let versions = if is_true("closeAllVersions") {
        PlaceVersions::All
    } else {
        PlaceVersions::ExceptCurrent
    };
    let places = body.get("placeIds").and_then(Value::as_array);
    let places: Vec<u64> = places
        .into_iter()
        .flatten()
        .filter_map(json_number)
        .collect();
    let mut state = call.state();
    let known = &find(&state.store, id)?.places;
    if let Some(unknown) = places.iter().find(|place| !known.contains_key(place)) {
        let message = format!("Place {unknown} does not belong to the universe.");
        return Err(invalid(&message));
    }
    let all = known.keys().copied().filter(|_| places.is_empty());
    let filters = all.chain(places.iter().copied());
    let filters = filters.map(|place| (place, versions.clone())).collect();
    start(&mut state, id, bleed_off, &filters, false)?;
    Ok(json!({}))
}

/// Starts a restart of the servers that the filters select, or of all without filters. Returns its id, and how many players
/// and servers it affects.
fn start(
    state: &mut State,
    universe: u64,
    bleed_off: Option<Duration>,
    filters: &Filters,
    is_listed: bool,
) -> Result<Value, Rejection> {
    let now = state.now();
    let begin = later(now, bleed_off.unwrap_or_default());
    let schedule = state.settings.schedule(begin);
    let universe = find_or_problem(&mut state.store, universe)?;
    universe.finish_restarts(now);
    let chosen = universe.places.values().filter_map(|place| {
        let versions = match filters.get(&place.id) {
            Some(versions) => versions.clone(),
            None if filters.is_empty() => PlaceVersions::All,
            None => return None,
        };
        Some((place.id, PlaceRestart::new(place, versions)?))
    });
    let mut restart = Restart::new(random_uuid(), (now, begin), schedule, chosen.collect());
    restart.is_listed = is_listed;
    let places = restart.places.values();
    let started = json!({
        "id": restart.id,
        "playersImpacted": places.clone().map(|place| place.players).sum::<usize>(),
        "instancesImpacted": places.map(|place| place.jobs.len()).sum::<usize>(),
    });
    universe.restarts.push(restart);
    Ok(started)
}

/// Returns the time in which servers take no new players, if the request sets it: up to a number of minutes.
fn bleed_off(body: &JsonObject, max: u64) -> Result<Option<Duration>, Rejection> {
    let Some(value) = body.get("bleedOffDurationMinutes") else {
        return Ok(None);
    };
    let minutes = json_number(value).filter(|minutes| (1..=max).contains(minutes));
    let duration = minutes.map(|minutes| Duration::from_secs(minutes * 60));
    let wrong = || {
        let message = format!("bleedOffDurationMinutes is not a number from 1 to {max}.");
        invalid(&message)
    };
    duration.map(Some).ok_or_else(wrong)
}

fn filters(places: &JsonObject) -> Result<Filters, Rejection> {
    let places = places.fields.iter().map(|(id, filter)| {
        let has_both = filter
            .get("versions")
            .is_some_and(|versions| !versions.is_null())
            && filter.get("excludeCurrentVersion") == Some(&Value::Bool(true));
        let versions = serde_json::from_value(filter.clone())
            .ok()
            .filter(|_| !has_both);
        Some((number(id)?, versions?))
    });
    let places: Option<Filters> = places.collect();
    places.ok_or_else(|| problem(400, "places is not valid."))
}
