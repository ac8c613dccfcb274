//! The legacy service for developers: activation, permissions and Team Create.

use serde_json::{Value, json};

use super::call::Call;
use super::page::Paging;
use super::rejection::Rejection;
use super::values::{json_number, number};
use crate::sandbox::error_body;
use crate::sandbox::state::asset::Creator;
use crate::sandbox::state::group::Group;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::Universe;
use crate::sandbox::state::universe::place::Place;

const NO_UNIVERSE: (u16, &str) = (1, "The universe does not exist.");
const NO_PLACE: (u16, &str) = (5, "The place is invalid.");
const NO_USER: (u16, &str) = (3, "The user is invalid.");
const NO_IDS: (u16, &str) = (8, "No universe IDs sent to get.");
const TOO_MANY_IDS: (u16, &str) = (9, "Too many universe IDs sent to get, the limit is: 100");
const MAX_IDS: usize = 100;

fn rejected((code, message): (u16, &str)) -> Rejection {
    error_body::legacy(400, code, message).into()
}

pub(crate) fn activate(call: &mut Call<'_>) -> Result<Value, Rejection> {
    set_active(call, true)
}

pub(crate) fn deactivate(call: &mut Call<'_>) -> Result<Value, Rejection> {
    set_active(call, false)
}

fn set_active(call: &Call<'_>, yes: bool) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let mut state = call.state();
    find_mut(&mut state.store, id)?.is_active = yes;
    Ok(json!({}))
}

pub(crate) fn get_permissions(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let state = call.state();
    let universe = find(&state.store, id)?;
    let is_owner = is_owner(&state.store, universe, call.acting_user());
    Ok(json!({ "canManage": is_owner, "canCloudEdit": is_owner }))
}

pub(crate) fn list_permissions(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = ids(call)?;
    let state = call.state();
    let found = ids.iter().filter_map(|id| state.store.universes.get(id));
    let data = found.map(|universe| {
        let is_owner = is_owner(&state.store, universe, call.acting_user());
        json!({ "universeId": universe.id, "canManage": is_owner, "canCloudEdit": is_owner })
    });
    Ok(json!({ "data": data.collect::<Vec<_>>() }))
}

pub(crate) fn list_groups(call: &mut Call<'_>) -> Value {
    let state = call.state();
    let groups = state.store.groups.iter();
    let own = groups.filter(|(_, group)| group.owner() == Some(call.acting_user()));
    let data = own.map(|(id, group)| json!({ "id": id, "name": group.name }));
    json!({ "data": data.collect::<Vec<_>>() })
}

pub(crate) fn get_team_create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let state = call.state();
    let universe = find(&state.store, id)?;
    Ok(json!({ "isEnabled": universe.is_team_create_enabled }))
}

pub(crate) fn list_team_create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = ids(call)?;
    let state = call.state();
    let found = ids.iter().filter_map(|id| state.store.universes.get(id));
    let data = found
        .map(|universe| json!({ "id": universe.id, "isEnabled": universe.is_team_create_enabled }));
    Ok(json!({ "data": data.collect::<Vec<_>>() }))
}

pub(crate) fn update_team_create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let body = call.json()?;
    let is_enabled = body.get("isEnabled").and_then(Value::as_bool);
    let mut state = call.state();
    find_mut(&mut state.store, id)?.is_team_create_enabled = is_enabled == Some(true);
    Ok(json!({}))
}

/// Ends the sessions of the user, too.
pub(crate) fn remove_member(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let user = call.json()?.get("userId").and_then(json_number);
    let mut state = call.state();
    let user = user.filter(|user| state.store.users.contains_key(user));
    let universe = find_mut(&mut state.store, id)?;
    let user = user.ok_or_else(|| rejected(NO_USER))?;
    for place in universe.places.values_mut() {
        place.editors.retain(|editor| *editor != user);
    }
    Ok(json!({}))
}

pub(crate) fn list_members(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("placeId")?;
    let page = call.page(&Paging::CURSORS)?;
    let state = call.state();
    let members = find_place(&state.store, id)?.editors.iter().map(|user| {
        let (name, display_name) = state.store.names(*user);
        json!({ "id": user, "name": name, "displayName": display_name })
    });
    let mut response = page.respond("data", members);
    // This service omits the token after the last page.
    if let Some(fields) = response.as_object_mut() {
        fields.retain(|_, value| value.as_str() != Some(""));
    }
    Ok(response)
}

pub(crate) fn close_test(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("placeId")?;
    let has_id = call.query("gameId").is_some();
    let state = call.state();
    find_place(&state.store, id)?;
    has_id
        .then(|| json!({}))
        .ok_or_else(|| rejected((0, "The game id is invalid.")))
}

/// Returns the ids of the parameter `ids`, which may occur several times.
fn ids(call: &Call<'_>) -> Result<Vec<u64>, Rejection> {
    let query = call.head.query();
    let values = query.iter().filter(|(name, _)| name == "ids");
    let ids: Vec<u64> = values.filter_map(|(_, id)| number(id)).collect();
    match ids.len() {
        0 => Err(rejected(NO_IDS)),
        1..=MAX_IDS => Ok(ids),
        _ => Err(rejected(TOO_MANY_IDS)),
    }
}

fn is_owner(store: &Store, universe: &Universe, user: u64) -> bool {
    match universe.owner {
        Creator::User(owner) => owner == user,
        Creator::Group(group) => {
            let group = store.groups.get(&group);
            group.and_then(Group::owner) == Some(user)
        }
    }
}

fn find(store: &Store, id: u64) -> Result<&Universe, Rejection> {
    let universe = store.universes.get(&id);
    universe.ok_or_else(|| rejected(NO_UNIVERSE))
}

fn find_mut(store: &mut Store, id: u64) -> Result<&mut Universe, Rejection> {
    let universe = store.universes.get_mut(&id);
    universe.ok_or_else(|| rejected(NO_UNIVERSE))
}

fn find_place(store: &Store, id: u64) -> Result<&Place, Rejection> {
    store.place(id).ok_or_else(|| rejected(NO_PLACE))
}
