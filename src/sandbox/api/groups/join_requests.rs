//! Requests to join a group.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::super::json_body;
use super::super::page::{PageQuery, Sizes};
use super::super::{Call, Rejection, invalid, not_found, path_number};
use super::{filter, find, find_mut};
use crate::sandbox::server::{Body, Response};
use crate::sandbox::state::Shared;

pub(in crate::sandbox::api) fn list(
    shared: &Shared,
    call: &Call<'_>,
    group: &str,
) -> Result<Value, Response> {
    let text = call.query("filter").unwrap_or_default().trim();
    let only = match text {
        "" => None,
        text => Some(one_user(text).ok_or_else(|| invalid("The filter is not valid."))?),
    };
    let page = PageQuery::sized(shared, call, Sizes::up_to(20))?;
    let state = shared.state();
    let (_, group) = find(&state.store, group)?;
    let requests = group.requests.iter();
    let taken = requests.filter(|request| only.is_none_or(|only| only == request.user));
    Ok(page.cut(
        "groupJoinRequests",
        taken.map(|request| group.request_json(request)),
    ))
}

/// The user in `user == 'users/156'`.
fn one_user(text: &str) -> Option<u64> {
    let (field, value) = text.split_once("==")?;
    (field.trim() == "user").then(|| filter::user(value))?
}

/// Lets the user in who asked, or turns the user down.
pub(in crate::sandbox::api) fn response(
    shared: &Shared,
    call: &Call<'_>,
    (group, user): (&str, &str),
    accept: bool,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    let user = path_number(user, "join request")?;
    // There is nothing to say, but the service wants an object.
    json_body::read(call, body)?;
    let mut state = shared.state();
    let what = json!({ "TargetId": user, "TargetName": state.store.names(user).0 });
    let (_, group) = find_mut(&mut state.store, group)?;
    if !group.remove_request(user) {
        return Err(not_found("The join request").into());
    }
    let now = OffsetDateTime::now_utc();
    let action = if accept {
        "Accept Join Request"
    } else {
        "Decline Join Request"
    };
    group.legacy.record(action, what, now);
    if accept {
        let role = group.entry_role(now);
        group.add_member(user, role, now);
    }
    Ok(json!({}))
}
