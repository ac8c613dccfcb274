//! Plain data: what the service answers, and what it can be asked to change. Nothing here does I/O.
//!
//! Answers are `#[non_exhaustive]`: the service adds fields and values at any time, and neither may break a program.
//! Fields are `Option` where the service may leave them out. Enums keep a value that they do not know
//! ([`UnknownValue`]), and ids are types of their own.

#[macro_use]
mod id;
#[macro_use]
mod open_enum;
#[macro_use]
mod text_id;

mod asset;
mod following;
mod forum;
mod forum_filter;
mod group;
mod inventory;
mod key;
mod loose;
mod notification;
mod permission;
mod quota;
mod scope;
mod store;
mod thumbnail;
mod thumbnail_3d;
mod user;
pub(crate) mod wire;

pub use asset::*;
pub(crate) use following::FollowedSources;
pub use following::{FollowedUniverse, FollowingStatus, UniverseFollowing};
pub use forum::{
    ForumMessage, ForumReaction, GroupForumCategory, GroupForumComment, GroupForumPost,
};
pub use forum_filter::{ForumCategoryFilter, ForumCommentFilter, ForumPostFilter};
pub(crate) use group::any_of;
pub use group::{
    CommunityTier, CommunityTierCapabilities, CommunityTierRequirement,
    CommunityTierRequirementKey, Group, GroupAuditLogAction, GroupAuditLogActor,
    GroupAuditLogEntry, GroupAuditLogFilter, GroupAuditLogRole, GroupJoinRequest, GroupMembership,
    GroupNotificationChange, GroupNotificationType, GroupPolicy, GroupRole, GroupRolePermissions,
    GroupSettings, GroupSettingsUpdate, GroupShout, GroupUser, MembershipFilter, PendingGroup,
};
pub use id::OutfitId;
pub use id::{
    AssetId, AssetInstanceId, BadgeId, GamePassId, GroupId, PlaceId, PrivateServerId, RoleId,
    UniverseId, UserId,
};
pub use inventory::*;
pub use key::{KeyDataStore, KeyInfo, KeyProblem, KeyScope, KeyTarget};
pub(crate) use loose::Named;
pub use loose::NumberOrText;
pub use notification::{Notification, NotificationParameter, SentNotification};
pub use open_enum::UnknownValue;
pub(crate) use permission::Answer as GrantAnswer;
pub use permission::{
    AssetAction, AssetGrant, GrantErrorCode, GrantFailure, GrantOutcome, PermissionGrant,
    PermissionSubject,
};
pub use quota::{AssetQuota, AssetQuotaFilter, QuotaPeriod, QuotaType};
pub use scope::{Scope, ScopeNeed};
pub use store::*;
pub(crate) use store::{MOST_SAVES, SaveTarget, SavesRemoved};
pub use text_id::{ForumCategoryId, ForumCommentId, ForumPostId};
pub use thumbnail::{Thumbnail, ThumbnailFormat, ThumbnailRequest, ThumbnailShape};
pub use thumbnail_3d::{Thumbnail3d, ThumbnailState};
pub use user::{SocialNetworkProfiles, SocialNetworkVisibility, User};
