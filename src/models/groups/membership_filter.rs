//! Filters of membership lists.

use crate::error::{Error, Result};
use crate::models::{GroupId, RoleId, UserId};

/// Selects the memberships of a group to list.
///
/// ```
/// use rblx_open_cloud::models::MembershipFilter;
///
/// let all = MembershipFilter::all();
/// let one = MembershipFilter::user(156);
/// let admins = MembershipFilter::role(99_513_316);
/// ```
///
/// A list by role is read while memberships change: collect it before you change roles, and compare
/// [`role_id`](super::GroupMembership::role_id), because a member can have several roles.
#[derive(Debug, Clone, Copy, Default)]
pub struct MembershipFilter(Selection);

#[derive(Debug, Clone, Copy, Default)]
enum Selection {
    #[default]
    All,
    User(UserId),
    Role(RoleId),
}

impl MembershipFilter {
    /// Selects every member.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects one user, if they are a member.
    #[must_use]
    pub fn user(user: impl Into<UserId>) -> Self {
        Self(Selection::User(user.into()))
    }

    /// Selects members with a role.
    #[must_use]
    pub fn role(role: impl Into<RoleId>) -> Self {
        Self(Selection::Role(role.into()))
    }

    /// Returns the `filter` parameter; `None` for every member.
    pub(crate) fn to_filter_string(self, group: GroupId) -> Option<String> {
        match self.0 {
            Selection::All => None,
            Selection::User(user) => Some(format!("user == 'users/{user}'")),
            Selection::Role(role) => Some(format!("role == 'groups/{group}/roles/{role}'")),
        }
    }
}

/// Maximum number of users in one request.
const MAX_USERS: usize = 50;

/// Returns the filter for the memberships of several users in every group.
pub(crate) fn users_filter(users: &[UserId]) -> Result<String> {
    if users.is_empty() || users.len() > MAX_USERS {
        return Err(Error::invalid_input(format!(
            "memberships of 1 to {MAX_USERS} users can be listed at once, not {}",
            users.len()
        )));
    }
    let users: Vec<String> = users.iter().map(|user| format!("'users/{user}'")).collect();
    Ok(format!("user in [{}]", users.join(",")))
}
