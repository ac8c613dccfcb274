//! Memberships of groups.

use serde_json::{Value, json};

use super::super::server::Answer;
use super::super::state::Shared;
use super::super::world::{Member, World, timestamp};
use super::page::PageQuery;
use super::{Call, invalid, not_found, number, path_number};

/// How many users one filter may name.
const USERS_LIMIT: usize = 50;

/// Which members a list shall hold.
#[derive(Debug, PartialEq, Eq)]
enum Filter {
    Everyone,
    Users(Vec<u64>),
    Role { group: u64, role: u64 },
}

pub(super) fn list_memberships(
    shared: &Shared,
    call: &Call<'_>,
    group: &str,
) -> Result<Value, Answer> {
    let filter = call.query("filter").unwrap_or_default().trim();
    let filter = Filter::parse(filter).ok_or_else(|| invalid("The filter is not valid."))?;
    let page = PageQuery::of(shared, call)?;
    let state = shared.state();
    let members = if group == "-" {
        if !matches!(filter, Filter::Users(_)) {
            return Err(invalid("Memberships of every group need a filter by user."));
        }
        members_of(&state.world, None, &filter)
    } else {
        let id = path_number(group, "group")?;
        if !state.world.groups.contains_key(&id) {
            return Err(not_found("The group"));
        }
        members_of(&state.world, Some(id), &filter)
    };
    Ok(page.cut("groupMemberships", members.into_iter()))
}

fn members_of(world: &World, only: Option<u64>, filter: &Filter) -> Vec<Value> {
    let groups = world
        .groups
        .iter()
        .filter(|(id, _)| only.is_none_or(|only| only == **id));
    let members =
        groups.flat_map(|(id, group)| group.members.iter().map(move |member| (*id, member)));
    members
        .filter(|(id, member)| filter.takes(*id, member))
        .map(|(id, member)| to_json(id, member))
        .collect()
}

fn to_json(group: u64, member: &Member) -> Value {
    let roles: Vec<String> = member
        .roles
        .iter()
        .map(|role| format!("groups/{group}/roles/{role}"))
        .collect();
    let id = member.user;
    json!({
        "path": format!("groups/{group}/memberships/{id}"),
        "createTime": timestamp(member.joined),
        "updateTime": timestamp(member.changed),
        "user": format!("users/{}", member.user),
        "role": roles.first(),
        "roles": roles,
    })
}

impl Filter {
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Everyone);
        }
        if let Some((field, value)) = text.split_once("==") {
            return match field.trim() {
                "user" => Some(Self::Users(vec![user(value)?])),
                "role" => Self::role(quoted(value)?),
                _ => None,
            };
        }
        let list = text.strip_prefix("user")?.trim_start().strip_prefix("in")?;
        let list = list.trim().strip_prefix('[')?.strip_suffix(']')?;
        let users: Option<Vec<u64>> = list.split(',').map(user).collect();
        users
            .filter(|users| users.len() <= USERS_LIMIT)
            .map(Self::Users)
    }

    fn role(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.split('/').collect();
        match segments.as_slice() {
            ["groups", group, "roles", role] => Some(Self::Role {
                group: number(group)?,
                role: number(role)?,
            }),
            _ => None,
        }
    }

    fn takes(&self, group: u64, member: &Member) -> bool {
        match self {
            Self::Everyone => true,
            Self::Users(users) => users.contains(&member.user),
            Self::Role {
                group: wanted,
                role,
            } => *wanted == group && member.roles.contains(role),
        }
    }
}

fn user(text: &str) -> Option<u64> {
    number(quoted(text)?.strip_prefix("users/")?)
}

/// The text between single or double quotes.
fn quoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"'))
}
