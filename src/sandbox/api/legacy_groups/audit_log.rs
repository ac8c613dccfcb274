//! The audit log of a group.

use serde_json::{Value, json};

use super::super::page::PageQuery;
use super::{Call, find, number, rejected, timestamp, user_json};
use crate::sandbox::group::Group;
use crate::sandbox::legacy_state::Entry;
use crate::sandbox::server::Response;
use crate::sandbox::state::{Shared, State};
use crate::sandbox::store::Store;

pub(super) fn list(
    shared: &Shared,
    state: &State,
    call: &Call<'_>,
    group: &str,
) -> Result<Value, Response> {
    let page = PageQuery::by_cursor(shared, call)
        .map_err(|_| rejected(8, "Invalid or missing pagination parameters"))?;
    let group = find(&state.store, group)?;
    let entries = chosen(call, &group.legacy.log)?;
    let entries = entries.into_iter();
    Ok(page.cut(
        "data",
        entries.map(|entry| to_json(&state.store, group, entry)),
    ))
}

/// The entries that the request asks for, in the order that it asks for.
fn chosen<'a>(call: &Call<'_>, log: &'a [Entry]) -> Result<Vec<&'a Entry>, Response> {
    let user = match call.query("userId").map(number) {
        Some(None) => return Err(rejected(0, "userId is not a number.")),
        user => user.flatten(),
    };
    let action = call.query("actionType");
    let taken = log.iter().filter(|entry| {
        user.is_none_or(|user| user == entry.actor)
            && action.is_none_or(|action| is_named(entry, action))
    });
    Ok(match call.query("sortOrder") {
        Some("Asc") => taken.collect(),
        _ => taken.rev().collect(),
    })
}

/// Filters name actions without the spaces that responses have.
fn is_named(entry: &Entry, action: &str) -> bool {
    let without_spaces = entry.action.replace(' ', "");
    without_spaces.eq_ignore_ascii_case(action)
}

fn to_json(store: &Store, group: &Group, entry: &Entry) -> Value {
    let member = group.members.iter().find(|one| one.user == entry.actor);
    let role = member.and_then(|member| member.roles.first());
    let role = role.and_then(|id| Some((id, group.roles.get(id)?)));
    let role = role.map(|(id, role)| json!({ "id": id, "name": role.name, "rank": role.rank }));
    let mut actor = json!({ "user": user_json(store, entry.actor) });
    if let (Some(role), Value::Object(actor)) = (role, &mut actor) {
        actor.insert("role".to_owned(), role);
    }
    json!({
        "actor": actor,
        "actionType": entry.action,
        "description": entry.description,
        "created": timestamp(entry.time),
    })
}
