//! The filter of membership lists.

use super::super::number;
use crate::sandbox::group::Member;

/// How many users one filter may name.
const USERS_LIMIT: usize = 50;

/// Which members a list shall hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Everyone,
    Users(Vec<u64>),
    Role { group: u64, role: u64 },
}

impl Filter {
    pub(super) fn parse(text: &str) -> Option<Self> {
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

    pub(super) fn takes(&self, group: u64, member: &Member) -> bool {
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

/// The id in a quoted `users/…`.
pub(super) fn user(text: &str) -> Option<u64> {
    number(quoted(text)?.strip_prefix("users/")?)
}

/// The text between single or double quotes.
fn quoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"'))
}
