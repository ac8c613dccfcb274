//! Groups: what they are, who is in them, with which roles.

mod audit_log;
mod audit_log_action;
mod filter;
mod info;
mod legacy;
mod membership;
mod role;
mod settings;

pub use audit_log::{
    GroupAuditLogActor, GroupAuditLogEntry, GroupAuditLogFilter, GroupAuditLogRole,
};
pub use audit_log_action::GroupAuditLogAction;
pub use filter::MembershipFilter;
pub(crate) use filter::users_filter;
pub use info::{Group, GroupJoinRequest};
pub use legacy::{
    GroupNotificationChange, GroupNotificationType, GroupPolicy, GroupShout, GroupUser,
    PendingGroup,
};
pub use membership::GroupMembership;
pub use role::{GroupRole, GroupRolePermissions};
pub use settings::{
    CommunityTier, CommunityTierCapabilities, CommunityTierRequirement,
    CommunityTierRequirementKey, GroupSettings, GroupSettingsUpdate,
};
