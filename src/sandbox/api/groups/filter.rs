//! Filters of membership lists.

use crate::sandbox::api::values::{field_and_value, number, quoted, quoted_id};
use crate::sandbox::state::group::Member;

/// The number of users that one filter may contain.
const MAX_USERS: usize = 50;

/// A filter of members.
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
        if let Some((field, value)) = field_and_value(text) {
            return match field {
                "user" => Some(Self::Users(vec![user_path(value)?])),
                "role" => Self::role(quoted(value)?),
                _ => None,
            };
        }
        let list = text.strip_prefix("user")?.trim_start().strip_prefix("in")?;
        let list = list.trim().strip_prefix('[')?.strip_suffix(']')?;
        let users: Option<Vec<u64>> = list.split(',').map(user_path).collect();
        users
            .filter(|users| users.len() <= MAX_USERS)
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

    pub(super) fn matches(&self, group: u64, member: &Member) -> bool {
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

/// Returns the id in a quoted `users/…`.
pub(super) fn user_path(text: &str) -> Option<u64> {
    quoted_id(text, "users")
}
