//! Restarts of game servers.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use time::Duration;

use super::lookup::find_mut;
use crate::models::PlaceVersions;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::rejection::{Rejection, invalid, problem};
use crate::sandbox::api::values::{json_number, number};
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::universe::Universe;
use crate::sandbox::state::universe::place::Place;
use crate::sandbox::state::universe::restart::{PlaceRestart, Restart};

const MAX_ATTRIBUTES: usize = 500;

/// The versions to restart by place.
type Filters = BTreeMap<u64, PlaceVersions>;

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let mut state = call.state();
    let now = state.now();
    let universe = find_universe(find_mut(&mut state.store, id))?;
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
    let universe = find_universe(find_mut(&mut state.store, id))?;
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
        "publishTime": crate::sandbox::clock::timestamp(place.updated),
        "isNotInUniverse": false,
        "playersPerVersion": players,
        "instancesPerVersion": instances,
    })
}

pub(crate) fn launch(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let body = call.json_or_empty()?;
    let minutes = minutes(&body, "bleedOffDurationMinutes", 240)?;
    let fits = |attributes: &Value| {
        attributes.is_object() && attributes.to_string().len() <= MAX_ATTRIBUTES
    };
    if !body.get("attributes").is_none_or(fits) {
        let message = "attributes must be an object of up to 500 bytes.";
        return Err(problem(400, message));
    }
    let filters = filters(&body.object("places")?)?;
    let restart = start(call, id, minutes, &filters, true)?;
    Ok(json!({
        "id": restart.0,
        "playersImpacted": restart.1,
        "instancesImpacted": restart.2,
    }))
}

/// Restarts servers in one call of `cloud/v2`. The list of restarts does not contain it.
pub(crate) fn restart_servers(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("universe_id")?;
    let body = call.json_or_empty()?;
    let is_true = |name: &str| body.get(name) == Some(&Value::Bool(true));
    let minutes = minutes(&body, "bleedOffDurationMinutes", 60)?;
    let minutes = minutes.filter(|_| is_true("bleedOffServers"));
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
    let places = if places.is_empty() {
        all_places(call, id)?
    } else {
        places
    };
    let filters = places.into_iter().map(|place| (place, versions.clone()));
    start(call, id, minutes, &filters.collect(), false)?;
    Ok(json!({}))
}

fn all_places(call: &Call<'_>, id: u64) -> Result<Vec<u64>, Rejection> {
    let mut state = call.state();
    Ok(find_mut(&mut state.store, id)?
        .places
        .keys()
        .copied()
        .collect())
}

/// Starts a restart; without filters, of everything. Returns its id, and how many players and servers it affects.
fn start(
    call: &Call<'_>,
    universe: u64,
    minutes: Option<u64>,
    filters: &Filters,
    is_listed: bool,
) -> Result<(String, usize, usize), Rejection> {
    let mut state = call.state();
    let now = state.now();
    let minutes = i64::try_from(minutes.unwrap_or_default()).unwrap_or_default();
    let begin = now + Duration::minutes(minutes);
    let schedule = state.settings.schedule(begin);
    let universe = find_universe(find_mut(&mut state.store, universe))?;
    universe.finish_restarts(now);
    let unknown = filters
        .keys()
        .find(|place| !universe.places.contains_key(place));
    if let Some(unknown) = unknown {
        return Err(problem(
            400,
            &format!("Place {unknown} does not belong to the universe."),
        ));
    }
    let chosen = universe.places.values().filter_map(|place| {
        let versions = match filters.get(&place.id) {
            Some(versions) => versions.clone(),
            None if filters.is_empty() => PlaceVersions::All,
            None => return None,
        };
        Some((place.id, PlaceRestart::new(place, versions)?))
    });
    let places: BTreeMap<u64, PlaceRestart> = chosen.collect();
    let players = places.values().map(|place| place.players).sum();
    let instances = places.values().map(|place| place.jobs.len()).sum();
    let id = random_uuid();
    let mut restart = Restart::new(id.clone(), (now, begin), schedule, places);
    restart.is_listed = is_listed;
    universe.restarts.push(restart);
    Ok((id, players, instances))
}

fn find_universe(found: Result<&mut Universe, Rejection>) -> Result<&mut Universe, Rejection> {
    found.map_err(|_| problem(404, "The universe was not found."))
}

fn minutes(body: &JsonObject, name: &str, max: u64) -> Result<Option<u64>, Rejection> {
    let Some(value) = body.get(name) else {
        return Ok(None);
    };
    let minutes = json_number(value).filter(|minutes| (1..=max).contains(minutes));
    let wrong = || invalid(&format!("{name} is not a number from 1 to {max}."));
    minutes.map(Some).ok_or_else(wrong)
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
