//! Finds the group of a path, and shows users and statuses as this service does.

use serde_json::{Value, json};

use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::api::values::number;
use crate::sandbox::clock::timestamp;
use crate::sandbox::error_body;
use crate::sandbox::state::group::Group;
use crate::sandbox::state::legacy_group::{LegacyState, Shout};
use crate::sandbox::state::store::Store;

/// Rejects a request with one of the codes that the service documents.
pub(super) fn rejected(code: u16, message: &str) -> Rejection {
    error_body::legacy(400, code, message).into()
}

pub(super) fn find<'s>(store: &'s Store, group: &str) -> Result<&'s Group, Rejection> {
    let found = number(group).and_then(|id| store.groups.get(&id));
    found.ok_or_else(missing)
}

pub(super) fn legacy_state<'s>(
    store: &'s mut Store,
    group: &str,
) -> Result<&'s mut LegacyState, Rejection> {
    let found = number(group).and_then(|id| store.groups.get_mut(&id));
    found.map(|group| &mut group.legacy).ok_or_else(missing)
}

fn missing() -> Rejection {
    rejected(1, "Group is invalid or does not exist.")
}

pub(super) fn user_json(store: &Store, id: u64) -> Value {
    let (name, display_name) = store.names(id);
    json!({
        "hasVerifiedBadge": false,
        "userId": id,
        "username": name,
        "displayName": display_name,
    })
}

pub(super) fn shout_json(store: &Store, shout: &Shout) -> Value {
    json!({
        "body": shout.body,
        "poster": user_json(store, shout.poster),
        "created": timestamp(shout.created),
        "updated": timestamp(shout.updated),
    })
}
