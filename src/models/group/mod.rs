//! Groups: what they are, who is in them, with which roles.

mod filter;
mod info;
mod membership;
mod role;

pub use filter::MembershipFilter;
pub(crate) use filter::any_of;
pub use info::{Group, GroupJoinRequest};
pub use membership::GroupMembership;
pub use role::{GroupRole, GroupRolePermissions};
