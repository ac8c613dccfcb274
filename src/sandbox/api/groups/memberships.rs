//! Memberships: who is in a group, and changes of a member's roles.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::super::json_body;
use super::super::page::PageQuery;
use super::super::{Call, Rejection, invalid, not_found, number, path_number};
use super::filter::Filter;
use super::{find, find_mut};
use crate::sandbox::group::{self, Member, Role};
use crate::sandbox::server::{Body, Response};
use crate::sandbox::state::Shared;
use crate::sandbox::store::Store;

/// What happens to a member's roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox::api) enum Change {
    /// The role becomes the only one.
    Replace,
    Assign,
    Unassign,
}

pub(in crate::sandbox::api) fn list(
    shared: &Shared,
    call: &Call<'_>,
    group: &str,
) -> Result<Value, Response> {
    let filter = call.query("filter").unwrap_or_default().trim();
    let filter = Filter::parse(filter).ok_or_else(|| invalid("The filter is not valid."))?;
    let page = PageQuery::for_call(shared, call)?;
    let state = shared.state();
    let members = if group == "-" {
        if !matches!(filter, Filter::Users(_)) {
            return Err(invalid("Memberships of every group need a filter by user."));
        }
        members_of(&state.store, None, &filter)
    } else {
        let (id, _) = find(&state.store, group)?;
        members_of(&state.store, Some(id), &filter)
    };
    Ok(page.cut("groupMemberships", members.into_iter()))
}

fn members_of(store: &Store, only: Option<u64>, filter: &Filter) -> Vec<Value> {
    let groups = store
        .groups
        .iter()
        .filter(|(id, _)| only.is_none_or(|only| only == **id));
    groups
        .flat_map(|(id, group)| {
            let members = group.members.iter();
            let taken = members.filter(|member| filter.takes(*id, member));
            taken.map(|member| group.member_json(member))
        })
        .collect()
}

/// Changes the roles of a member, and returns the membership as it is then.
pub(in crate::sandbox::api) fn change(
    shared: &Shared,
    call: &Call<'_>,
    (group, user): (&str, &str),
    change: Change,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    let user = path_number(user, "membership")?;
    let request = json_body::read(call, body)?;
    let mut state = shared.state();
    let target = state.store.names(user).0.to_owned();
    let (id, group) = find_mut(&mut state.store, group)?;
    let role = request
        .get("role")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let (of, role) = role_path(role).ok_or_else(|| invalid("role is not the path of a role."))?;
    if of != id {
        return Err(invalid("The role belongs to another group.").into());
    }
    let known = group
        .roles
        .get(&role)
        .ok_or_else(|| not_found("The role"))?;
    let place = group.members.iter_mut().find(|member| member.user == user);
    let member = place.ok_or_else(|| not_found("The membership"))?;
    change.apply(member, role, known)?;
    member.changed = OffsetDateTime::now_utc();
    let what = json!({ "TargetId": user, "TargetName": target, "RoleSetId": role, "RoleSetName": known.name });
    group.legacy.record(change.action(), what, member.changed);
    group::sort(&mut member.roles, &group.roles);
    let found = group.members.iter().find(|member| member.user == user);
    Ok(found
        .map(|member| group.member_json(member))
        .unwrap_or_default())
}

impl Change {
    /// The name in the audit log.
    fn action(self) -> &'static str {
        match self {
            Self::Replace => "Change Rank",
            Self::Assign => "Assign Role",
            Self::Unassign => "Unassign Role",
        }
    }

    fn apply(self, member: &mut Member, id: u64, role: &Role) -> Result<(), Response> {
        let has = member.roles.contains(&id);
        match self {
            Self::Replace | Self::Assign if role.is_for_guests() => {
                return Err(invalid("Members cannot have the role of guests."));
            }
            Self::Replace => member.roles = vec![id],
            Self::Assign if !has => member.roles.push(id),
            Self::Assign => {}
            Self::Unassign if !has => return Err(invalid("The member does not have this role.")),
            Self::Unassign if member.roles.len() == 1 => {
                return Err(invalid("A member keeps at least one role."));
            }
            Self::Unassign => member.roles.retain(|held| *held != id),
        }
        Ok(())
    }
}

/// The numbers in `groups/7/roles/9`.
fn role_path(path: &str) -> Option<(u64, u64)> {
    let (group, role) = path.strip_prefix("groups/")?.split_once("/roles/")?;
    Some((number(group)?, number(role)?))
}
