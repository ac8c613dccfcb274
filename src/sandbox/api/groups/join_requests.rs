//! Requests to join a group.

use serde_json::{Value, json};

use super::filter::user_path;
use super::lookup::{find, find_mut};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};
use crate::sandbox::api::values::field_and_value;

const PAGING: Paging = Paging::TOKENS.sizes(Sizes::up_to(20));

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("group_id")?;
    let user = match call.filter() {
        "" => None,
        text => Some(parse_filter(text).ok_or_else(|| invalid("The filter is not valid."))?),
    };
    let page = call.page(&PAGING)?;
    let state = call.state();
    let group = find(&state.store, id)?;
    let requests = group.requests.iter();
    let requests = requests.filter(|request| user.is_none_or(|user| user == request.user));
    let requests = requests.map(|request| group.request_json(request));
    Ok(page.respond("groupJoinRequests", requests))
}

/// Returns the user in `user == 'users/156'`.
fn parse_filter(text: &str) -> Option<u64> {
    let (field, value) = field_and_value(text)?;
    (field == "user").then(|| user_path(value))?
}

pub(crate) fn accept(call: &mut Call<'_>) -> Result<Value, Rejection> {
    resolve(call, true)
}

pub(crate) fn decline(call: &mut Call<'_>) -> Result<Value, Rejection> {
    resolve(call, false)
}

fn resolve(call: &mut Call<'_>, accept: bool) -> Result<Value, Rejection> {
    let (group, user) = (call.id("group_id")?, call.id("join_request_id")?);
    call.json_or_empty()?;
    let mut state = call.state();
    let now = state.now();
    let what = json!({ "TargetId": user, "TargetName": state.store.names(user).0 });
    let group = find_mut(&mut state.store, group)?;
    if !group.remove_request(user) {
        return Err(not_found("The join request"));
    }
    if accept {
        group.legacy.record("Accept Join Request", what, now);
        let role = group.entry_role(now);
        group.add_member(user, role, now);
    } else {
        group.legacy.record("Decline Join Request", what, now);
    }
    Ok(json!({}))
}
