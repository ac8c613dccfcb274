//! The legacy groups service: settings, status, audit log, policies, pending requests.

pub(crate) mod audit_log;
mod lookup;
pub(crate) mod update;

use serde_json::{Map, Value, json};

use super::call::Call;
use super::rejection::Rejection;
use super::values::json_number;
use crate::sandbox::state::group::Group;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::user::KEY_OWNER;
use lookup::{find, rejected, shout_json, user_json};

pub(crate) fn get_settings(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let state = call.state();
    let group = find(&state.store, &call.param("groupId")?)?;
    Ok(Value::Object(group.legacy.settings.clone()))
}

/// All groups of the sandbox may be seen. Unknown groups are left out.
pub(crate) fn list_policies(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let request = call.json()?;
    let ids = request.get("groupIds").and_then(Value::as_array);
    let ids: Option<Vec<u64>> = ids.and_then(|ids| ids.iter().map(json_number).collect());
    let ids = ids.filter(|ids| !ids.is_empty());
    let ids = ids.ok_or_else(|| rejected(2, "Ids could not be parsed from request."))?;
    let state = call.state();
    let known = ids.iter().filter(|id| state.store.groups.contains_key(id));
    let groups: Vec<Value> = known
        .map(|id| json!({ "canViewGroup": true, "groupId": id }))
        .collect();
    Ok(json!({ "groups": groups }))
}

/// Lists the groups that the key's owner has requested to join.
pub(crate) fn list_pending(call: &mut Call<'_>) -> Value {
    let store = &call.state().store;
    let pending = store.groups.iter().filter(|(_, group)| {
        let mut requests = group.requests.iter();
        requests.any(|request| request.user == KEY_OWNER)
    });
    let data: Vec<Value> = pending
        .map(|(id, group)| Value::Object(pending_json(store, *id, group)))
        .collect();
    json!({ "data": data })
}

fn pending_json(store: &Store, id: u64, group: &Group) -> Map<String, Value> {
    let mut json = Map::new();
    let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
    add("id", json!(id));
    add("name", json!(group.name));
    add("description", json!(group.description()));
    add("memberCount", json!(group.members.len()));
    add("hasSocialModules", json!(!group.forum.is_empty()));
    for name in [
        "isBuildersClubOnly",
        "publicEntryAllowed",
        "isLocked",
        "hasVerifiedBadge",
    ] {
        add(name, json!(false));
    }
    if let Some(owner) = group.owner() {
        add("owner", user_json(store, owner));
    }
    if let Some(shout) = &group.legacy.shout {
        add("shout", shout_json(store, shout));
    }
    json
}
