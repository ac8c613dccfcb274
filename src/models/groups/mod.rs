//! Groups: members, roles, join requests, settings, the audit log and the forum.

mod group;
mod membership;
mod membership_filter;

mod role;

mod audit_log;
mod audit_log_action;
mod forum;
mod notification_preference;
mod pending_group;
mod settings;
mod shout;

pub use audit_log::{
    GroupAuditLogActor, GroupAuditLogEntry, GroupAuditLogFilter, GroupAuditLogRole,
};
pub use audit_log_action::GroupAuditLogAction;
pub use forum::*;
pub use group::{Group, GroupJoinRequest};
pub use membership::GroupMembership;
pub use membership_filter::MembershipFilter;
pub(crate) use membership_filter::users_filter;
pub use notification_preference::{GroupNotificationChange, GroupNotificationType};
pub use pending_group::{GroupPolicy, PendingGroup};
pub use role::{GroupRole, GroupRolePermissions};
pub use settings::{
    CommunityTier, CommunityTierCapabilities, CommunityTierRequirement,
    CommunityTierRequirementKey, GroupSettings, GroupSettingsUpdate,
};
pub use shout::{GroupShout, GroupUser};
