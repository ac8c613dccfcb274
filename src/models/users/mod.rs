//! Users: profiles, followed universes and upload quotas.

mod following;
mod quota;
mod user;

pub(crate) use following::FollowedSources;
pub use following::{FollowedUniverse, FollowingStatus, UniverseFollowing};
pub use quota::{AssetQuota, AssetQuotaFilter, QuotaPeriod, QuotaType};
pub use user::{SocialNetworkProfiles, SocialNetworkVisibility, User};
