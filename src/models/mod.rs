//! Plain data: what the service answers, and what it can be asked to change. Nothing here does I/O.
//!
//! Answers are `#[non_exhaustive]`: the service adds fields and values at any time, and neither may break a program.
//! Fields are `Option` where the service may leave them out. Enums keep a value that they do not know
//! ([`UnknownValue`]), and ids are types of their own.

#[macro_use]
mod id;
#[macro_use]
mod open_enum;

mod asset;
mod group;
mod inventory;
mod quota;
mod thumbnail;
mod user;
pub(crate) mod wire;

pub use asset::*;
pub(crate) use group::any_of;
pub use group::{
    Group, GroupJoinRequest, GroupMembership, GroupRole, GroupRolePermissions, MembershipFilter,
};
pub use id::{
    AssetId, AssetInstanceId, BadgeId, GamePassId, GroupId, PlaceId, PrivateServerId, RoleId,
    UserId,
};
pub use inventory::*;
pub use open_enum::UnknownValue;
pub use quota::{AssetQuota, AssetQuotaFilter, QuotaPeriod, QuotaType};
pub use thumbnail::{Thumbnail, ThumbnailFormat, ThumbnailRequest, ThumbnailShape};
pub use user::{SocialNetworkProfiles, SocialNetworkVisibility, User};
