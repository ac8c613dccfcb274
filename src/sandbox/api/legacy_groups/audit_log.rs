//! The audit log of a group.

use serde_json::{Value, json};

use super::lookup::{find, rejected, user_json};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::Paging;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::api::values::number;
use crate::sandbox::clock::timestamp;
use crate::sandbox::object::set_field;
use crate::sandbox::state::group::Group;
use crate::sandbox::state::legacy_group::Entry;
use crate::sandbox::state::store::Store;

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let page = call
        .page(&Paging::CURSORS)
        .map_err(|_| rejected(8, "Invalid or missing pagination parameters"))?;
    let state = call.state();
    let group = find(&state.store, &call.param("groupId")?)?;
    let entries = select(call, &group.legacy.log)?.into_iter();
    let entries = entries.map(|entry| to_json(&state.store, group, entry));
    Ok(page.respond("data", entries))
}

/// Returns the requested entries in the requested order.
fn select<'l>(call: &Call<'_>, log: &'l [Entry]) -> Result<Vec<&'l Entry>, Rejection> {
    let user = match call.query("userId").map(number) {
        Some(None) => return Err(rejected(0, "userId is not a number.")),
        user => user.flatten(),
    };
    let action = call.query("actionType");
    let entries = log.iter().filter(|entry| {
        user.is_none_or(|user| user == entry.actor)
            && action.is_none_or(|action| is_action(entry, action))
    });
    Ok(match call.query("sortOrder") {
        Some("Asc") => entries.collect(),
        _ => entries.rev().collect(),
    })
}

/// Compares an action without spaces: filters name actions without, responses with them.
fn is_action(entry: &Entry, action: &str) -> bool {
    let without_spaces = entry.action.replace(' ', "");
    without_spaces.eq_ignore_ascii_case(action)
}

fn to_json(store: &Store, group: &Group, entry: &Entry) -> Value {
    let member = group.members.iter().find(|one| one.user == entry.actor);
    let role = member.and_then(|member| member.roles.first());
    let role = role.and_then(|id| Some((id, group.roles.get(id)?)));
    let role = role.map(|(id, role)| json!({ "id": id, "name": role.name, "rank": role.rank }));
    let mut actor = json!({ "user": user_json(store, entry.actor) });
    if let Some(role) = role {
        set_field(&mut actor, "role", role);
    }
    json!({
        "actor": actor,
        "actionType": entry.action,
        "description": entry.description,
        "created": timestamp(entry.time),
    })
}
