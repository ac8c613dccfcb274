//! Memberships of groups, and changes of members' roles.

use serde_json::{Value, json};

use super::filter::Filter;
use super::lookup::{find, find_mut};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::Paging;
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};
use crate::sandbox::api::values::number;
use crate::sandbox::base64url;
use crate::sandbox::state::group::{self, Member, Role};
use crate::sandbox::state::store::Store;

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let filter = Filter::parse(call.filter()).ok_or_else(|| invalid("The filter is not valid."))?;
    let page = call.page(&Paging::TOKENS)?;
    let state = call.state();
    let members = if call.param("group_id")? == "-" {
        if !matches!(filter, Filter::Users(_)) {
            let message = "A list of memberships of all groups needs a filter by user.";
            return Err(invalid(message));
        }
        members_of(&state.store, None, &filter)
    } else {
        let id = call.id("group_id")?;
        find(&state.store, id)?;
        members_of(&state.store, Some(id), &filter)
    };
    Ok(page.respond("groupMemberships", members.into_iter()))
}

fn members_of(store: &Store, only: Option<u64>, filter: &Filter) -> Vec<Value> {
    let groups = store.groups.iter();
    let groups = groups.filter(|(id, _)| only.is_none_or(|only| only == **id));
    let members = groups.flat_map(|(id, group)| {
        let members = group.members.iter();
        let members = members.filter(|member| filter.matches(*id, member));
        members.map(|member| group.member_json(member))
    });
    members.collect()
}

/// A change of a member's roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// The role becomes the only one.
    Replace,
    Assign,
    Unassign,
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    change_roles(call, Change::Replace)
}

pub(crate) fn assign_role(call: &mut Call<'_>) -> Result<Value, Rejection> {
    change_roles(call, Change::Assign)
}

pub(crate) fn unassign_role(call: &mut Call<'_>) -> Result<Value, Rejection> {
    change_roles(call, Change::Unassign)
}

/// Changes the roles of a member, and returns the new membership.
fn change_roles(call: &mut Call<'_>, change: Change) -> Result<Value, Rejection> {
    let group_id = call.id("group_id")?;
    let user = member_id(&call.param("membership_id")?);
    let user = user.ok_or_else(|| invalid("The membership id is not valid."))?;
    let request = call.json()?;
    let (role_group, role) = role_path(request.text("role")?.unwrap_or_default())
        .ok_or_else(|| invalid("role is not the path of a role."))?;
    let mut state = call.state();
    let now = state.now();
    let name = state.store.names(user).0.to_owned();
    let group = find_mut(&mut state.store, group_id)?;
    if role_group != group_id {
        return Err(invalid("The role belongs to another group."));
    }
    let roles = &group.roles;
    let known = roles.get(&role).ok_or_else(|| not_found("The role"))?;
    let mut members = group.members.iter_mut();
    let member = members.find(|member| member.user == user);
    let member = member.ok_or_else(|| not_found("The membership"))?;
    change.apply(member, role, known)?;
    group::sort(&mut member.roles, roles);
    member.changed = now;
    let what = json!({ "TargetId": user, "TargetName": name, "RoleSetId": role, "RoleSetName": known.name });
    group.legacy.record(change.action(), what, now);
    let member = group.members.iter().find(|member| member.user == user);
    Ok(member
        .map(|member| group.member_json(member))
        .unwrap_or_default())
}

/// Returns the user of a membership id, which is the user id or its URL-safe base64.
fn member_id(id: &str) -> Option<u64> {
    number(id).or_else(|| number(&base64url::decode_text(id)?))
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

    fn apply(self, member: &mut Member, id: u64, role: &Role) -> Result<(), Rejection> {
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

/// Returns the numbers in `groups/7/roles/9`.
fn role_path(path: &str) -> Option<(u64, u64)> {
    let (group, role) = path.strip_prefix("groups/")?.split_once("/roles/")?;
    Some((number(group)?, number(role)?))
}
