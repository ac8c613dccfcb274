//! The audit log of a group.

use serde_json::{Value, json};

use super::super::page::PageQuery;
use super::{Call, find, number, refused, timestamp, user_json};
use crate::sandbox::group::Group;
use crate::sandbox::group_record::Entry;
use crate::sandbox::server::Answer;
use crate::sandbox::state::{Shared, State};
use crate::sandbox::world::World;

pub(super) fn list(
    shared: &Shared,
    state: &State,
    call: &Call<'_>,
    group: &str,
) -> Result<Value, Answer> {
    let page = PageQuery::by_cursor(shared, call)
        .map_err(|_| refused(8, "Invalid or missing pagination parameters"))?;
    let group = find(&state.world, group)?;
    let entries = chosen(call, &group.record.log)?;
    let entries = entries.into_iter();
    Ok(page.cut(
        "data",
        entries.map(|entry| to_json(&state.world, group, entry)),
    ))
}

/// The entries that the request asks for, in the order that it asks for.
fn chosen<'a>(call: &Call<'_>, log: &'a [Entry]) -> Result<Vec<&'a Entry>, Answer> {
    let user = match call.query("userId").map(number) {
        Some(None) => return Err(refused(0, "userId is not a number.")),
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

/// Filters name actions without the spaces that answers have.
fn is_named(entry: &Entry, action: &str) -> bool {
    let without_spaces = entry.action.replace(' ', "");
    without_spaces.eq_ignore_ascii_case(action)
}

fn to_json(world: &World, group: &Group, entry: &Entry) -> Value {
    let member = group.members.iter().find(|one| one.user == entry.actor);
    let role = member.and_then(|member| member.roles.first());
    let role = role.and_then(|id| Some((id, group.roles.get(id)?)));
    let role = role.map(|(id, role)| json!({ "id": id, "name": role.name, "rank": role.rank }));
    let mut actor = json!({ "user": user_json(world, entry.actor) });
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
