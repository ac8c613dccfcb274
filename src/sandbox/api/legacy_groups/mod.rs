//! The older service of groups: who did what, settings, status, policies, pending groups.

mod audit_log;
mod change;

use serde_json::{Map, Value, json};

use super::{Call, Rejection, json_body, json_number, number};
use crate::sandbox::group::Group;
use crate::sandbox::legacy_state::LegacyState;
use crate::sandbox::server::{Body, Response};
use crate::sandbox::state::{Shared, State};
use crate::sandbox::store::{KEY_OWNER, Store, timestamp};

/// An endpoint of this family, with its group.
#[derive(Debug, Clone, Copy)]
pub(super) enum Route<'a> {
    Policies,
    Pending,
    AuditLog(&'a str),
    Settings(&'a str),
    Description(&'a str),
    Status(&'a str),
    Preference(&'a str),
}

impl<'a> Route<'a> {
    pub(super) fn from_segments(segments: &[&'a str]) -> Option<Self> {
        Some(match *segments {
            ["user", "groups", "pending"] => Self::Pending,
            ["groups", "policies"] => Self::Policies,
            ["groups", group, "audit-log"] => Self::AuditLog(group),
            ["groups", group, "settings"] => Self::Settings(group),
            ["groups", group, "description"] => Self::Description(group),
            ["groups", group, "status"] => Self::Status(group),
            ["groups", group, "notification-preference"] => Self::Preference(group),
            _ => return None,
        })
    }

    pub(super) fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Policies => &["POST"],
            Self::Pending | Self::AuditLog(_) => &["GET"],
            Self::Settings(_) => &["GET", "PATCH"],
            Self::Description(_) | Self::Status(_) | Self::Preference(_) => &["PATCH"],
        }
    }

    pub(super) fn response(
        self,
        shared: &Shared,
        call: &Call<'_>,
        body: &mut Body<'_>,
    ) -> Result<Value, Rejection> {
        let is_read = call.head.method == "GET";
        let request = if is_read {
            Map::new()
        } else {
            json_body::read(call, body)?
        };
        let state = &mut *shared.state();
        Ok(match self {
            Self::Pending => pending(&state.store),
            Self::AuditLog(group) => audit_log::list(shared, state, call, group)?,
            Self::Policies => policies(state, request.get("groupIds"))?,
            Self::Settings(group) if is_read => {
                Value::Object(find(&state.store, group)?.legacy.settings.clone())
            }
            Self::Settings(group) => change::settings(state, group, &request)?,
            Self::Description(group) => change::description(state, group, &request)?,
            Self::Status(group) => change::status(state, group, &request)?,
            Self::Preference(group) => change::preference(state, group, &request)?,
        })
    }
}

/// A rejection in the words of this service.
fn rejected(code: u16, message: &str) -> Response {
    Response::legacy_error(400, code, message)
}

fn find<'a>(store: &'a Store, group: &str) -> Result<&'a Group, Response> {
    let found = number(group).and_then(|id| store.groups.get(&id));
    found.ok_or_else(missing)
}

/// What is kept of a group, to change it.
fn legacy_state<'a>(store: &'a mut Store, group: &str) -> Result<&'a mut LegacyState, Response> {
    let found = number(group).and_then(|id| store.groups.get_mut(&id));
    found.map(|group| &mut group.legacy).ok_or_else(missing)
}

fn missing() -> Response {
    rejected(1, "Group is invalid or does not exist.")
}

/// Every group that exists may be seen; others are left out.
fn policies(state: &State, ids: Option<&Value>) -> Result<Value, Response> {
    let ids: Option<Vec<u64>> = ids
        .and_then(Value::as_array)
        .and_then(|ids| ids.iter().map(json_number).collect());
    let ids = ids.filter(|ids| !ids.is_empty());
    let ids = ids.ok_or_else(|| rejected(2, "Ids could not be parsed from request."))?;
    let known = ids
        .into_iter()
        .filter(|id| state.store.groups.contains_key(id));
    let groups: Vec<Value> = known
        .map(|id| json!({ "canViewGroup": true, "groupId": id }))
        .collect();
    Ok(json!({ "groups": groups }))
}

/// The groups that the key's owner asked to join.
fn pending(store: &Store) -> Value {
    let asked = store.groups.iter().filter(|(_, group)| {
        let mut requests = group.requests.iter();
        requests.any(|request| request.user == KEY_OWNER)
    });
    let data: Vec<Value> = asked
        .map(|(id, group)| pending_json(store, *id, group))
        .collect();
    json!({ "data": data })
}

fn pending_json(store: &Store, id: u64, group: &Group) -> Value {
    let mut json = json!({
        "id": id,
        "name": group.name,
        "description": group.description(),
        "memberCount": group.members.len(),
        "isBuildersClubOnly": false,
        "publicEntryAllowed": false,
        "isLocked": false,
        "hasVerifiedBadge": false,
        "hasSocialModules": !group.forum.is_empty(),
    });
    if let Value::Object(json) = &mut json {
        let owner = group.owner().map(|owner| user_json(store, owner));
        let shout = group.legacy.shout.as_ref();
        let shout = shout.map(|shout| change::shout_json(store, shout));
        json.extend(owner.map(|owner| ("owner".to_owned(), owner)));
        json.extend(shout.map(|shout| ("shout".to_owned(), shout)));
    }
    json
}

/// A user, as far as this service tells.
fn user_json(store: &Store, id: u64) -> Value {
    let (name, display_name) = store.names(id);
    json!({
        "hasVerifiedBadge": false,
        "userId": id,
        "username": name,
        "displayName": display_name,
    })
}
